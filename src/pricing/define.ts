/** Tables of users: own prices, negotiated discounts, other currencies, laid over the built-in table. */
import { describe, InvalidPriceTableError } from '../errors.ts'
import { defaultTable } from './builtin.ts'
import { compileSeller } from './compile.ts'
import type { UserPriceFile } from './file.ts'
import { isRealDay, nowOf } from './instant.ts'
import { sellerSlug } from './sellers.ts'
import {
  type ModelPrices,
  type PricePeriod,
  type PriceTable,
  type RateCard,
  type SellerPrices,
  sellerOf,
  tableOf,
} from './table.ts'
import { rateUnits } from './units.ts'
import { validatePriceFile } from './validate.ts'

export interface DefineOptions {
  /** The table underneath: its other models stay. `null` for none. Default: the built-in table. */
  readonly base?: PriceTable | null
  /** Version in results. Default: the version of `base` with `+user`, or `user`. */
  readonly version?: string
  /** The day of the prices, `YYYY-MM-DD`. Default: that of `base`; without one, today by `clock`. */
  readonly asOf?: string
  /** US dollars per unit of a currency, for files whose `currency` is another one: `{ EUR: '1.08' }`. */
  readonly usdPer?: Readonly<Record<string, string>>
  readonly clock?: () => number
}

/**
 * A table with prices of your own. A model of a file replaces the same seller's model of the base; all others stay.
 *
 * @throws InvalidPriceTableError naming the first fault; then no table is made. RangeError for a `version` or `asOf` that is none.
 */
export function definePrices(files: UserPriceFile | readonly UserPriceFile[], options: DefineOptions = {}): PriceTable {
  const base = options.base === undefined ? defaultTable() : options.base
  const today = new Date(nowOf(options.clock ?? Date.now)).toISOString().slice(0, 10)
  const { version = base ? `${base.version}+user` : 'user', asOf = base?.asOf ?? today } = options
  checkStamp(version, asOf)
  const compiled = (isList(files) ? files : [files]).map((file) => {
    const valid = validatePriceFile(file)
    return {
      prices: compileSeller(valid, { checked: today, ...(options.usdPer ? { usdPer: options.usdPer } : {}) }),
      hasKind: file.kind !== undefined,
    }
  })
  const sources = (base?.sellers ?? []).map((seller) => ({
    seller,
    kind: base?.kindOf(seller) ?? 'host',
    load: () => base?.seller(seller) as SellerPrices,
  }))
  const bySlug = new Map(sources.map((source) => [source.seller, source]))
  for (const { prices, hasKind } of compiled) {
    const under = bySlug.get(prices.seller)
    const kind = hasKind || under === undefined ? prices.kind : under.kind
    bySlug.set(prices.seller, {
      seller: prices.seller,
      kind,
      load: () => (under === undefined ? prices : overlay(under.load(), prices, kind)),
    })
  }
  return tableOf({ version, asOf, sha256: null }, [...bySlug.values()])
}

/** A table with a day that is none would never be stale. */
function checkStamp(version: unknown, asOf: unknown): void {
  if (typeof version !== 'string' || version === '' || version.length > 100)
    throw new RangeError(`version: a text of 1 to 100 characters was expected, got ${describe(version)}`)
  if (typeof asOf !== 'string' || !isRealDay(asOf))
    throw new RangeError(`asOf: a day such as "2026-11-22" was expected, got ${describe(asOf)}`)
}

function isList(files: UserPriceFile | readonly UserPriceFile[]): files is readonly UserPriceFile[] {
  return Array.isArray(files)
}

/** Own models first by id; an alias of the base that now is an own id or alias points to the own model. */
function overlay(under: SellerPrices, own: SellerPrices, kind: SellerPrices['kind']): SellerPrices {
  const models = new Map(under.models)
  for (const model of own.models.values()) models.set(model.id, model)
  const merged = sellerOf(own.seller, own.name === own.seller ? under.name : own.name, kind, [...models.values()])
  return { ...merged, aliases: new Map([...merged.aliases, ...own.aliases]) }
}

