import { describe, expect, it } from 'vitest'
import { calcCost, getPrice, priceHistory, type Usage } from '../../src/index.ts'
import { defaultTable } from '../../src/pricing/builtin.ts'
import changes from './price-changes.json' with { type: 'json' }
import costs from './usage-costs.json' with { type: 'json' }

interface Side {
  readonly rates?: Readonly<Record<string, string>>
  readonly above200k?: Readonly<Record<string, string>>
  readonly peak?: Readonly<Record<string, string>>
  readonly offPeak?: Readonly<Record<string, string>>
}

const named = (rates: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(rates).map(([key, rate]) => [`${key}UsdPerMTok`, rate]))

function expectSide(seller: string, model: string, atMs: number, side: Side): void {
  const price = getPrice(model, { seller, at: atMs })
  if (side.rates) expect(price.rates).toMatchObject(named(side.rates))
  if (side.above200k)
    expect(price.tiers.find((tier) => tier.inputTokensAbove === 200_000)?.rates).toMatchObject(named(side.above200k))
  else if (side.rates && model.startsWith('claude')) expect(price.tiers).toEqual([])
  if (side.peak && side.offPeak) {
    const period = priceHistory(model, { seller }).find(({ from }) => from === price.from)
    expect(period?.rates).toMatchObject(named(side.offPeak))
    expect(period?.schedule?.rates).toMatchObject(named(side.peak))
    expect([side.peak, side.offPeak].map(named)).toContainEqual(expect.objectContaining(price.rates))
  }
}

describe('recorded price changes', () => {
  it.each(changes)('$seller/$model at $at', ({ seller, model, at, before, after }) => {
    const boundary = Date.parse(at)
    expectSide(seller, model, boundary - 1, before as Side)
    expectSide(seller, model, boundary, after as Side)
    expectSide(seller, model, boundary + 1, after as Side)
  })

  it('keep a cancelled rise out of the price, and in the history', () => {
    expect(getPrice('claude-sonnet-5', { at: '2026-10-01' }).rates).toMatchObject(named({ input: '2', output: '10' }))
    expect(priceHistory('claude-sonnet-5').map(({ status }) => status)).toEqual(['actual', 'cancelled'])
  })
})

describe('recorded costs', () => {
  it.each(costs)('$seller/$model: $usd', ({ seller, model, usage, usd, at }) => {
    const cost = calcCost(usage as Usage, model, { seller, at: at ?? '2026-09-01' })
    expect(cost).toMatchObject({ complete: true, total: { exact: usd, usd: Number(usd) } })
  })
})

describe('the built-in table', () => {
  const table = defaultTable()
  const models = table.sellers.flatMap((seller) => [...(table.seller(seller)?.models.values() ?? [])])

  it('covers sellers, models and price changes', () => {
    const priced = models.filter((model) =>
      model.periods.some((period) => period.card.micro.some((rate) => rate != null)),
    )
    const dated = models.flatMap((model) => model.periods.slice(1)).filter(({ fromMs }) => Number.isFinite(fromMs))
    expect(table.sellers.length).toBeGreaterThanOrEqual(40)
    expect(priced.length).toBeGreaterThanOrEqual(1500)
    expect(dated.length).toBeGreaterThanOrEqual(60)
  })

  it('row 24: changes period exactly at every boundary, -1 ms, 0 and +1 ms, and names the row', () => {
    let boundaries = 0
    for (const model of models) {
      const holding = model.periods.filter(({ status }) => status !== 'cancelled')
      holding.slice(1).forEach((period, index) => {
        const before = holding[index]
        expect(before?.untilMs).toBe(period.fromMs)
        boundaries++
        if (period.status === 'on-request') return
        for (const [ms, expected] of [
          [period.fromMs - 1, before],
          [period.fromMs, period],
          [period.fromMs + 1, period],
        ] as const) {
          const entry = getPrice({ seller: model.seller, id: model.id }, { at: ms })
          const from = Number.isFinite(expected?.fromMs) ? new Date(expected?.fromMs as number).toISOString() : 'start'
          expect(entry.entry).toBe(`${model.seller}/${model.id}#${from}`)
          expect([entry.from, entry.source]).toEqual([
            Number.isFinite(expected?.fromMs) ? new Date(expected?.fromMs as number).toISOString() : null,
            expected?.source,
          ])
        }
      })
    }
    expect(boundaries).toBeGreaterThanOrEqual(60)
  })

  it('row 23: applies every context tier to the whole request, from exactly its edge: n - 1, n, n + 1', () => {
    let tiers = 0
    const tiered = models.flatMap((model) => model.periods.map((period) => ({ model, period })))
    for (const { model, period } of tiered) {
      if (period.status === 'on-request' || period.status === 'cancelled' || period.schedule !== null) continue
      const at = Number.isFinite(period.fromMs)
        ? period.fromMs
        : Math.min(Date.parse(period.checked), period.untilMs - 1)
      period.card.tiers.forEach((tier, index) => {
        const bill = (tokens: number) => calcCost({ inputTokens: tokens }, model, { at })
        const [before, edge, after] = [-1, 0, 1].map((step) => bill(tier.firstTokens + step))
        expect(before?.price.contextTier).toBe(index === 0 ? null : period.card.tiers[index - 1]?.above)
        expect([edge?.price.contextTier, after?.price.contextTier]).toEqual([tier.above, tier.above])
        expect(edge?.lines).toHaveLength(tier.micro[0] == null ? 0 : 1)
        tiers++
      })
    }
    expect(tiers).toBeGreaterThan(60)
  })
})
