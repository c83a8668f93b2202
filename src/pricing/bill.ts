/** From usage and rates to a bill: integer products, exact sums, and nothing unknown counted as zero. */
import { type AllowanceUsed, checkAllowanceUsed, freeUnits, isCovered } from './allowances.ts'
import { type Bill, BillDraft, frozen } from './bill-draft.ts'
import { instantOf } from './instant.ts'
import { select, tierOf } from './lookup.ts'
import { type ModelReference, modelPricesOf } from './match.ts'
import { contextNotices, notice } from './notices.ts'
import { CACHE_READ, CACHE_WRITE, CACHE_WRITE_1H, IMAGE, INPUT, OUTPUT, OUTPUT_IMAGE, REQUEST } from './positions.ts'
import { referenceOf } from './references.ts'
import { type PriceTable, pricedUnit, type RateCard } from './table.ts'
import type { Allowance, Cost, Notice, PriceContext, Usage } from './types.ts'
import { billedQuantities } from './usage.ts'
import { isWhole, type Quantities } from './usage-fields.ts'
import { chooseVariants } from './variants.ts'

export interface CostOptions extends PriceContext {
  /** The table to price with. Default: the built-in one. */
  readonly prices?: PriceTable
  /** Free units already used up in the running day or month; see {@link AllowanceUsed}. */
  readonly allowanceUsed?: AllowanceUsed
}

/** What a call cost under a table; {@link CostOptions.prices} is not looked at. See `calcCost`. */
export function costUnder(table: PriceTable, usage: Usage, model: ModelReference, options: CostOptions = {}): Cost {
  const row = modelPricesOf(table, model, options.seller)
  const atMs = instantOf(options)
  const selected = select(row, atMs, options.serviceTier, options.region)
  const { total, lines, unpriced, warnings } = billUnder(selected.card, usage, row.allowances, options.allowanceUsed)
  return Object.freeze({
    total,
    lines,
    complete: unpriced.length === 0,
    unpriced,
    price: referenceOf(table, row, selected, usage.inputTokens ?? 0),
    warnings: frozen([...contextNotices(table, row, selected, atMs, options.clock), ...warnings]),
  })
}

/** The bill of a usage under the rates of one context. @throws InvalidUsageError */
export function billUnder(
  card: RateCard,
  usage: Usage,
  allowances: readonly Allowance[] = [],
  used?: AllowanceUsed,
): Bill {
  const ofText = used === undefined ? billIfText(card, usage) : undefined
  if (ofText !== undefined) return ofText
  const { quantities, inputTokens, splitAssumed } = billedQuantities(usage)
  const { micro } = tierOf(card, inputTokens)
  if (usage.requests === undefined && micro[REQUEST] != null) quantities[REQUEST] = 1
  const draft = new BillDraft()
  const warnings: Notice[] = []
  billLines(quantities, termsOf(card, micro, quantities, { usage, allowances, used, warnings }), draft)
  for (const field of usage.missing ?? []) {
    draft.unpriced.push(
      Object.freeze({ part: field, quantity: null, unit: 'tokens', reason: 'the provider did not report it' }),
    )
  }
  for (const other of usage.otherModels ?? []) {
    const { inputTokens: input, outputTokens: output } = other.usage
    const quantity = input === undefined && output === undefined ? null : (input ?? 0) + (output ?? 0)
    const reason = 'billed at the rates of another model; price it on its own'
    draft.unpriced.push(Object.freeze({ part: other.model ?? 'another model', quantity, unit: 'tokens', reason }))
  }
  if (splitAssumed) {
    const message =
      'the usage does not say which cached tokens are audio, images or video; text was taken to be cached first'
    warnings.push(notice('split-assumed', message))
  }
  return draft.finished(warnings)
}

/** The tokens of text in a usage. */
const textFields: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
])

/** The bill of a usage that counts text alone, as most do. `undefined` for any other, and for one with a mistake, which is found elsewhere. */
function billIfText(card: RateCard, usage: Usage): Bill | undefined {
  if (typeof usage !== 'object' || usage === null || isFeeVaried(card)) return undefined
  let isGiven = false
  // Inherited fields are listed as well.
  for (const field in usage) {
    if (!textFields.has(field) || !Object.hasOwn(usage, field)) return undefined
    isGiven ||= usage[field as keyof Usage] !== undefined
  }
  const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0, cacheWrite1hTokens = 0 } = usage
  const { cacheWriteTokens = cacheWrite1hTokens } = usage
  const areCounts =
    isWhole(inputTokens) &&
    isWhole(outputTokens) &&
    isWhole(cacheReadTokens) &&
    isWhole(cacheWriteTokens) &&
    isWhole(cacheWrite1hTokens)
  if (!isGiven || !areCounts) return undefined
  if (cacheReadTokens + cacheWriteTokens > inputTokens || cacheWrite1hTokens > cacheWriteTokens) return undefined
  return textBill(card, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens)
}

