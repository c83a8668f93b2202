import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calcCost, type ForecastPlan, forecast, volumeCost } from '../../src/index.ts'
import { exactUsd, parseUsd } from '../../src/money.ts'
import { intricateTable, testClock } from './table.ts'

const world = { prices: intricateTable, clock: testClock }
const chat: ForecastPlan = { turns: 3, systemTokens: 2000, userTokensPerTurn: 100, outputTokensPerCall: 200 }
const follow = (plan: Partial<ForecastPlan>, model = 'claude-sonnet-4-5-test') =>
  forecast(model, { ...chat, ...plan }, world)

describe('a forecast', () => {
  it('sends all that went before, and reads from the cache what the last call left there', () => {
    const { turns } = follow({})
    expect(
      turns.map(({ inputTokens, cacheReadTokens, cacheWriteTokens }) => [
        inputTokens,
        cacheReadTokens,
        cacheWriteTokens,
      ]),
    ).toEqual([
      [2100, 0, 2100],
      [2400, 2100, 300],
      [2700, 2400, 300],
    ])
  })

  it('costs what calcCost says for the same usage', () => {
    const { turns } = follow({ ttl: '1h' })
    for (const turn of turns) {
      const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = turn
      const usage = {
        inputTokens,
        outputTokens,
        cacheReadTokens,
        cacheWriteTokens,
        cacheWrite1hTokens: cacheWriteTokens,
      }
      expect(turn.cost.withCache).toEqual(calcCost(usage, 'claude-sonnet-4-5-test', world).total)
      expect(turn.cost.withoutCache).toEqual(
        calcCost({ inputTokens, outputTokens }, 'claude-sonnet-4-5-test', world).total,
      )
    }
  })

  it('loses the cache in a pause longer than its life, and then never pays', () => {
    const paused = follow({ secondsBetweenTurns: 301 })
    expect(paused.turns.map(({ cacheExpired }) => cacheExpired)).toEqual([false, true, true])
    expect(paused.cachePaysFromTurn).toBeNull()
    expect(paused.total.withCache.usd).toBeGreaterThan(paused.total.withoutCache.usd)
    expect(follow({ secondsBetweenTurns: 301, ttl: '1h' }).turns.every(({ cacheExpired }) => !cacheExpired)).toBe(true)
    // The first turn only writes; from the second on, reads have earned that back.
    expect(follow({ secondsBetweenTurns: 300 }).cachePaysFromTurn).toBe(2)
  })

  it('follows an agent: one call for each round of tools', () => {
    const [turn] = follow({ turns: 1, toolRoundsPerTurn: 2, toolResultTokens: 1000 }).turns
    // 2,100, then 200 of the reply and 1,000 of the tools twice.
    expect(turn).toMatchObject({
      calls: 3,
      inputTokens: 2100 + 3300 + 4500,
      outputTokens: 600,
      cacheReadTokens: 2100 + 3300,
    })
    const [hidden] = follow({
      turns: 1,
      toolRoundsPerTurn: 2,
      toolResultTokens: 1000,
      reasoningTokensPerCall: 150,
    }).turns
    expect(hidden?.inputTokens).toBe(2100 + 3150 + 4200)
  })

  it('summarises a conversation that would not fit', () => {
    const { turns } = follow({ turns: 12, contextTokens: 4000, compactToTokens: 500 })
    expect(turns.some(({ compacted }) => compacted)).toBe(true)
    expect(turns.every(({ contextTokens }) => contextTokens <= 4000)).toBe(true)
    expect(turns.find(({ compacted }) => compacted)?.calls).toBe(2)
  })

  it('prices each call in its own context tier, and says when a seller has no cache or no rate', () => {
    const tiered = follow({ turns: 2, systemTokens: 1500, userTokensPerTurn: 300 }, 'gpt-5-cached')
    const [first, second] = tiered.turns
    expect(first?.cost.withoutCache.exact).toBe(exactUsd(1800n * 4_000_000n + 200n * 20_000_000n))
    expect(second?.cost.withoutCache.exact).toBe(exactUsd(2300n * 8_000_000n + 200n * 30_000_000n))
    expect(follow({}, 'gpt-4o-plain')).toMatchObject({ caching: false, cachePaysFromTurn: null })
    expect(follow({}, 'gpt-5-unknown-output').complete).toBe(false)
  })

  it('adds up exactly, grows with every turn, and is plain', () => {
    const plans = fc.record({
      turns: fc.integer({ min: 1, max: 40 }),
      systemTokens: fc.nat(20_000),
      userTokensPerTurn: fc.nat(2000),
      outputTokensPerCall: fc.nat(2000),
      toolRoundsPerTurn: fc.nat(4),
      secondsBetweenTurns: fc.constantFrom(10, 1000, 10_000),
      ttl: fc.constantFrom('5m' as const, '1h' as const),
      contextTokens: fc.integer({ min: 1000, max: 60_000 }),
    })
    const models = fc.constantFrom('claude-sonnet-4-5-test', 'gpt-5-cached', 'gpt-5-test', 'gpt-4o-plain')
    fc.assert(
      fc.property(models, plans, (model, plan) => {
        const result = forecast(model, plan, world)
        for (const kind of ['withCache', 'withoutCache'] as const) {
          const sum = result.turns.reduce((so, { cost }) => so + parseUsd(cost[kind].exact), 0n)
          expect(exactUsd(sum)).toBe(result.total[kind].exact)
        }
        expect(result.turns.every((turn) => turn.cacheReadTokens + turn.cacheWriteTokens <= turn.inputTokens)).toBe(
          true,
        )
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
        expect(JSON.stringify(forecast(model, plan, world))).toBe(JSON.stringify(result))
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a plan that cannot be followed, naming the field', () => {
    expect(() => follow({ turns: 0 })).toThrow(/plan\.turns/)
    expect(() => follow({ turns: 1e9 })).toThrow(/plan\.turns/)
    expect(() => follow({ reasoningTokensPerCall: 201 })).toThrow(/reasoningTokensPerCall/)
    expect(() => follow({ ttl: '1d' as '1h' })).toThrow(/ttl/)
    expect(() => forecast('gpt-9', chat, world)).toThrow(/unknown model/)
  })
})

describe('the cost of many calls', () => {
  const amount = (exact: string) => ({ usd: Number(exact), exact })
  const estimate = {
    cost: { low: amount('0.001'), expected: amount('0.002'), high: amount('0.1'), p90: amount('0.01') },
  }

  it('is exact by the day, the month and the year', () => {
    const { day, month, year, months } = volumeCost(estimate, { callsPerDay: 1200 })
    expect(day).toEqual({ low: amount('1.2'), expected: amount('2.4'), high: amount('120') })
    expect(month.expected).toEqual(amount('73'))
    expect(year.expected).toEqual(amount('876'))
    expect(months).toHaveLength(12)
  })

  it('grows from month to month', () => {
    const { year, months } = volumeCost(estimate, { callsPerDay: 1200, growthPerMonth: 1 })
    expect(months.map(({ calls }) => calls)).toEqual(Array.from({ length: 12 }, (_, month) => 36_500 * 2 ** month))
    expect(year.expected.exact).toBe(exactUsd(BigInt(36_500 * 4095) * parseUsd('0.002')))
  })

  it('refuses rates that are none', () => {
    expect(() => volumeCost(estimate, { callsPerDay: 1.5 })).toThrow(/callsPerDay/)
    expect(() => volumeCost(estimate, { callsPerDay: 1, growthPerMonth: Number.NaN })).toThrow(/growthPerMonth/)
  })
})
