import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTokenfareError } from '../../../src/index.ts'
import { billUnder } from '../../../src/pricing/bill.ts'
import type { RateCard } from '../../../src/pricing/table.ts'
import type { Usage } from '../../../src/pricing/types.ts'

const card: RateCard = { micro: [3_000_000, 15_000_000, 300_000, 3_750_000, 6_000_000], tiers: [] }

/** What a usage is billed, or why it is refused. */
function outcome(usage: unknown): unknown {
  try {
    return billUnder(card, usage as Usage)
  } catch (error) {
    if (!isTokenfareError(error) && !(error instanceof TypeError)) throw error
    return error.message
  }
}

/** The same usage with a field that is no text, which goes the long way. */
const theLongWay = (usage: object): unknown => outcome({ ...usage, reasoningTokens: 0 })

describe('a usage of text alone', () => {
  const odd = fc.constantFrom<unknown>(undefined, null, -1, -0, 0.5, Number.NaN, 2 ** 53, '7', 7n, true, [], {})
  const count = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }) as fc.Arbitrary<unknown> }, odd)
  const usage = fc.record(
    {
      inputTokens: count,
      outputTokens: count,
      cacheReadTokens: count,
      cacheWriteTokens: count,
      cacheWrite1hTokens: count,
    },
    { requiredKeys: [] },
  )

  it('is billed, or refused in the same words, as it is with a field that is none', () => {
    fc.assert(
      fc.property(usage, (given) => {
        // Without any quantity only the short way has nothing to bill.
        fc.pre(Object.values(given).some((value) => value !== undefined))
        expect(outcome(given)).toEqual(theLongWay(given))
      }),
      { numRuns: 5000 },
    )
  })

  it.each([{}, { inputTokens: undefined }, { inputTokens: undefined, cacheReadTokens: undefined }])(
    'with nothing in it is refused: %j',
    (given) => {
      expect(outcome(given)).toMatch(/^tokenfare: usage\.inputTokens must be given, or any other quantity/)
    },
  )

  it('has fields of its own', () => {
    expect(outcome(Object.create({ inputTokens: 5 }))).toMatch(/an own field/)
    expect(outcome(null)).toBe('usage must be an object')
  })
})
