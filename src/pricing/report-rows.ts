/**
 * Rows for reports: what a price did over time, what changed between two days, and how a table is doing. Pure data, ready to be
 * printed, plotted or written as CSV; numbers are doubles for plots beside the exact decimal strings.
 */

import { describe } from '../errors.ts'
import { defaultTable, tableGiven } from './builtin.ts'
import { instantOf, isoOrNull, nowOf } from './instant.ts'
import { periodAt } from './lookup.ts'
import { type ModelReference, modelPricesOf } from './match.ts'
import { STALE_AFTER_DAYS, tableAgeDays } from './notices.ts'
import { cardOf, ratesOf, scheduleOf } from './present.ts'
import { stampOf } from './price.ts'
import { rateDifferences } from './rate-changes.ts'
import { sellerSlug } from './sellers.ts'
import type { PricePeriod, PriceTable } from './table.ts'
import type { PriceStatus, TableStamp } from './types.ts'
import type { RateName } from './units.ts'

/** One period of a history, flat. `null` rates are unknown. */
export interface HistoryRow {
  readonly seller: string
  readonly model: string
  readonly from: string | null
  readonly until: string | null
  readonly status: PriceStatus
  readonly inputUsdPerMTok: string | null
  readonly outputUsdPerMTok: string | null
  readonly cacheReadUsdPerMTok: string | null
  /** Change of the input rate against the row before that held, as a factor: 0.2 is a cut to a fifth. */
  readonly inputRatio: number | null
  readonly source: string
  readonly checked: string
  readonly note: string | null
}

/** The history of a model, oldest first, for a table or a step plot. @throws UnknownModelError */
export function historyRows(
  model: ModelReference,
  options: { readonly seller?: string; readonly prices?: PriceTable } = {},
): readonly HistoryRow[] {
  const row = modelPricesOf(tableGiven(options.prices), model, options.seller)
  let previous: string | null = null
  return Object.freeze(
    row.periods.map((period): HistoryRow => {
      const rates = ratesOf(period.card.micro)
      const input = rates.inputUsdPerMTok ?? null
      const inputRatio =
        input === null || previous === null || Number(previous) === 0 ? null : Number(input) / Number(previous)
      if (period.status !== 'cancelled') previous = input
      return Object.freeze({
        seller: row.seller,
        model: row.id,
        from: isoOrNull(period.fromMs),
        until: isoOrNull(period.untilMs),
        status: period.status,
        inputUsdPerMTok: input,
        outputUsdPerMTok: rates.outputUsdPerMTok ?? null,
        cacheReadUsdPerMTok: rates.cacheReadUsdPerMTok ?? null,
        inputRatio,
        source: period.source,
        checked: period.checked,
        note: period.note,
      })
    }),
  )
}

/** One difference between two states of the prices. */
export interface PriceDifference {
  readonly seller: string
  readonly model: string
  readonly change: 'added' | 'removed' | 'rate' | 'status' | 'schedule'
  /** Name of the rate, such as `inputUsdPerMTok`, `status` or `schedule`; empty for an added or removed model. */
  readonly what: RateName | 'status' | 'schedule' | ''
  /** The context tier whose rate changed; `null` for the rate of short requests and for everything else. */
  readonly inputTokensAbove: number | null
  readonly from: string | null
  readonly to: string | null
  /** `to / from` where both are rates above 0. */
  readonly ratio: number | null
}

/** A state of the prices: an instant of the built-in table, a table as of now, or both. */
export type PriceState =
  | Date
  | string
  | { readonly at?: Date | string | number; readonly prices?: PriceTable; readonly clock?: () => number }

/**
 * What changed between two days, or between two tables: standard rates with their context tiers, hours with other rates, and status, by
 * seller and model.
 *
 * @throws TypeError, RangeError for a state or seller that is none.
 */
export function priceDiff(
  from: PriceState,
  to: PriceState,
  filter: { readonly seller?: string } = {},
): readonly PriceDifference[] {
  const [before, after] = [stateOf(from), stateOf(to)]
  const sellers = sellersOf(filter.seller, before.prices, after.prices)
  const rows: PriceDifference[] = []
  for (const seller of sellers) {
    const [old, fresh] = [before.prices.seller(seller)?.models, after.prices.seller(seller)?.models]
    for (const id of new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])) {
      const [oldModel, freshModel] = [old?.get(id), fresh?.get(id)]
      const a = oldModel && periodAt(oldModel, before.atMs)
      const b = freshModel && periodAt(freshModel, after.atMs)
      rows.push(...differences(seller, id, a, b))
    }
  }
  return Object.freeze(rows)
}

