/** Models with their prices as flat rows, filtered and sorted: what a table of models shows. */
import { defaultTable } from '../pricing/builtin.ts'
import { instantOf } from '../pricing/instant.ts'
import { activeSchedule, periodAt } from '../pricing/lookup.ts'
import { ratesOf } from '../pricing/present.ts'
import type { ModelPrices } from '../pricing/table.ts'
import type { PriceStatus } from '../pricing/types.ts'
import { listModels, type ModelFilter, type ResolvedModel } from './resolve.ts'

/** A model with its standard rates at an instant; `null` is unknown, or not priced per token. */
export interface ModelRow extends ResolvedModel {
  readonly inputUsdPerMTok: string | null
  readonly outputUsdPerMTok: string | null
  readonly cacheReadUsdPerMTok: string | null
  /** Status of the price; `null` when no period covers the instant. */
  readonly priceStatus: PriceStatus | null
}

export type ModelSort = 'input' | 'output' | 'context' | 'id'

export interface ModelRowFilter extends ModelFilter {
  /** Highest input rate, in dollars per million tokens; models without a known rate are left out. */
  readonly maxInputUsdPerMTok?: number
  readonly maxOutputUsdPerMTok?: number
  /** Cheapest first for `input` and `output`, largest first for `context`; unknown last. Default: seller and id. */
  readonly sort?: ModelSort
  readonly at?: Date | string | number
  readonly clock?: () => number
}

/** The models that pass a filter, with their prices. */
export function modelRows(filter: ModelRowFilter = {}): readonly ModelRow[] {
  const table = filter.prices ?? defaultTable()
  const atMs = instantOf(filter)
  const rows = listModels(filter).map((model): ModelRow => {
    const row = table.seller(model.seller)?.models.get(model.id) as ModelPrices
    const period = periodAt(row, atMs)
    const rates = period === undefined ? {} : ratesOf((activeSchedule(period, atMs)?.card ?? period.card).micro)
    return Object.freeze({
      ...model,
      inputUsdPerMTok: rates.inputUsdPerMTok ?? null,
      outputUsdPerMTok: rates.outputUsdPerMTok ?? null,
      cacheReadUsdPerMTok: rates.cacheReadUsdPerMTok ?? null,
      priceStatus: period?.status ?? null,
    })
  })
  const kept = rows.filter(
    (row) =>
      within(row.inputUsdPerMTok, filter.maxInputUsdPerMTok) &&
      within(row.outputUsdPerMTok, filter.maxOutputUsdPerMTok),
  )
  const { sort } = filter
  return Object.freeze(sort === undefined ? kept : kept.sort((a, b) => compare(a, b, sort)))
}

function within(rate: string | null, limit: number | undefined): boolean {
  return limit === undefined || (rate !== null && Number(rate) <= limit)
}

const byId = (a: ModelRow, b: ModelRow): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function compare(a: ModelRow, b: ModelRow, sort: ModelSort): number {
  if (sort === 'id') return byId(a, b)
  if (sort === 'context') return (b.contextTokens ?? 0) - (a.contextTokens ?? 0) || byId(a, b)
  const [left, right] =
    sort === 'input' ? [a.inputUsdPerMTok, b.inputUsdPerMTok] : [a.outputUsdPerMTok, b.outputUsdPerMTok]
  if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0) || byId(a, b)
  return Number(left) - Number(right) || byId(a, b)
}
