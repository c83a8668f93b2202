import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Budget } from '../../src/counting/budget.ts'
import { type Declaration, declarationOf, exchangeOf, type GoogleForm } from '../../src/counting/google-tools.ts'
import type { FunctionTool } from '../../src/counting/request.ts'
import { signsApart } from '../../src/counting/text-counters.ts'

/** Tokens of a declaration when each word of the caller is one token. */
function tokens({ words, marks }: Declaration): number {
  return marks + words.filter((word) => word !== '').length
}

function declare(tool: Partial<FunctionTool>, form: GoogleForm): Declaration {
  return declarationOf({ name: 'look', description: '', schema: {}, ...tool }, form, 'tools', new Budget())
}

const city = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const none = { type: 'object', properties: {} }

/**
 * Recorded bills, less text, roles and the words of the declaration: 13 and 27 tokens for Gemini 3, 18 and 27 for Gemini 2.5. A
 * description of the function costs five more on Gemini 3 and nothing on Gemini 2.5, one of an argument five more or one less.
 */
describe('function declarations of Gemini', () => {
  it('cost what recorded bills show', () => {
    expect(declare({ schema: none }, 'declarations').marks).toBe(13)
    expect(declare({ schema: city }, 'declarations').marks).toBe(27)
    expect(declare({ schema: city, description: 'See.' }, 'declarations').marks).toBe(32)
    expect(declare({ schema: none }, 'python').marks).toBe(18)
    expect(declare({ schema: city }, 'python').marks).toBe(27)
    expect(declare({ schema: city, description: 'See.' }, 'python').marks).toBe(27)
    const described = { ...city, properties: { city: { type: 'string', description: 'Which.' } } }
    expect(declare({ schema: described }, 'declarations').marks).toBe(32)
    expect(declare({ schema: described }, 'python').marks).toBe(26)
  })

  it('count as words alone on Vertex and before Gemini 2.5, where JSON Schemas are passed by', () => {
    expect(declare({ schema: city }, 'words').words).toEqual(
      expect.arrayContaining(['look', 'OBJECT', 'STRING', 'city']),
    )
    expect(tokens(declare({ schema: city }, 'words'))).toBe(5)
    expect(tokens(declare({ schema: city, isJsonSchema: true }, 'words'))).toBe(1)
  })

  it('write a class for an object inside, and five levels of a recursive one', () => {
    const nested = { type: 'object', properties: { place: city }, required: ['place'] }
    const { marks, unsettled } = declare({ schema: nested }, 'python')
    expect(marks).toBe(18 + 9 + 26 + 8)
    expect(unsettled).toBe(26)
    const tree = { type: 'object', properties: { next: { $ref: '#/$defs/Tree' } }, required: ['next'] }
    const root = {
      type: 'object',
      properties: { tree: { $ref: '#/$defs/Tree' } },
      required: ['tree'],
      $defs: { Tree: tree },
    }
    expect(declare({ schema: root }, 'python').marks).toBe(18 + 9 + 5 * (26 + 8))
  })

  it('are told apart from calls, which name their arguments', () => {
    expect(exchangeOf('look', '{"city":"Paris"}', 'words')).toMatchObject({
      words: ['look', 'city', 'Paris'],
      marks: 0,
    })
    expect(exchangeOf('look', '{}', 'declarations').marks).toBe(5)
    expect(exchangeOf('look', '{"city":"Paris"}', 'declarations').marks).toBe(9)
    expect(exchangeOf('look', 'no json', 'words').words).toEqual(['look', 'no json'])
  })
})

const word = fc.stringMatching(/^[b-d]{1,3}$/)
const schema = fc.letrec((tie) => ({
  leaf: fc.record(
    { type: fc.constantFrom('string', 'integer'), description: word, enum: fc.uniqueArray(word, { minLength: 1 }) },
    { requiredKeys: ['type'] },
  ),
  list: fc.record({ type: fc.constant('array'), items: tie('node') }, { requiredKeys: ['type', 'items'] }),
  object: fc
    .dictionary(word, tie('node'), { maxKeys: 3, noNullPrototype: true })
    .map((properties) => ({ type: 'object', properties, required: Object.keys(properties).slice(1) })),
  node: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('list'), tie('object')),
})).object

/** The text as the template writes it; `*` is a mark, and words of the caller are in capitals. */
function written(value: Record<string, unknown>): string {
  const fields = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const child = value[key]
      if (key === 'type' || typeof child === 'string') return [`${key}:*${String(child).toUpperCase()}*`]
      if (key === 'items') return [`items:${written(child as Record<string, unknown>)}`]
      if (Array.isArray(child)) {
        const items = child.map((item: string) => `*${item.toUpperCase()}*`)
        return items.length === 0 ? [] : [`${key}:[${items.join(',')}]`]
      }
      const entries = Object.entries(child as Record<string, Record<string, unknown>>)
      const properties = entries.map(([name, one]) => `${name.toUpperCase()}:${written(one)}`)
      return entries.length === 0 ? [] : [`properties:{${properties.join(',')}}`]
    })
  return `{${fields.join(',')}}`
}

describe('the sum of the parts of a declaration', () => {
  it('is the number of words, marks and rows of punctuation in its text', () => {
    fc.assert(
      fc.property(schema, (given) => {
        const text = `*declaration:LOOK{parameters:${written(given as Record<string, unknown>)}}*`
        const pieces = text.match(/\*|[A-Z]+|[a-z]+|[^*A-Za-z]+/g) ?? []
        expect(tokens(declare({ schema: given }, 'declarations'))).toBe(pieces.length)
      }),
    )
  })
})

describe('lists in a schema that claim a length', () => {
  const keys = ['enum', 'required', 'type', 'anyOf', 'items']
  const forms = ['words', 'declarations', 'python'] as const
  it.each(keys.flatMap((key) => forms.map((form) => [key, form] as const)))('are refused: %s, %s', (key, form) => {
    const schema = { type: 'object', properties: { a: { [key]: new Array(2 ** 32 - 1) } } }
    expect(() => declare({ schema }, form)).toThrow(/unfolds to more than 500000 values/)
  })
})

describe('signs that stand apart', () => {
  it('are underscores before letters and apostrophes between letters', () => {
    const each = { underscore: 1, apostrophe: 100 }
    expect(signsApart("get_file don't don’t 'x' _1 a_ 'twas _a", each)).toBe(202)
    expect(signsApart('', each)).toBe(0)
    expect(signsApart("'a", each)).toBe(0)
  })
})
