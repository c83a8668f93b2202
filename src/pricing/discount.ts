/** Negotiated discounts on the rates of a table. */
import { describe, InvalidPriceTableError } from '../errors.ts'
import { tableGiven } from './builtin.ts'
import { sellerSlug } from './sellers.ts'
import {
  type ModelPrices,
  type PricePeriod,
  type PriceTable,
  type RateCard,
  type SellerPrices,
  sourcesOf,
  tableOf,
} from './table.ts'
import { rateUnits } from './units.ts'

/** A negotiated discount. */
export interface Discount {
  readonly seller: string
  /** Ids or aliases of the models it holds for. Default: all of the seller's. */
  readonly models?: readonly string[]
  /** Percent off, a decimal string from "0" to "100" with at most four decimals. */
  readonly percent: string
}

const PERCENT = /^(\d{1,3})(?:\.(\d{1,4}))?$/
/** 100 percent in units of a ten-thousandth of a percent. */
const WHOLE = 1_000_000

/** What is left of a rate after a discount, in units of a ten-thousandth of a percent. @throws RangeError */
function shareLeft(percent: string): number {
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
  const base = tableGiven(options.base)
  if (!Array.isArray(discounts)) throw new TypeError(`discounts: a list was expected, got ${describe(discounts)}`)
  const rules = (discounts as readonly Discount[]).map(({ seller, models, percent }) => {
    const slug = sellerSlug(base, seller)
    if (slug === undefined) throw new InvalidPriceTableError('discounts', `no seller ${JSON.stringify(seller)}`)
    const ids = models?.map((name) => {
      const own = base.seller(slug) as SellerPrices
      const id = own.models.has(name) ? name : own.aliases.get(name)
      if (id === undefined)
        throw new InvalidPriceTableError('discounts', `${slug} has no model ${JSON.stringify(name)}`)
      return id
    })
    return { slug, models: ids === undefined ? undefined : new Set(ids), share: shareLeft(percent) }
  })
  const shareFor = (model: ModelPrices): number | undefined =>
    rules.filter(({ slug, models }) => slug === model.seller && (models?.has(model.id) ?? true)).at(-1)?.share
  const withDiscounts = (prices: SellerPrices): SellerPrices => {
    const models = [...prices.models.values()].map((model): [string, ModelPrices] => {
      const share = shareFor(model)
      const periods = share === undefined ? model.periods : model.periods.map((period) => discounted(period, share))
      return [model.id, { ...model, periods }]
    })
    return { ...prices, models: new Map(models) }
  }
  const sources = sourcesOf(base).map((source) =>
    rules.some(({ slug }) => slug === source.seller) ? { ...source, load: () => withDiscounts(source.load()) } : source,
  )
  return tableOf({ version: options.version ?? `${base.version}+discounts`, asOf: base.asOf, sha256: null }, sources)
}

/** A period with every rate multiplied by `share / WHOLE`. */
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
