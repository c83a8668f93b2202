import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packSeller } from '../../../scripts/prices/pack.ts'
import { abbreviated } from '../../../scripts/prices/phrases.ts'
import { unpackSeller } from '../../../src/pricing/packed.ts'
import { PHRASE_END, PHRASE_MARK, PHRASE_SIGNS, phrasesOf, writtenOut } from '../../../src/pricing/phrases.ts'

const rows = Array.from({ length: 60 }, (_, i) => `[[[0,0.${i % 7},1,2.5,2,0.125]],'A name that comes again',128000]`)

/** What is read of parts that were abbreviated. */
function readBack(parts: readonly string[]): string[] {
  const packed = abbreviated(parts)
  const phrases = phrasesOf(packed.phrases)
  return packed.parts.map((part) => writtenOut(part, phrases))
}

describe('phrases of a packed seller', () => {
  it('make a text that repeats itself a fraction as long, and are written out again', () => {
    const { phrases, parts } = abbreviated(rows)
    expect(phrases.length + parts.join('').length).toBeLessThan(rows.join('').length / 4)
    expect(readBack(rows)).toEqual(rows)
  })

  it('stand for the same text, whatever it is made of', () => {
    const words = fc.constantFrom('alpha', 'beta', '0.25,', "'name'", '[[[0,', ' ', '-', 'Ab9', '{', '}', '.')
    const part = fc.array(words, { maxLength: 60 }).map((list) => list.join(''))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 40 }), fc.nat(4), (list, times) => {
        const parts = Array.from({ length: times + 1 }, () => list).flat()
        expect(readBack(parts)).toEqual(parts)
      }),
      { numRuns: 300 },
    )
  })

  it('are left out where little would be saved', () => {
    expect(abbreviated(['abc', 'abd', 'abe'])).toEqual({ phrases: '', parts: ['abc', 'abd', 'abe'] })
  })

  it('have signs of one character each, which are neither quotes, escapes nor marks of their own', () => {
    expect(new Set(PHRASE_SIGNS).size).toBe(PHRASE_SIGNS.length)
    expect(PHRASE_SIGNS).toMatch(/^[ -~]+$/)
    for (const char of ['"', "'", '\\', '`', PHRASE_MARK, PHRASE_END]) expect(PHRASE_SIGNS).not.toContain(char)
  })

  it('do not touch the ids by which rows are found', () => {
    const models = Array.from({ length: 60 }, (_, i) => ({
      id: `the-same-long-beginning-${i}`,
      name: `the-same-long-beginning-${i}`,
      periods: [{ rates: { input: '1', output: '2' }, source: 'list', checked: '2026-11-23' }],
    }))
    const packed = packSeller({ seller: 'acme', models })
    expect(packed).toContain("`['the-same-long-beginning-7',")
    expect(packed.split('the-same-long-beginning').length).toBeLessThan(65)
    for (const { id } of models) expect(unpackSeller(packed).models.get(id)).toMatchObject({ id, name: id })
  })
})
