/** Looking prices up: the entry in force, and the whole history. */
import type { CostOptions } from './bill.ts'
import { tableGiven } from './builtin.ts'
import { instantOf, isoOrNull } from './instant.ts'
import { select } from './lookup.ts'
import { type ModelReference, modelPricesOf } from './match.ts'
import { cardOf, periodOf, variantsOf } from './present.ts'
import { entryId } from './references.ts'
import type { PriceTable } from './table.ts'
import type { Period, PriceEntry, TableStamp } from './types.ts'

/** Version, age and checksum of a table, as results carry them. */
export function stampOf(table: PriceTable): TableStamp {
  return Object.freeze({ version: table.version, asOf: table.asOf, sha256: table.sha256 })
}

/**
 * The rates in force for a model at an instant, resolved for service tier, region and time of day; context tiers stay listed,
 * since they depend on the request.
 *
 * @throws UnknownModelError, PriceNotFoundError
 */
export function getPrice(model: ModelReference, options: CostOptions = {}): PriceEntry {
  const table = tableGiven(options.prices)
  const row = modelPricesOf(table, model, options.seller)
  const atMs = instantOf(options)
  const { period, card, serviceTier, region, schedule } = select(row, atMs, options.serviceTier, options.region)
  return Object.freeze({
    ...periodOf(period),
    ...cardOf(card),
    variants: variantsOf(card.variants ?? []),
    seller: row.seller,
    model: row.id,
    at: isoOrNull(atMs) as string,
    serviceTier,
    region,
    entry: entryId(row, period.fromMs),
    table: stampOf(table),
    allowances: Object.freeze([...row.allowances]),
    activeSchedule: schedule?.name ?? null,
    otherHours: schedule === null ? null : cardOf(period.card),
  })
}

/** All known periods of a model at its seller, oldest first, cancelled announcements included. @throws UnknownModelError */
export function priceHistory(
  model: ModelReference,
  options: { readonly seller?: string; readonly prices?: PriceTable } = {},
): readonly Period[] {
  const row = modelPricesOf(tableGiven(options.prices), model, options.seller)
  return Object.freeze(row.periods.map(periodOf))
}