/** The sellers of both tables, or the one that is asked for under any of its names. */
function sellersOf(name: string | undefined, before: PriceTable, after: PriceTable): Iterable<string> {
  if (name === undefined) return new Set([...before.sellers, ...after.sellers])
  if (typeof name !== 'string') throw new TypeError(`seller: a text was expected, got ${describe(name)}`)
  const slug = sellerSlug(after, name) ?? sellerSlug(before, name)
  if (slug === undefined) throw new RangeError(`seller: neither table has ${describe(name)}`)
  return [slug]
}

function stateOf(state: PriceState): { atMs: number; prices: PriceTable } {
  if (typeof state === 'string' || state instanceof Date)
    return { atMs: instantOf({ at: state }), prices: defaultTable() }
  if (typeof state !== 'object' || state === null)
    throw new TypeError(`a Date, an ISO 8601 string or { at, prices } was expected, got ${describe(state)}`)
  return { atMs: instantOf(state), prices: tableGiven(state.prices) }
}

function differences(
  seller: string,
  model: string,
  before: PricePeriod | undefined,
  after: PricePeriod | undefined,
): PriceDifference[] {
  if (before === after) return []
  const row = (
    change: PriceDifference['change'],
    what: PriceDifference['what'],
    from: string | null = null,
    to: string | null = null,
    inputTokensAbove: number | null = null,
  ): PriceDifference => {
    const isRatio = change === 'rate' && from !== null && to !== null && Number(from) !== 0
    const ratio = isRatio ? Number(to) / Number(from) : null
    return Object.freeze({ seller, model, change, what, inputTokensAbove, from, to, ratio })
  }
  if (before === undefined || after === undefined) return [row(before === undefined ? 'added' : 'removed', '')]
  const [hoursBefore, hoursAfter] = [hoursOf(before), hoursOf(after)]
  return [
    ...rateDifferences(cardOf(before.card), cardOf(after.card)).map((found) =>
      row('rate', found.rate, found.before, found.after, found.inputTokensAbove),
    ),
    ...(hoursBefore === hoursAfter ? [] : [row('schedule', 'schedule', hoursBefore, hoursAfter)]),
    ...(before.status === after.status ? [] : [row('status', 'status', before.status, after.status)]),
  ]
}

/** The hours with other rates in one text: their name, zone, days and times, and the rates. */
function hoursOf(period: PricePeriod): string | null {
  const schedule = scheduleOf(period)
  if (schedule === null) return null
  const windows = schedule.windows.map(({ days, from, to }) => `${days.join('')} ${from}-${to}`)
  const rates = Object.entries(schedule.rates).map(([name, rate]) => `${name} ${rate ?? 'unknown'}`)
  return `${schedule.name} ${schedule.zone}, ${windows.join(', ')}: ${rates.join(', ')}`
}

/** How a table is doing. */
export interface TableCheck extends TableStamp {
  readonly ageDays: number
  /** Older than the limit. */
  readonly stale: boolean
  readonly maxAgeDays: number
  readonly sellers: number
  readonly models: number
  readonly periods: number
  /** Prices whose guarantee has ended, and announced prices that have begun: they need another look. */
  readonly dueForReview: readonly { readonly seller: string; readonly model: string; readonly reason: string }[]
}

/** Age and size of a table, and the rows that time has caught up with. */
export function checkPrices(
  options: { readonly prices?: PriceTable; readonly maxAgeDays?: number; readonly clock?: () => number } = {},
): TableCheck {
  const table = tableGiven(options.prices)
  const nowMs = nowOf(options.clock ?? Date.now)
  const maxAgeDays = options.maxAgeDays ?? STALE_AFTER_DAYS
  if (!(typeof maxAgeDays === 'number' && maxAgeDays >= 0))
    throw new RangeError(`maxAgeDays: a number of days from 0 was expected, got ${describe(maxAgeDays)}`)
  const ageDays = tableAgeDays(table, () => nowMs)
  const due: { seller: string; model: string; reason: string }[] = []
  let [models, periods] = [0, 0]
  for (const seller of table.sellers) {
    for (const model of table.seller(seller)?.models.values() ?? []) {
      models++
      periods += model.periods.length
      const current = periodAt(model, nowMs)
      if (current?.guaranteedUntilMs != null && current.guaranteedUntilMs <= nowMs) {
        due.push({ seller, model: model.id, reason: `guaranteed until ${isoOrNull(current.guaranteedUntilMs)}` })
      }
      if (current?.status === 'announced') due.push({ seller, model: model.id, reason: 'an announced price has begun' })
    }
  }
  return Object.freeze({
    ...stampOf(table),
    ageDays,
    stale: ageDays > maxAgeDays,
    maxAgeDays,
    sellers: table.sellers.length,
    models,
    periods,
    dueForReview: Object.freeze(due.map((row) => Object.freeze(row))),
  })
}
