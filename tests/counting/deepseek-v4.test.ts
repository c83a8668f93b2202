import { describe, expect, it } from 'vitest'
import { type CountOptions, countRequest } from '../../src/counting/index.ts'
import deepseekV3 from '../../src/encodings/deepseek_v3.ts'

const encodings = [deepseekV3]
const count = (body: object, options: Partial<CountOptions> = {}) =>
  countRequest(body, { model: 'deepseek-v4-flash', seller: 'deepseek', at: '2026-08-20', encodings, ...options })

const says = (role: string, content: string) => ({ role, content })
const thought = (text: string) => ({
  type: 'reasoning',
  summary: [],
  encrypted_content: null,
  content: [{ type: 'reasoning_text', text }],
})
const call = (id: string, name: string, args: object) => ({
  type: 'function_call',
  call_id: id,
  name,
  arguments: JSON.stringify(args),
})
const output = (id: string, text: string) => ({ type: 'function_call_output', call_id: id, output: text })
const tool = (name: string, description: string, ...fields: string[]) => ({
  type: 'function',
  name,
  description,
  strict: true,
  parameters: {
    additionalProperties: false,
    properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])),
    required: fields,
    type: 'object',
  },
})

/** Bills in the published test cassettes of pydantic-ai (https://github.com/pydantic/pydantic-ai, tests/models/cassettes/test_deepseek_responses). */
describe('bills of DeepSeek V4', () => {
  it('are met: one tool, and its call, result and reasoning', () => {
    const final = tool('final_result', 'The final response which ends this conversation', 'city', 'country')
    expect(count({ input: [says('user', 'What is the capital of Japan?')], tools: [final] }).tokens).toBe(376)
    const input = [
      says('user', 'What is the temperature in Tokyo?'),
      thought("The user asks about temperature in Tokyo. I'll call the tool."),
      call('1', 'get_temperature', { city: 'Tokyo' }),
      output('1', '21.0'),
    ]
    const temperature = tool('get_temperature', 'Get the current temperature in a city.', 'city')
    expect(count({ input, tools: [temperature] }).tokens).toBe(440)
  })

  it('have no earlier reasoning without tools, and lie within the range', () => {
    const input = [
      thought('inspect inputs'),
      thought('inspect views'),
      call('a', 'read', { path: 'a' }),
      call('b', 'view', { path: 'b' }),
      output('a', 'contents'),
      output('b', 'rendered'),
      says('user', 'Reply exactly: done'),
      thought('Both operations succeeded, so the reply is one word.'),
      says('assistant', 'done'),
      says('user', 'Reply exactly: again'),
    ]
    const { tokens, low, high } = count({ input })
    expect(Math.abs(tokens - 189)).toBeLessThanOrEqual(3)
    expect(low).toBeLessThanOrEqual(189)
    expect(high).toBeGreaterThanOrEqual(189)
  })
})

describe('the prompt of DeepSeek V4', () => {
  const question = says('user', 'Why is the sky blue?')
  const hidden = (body: object, options?: Partial<CountOptions>) =>
    count({ messages: [question], ...body }, options).parts.find(({ kind }) => kind === 'hidden')?.tokens ?? 0

  it('says how much to reason, by word and day', () => {
    expect(hidden({})).toBe(79)
    expect(hidden({ reasoning_effort: 'low' })).toBe(0)
    expect(hidden({ reasoning_effort: 'max' })).toBe(92)
    expect(hidden({ reasoning_effort: 'constructor' })).toBe(0)
    expect(hidden({ thinking: { type: 'disabled' } })).toBe(0)
    expect(hidden({}, { at: '2026-07-30' })).toBe(0)
    expect(hidden({ reasoning_effort: 'max' }, { at: '2026-07-30' })).toBe(79)
    expect(hidden({}, { model: 'deepseek-flash', at: '2026-11-20' })).toBe(26)
    expect(hidden({}, { model: 'deepseek-chat', at: '2026-06-01' })).toBe(0)
  })

  it('may lack those words where another host, or V4.1 under the old name, answers', () => {
    for (const options of [{ seller: 'together' }, { at: '2026-11-20' }]) {
      const { tokens, low, high } = count({ messages: [question] }, options)
      expect(low).toBeLessThanOrEqual(tokens - 79)
      expect(high - tokens).toBeLessThan(20)
    }
  })

  it('writes a call as elements whose names begin with a token of their own', () => {
    const args = { from: 'Paris, France', days: 3, stops: ['Lyon', 'Nice'] }
    const turn = {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: '1', type: 'function', function: { name: 'search_flights', arguments: JSON.stringify(args) } },
      ],
    }
    const body = { messages: [question, turn, { role: 'tool', tool_call_id: '1', content: 'No flights.' }] }
    // Written out in pieces, one token between them.
    const opening = ['\n\n<', 'tool_calls>\n<', 'invoke name="search_flights">\n<']
    const parameters = [
      'parameter name="from" string="true">Paris, France</',
      'parameter>\n<',
      'parameter name="days" string="false">3</',
      'parameter>\n<',
      'parameter name="stops" string="false">["Lyon", "Nice"]</',
      'parameter>\n</',
    ]
    const pieces = [...opening, ...parameters, 'invoke>\n</', 'tool_calls>']
    const written = pieces.reduce((sum, piece) => sum + deepseekV3.count(piece), pieces.length - 1)
    const counted = count(body).parts.find(({ kind }) => kind === 'tool-calls')?.tokens as number
    expect(Math.abs(counted - 1 - written)).toBeLessThanOrEqual(1)
  })
})
