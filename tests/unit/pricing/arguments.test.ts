/** Wrong kinds of arguments are named; what changed between two days says so for every size of request. */
import { describe, expect, it } from 'vitest'
import { calcCost, getPrice, sumAmounts } from '../../../src/index.ts'
import { modelRows } from '../../../src/models/rows.ts'
import { checkPrices, discountPrices, priceDiff } from '../../../src/pricing.ts'

const at = '2026-11-20'
const usage = { inputTokens: 1 }
// biome-ignore lint/suspicious/noExplicitAny: what callers without types pass
const any = (value: unknown): any => value

describe('an argument of a wrong kind', () => {
  it.each([
    ['seller', () => getPrice('gpt-4o', { seller: any(null) })],
    ['seller', () => calcCost(usage, 'gpt-4o', { seller: any(1) })],
    ['prices', () => getPrice('gpt-4o', { prices: any({}) })],
    ['prices', () => calcCost(usage, 'gpt-4o', { prices: any(null) })],
    ['at, prices', () => priceDiff(any(null), at)],
    ['at, prices', () => priceDiff(at, any(0))],
    ['seller', () => priceDiff(at, at, { seller: 'nobody' })],
    ['amounts', () => sumAmounts(any(null))],
    ['discounts', () => discountPrices(any(null))],
    ['allowanceUsed', () => calcCost(usage, 'gpt-4o', { at, allowanceUsed: any(null) })],
    ['allowanceUsed', () => calcCost(usage, 'gpt-4o', { at, allowanceUsed: any(5) })],
    ['allowanceUsed', () => calcCost(usage, 'gpt-4o', { at, allowanceUsed: any([]) })],
    ['allowanceUsed.webSearches', () => calcCost(usage, 'gpt-4o', { at, allowanceUsed: { webSearches: -1 } })],
    ['maxAgeDays', () => checkPrices({ maxAgeDays: Number.NaN })],
    ['maxAgeDays', () => checkPrices({ maxAgeDays: any('x') })],
    ['clock', () => checkPrices({ clock: () => Number.NaN })],
  ])('is named: %s', (name, call) => {
    expect(call).toThrow(name)
    expect(call).not.toThrow(/usage\.allowance|Cannot|is not a function/)
  })

  it('is not a sum of any size', () => {
    const big = { exact: '999999999999999' }
    expect(sumAmounts([sumAmounts([big, big]), { exact: '-0.000000000001' }]).exact).toBe(
      '1999999999999997.999999999999',
    )
  })
})

describe('what changed between two days', () => {
  it('is told of context tiers', () => {
    const rows = priceDiff('2026-03-01', '2026-04-01', { seller: 'anthropic' }).filter(
      ({ model, change }) => model === 'claude-opus-4-6' && change === 'rate',
    )
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          what: 'inputUsdPerMTok',
          inputTokensAbove: 200_000,
          from: '10',
          to: '5',
          ratio: 0.5,
        }),
        expect.objectContaining({ what: 'outputUsdPerMTok', inputTokensAbove: 200_000, from: '37.5', to: '25' }),
      ]),
    )
  })

  it('is told of hours, and of a seller by any of its names', () => {
    const rows = priceDiff('2026-08-22', '2026-08-23', { seller: 'deepseek' })
    expect(rows).toEqual(expect.arrayContaining([expect.objectContaining({ change: 'schedule', what: 'schedule' })]))
    expect(priceDiff('2026-07-01', at, { seller: 'bedrock' })).toEqual(
      priceDiff('2026-07-01', at, { seller: 'amazon-bedrock' }),
    )
  })
})

describe('peak hours', () => {
  const peak = '2026-11-23T02:00:00Z'

  it('are named in an entry, with the rates of all others', () => {
    expect(getPrice('deepseek-v4-pro', { at: peak })).toMatchObject({
      rates: { inputUsdPerMTok: '1.32' },
      activeSchedule: 'peak',
      otherHours: { rates: { inputUsdPerMTok: '0.66' } },
    })
    expect(getPrice('deepseek-v4-pro', { at: '2026-11-23T05:00:00Z' })).toMatchObject({
      rates: { inputUsdPerMTok: '0.66' },
      activeSchedule: null,
      otherHours: null,
    })
  })

  it('hold in lists of models, too', () => {
    const row = modelRows({ seller: 'deepseek', at: peak }).find(({ id }) => id === 'deepseek-v4-pro')
    expect(row?.inputUsdPerMTok).toBe('1.32')
  })
})