/** A negotiated discount. */
export interface Discount {
  readonly seller: string
  /** Ids of the models it holds for. Default: all of the seller's. */
  readonly models?: readonly string[]
  /** Percent off, a decimal string from "0" to "100" with at most four decimals. */
  readonly percent: string
}

const PERCENT = /^(\d{1,3})(?:\.(\d{1,4}))?$/
/** 100 percent in units of a ten-thousandth of a percent. */
const WHOLE = 1_000_000

function keptOf(percent: string): number {
  const match = typeof percent === 'string' ? PERCENT.exec(percent) : null
  const off = match === null ? Number.NaN : Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'))
  if (!(off <= WHOLE))
    throw new RangeError(`discount percent must be a decimal string from "0" to "100", got ${JSON.stringify(percent)}`)
  return WHOLE - off
}

/**
 * A table with discounts on all rates of some models, tools included. A discounted rate is rounded half up to a millionth of a
 * dollar per quoted unit.
 *
 * @throws InvalidPriceTableError for a seller or model that the table does not have; RangeError for a wrong percentage.
 */
export function discountPrices(
  discounts: readonly Discount[],
  options: { readonly base?: PriceTable; readonly version?: string } = {},
): PriceTable {
  const base = options.base ?? defaultTable()
  const rules = discounts.map(({ seller, models, percent }) => {
    const slug = sellerSlug(base, seller)
    if (slug === undefined) throw new InvalidPriceTableError('discounts', `no seller ${JSON.stringify(seller)}`)
    for (const id of models ?? []) {
      if (!base.seller(slug)?.models.has(id))
        throw new InvalidPriceTableError('discounts', `${slug} has no model ${JSON.stringify(id)}`)
    }
    return { slug, models: models === undefined ? undefined : new Set(models), kept: keptOf(percent) }
  })
  const keptFor = (model: ModelPrices): number | undefined =>
    rules.filter(({ slug, models }) => slug === model.seller && (models?.has(model.id) ?? true)).at(-1)?.kept
  const sources = base.sellers.map((seller) => ({
    seller,
    kind: base.kindOf(seller) as SellerPrices['kind'],
    load: () => {
      const prices = base.seller(seller) as SellerPrices
      if (!rules.some(({ slug }) => slug === seller)) return prices
      const models = [...prices.models.values()].map((model) => {
        const kept = keptFor(model)
        return kept === undefined
          ? model
          : { ...model, periods: model.periods.map((period) => discounted(period, kept)) }
      })
      return sellerOf(seller, prices.name, prices.kind, models)
    },
  }))
  return tableOf({ version: options.version ?? `${base.version}+discounts`, asOf: base.asOf, sha256: null }, sources)
}

function discounted(period: PricePeriod, share: number): PricePeriod {
  const kept = (rate: number): number => Number((BigInt(rate) * BigInt(share) * 2n + BigInt(WHOLE)) / BigInt(2 * WHOLE))
  const scale = (micro: RateCard['micro']): (number | null | undefined)[] =>
    rateUnits.map((_, unit) => {
      const rate = micro[unit]
      return rate == null ? rate : kept(rate)
    })
  const card = ({ micro, tiers, variants }: RateCard): RateCard => ({
    micro: scale(micro),
    tiers: tiers.map((tier) => ({ ...tier, micro: scale(tier.micro) })),
    ...(variants === undefined
      ? {}
      : { variants: variants.map((row) => ({ ...row, micro: row.micro === null ? null : kept(row.micro) })) }),
  })
  const cards = (modes: ReadonlyMap<string, RateCard>) => new Map([...modes].map(([name, own]) => [name, card(own)]))
  return {
    ...period,
    card: card(period.card),
    modes: cards(period.modes),
    regions: new Map(
      [...period.regions].map(([name, region]) => [name, { card: card(region.card), modes: cards(region.modes) }]),
    ),
    schedule: period.schedule === null ? null : { ...period.schedule, card: card(period.schedule.card) },
  }
}
