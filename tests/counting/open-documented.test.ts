import { describe, expect, it } from 'vitest'
import { countRequest } from '../../src/counting/index.ts'
import o200k_harmony from '../../src/encodings/o200k_harmony.ts'
import qwen3 from '../../src/encodings/qwen3.ts'
import tekken from '../../src/encodings/tekken.ts'
import { oracles } from './oracle-encodings.ts'

/** Bills of short calls in the published test cassettes of pydantic-ai (https://github.com/pydantic/pydantic-ai at 4fda3898, MIT). */
const encodings = [...oracles, o200k_harmony, qwen3, tekken]

const says = (role: string, content: string) => ({ role, content })
const strings = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
const tool = (name: string, description: string, parameters: object) => ({
  type: 'function',
  function: { name, description, parameters },
})
const closed = (...names: string[]) => ({
  additionalProperties: false,
  properties: strings(...names),
  ...(names.length === 0 ? {} : { required: names }),
  type: 'object',
})
const open = (title: string, ...names: string[]) => ({
  properties: strings(...names),
  required: names,
  title,
  type: 'object',
})

const weather = tool('get_weather', 'Get the current weather for a city.', closed('city'))
const final = 'The final response which ends this conversation'
const cityInfo = tool('final_result', final, open('CityInfo', 'city', 'summary'))
const called = {
  role: 'assistant',
  content: [],
  tool_calls: [
    { id: 'KikbB849t', type: 'function', function: { name: 'get_weather', arguments: '{"city": "Paris"}' } },
  ],
}
const returned = { role: 'tool', tool_call_id: 'KikbB849t', content: 'Sunny, 22C in Paris' }
const question = says('user', "What's the weather in Paris?")
const summary = says('user', 'Get weather for Paris and summarize')
const mixed = says('user', 'Call the get_mixed_content tool and describe what you received.')
const mixedContent = tool('get_mixed_content', '', closed())
const capital = says('user', 'What is the capital of France?')

describe('bills of open models', () => {
  it.each<[string, string, number, { messages: object[]; tools?: object[]; tool_choice?: string }]>([
    ['mistral', 'mistral-large-latest', 77, { messages: [question], tools: [weather] }],
    ['mistral', 'mistral-large-latest', 100, { messages: [question, called, returned], tools: [weather] }],
    ['mistral', 'mistral-large-latest', 175, { messages: [summary, called, returned], tools: [weather, cityInfo] }],
    ['mistral', 'mistral-medium-latest', 61, { messages: [mixed], tools: [mixedContent] }],
    ['groq', 'meta-llama/llama-4-scout-17b-16e-instruct', 717, { messages: [question], tools: [weather] }],
    [
      'groq',
      'meta-llama/llama-4-scout-17b-16e-instruct',
      16,
      { messages: [question], tools: [weather], tool_choice: 'none' },
    ],
    ['groq', 'meta-llama/llama-4-maverick-17b-128e-instruct', 708, { messages: [mixed], tools: [mixedContent] }],
    ['cerebras', 'llama-3.3-70b', 42, { messages: [capital] }],
    ['cerebras', 'gpt-oss-120b', 74, { messages: [capital] }],
    [
      'ollama',
      'gpt-oss:20b',
      134,
      { messages: [capital], tools: [tool('final_result', final, closed('city', 'country'))] },
    ],
    [
      'cerebras',
      'qwen-3-coder-480b',
      364,
      {
        messages: [
          capital,
          says(
            'assistant',
            'The capital of France is Paris. If you need more information about Paris or any other details, feel free to ask!',
          ),
          says(
            'user',
            'Validation feedback:\nPlain text responses are not permitted, please include your response in a tool call\n\nFix the errors and try again.',
          ),
        ],
        tools: [tool('final_result', final, open('Location', 'city', 'country'))],
      },
    ],
  ])('%s, %s: %i tokens', (seller, model, billed, body) => {
    const { tokens, low, high } = countRequest(body, { model, seller, encodings })
    expect(tokens).toBe(billed)
    expect(low).toBeLessThanOrEqual(billed)
    expect(high).toBeGreaterThanOrEqual(billed)
  })
})
