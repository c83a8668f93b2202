import { describe, expect, it } from 'vitest'
import { countRequest } from '../../src/counting/index.ts'
import { InvalidRequestError } from '../../src/errors.ts'
import { oracles } from './oracle-encodings.ts'

/** A kilobyte of references to one text of a megabyte unfolds to gigabytes of work. */
const megabyte = 'Some words that are quite common. '.repeat(30_000)
const file = `JVBERi0${'A'.repeat(20_000_000)}`
const times = 40_000

/** Counts by classes of characters, which is fast. */
const sketch = { encodings: [], missingEncoding: 'heuristic' } as const

function many<Item>(item: Item, length = times): Item[] {
  return new Array<Item>(length).fill(item)
}

const call = (args: string) => ({ type: 'function', function: { name: 'f', arguments: args } })
const tool = (description: string, parameters: object = {}) => ({
  type: 'function',
  function: { name: 'f', description, parameters },
})
const hi = { role: 'user', content: 'hi' }
const shared = { description: megabyte, type: 'string' }
const properties = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`p${index}`, shared]))

const bodies: readonly (readonly [string, string, object])[] = [
  ['messages', 'gpt-5', { messages: many({ role: 'user', content: megabyte }) }],
  ['messages of a stand-in', 'claude-opus-5', { messages: many({ role: 'user', content: megabyte }) }],
  ['parts', 'gpt-5', { messages: [{ role: 'user', content: many({ type: 'text', text: megabyte }) }] }],
  ['names', 'gpt-5', { messages: many({ ...hi, name: megabyte }) }],
  ['items', 'gpt-5', { input: many({ role: 'user', content: megabyte }) }],
  ['parallel calls', 'gpt-5', { messages: [hi, { role: 'assistant', tool_calls: many(call(megabyte)) }] }],
  [
    'calls',
    'gemini-2.5-flash',
    { contents: many({ parts: [{ functionCall: { name: 'f', args: { a: megabyte } } }] }) },
  ],
  [
    'blank calls',
    'gemini-2.5-flash',
    { messages: many({ role: 'assistant', tool_calls: [call(`${' '.repeat(1_000_000)}{}`)] }) },
  ],
  ['thoughts that are cut', 'llama-3.3-70b', { messages: many({ role: 'assistant', content: `${megabyte}</think>` }) }],
  ['descriptions', 'gpt-5', { messages: [hi], tools: many(tool(megabyte)) }],
  ['descriptions in JSON', 'claude-opus-5', { messages: [hi], tools: many(tool(megabyte)), max_tokens: 5 }],
  ['descriptions for Google', 'gemini-3-flash', { messages: [hi], tools: many(tool(megabyte)) }],
  ['descriptions in elements', 'qwen3-coder', { messages: [hi], tools: many(tool(megabyte)) }],
  ['properties', 'gpt-5', { messages: [hi], tools: [tool('', { type: 'object', properties })] }],
  [
    'values',
    'gpt-5',
    { messages: [hi], tools: [tool('', { type: 'object', properties: { a: { enum: many(megabyte) } } })] },
  ],
  [
    'documents',
    'claude-opus-5',
    {
      max_tokens: 5,
      messages: many({
        role: 'user',
        content: [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: file } }],
      }),
    },
  ],
  [
    'pictures',
    'gpt-5',
    {
      messages: many({
        role: 'user',
        content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${file}` } }],
      }),
    },
  ],
]

describe('a text that many parts share', () => {
  it.each(bodies)('is refused in seconds with what to do: %s', (_, model, body) => {
    const start = process.cpuUsage()
    let refused: unknown
    try {
      countRequest(body, { model, encodings: oracles, missingEncoding: 'heuristic' })
    } catch (error) {
      refused = error
    }
    const { user, system } = process.cpuUsage(start)
    expect(refused).toBeInstanceOf(InvalidRequestError)
    const { message, cause } = refused as InvalidRequestError
    expect(message).toMatch(/(?:texts|files|body) .*more than \d+ characters.*send less/s)
    expect(cause).toBeUndefined()
    expect((user + system) / 1e6).toBeLessThan(3)
  })

  it('is counted for each part while the whole stays within the limit', () => {
    const count = (parts: number) =>
      countRequest({ messages: many({ role: 'user', content: megabyte }, parts) }, { model: 'gpt-5', ...sketch }).tokens
    expect(count(4) - count(3)).toBe(count(3) - count(2))
    expect(count(4)).toBeGreaterThan(700_000)
  })

  it('has no limit as a string of its own', () => {
    const long = megabyte.repeat(35)
    expect(long.length).toBeGreaterThan(2 ** 25)
    expect(countRequest(long, { model: 'gpt-5', ...sketch }).tokens).toBeGreaterThan(6_000_000)
  })
})

it('reads a hole in a list as the null that JSON makes of it', () => {
  const encodings = oracles
  const holey = [{ type: 'text', text: 'a' }, null, { type: 'text', text: 'b' }]
  delete holey[1]
  const whole = [{ type: 'text', text: 'a' }, null, { type: 'text', text: 'b' }]
  const bodies = [
    (parts: unknown) => ({ messages: [{ role: 'user', content: parts }] }),
    (parts: unknown) => ({ input: [{ role: 'user', content: parts }] }),
    (parts: unknown) => ({ max_tokens: 5, messages: [{ role: 'user', content: parts }] }),
    (parts: unknown) => ({ contents: [{ role: 'user', parts }] }),
    (parts: unknown) => ({ messages: parts }),
  ]
  for (const body of bodies)
    for (const model of ['gpt-5', 'claude-opus-5', 'gemini-2.5-flash'])
      expect(countRequest(body(holey), { model, encodings })).toEqual(countRequest(body(whole), { model, encodings }))
})
