import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonText } from '../../src/counting/json.ts'

/** As Python's `json.dumps` writes, slowly. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`)
  return `{${fields.join(', ')}}`
}

describe('layouts of JSON', () => {
  it('are those of JSON.stringify and of json.dumps', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(jsonText(value, '')).toBe(JSON.stringify(value))
        expect(jsonText(value, '', undefined, { layout: 'indented' })).toBe(JSON.stringify(value, null, 4))
        expect(jsonText(value, '', undefined, { layout: 'spaced' })).toBe(spaced(value))
      }),
      { numRuns: 500 },
    )
  })

  it('escape texts of any length and any units as JSON.stringify does', () => {
    const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    const plain = fc.string({ maxLength: 60 })
    fc.assert(
      fc.property(plain, anyUnits, plain, (before, units, after) => {
        const text = before + String.fromCharCode(...units) + after
        expect(jsonText([text, { [text]: text }], '')).toBe(JSON.stringify([text, { [text]: text }]))
      }),
      { numRuns: 2000 },
    )
  })

  it('leave out a field at every level', () => {
    const value = { a: { skipped: 1, b: [{ skipped: 2, c: 3 }] }, skipped: {} }
    expect(jsonText(value, '', undefined, { omit: 'skipped', layout: 'spaced' })).toBe('{"a": {"b": [{"c": 3}]}}')
  })
})
