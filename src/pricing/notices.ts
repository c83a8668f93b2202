/** Remarks that belong to a price: how old the table is, and how firm the period. */
import { isoOrNull } from './instant.ts'
import type { Selected } from './lookup.ts'
import type { ModelPrices, PriceTable } from './table.ts'
import type { Notice } from './types.ts'

/** A table older than this gets a warning on every result. */
export const STALE_AFTER_DAYS = 30
const DAY_MS = 86_400_000

const midnights = new Map<string, number>()
const KEPT_DAYS = 256

/** Midnight UTC of a day; a table has few distinct ones. */
function midnight(day: string): number {
  let ms = midnights.get(day)
  if (ms === undefined) {
    ms = Date.parse(day)
    if (midnights.size < KEPT_DAYS) midnights.set(day, ms)
  }
  return ms
}

/** Whole days between the table's `asOf` and now; negative when the clock is behind. */
export function tableAgeDays(table: Pick<PriceTable, 'asOf'>, clock: () => number = Date.now): number {
  return Math.floor((clock() - midnight(table.asOf)) / DAY_MS)
}

/** A frozen remark. */
export function notice(code: Notice['code'], message: string): Notice {
  return Object.freeze({ code, message })
}

/** What a reader of the price should know. */
export function contextNotices(
  table: PriceTable,
  model: ModelPrices,
  selected: Selected,
  atMs: number,
  clock: (() => number) | undefined,
): Notice[] {
  const notices: Notice[] = []
  const { period } = selected
  const age = tableAgeDays(table, clock)
  if (age > STALE_AFTER_DAYS) {
    notices.push(notice('stale-table', `the price table is ${age} days old (as of ${table.asOf})`))
  }
  if (period.guaranteedUntilMs !== null && atMs >= period.guaranteedUntilMs) {
    const until = isoOrNull(period.guaranteedUntilMs)
    notices.push(notice('guarantee-ended', `the seller promised this price only until ${until}`))
  }
  if (period.status === 'announced') {
    notices.push(notice('announced-price', 'this price is announced; it may still change'))
  }
  if (period.status === 'retired') {
    notices.push(notice('retired-model', `${model.id} is retired; this is its last list price`))
  }
  if (period.fromMs === -Infinity && atMs < midnight(period.checked)) {
    const message = `the start of this price is not known; it was read on ${period.checked}`
    notices.push(notice('start-unknown', message))
  }
  if (selected.schedule?.holidays === 'unknown') {
    const message = `${selected.schedule.name} rates; on the seller's public holidays, which are not known here, the lower rates apply`
    notices.push(notice('holidays-unknown', message))
  }
  return notices
}
