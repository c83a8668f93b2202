/** From usage and rates to a bill: integer products, exact sums, and nothing unknown counted as zero. */
import { type Amount, amountOf, amountOfSafe } from '../money.ts'
import { type AllowanceUsed, checkAllowanceUsed, freeUnits, isCovered } from './allowances.ts'
import { instantOf, isoOrNull } from './instant.ts'
import { type Selected, select, tierOf } from './lookup.ts'
import { findModel } from './match.ts'
import { contextNotices, notice } from './notices.ts'
import type { ModelPrices, PriceTable, RateCard } from './table.ts'
import type { Cost, CostLine, Notice, PriceContext, PriceReference, UnpricedPart, Usage } from './types.ts'
import { rateChain, rateUnits, unitIndex } from './units.ts'
import { billedQuantities, type Quantities } from './usage.ts'
import { chooseVariants } from './variants.ts'

/** How a caller names a model: an id, or anything that carries a seller and an id, such as a resolved model. */
export type ModelReference = string | { readonly seller: string; readonly id: string }

export interface CostOptions extends PriceContext {
  /** The table to price with. Default: the built-in one. */
  readonly prices?: PriceTable
  /** Free units already used up in the running day or month; see {@link AllowanceUsed}. */
  readonly allowanceUsed?: AllowanceUsed
}

const REQUEST = unitIndex('request') as number
const OUTPUT = unitIndex('output') as number
const OUTPUT_IMAGE = unitIndex('outputImage') as number
const IMAGE = unitIndex('image') as number

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

/** What a call cost under a table; {@link CostOptions.prices} is not looked at. See `calcCost`. */
export function costUnder(table: PriceTable, usage: Usage, model: ModelReference, options: CostOptions = {}): Cost {
  const row = modelPricesOf(table, model, options.seller)
  const atMs = instantOf(options)
  const selected = select(row, atMs, options.serviceTier, options.region)
  return Object.freeze(billSelected(table, usage, row, selected, atMs, options))
}

/** What a call cost under rates that were selected before, its lists frozen, for callers that take it apart. See `select`. */
export function billSelected(
  table: PriceTable,
  usage: Usage,
  row: ModelPrices,
  selected: Selected,
  atMs: number,
  options: Pick<CostOptions, 'clock' | 'allowanceUsed'>,
): Cost {
  const { quantities, inputTokens, splitAssumed } = billedQuantities(usage)
  const { micro, above } = tierOf(selected.card, inputTokens)
  const unpriced: UnpricedPart[] = []
  const sum = new ExactSum()
  if (usage.requests === undefined && micro[REQUEST] != null) quantities[REQUEST] = 1
  const warnings: Notice[] = contextNotices(table, row, selected, atMs, options.clock)
  const context = { usage, used: options.allowanceUsed, warnings }
  const lines = billLines(quantities, termsOf(row, selected.card, micro, quantities, context), sum, unpriced)
  for (const field of usage.missing ?? []) {
    unpriced.push(
      Object.freeze({ part: field, quantity: null, unit: 'tokens', reason: 'the provider did not report it' }),
    )
  }
  for (const other of usage.otherModels ?? []) {
    const { inputTokens: input, outputTokens: output } = other.usage
    const quantity = input === undefined && output === undefined ? null : (input ?? 0) + (output ?? 0)
    const reason = 'billed at the rates of another model; price it on its own'
    unpriced.push(Object.freeze({ part: other.model ?? 'another model', quantity, unit: 'tokens', reason }))
  }
  if (splitAssumed) {
    const message = 'the usage does not say which cached tokens are audio or images; text was taken to be cached first'
    warnings.push(notice('split-assumed', message))
  }
  return {
    total: sum.amount(),
    lines: Object.freeze(lines),
    complete: unpriced.length === 0,
    unpriced: frozen(unpriced),
    price: referenceOf(table, row, selected, micro, above),
    warnings: frozen(warnings),
  }
}

const nothing: readonly never[] = Object.freeze([])

/** Freezing is not cheap, and most lists of remarks are empty. */
function frozen<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? nothing : Object.freeze(list)
}

/**
 * References by the rates that applied, which belong to one period, tier, region and schedule each. Tables that share rates, one
 * laid over the other, take turns.
 */
const references = new WeakMap<RateCard['micro'], { readonly table: PriceTable; readonly reference: PriceReference }>()

