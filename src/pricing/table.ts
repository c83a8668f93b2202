/** The price table in memory: sellers, their models, dated periods, rates as integers. */

import type { Allowance, Modality, PriceStatus, SellerKind, TableStamp } from './types.ts'
import { type RateUnit, rateUnits, unitIndex } from './units.ts'

/**
 * The rates of one context. `micro[u]` is millionths of a dollar per `rateUnits[u].per` units: `null` is unknown, `undefined`
 * is not quoted. For token rates that is exactly picodollars per token.
 */
export interface RateCard {
  readonly micro: readonly (number | null | undefined)[]
  /** Ascending by `firstTokens`. A tier holds for the whole request. */
  readonly tiers: readonly RateTier[]
  /** Rates by size and quality, the default first; they replace the rate of their unit. */
  readonly variants?: readonly RateVariant[]
}

/** The rate of a unit for one size and quality; an empty string stands for any size and for the default quality. */
export interface RateVariant {
  readonly unit: number
  readonly size: string
  readonly quality: string
  readonly micro: number | null
}

export interface RateTier {
  readonly above: number
  readonly inclusive: boolean
  /** The smallest input that falls into the tier. */
  readonly firstTokens: number
  readonly micro: readonly (number | null | undefined)[]
}

export interface RegionCards {
  readonly card: RateCard
  readonly modes: ReadonlyMap<string, RateCard>
}

export interface ScheduleCard {
  readonly name: string
  readonly zone: string
  readonly windows: readonly {
    readonly days: readonly number[]
    readonly fromMinute: number
    readonly toMinute: number
  }[]
  readonly holidays: 'none' | 'unknown'
  readonly card: RateCard
}

/** A dated period. `fromMs` is -Infinity and `untilMs` +Infinity where the price list gives no instant. */
export interface PricePeriod {
  readonly fromMs: number
  readonly untilMs: number
  readonly guaranteedUntilMs: number | null
  readonly status: PriceStatus
  readonly card: RateCard
  readonly modes: ReadonlyMap<string, RateCard>
  readonly regions: ReadonlyMap<string, RegionCards>
  readonly schedule: ScheduleCard | null
  readonly source: string
  readonly checked: string
  readonly note: string | null
}

/** What a seller offers under one id. */
export interface ModelPrices {
  readonly seller: string
  readonly id: string
  readonly aliases: readonly string[]
  readonly name: string | null
  readonly kind: 'chat' | 'embedding' | 'image' | 'audio' | 'video' | 'rerank' | 'ocr' | 'moderation' | 'other'
  /** Input tokens the model can take, output included where the maker counts so; `null` when unknown. */
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
  readonly inputModalities: readonly Modality[]
  readonly reasoning: boolean
  /** The day the model stops or stopped being served, `true` when deprecated without a known day. */
  readonly deprecated: string | boolean
  /** Free units that the seller grants and that no single call can account for. */
  readonly allowances: readonly Allowance[]
  /** Ascending by `fromMs`; cancelled announcements are kept beside the periods that hold. */
  readonly periods: readonly PricePeriod[]
}

export interface SellerPrices {
  readonly seller: string
  readonly name: string
  readonly kind: SellerKind
  readonly models: ReadonlyMap<string, ModelPrices>
  /** Declared alias → id. */
  readonly aliases: ReadonlyMap<string, string>
}

/** A table: sellers by slug, decoded when first asked for. */
export interface PriceTable extends TableStamp {
  /** Slugs, makers first, marketplaces last. */
  readonly sellers: readonly string[]
  readonly kindOf: (seller: string) => SellerKind | undefined
  readonly seller: (seller: string) => SellerPrices | undefined
}

/** Seller data that is not decoded yet. */
export interface SellerSource {
  readonly seller: string
  readonly kind: SellerKind
  readonly load: () => SellerPrices
}

/** Kinds of sellers in the order in which a table lists them. */
export const sellerKinds: readonly SellerKind[] = ['maker', 'cloud', 'host', 'marketplace']

/** Makes a table of sellers. A later source with the same slug replaces an earlier one. */
export function tableOf(stamp: TableStamp, sources: readonly SellerSource[]): PriceTable {
  const bySlug = new Map(sources.map((source) => [source.seller, source]))
  const loaded = new Map<string, SellerPrices>()
  const sellers = [...bySlug.values()]
    .sort((a, b) => sellerKinds.indexOf(a.kind) - sellerKinds.indexOf(b.kind))
    .map((source) => source.seller)
  return Object.freeze({
    version: stamp.version,
    asOf: stamp.asOf,
    sha256: stamp.sha256,
    sellers: Object.freeze(sellers),
    kindOf: (slug: string) => bySlug.get(slug)?.kind,
    seller: (slug: string) => {
      const known = loaded.get(slug)
      if (known !== undefined) return known
      const prices = bySlug.get(slug)?.load()
      if (prices !== undefined) loaded.set(slug, prices)
      return prices
    },
  })
}

/** The sellers of a table, from which another table can be made. */
export function sourcesOf(table: PriceTable): readonly SellerSource[] {
  return table.sellers.map((seller) => ({
    seller,
    kind: table.kindOf(seller) as SellerKind,
    load: () => table.seller(seller) as SellerPrices,
  }))
}

/** Builds the alias index of a seller. An id wins over an alias of the same spelling. */
export function sellerOf(seller: string, name: string, kind: SellerKind, models: readonly ModelPrices[]): SellerPrices {
  const byId = new Map(models.map((model) => [model.id, model]))
  const aliases = new Map<string, string>()
  for (const model of models) {
    for (const alias of model.aliases) if (!byId.has(alias)) aliases.set(alias, model.id)
  }
  return { seller, name, kind, models: byId, aliases }
}

/** The micro-dollar rate of a key, without fallbacks. */
export function rateOf(card: Pick<RateCard, 'micro'>, key: string): number | null | undefined {
  const index = unitIndex(key)
  return index === undefined ? undefined : card.micro[index]
}

/** The unit whose rate is billed for a unit: the unit's own, or its fallback where the seller quotes no separate rate. */
export function pricedUnit(unit: number, micro: readonly (number | null | undefined)[]): number | undefined {
  const own = micro[unit]
  if (own !== undefined) return own === null ? undefined : unit
  const { fallback, unless } = rateUnits[unit] as RateUnit
  if (fallback === undefined || (unless !== undefined && micro[unitIndex(unless)] !== undefined)) return undefined
  const index = unitIndex(fallback)
  return micro[index] == null ? undefined : index
}
