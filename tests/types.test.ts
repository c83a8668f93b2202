import { describe, expect, it } from 'vitest'
import { calcCost, getPrice } from '../src/index.ts'

/** What the public types refuse. `npm run typecheck` is the test: an error that is expected and does not come is one. */
describe('types', () => {
  const at = '2026-11-22'

  it('know the names of rates', () => {
    const { rates } = getPrice('gpt-4o', { at })
    expect(rates.inputUsdPerMTok).toBe('2.5')
    // @ts-expect-error: a name that is misspelt
    expect(rates.inputUsdPerMtok).toBeUndefined()
    // @ts-expect-error: a rate that the seller does not quote is undefined
    expect(rates.webSearchUsdPerThousand?.length).toBe(rates.webSearchUsdPerThousand.length)
  })

  it('know the parts of a bill', () => {
    const { lines } = calcCost({ inputTokens: 10, cacheReadTokens: 4 }, 'gpt-4o', { at })
    expect(lines.some(({ part }) => part === 'cacheRead')).toBe(true)
    // @ts-expect-error: no line has such a part
    expect(lines.some(({ part }) => part === 'cached')).toBe(false)
  })
})
