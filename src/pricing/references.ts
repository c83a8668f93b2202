/** Where the rates of a call come from, as results carry it. */
import { isoOrNull } from './instant.ts'
import { type Selected, tierOf } from './lookup.ts'
import type { ModelPrices, PriceTable, RateCard } from './table.ts'
import type { PriceReference } from './types.ts'

/**
 * References by the rates that applied, which belong to one period, tier, region and schedule each. Tables that share rates, one
 * laid over the other, take turns.
 */
const references = new WeakMap<RateCard['micro'], { readonly table: PriceTable; readonly reference: PriceReference }>()

/** Where the rates of a call come from. */
export function referenceOf(
  table: PriceTable,
  row: ModelPrices,
  { card, period, serviceTier, region, schedule }: Selected,
  inputTokens: number,
): PriceReference {
  const { micro, above: contextTier } = tierOf(card, inputTokens)
  const known = references.get(micro)
  // A tier has two names at some sellers; the one that was asked for is given back.
  if (known?.table === table && known.reference.serviceTier === serviceTier) return known.reference
  const reference = Object.freeze({
    table: table.version,
    asOf: table.asOf,
    entry: entryId(row, period.fromMs),
    seller: row.seller,
    model: row.id,
    from: isoOrNull(period.fromMs),
    until: isoOrNull(period.untilMs),
    status: period.status,
    serviceTier,
    region,
    contextTier,
    schedule: schedule?.name ?? null,
    source: period.source,
    checked: period.checked,
  })
  references.set(micro, { table, reference })
  return reference
}

/** Identity of a table row: `seller/model#from`. */
export function entryId(row: ModelPrices, fromMs: number): string {
  return `${row.seller}/${row.id}#${isoOrNull(fromMs) ?? 'start'}`
}
