import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apiNames } from '../../src/counting/api-name.ts'
import { type ApiName, countRequest, type TokenCount } from '../../src/counting/index.ts'
import { isTokenfareError } from '../../src/errors.ts'
import { oracles } from './oracle-encodings.ts'

const models = [
  'gpt-4',
  'gpt-4o',
  'gpt-5',
  'gpt-oss-120b',
  'llama-3.3-70b',
  'claude-sonnet-4-5',
  'claude-opus-5',
  'gemini-2.5-flash',
  'gemini-3-flash',
  'nova-lite',
  'no-such-model',
] as const

/** A count, or the typed error of an unreadable body; anything else is a crash. */
function countOrRefuse(body: unknown, model: string, api?: ApiName): TokenCount | 'refused' {
  try {
    const count = countRequest(
      body,
      api === undefined ? { model, encodings: oracles } : { model, api, encodings: oracles },
    )
    for (const { tokens, low, high } of [count, ...count.parts]) {
      expect([tokens, low, high].every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true)
      expect(low <= tokens && tokens <= high).toBe(true)
    }
    JSON.stringify(count)
    return count
  } catch (error) {
    if (isTokenfareError(error) && error.code === 'invalid-request') return 'refused'
    throw error
  }
}

const words = [
  ...[
    'role',
    'content',
    'messages',
    'text',
    'type',
    'tools',
    'function',
    'name',
    'parameters',
    'properties',
    'arguments',
  ],
  ...[
    'tool_calls',
    'tool_use',
    'tool_result',
    'image',
    'image_url',
    'source',
    'data',
    'input',
    'contents',
    'parts',
    'system',
  ],
  ...[
    'functionCall',
    'inlineData',
    'mimeType',
    'toolConfig',
    'toolUse',
    'schema',
    'anyOf',
    'items',
    'enum',
    '$ref',
    '$defs',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'user',
    'assistant',
    'tool',
    'object',
    'array',
    'string',
    'detail',
    'url',
    'prompt',
  ],
]
const scalar = fc.oneof(
  fc.constantFrom(...words),
  fc.string(),
  fc.constantFrom(null, undefined, true, Number.NaN, -1, 1e308, 5n),
)
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    scalar,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...words), tie('node')), { maxLength: 6 }).map((pairs) => {
      const object: Record<string, unknown> = {}
      for (const [key, item] of pairs)
        Object.defineProperty(object, key, { value: item, enumerable: true, configurable: true, writable: true })
      return object
    }),
  ),
})).node

/** Bodies that look right at the top and are anything below. */
const body = fc.record(
  {
    messages: fc.oneof(
      fc.array(fc.record({ role: value, content: value, tool_calls: value }, { requiredKeys: [] }), { maxLength: 4 }),
      value,
    ),
    input: value,
    contents: value,
    system: value,
    tools: fc.oneof(
      fc.array(
        fc.record(
          {
            type: value,
            name: value,
            function: value,
            input_schema: value,
            toolSpec: value,
            functionDeclarations: value,
          },
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      ),
      value,
    ),
    tool_choice: value,
    toolConfig: value,
    response_format: value,
    text: value,
    prompt: value,
    generationConfig: value,
  },
  { requiredKeys: [] },
)

describe('hostile bodies', () => {
  it('are counted with warnings or refused with a typed error', () => {
    let counted = 0
    fc.assert(
      fc.property(
        body,
        fc.constantFrom(...models),
        fc.option(fc.constantFrom(...apiNames), { nil: undefined }),
        (given, model, api) => {
          if (countOrRefuse(given, model, api) !== 'refused') counted += 1
        },
      ),
      { numRuns: 6000 },
    )
    expect(counted).toBeGreaterThan(1000)
  })

  it.each(apiNames)('with cycles end in a typed error or a warning: %s', (api) => {
    const cycle: Record<string, unknown> = { type: 'object', name: 'f', role: 'user' }
    cycle['properties'] = { again: cycle }
    cycle['content'] = [cycle]
    cycle['input'] = [cycle]
    cycle['parameters'] = cycle
    cycle['function'] = cycle
    for (const model of models)
      countOrRefuse(
        {
          messages: [cycle],
          input: [cycle],
          contents: [{ parts: [cycle] }],
          tools: [cycle, { functionDeclarations: [cycle] }],
        },
        model,
        api,
      )
  })

  it('nested a million levels deep, or unfolding without end, are refused quickly', () => {
    let deep: unknown = 'x'
    for (let level = 0; level < 1_000_000; level += 1) deep = { type: 'array', items: deep, content: [deep] }
    let bomb: unknown = { type: 'string' }
    for (let level = 0; level < 60; level += 1) bomb = { type: 'object', properties: { a: bomb, b: bomb } }
    const start = process.cpuUsage()
    for (const schema of [{ type: 'object', properties: { deep } }, bomb])
      for (const model of ['gpt-4o', 'llama-3.3-70b', 'claude-sonnet-4-5', 'gemini-2.5-flash']) {
        const tools = [{ type: 'function', function: { name: 'f', parameters: schema } }]
        expect(countOrRefuse({ messages: [{ role: 'user', content: 'hi' }], tools }, model, 'openai-chat')).toBe(
          'refused',
        )
      }
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
  })

  it('do not reach the prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const parsed: unknown = JSON.parse(
      '{"messages":[{"role":"user","content":"hi","__proto__":{"name":"x"}}],"__proto__":{"tools":[{"name":"y"}]}}',
    )
    expect(countOrRefuse(parsed, 'gpt-4o')).toMatchObject({ tokens: 8 })
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  })

  it('of the wrong kind are type errors that say what came', () => {
    for (const wrong of [undefined, null, 5, true, [], () => 1])
      expect(() => countRequest(wrong, { model: 'gpt-4o', encodings: oracles })).toThrow(TypeError)
  })
})
