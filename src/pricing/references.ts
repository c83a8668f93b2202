/** From the name of a model to its row, and from what a call was priced with to where that is written. */
import type { ModelId } from './ids.gen.ts'
import { isoOrNull } from './instant.ts'
import { type Selected, tierOf } from './lookup.ts'
import { findModel } from './match.ts'
import type { ModelPrices, PriceTable, RateCard } from './table.ts'
import type { PriceReference } from './types.ts'

/** How a caller names a model: an id, or anything that carries a seller and an id, such as a resolved model. */
export type ModelReference = ModelId | { readonly seller: string; readonly id: string }

/** The row that a reference names. @throws UnknownModelError */
export function modelPricesOf(table: PriceTable, model: ModelReference, seller: string | undefined): ModelPrices {
  if (typeof model === 'string') return findModel(table, model, seller).model
  if (typeof model !== 'object' || model === null) throw new TypeError('model must be an id or a resolved model')
  if (seller === undefined || seller === model.seller) {
    const own = table.seller(model.seller)?.models.get(model.id)
    if (own !== undefined) return own
  }
  return findModel(table, model.id, seller ?? model.seller).model
}

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
