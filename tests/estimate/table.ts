/** A small price table with invented prices, so that tests of arithmetic and of output do not move with the market. */
import { type ModelPrices, type PriceTable, type RateCard, sellerOf, tableOf } from '../../src/pricing/table.ts'
import { unitIndex } from '../../src/pricing/units.ts'

/** Dollars per million tokens. */
function card(rates: Readonly<Record<string, number>>, tiers: RateCard['tiers'] = []): RateCard {
  const micro: number[] = []
  for (const [key, dollars] of Object.entries(rates)) micro[unitIndex(key) as number] = Math.round(dollars * 1e6)
  return { micro, tiers }
}

const start = Date.parse('2025-08-07')
const change = Date.parse('2026-03-01')

function model(
  id: string,
  facts: Partial<ModelPrices>,
  periods: Partial<ModelPrices['periods'][number]>[],
): ModelPrices {
  return {
    seller: 'openai',
    id,
    aliases: [],
    name: null,
    kind: 'chat',
    contextTokens: 128_000,
    maxOutputTokens: 16_000,
    inputModalities: ['text'],
    reasoning: false,
    deprecated: false,
    allowances: [],
    ...facts,
    periods: periods.map((period) => ({
      fromMs: start,
      untilMs: Number.POSITIVE_INFINITY,
      guaranteedUntilMs: null,
      status: 'actual',
      card: card({ input: 1, output: 4, cacheRead: 0.1 }),
      modes: new Map(),
      regions: new Map(),
      schedule: null,
      source: 'https://prices.example/list',
      checked: '2026-11-01',
      note: null,
      ...period,
    })),
  }
}

const models: ModelPrices[] = [
  model('gpt-5-test', { reasoning: true }, [
    { untilMs: change, card: card({ input: 2, output: 8, cacheRead: 0.2 }) },
    { fromMs: change, modes: new Map([['batch', card({ input: 0.5, output: 2 })]]) },
  ]),
  model('gpt-5-tiered', { contextTokens: 1_000_000 }, [
    {
      card: card({ input: 1, output: 4 }, [
        { above: 100, inclusive: false, firstTokens: 101, micro: card({ input: 3, output: 9 }).micro },
      ]),
    },
  ]),
  model('gpt-4o-plain', { contextTokens: 50 }, [{ card: card({ input: 0.15, output: 0.6 }) }]),
  model('gpt-4-unlimited', { contextTokens: null, maxOutputTokens: null }, [{}]),
  model('gpt-5-unknown-output', {}, [{ card: card({ input: 1 }) }]),
  model('text-embedding-3-test', { kind: 'embedding', maxOutputTokens: null }, [{ card: card({ input: 0.02 }) }]),
  model('gpt-5-retired', { deprecated: true }, [{}]),
]

/** Rates that move with the size of the input, the cache, the hour and the request. */
const intricate: ModelPrices[] = [
  model('gpt-5-cached', { contextTokens: 2_000_000, reasoning: true }, [
    {
      card: card({ input: 4, output: 20, cacheRead: 0.4, cacheWrite: 5 }, [
        {
          above: 2_000,
          inclusive: true,
          firstTokens: 2_000,
          micro: card({ input: 8, output: 30, cacheRead: 0.8, cacheWrite: 10 }).micro,
        },
        {
          above: 9_000,
          inclusive: false,
          firstTokens: 9_001,
          micro: card({ input: 2, output: 60, cacheRead: 0.2 }).micro,
        },
      ]),
    },
  ]),
  model('gpt-4o-hourly', {}, [
    {
      schedule: {
        name: 'peak',
        zone: 'UTC',
        windows: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 540, toMinute: 660 }],
        holidays: 'none',
        card: card({ input: 2, output: 8, cacheRead: 0.2 }),
      },
    },
  ]),
  model('claude-sonnet-4-5-test', {}, [
    { card: card({ input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWrite1h: 6, request: 0.005 }) },
  ]),
]

function tableWith(rows: readonly ModelPrices[]): PriceTable {
  return tableOf({ version: '2026.11.01', asOf: '2026-11-01', sha256: 'ab'.repeat(32) }, [
    { seller: 'openai', kind: 'maker', load: () => sellerOf('openai', 'OpenAI', 'maker', rows) },
  ])
}

export const testTable: PriceTable = tableWith(models)

/** The same with models whose rates move with the size of the input, the cache, the hour and the request. */
export const intricateTable: PriceTable = tableWith([...models, ...intricate])

/** A day on which the table is fresh. */
export const testClock = (): number => Date.parse('2026-11-02T10:00:00Z')