function referenceOf(
  table: PriceTable,
  row: ModelPrices,
  { period, serviceTier, region, schedule }: Selected,
  micro: RateCard['micro'],
  contextTier: number | null,
): PriceReference {
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

/** What a bill is drawn up with: the rates, and the few things that single calls change about them. */
interface Terms {
  readonly micro: RateCard['micro']
  /** Counted units that an allowance covers, by unit. */
  readonly free?: ReadonlyMap<number, number>
  /** Why a unit has no rate, where that is known better than in general. */
  readonly reasons?: ReadonlyMap<number, string>
}

/** The terms of a call; takes images out of the quantities where their tokens are billed. */
function termsOf(
  row: ModelPrices,
  card: RateCard,
  micro: RateCard['micro'],
  quantities: Quantities,
  { usage, used, warnings }: { usage: Usage; used: AllowanceUsed | undefined; warnings: Notice[] },
): Terms {
  if (quantities[IMAGE] !== 0 && imagesAreTokens(quantities, micro)) quantities[IMAGE] = 0
  if (used !== undefined) checkAllowanceUsed(used)
  const varied = card.variants?.some(({ unit }) => quantities[unit] !== 0) ? card.variants : undefined
  const covered = row.allowances.length > 0 && isCovered(row.allowances, quantities)
  if (varied === undefined && !covered) return { micro }
  const chosen = chooseVariants(micro, varied ?? [], quantities, usage)
  for (const message of chosen.assumed) warnings.push(notice('variant-assumed', message))
  const { free, notices } = freeUnits(row.allowances, quantities, used)
  warnings.push(...notices)
  return { micro: chosen.micro, free, reasons: chosen.reasons }
}

/** Whether the output tokens of a usage already hold its images: then a rate per image is another way to say the same. */
function imagesAreTokens(quantities: Quantities, micro: RateCard['micro']): boolean {
  if (quantities[OUTPUT_IMAGE] !== 0) return pricedUnit(OUTPUT_IMAGE, micro) !== undefined
  return quantities[OUTPUT] !== 0 && micro[OUTPUT_IMAGE] === undefined && (micro[OUTPUT] ?? 0) > 0
}

/** One line per rate, free units on a line of their own; what has no rate goes to `unpriced`. */
function billLines(
  quantities: Quantities,
  { micro, free, reasons }: Terms,
  sum: ExactSum,
  unpriced: UnpricedPart[],
): CostLine[] {
  // Units without a rate of their own move to the unit whose rate applies; fallbacks come earlier in the list.
  for (let unit = quantities.length - 1; unit >= 0; unit--) {
    const quantity = quantities[unit] as number
    if (quantity === 0 || micro[unit] != null) continue
    const priced = pricedUnit(unit, micro)
    quantities[unit] = 0
    if (priced === undefined) unpriced.push(unpricedPart(unit, quantity, reasons?.get(unit)))
    else quantities[priced] = (quantities[priced] as number) + quantity
  }
  const lines: CostLine[] = []
  for (let unit = 0; unit < quantities.length; unit++) {
    const quantity = quantities[unit] as number
    if (quantity === 0) continue
    const gratis = free?.get(unit) ?? 0
    if (gratis > 0) lines.push(billLine(unit, gratis, 0, sum))
    if (quantity > gratis) lines.push(billLine(unit, quantity - gratis, micro[unit] as number, sum))
  }
  return lines
}

function billLine(unit: number, quantity: number, rate: number, sum: ExactSum): CostLine {
  const { key, counts, per } = rateUnits[unit] as (typeof rateUnits)[number]
  const amount = sum.add(quantity, rate, per)
  return Object.freeze({ part: key, quantity, unit: counts, rateUsd: decimalOfMicro(rate), per, amount })
}

/** The unit whose rate applies: the unit's own, or its fallback where the seller quotes no separate rate. */
export function pricedUnit(unit: number, micro: readonly (number | null | undefined)[]): number | undefined {
  for (const candidate of rateChain[unit] as readonly number[]) {
    const rate = micro[candidate]
    if (rate === null) return undefined
    if (rate !== undefined) return candidate
  }
  return undefined
}

function unpricedPart(unit: number, quantity: number, reason = 'the table has no rate for it'): UnpricedPart {
  const { key, counts } = rateUnits[unit] as (typeof rateUnits)[number]
  return Object.freeze({ part: key, quantity, unit: counts, reason })
}

const decimals = new Map<number, string>()
const KEPT_DECIMALS = 4096

/** A rate in millionths of a dollar as a plain decimal. The few hundred distinct rates are kept. */
export function decimalOfMicro(micro: number): string {
  const known = decimals.get(micro)
  if (known !== undefined) return known
  const text = amountOf(BigInt(micro) * 1_000_000n).exact
  if (decimals.size < KEPT_DECIMALS) decimals.set(micro, text)
  return text
}

/** Adds picodollars: as a safe integer while that is provably exact, as a big integer from then on. */
class ExactSum {
  private safe = 0
  private big: bigint | undefined

  /** Adds `quantity × micro / per` dollars-of-a-millionth and returns that amount. */
  add(quantity: number, micro: number, per: number): Amount {
    const factor = 1_000_000 / per
    const product = Number.isInteger(factor) ? quantity * micro * factor : Number.NaN
    if (product <= Number.MAX_SAFE_INTEGER) {
      this.addSafe(product)
      return amountOfSafe(product)
    }
    const pico = picoProduct(BigInt(quantity), BigInt(micro), BigInt(per))
    this.big = (this.big ?? BigInt(this.safe)) + pico
    return amountOf(pico)
  }

  private addSafe(pico: number): void {
    const next = this.safe + pico
    if (this.big !== undefined) this.big += BigInt(pico)
    else if (next <= Number.MAX_SAFE_INTEGER) this.safe = next
    else this.big = BigInt(this.safe) + BigInt(pico)
  }

  amount(): Amount {
    return this.big === undefined ? amountOfSafe(this.safe) : amountOf(this.big)
  }
}

/** Picodollars, rounded half up where a rate per hour or minute does not come out even. */
function picoProduct(quantity: bigint, micro: bigint, per: bigint): bigint {
  return (2n * quantity * micro * 1_000_000n + per) / (2n * per)
}
