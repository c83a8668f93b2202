import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promptCounter, type Tool, type Turn, toolOf } from '../../scripts/templates/render.ts'
import { loadTemplates } from '../../scripts/templates/sources.ts'
import { countRequest } from '../../src/counting/index.ts'
import qwen3 from '../../src/encodings/qwen3.ts'
import tekken from '../../src/encodings/tekken.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'

const templates = await loadTemplates()
const words = ['river', 'mountain', 'It rains in Paris.', 'Why?', '42', 'Straße', '東京', 'the', 'a.b(c);']
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }).map((list) => list.join(' '))
const name = fc.constantFrom('get_weather', 'ping', 'bookTable', 'find_all_of_them')

const leaf = fc.oneof(
  fc.constant({ type: 'string' }),
  fc.constant({ type: 'boolean' }),
  text.map((description) => ({ type: 'integer', description })),
  fc.array(text, { minLength: 1, maxLength: 4 }).map((values) => ({ type: 'string', enum: values })),
)
const properties = fc.dictionary(
  name,
  fc.oneof(
    leaf,
    leaf.map((items) => ({ type: 'array', items })),
  ),
  { maxKeys: 4 },
)
const parameters = properties.map((all) => ({
  type: 'object',
  properties: all,
  required: Object.keys(all).slice(1),
  additionalProperties: false,
}))
const tool: fc.Arbitrary<Tool> = fc.record({ name, description: text, parameters })

/** Turns as agents have them: questions, answers, and calls whose results come right after. */
const exchange: fc.Arbitrary<Turn[]> = fc.oneof(
  text.map((content): Turn[] => [{ role: 'assistant', content }]),
  fc
    .tuple(name, fc.dictionary(name, text, { minKeys: 1, maxKeys: 3 }), text, text)
    .map(([called, given, result, answer]): Turn[] => [
      { role: 'assistant', content: '', calls: [{ name: called, arguments: given }] },
      { role: 'tool', content: result },
      { role: 'assistant', content: answer },
    ]),
)
const conversation = fc
  .record({
    system: fc.option(text),
    first: text,
    later: fc.array(fc.tuple(exchange, text), { maxLength: 4 }),
  })
  .map(({ system, first, later }): Turn[] => [
    ...(system === null ? [] : [{ role: 'system', content: system } as const]),
    { role: 'user', content: first },
    ...later.flatMap(([turns, question]): Turn[] => [...turns, { role: 'user', content: question }]),
  ])

/** A conversation as a body of OpenAI's shape; arguments are written as Python writes them, as servers do before they render. */
function bodyOf(turns: readonly Turn[], tools: readonly Tool[]): object {
  const messages = turns.map(({ role, content, calls }) => {
    if (role === 'tool') return { role, content, tool_call_id: 'call00001' }
    if (calls === undefined) return { role, content }
    const toolCalls = calls.map((call) => {
      const given = Object.entries(call.arguments).map(
        ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
      )
      return { id: 'call00001', type: 'function', function: { name: call.name, arguments: `{${given.join(', ')}}` } }
    })
    return { role, content: null, tool_calls: toolCalls }
  })
  return { messages, ...(tools.length === 0 ? {} : { tools: tools.map(toolOf) }) }
}

/** Texts that a line break of the template follows: a full stop or a bracket at their end makes one token with it. */
function openEnds(turns: readonly Turn[], tools: readonly Tool[]): number {
  const results = turns.filter(({ role }) => role === 'tool').length
  return results + (tools.length > 0 && turns[0]?.role === 'system' ? 1 : 0)
}

describe('requests count as their chat templates render them', () => {
  it.each<[string, string, Encoding, 'exact' | 'open ends' | 'in range']>([
    ['mistral', 'mistral-large-latest', tekken, 'exact'],
    ['qwen-3', 'qwen3-32b', qwen3, 'open ends'],
    ['qwen-2.5', 'qwen2.5-72b-instruct', qwen3, 'open ends'],
    ['qwen-3-coder', 'qwen3-coder-480b', qwen3, 'in range'],
  ])('%s', (template, model, encoding, ends) => {
    const source = templates.find((one) => one.name === template)!
    const prompt = promptCounter(source, (part) => encoding.count(part))
    const request = fc.tuple(conversation, fc.array(tool, { maxLength: 3 }))
    fc.assert(
      fc.property(request, ([turns, tools]) => {
        const rendered = prompt(turns, tools.length === 0 ? { opening: true } : { opening: true, tools }) ?? Number.NaN
        const { tokens, low, high } = countRequest(bodyOf(turns, tools), { model, encodings: [encoding] })
        expect(low).toBeLessThanOrEqual(rendered)
        expect(high).toBeGreaterThanOrEqual(rendered)
        if (ends !== 'in range')
          expect(Math.abs(tokens - rendered)).toBeLessThanOrEqual(ends === 'exact' ? 0 : openEnds(turns, tools))
      }),
      { numRuns: 300 },
    )
  })
})
