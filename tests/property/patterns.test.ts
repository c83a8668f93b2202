import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchTexts } from '../reference/matches.ts'

/**
 * Random patterns in the part of the syntax that the host's regular expressions share, and that asks for no Unicode tables: the host,
 * a backtracking matcher, is the slow reference. Characters of the Basic Multilingual Plane only: looking behind, V8 may find an empty
 * match inside a surrogate pair.
 */
const set = fc.constantFrom('a', 'b', 'c', 'é', '中', 'ж', '[ab]', '[^a]', '[^éж]', '[a-c]', '\\n', '[b中]')
const look = fc.constantFrom('(?=a)', '(?!b)', '(?=[^c])', '(?!a|中)', '(?<=a)', '(?<!b)', '(?<![^a])', '(?!$)')
const repeat = fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{2,}', '{0,2}?')

const pattern = fc.letrec<{ one: string; sequence: string; choice: string }>((tie) => ({
  // A repeated part always takes a character: what an empty turn of a loop does differs between engines.
  one: fc.oneof(
    { maxDepth: 2 },
    set,
    fc.tuple(set, repeat).map(([item, times]) => item + times),
    fc.tuple(set, tie('choice'), repeat).map(([first, rest, times]) => `(?:${first}(?:${rest}))${times}`),
    tie('choice').map((inner) => `(?:${inner})`),
    look,
  ),
  sequence: fc.array(tie('one'), { minLength: 1, maxLength: 3 }).map((items) => items.join('')),
  choice: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((options) => options.join('|')),
})).choice

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'é', '中', 'ж', '\n'), { maxLength: 24 })
  .map((parts) => parts.join(''))

/** The matches, or `undefined` for a pattern whose automaton would be too large. */
function attempt(source: string, input: string): string[] | undefined {
  try {
    // `$` ends the text in Rust's syntax, as it does for the host without the flag m.
    return matchTexts(source, input, 'rust')
  } catch (error) {
    if (error instanceof Error && error.message.includes('too large')) return undefined
    throw error
  }
}

describe('patterns', () => {
  it('match where a backtracking matcher does, with the same priorities', () => {
    let compared = 0
    let matched = 0
    let tooLarge = 0
    fc.assert(
      fc.property(pattern, text, (source, input) => {
        const expected = [...input.matchAll(new RegExp(source, 'gu'))].map(([match]) => match)
        const found = attempt(source, input)
        if (found === undefined) {
          tooLarge++
          return
        }
        expect(found).toEqual(expected)
        compared++
        matched += expected.length
      }),
      { numRuns: 4000, seed: 20261122, endOnFailure: true },
    )
    expect(compared + tooLarge).toBe(4000)
    expect(tooLarge).toBeLessThan(40)
    expect(matched).toBeGreaterThan(4000)
  })

  it('take time in proportion to the text even where every search looks far ahead in vain', () => {
    const cpu = (length: number) => {
      const input = 'a'.repeat(length)
      const start = process.cpuUsage()
      expect(matchTexts('a*b|a', input)).toHaveLength(length)
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    cpu(20_000)
    const ratios = Array.from({ length: 5 }, () => cpu(160_000) / cpu(40_000)).sort((a, b) => a - b)
    // Two doublings; a quadratic search would take 16 times as long.
    expect(ratios[2]).toBeLessThan(2.4 ** 2)
  })
})