/** Whether a call of text alone may be billed by variants of rates: of what has them, it has only the fee per request. */
export function isFeeVaried({ variants }: RateCard): boolean {
  return variants?.some(({ unit }) => unit === REQUEST) === true
}

/**
 * The same bill for a call of text and nothing else, most calls' kind, in a fraction of the time. The tokens must be whole numbers,
 * those that the cache reads and writes parts of the input; `write1h` is a part of `write`. The fee per request must have no variants.
 */
export function textBill(
  card: RateCard,
  inputTokens: number,
  outputTokens: number,
  read: number,
  write: number,
  write1h: number,
): Bill {
  const { micro } = tierOf(card, inputTokens)
  const draft = new BillDraft()
  draft.charge(INPUT, inputTokens - read - write, micro)
  draft.charge(OUTPUT, outputTokens, micro)
  draft.charge(CACHE_READ, read, micro)
  draft.charge(CACHE_WRITE, write - write1h, micro)
  draft.charge(CACHE_WRITE_1H, write1h, micro)
  if (micro[REQUEST] != null) draft.charge(REQUEST, 1, micro)
  return draft.finished([])
}

/** What a bill is drawn up with: the rates, and the few things that single calls change about them. */
interface Terms {
  readonly micro: RateCard['micro']
  /** Counted units that an allowance covers, by unit. */
  readonly free?: ReadonlyMap<number, number>
  /** Why a unit has no rate, where that is known better than in general. */
  readonly reasons?: ReadonlyMap<number, string>
}

/** What single calls change about the rates. */
interface CallTerms {
  readonly usage: Usage
  readonly allowances: readonly Allowance[]
  readonly used: AllowanceUsed | undefined
  readonly warnings: Notice[]
}

/** The terms of a call; takes images out of the quantities where their tokens are billed. */
function termsOf(
  card: RateCard,
  micro: RateCard['micro'],
  quantities: Quantities,
  { usage, allowances, used, warnings }: CallTerms,
): Terms {
  if (quantities[IMAGE] !== 0 && imagesAreTokens(quantities, micro)) quantities[IMAGE] = 0
  if (used !== undefined) checkAllowanceUsed(used)
  const varied = card.variants?.some(({ unit }) => quantities[unit] !== 0) ? card.variants : undefined
  const covered = allowances.length > 0 && isCovered(allowances, quantities)
  if (varied === undefined && !covered) return { micro }
  const chosen = chooseVariants(micro, varied ?? [], quantities, usage)
  for (const message of chosen.assumed) warnings.push(notice('variant-assumed', message))
  const { free, notices } = freeUnits(allowances, quantities, used)
  warnings.push(...notices)
  return { micro: chosen.micro, free, reasons: chosen.reasons }
}

/** Whether the output tokens of a usage already hold its images: then a rate per image is another way to say the same. */
function imagesAreTokens(quantities: Quantities, micro: RateCard['micro']): boolean {
  if (quantities[OUTPUT_IMAGE] !== 0) return pricedUnit(OUTPUT_IMAGE, micro) !== undefined
  return quantities[OUTPUT] !== 0 && micro[OUTPUT_IMAGE] === undefined && (micro[OUTPUT] ?? 0) > 0
}

/** One line per rate, free units on a line of their own; what has no rate goes to `unpriced`. */
function billLines(quantities: Quantities, { micro, free, reasons }: Terms, draft: BillDraft): void {
  // Units without a rate of their own move to the unit whose rate applies; fallbacks come earlier in the list.
  for (let unit = quantities.length - 1; unit >= 0; unit--) {
    const quantity = quantities[unit] as number
    if (quantity === 0 || micro[unit] != null) continue
    const priced = pricedUnit(unit, micro)
    quantities[unit] = 0
    if (priced === undefined) draft.leaveOut(unit, quantity, reasons?.get(unit))
    else quantities[priced] = (quantities[priced] as number) + quantity
  }
  for (let unit = 0; unit < quantities.length; unit++) {
    const quantity = quantities[unit] as number
    if (quantity === 0) continue
    const gratis = free?.get(unit) ?? 0
    if (gratis > 0) draft.addLine(unit, gratis, 0)
    if (quantity > gratis) draft.addLine(unit, quantity - gratis, micro[unit] as number)
  }
}
