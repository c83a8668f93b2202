/** The shapes of the pricing layer: what callers pass in and get back. All results are plain, frozen and JSON-serialisable. */
import type { Amount } from '../money.ts'
import type { RateKey, RateName } from './units.ts'

/**
 * What one call consumed. `inputTokens` is the whole input, cached parts included; `outputTokens` is the whole output,
 * reasoning included. The other token fields are parts of these two. Numbers are non-negative safe integers; seconds,
 * megapixels and gigabyte-days may have up to three decimals. An absent field means none of it.
 */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  /** Input read from a prompt cache. */
  readonly cacheReadTokens?: number
  /** Input written to a prompt cache, whatever its lifetime. */
  readonly cacheWriteTokens?: number
  /** The part of `cacheWriteTokens` that is kept for an hour. */
  readonly cacheWrite1hTokens?: number
  /** The part of `cacheWriteTokens` that is kept for twelve hours. */
  readonly cacheWrite12hTokens?: number
  /** The part of the output that is hidden reasoning. */
  readonly reasoningTokens?: number
  /** The part of the output that quotes sources, where a seller counts it apart. */
  readonly citationTokens?: number
  readonly inputAudioTokens?: number
  readonly outputAudioTokens?: number
  /** The part of `cacheReadTokens` that is audio. */
  readonly cacheReadAudioTokens?: number
  readonly inputImageTokens?: number
  readonly outputImageTokens?: number
  /** The part of `cacheReadTokens` that is images. */
  readonly cacheReadImageTokens?: number
  readonly inputVideoTokens?: number
  readonly outputVideoTokens?: number
  /** The part of `cacheReadTokens` that is video. */
  readonly cacheReadVideoTokens?: number
  readonly webSearches?: number
  /** The tool that searched the web, `web_search` (the default) or `web_search_preview`, where the fee depends on it. */
  readonly searchTool?: string
  readonly fileSearches?: number
  /** Searches in a social network, such as posts on X. */
  readonly socialSearches?: number
  readonly mapsQueries?: number
  readonly codeExecutions?: number
  /** Containers of a hosted code interpreter, where a whole session has a price. */
  readonly codeSessions?: number
  /** Seconds of such containers as the seller bills them, its minimum included, where their time has a price. */
  readonly codeSeconds?: number
  /** Memory of the container as the request names it, for example `4g`. */
  readonly codeContainer?: string
  /** Gigabytes kept in the seller's file store times days. */
  readonly fileStorageGbDays?: number
  /** How much a search brings into the context, `low`, `medium` or `high`, where the fee depends on it. */
  readonly searchContext?: string
  /** Billing units of rerankers. */
  readonly searchUnits?: number
  /** Calls, for models with a fee per call. Default 1. */
  readonly requests?: number
  readonly messages?: number
  readonly pages?: number
  readonly annotatedPages?: number
  /** Characters of text for speech models. */
  readonly characters?: number
  /**
   * Generated images, for models that charge per image. Where the same model also has a rate for image tokens and the usage
   * reports them, they are what is billed, and the images are not billed a second time.
   */
  readonly outputImages?: number
  /** Size of the images as the request names it, for example `1024x1536` or `2K`. Default: the model's default. */
  readonly imageSize?: string
  /** Quality of the images as the request names it, for example `low` or `hd`. Default: the model's default. */
  readonly imageQuality?: string
  /** Millions of generated pixels, for models that charge by area. */
  readonly outputMegapixels?: number
  readonly inputAudioSeconds?: number
  readonly outputAudioSeconds?: number
  readonly videoSeconds?: number
  /** Size of the video, for example `1080p`, `4k` or `1792x1024`. Default: the model's default. */
  readonly videoSize?: string
  readonly sessionSeconds?: number
  /** Seconds of rented hardware, rounded up to milliseconds by the seller's rule. */
  readonly hardwareSeconds?: number
  /** Tokens kept in an explicit cache times hours. */
  readonly cacheStorageTokenHours?: number
  /** Parts that the provider did not report, for example after an interrupted stream; their cost is unknown, not zero. */
  readonly missing?: readonly ('inputTokens' | 'outputTokens')[]
  /** What other models consumed during the call, such as an advisor: billed at their rates, so price each on its own. */
  readonly otherModels?: readonly { readonly model: string | null; readonly usage: Usage }[]
}

/**
 * Rates in US dollars as decimal strings, under names that carry the unit: `inputUsdPerMTok`, `webSearchUsdPerThousand`,
 * `hardwareUsdPerSecond` … A rate that is left out is not quoted, `null` is known to be unknown, `"0"` is free.
 */
export type Rates = { readonly [name in RateName]?: string | null }

/** How sure a price period is. */
export type PriceStatus = 'actual' | 'announced' | 'cancelled' | 'on-request' | 'retired'

/** What a seller is: the model's maker, a cloud or host that runs others' models, or a marketplace that resells calls. */
export type SellerKind = 'maker' | 'cloud' | 'host' | 'marketplace'

export type Modality = 'text' | 'image' | 'audio' | 'video' | 'pdf'

/** Rates of a whole request whose input is above (or at, when inclusive) a number of tokens. */
export interface ContextTier {
  readonly inputTokensAbove: number
  /** True when exactly `inputTokensAbove` tokens already fall into the tier. */
  readonly inclusive: boolean
  readonly rates: Rates
}

/** A recurring time of day with other rates. */
export interface PriceSchedule {
  readonly name: string
  /** IANA zone of `windows`. */
  readonly zone: string
  /** ISO weekdays (1 = Monday) and wall-clock times `[from, to)` as `HH:MM`. */
  readonly windows: readonly { readonly days: readonly number[]; readonly from: string; readonly to: string }[]
  /** `'unknown'`: on public holidays the seller applies the base rates, and the calendar is not known here. */
  readonly holidays: 'none' | 'unknown'
  readonly rates: Rates
  readonly tiers: readonly ContextTier[]
}

/** A rate for one size or quality of what a call makes, or one setting of a tool. */
export interface RateVariantPrice {
  /** Name of the rate, for example `imageUsd`. */
  readonly rate: RateName
  /** Size as requests name it, for example `1024x1536`; `null` where the rate does not depend on it. */
  readonly size: string | null
  /** Quality as requests name it; `null` is the model's default quality. */
  readonly quality: string | null
  readonly usd: string | null
}

/** Free units that a seller grants over many calls, so that no single call can tell what is left of them. */
export interface Allowance {
  /** Name of the allowance; models under one name share it. */
  readonly pool: string
  /** The field of {@link Usage} that it covers, for example `webSearches`; `amount` is in its unit. */
  readonly covers: keyof Usage
  readonly amount: number
  readonly per: 'day' | 'month'
  readonly scope: 'project' | 'organization' | 'account'
  readonly source: string
  readonly checked: string
  readonly note: string | null
}

/** A half-open UTC period `[from, until)` of a model's price at one seller, with everything it depends on. */
export interface Period {
  /** ISO instant of the start; `null` when the start is not known. */
  readonly from: string | null
  /** ISO instant of the end, exclusive; `null` while it is open. */
  readonly until: string | null
  /** The seller promised the price until this instant; afterwards it may have changed unnoticed. */
  readonly guaranteedUntil: string | null
  readonly status: PriceStatus
  readonly rates: Rates
  readonly tiers: readonly ContextTier[]
  /** Service tiers other than standard, for example `batch`, `flex`, `priority`, `fast`. */
  readonly modes: Readonly<Record<string, { readonly rates: Rates; readonly tiers: readonly ContextTier[] }>>
  /** Regions with other rates, each with the service tiers that are offered there. */
  readonly regions: Readonly<Record<string, RegionRates>>
  readonly schedule: PriceSchedule | null
  /** Rates by size and quality, the default first. */
  readonly variants: readonly RateVariantPrice[]
  /** Where the price was read. */
  readonly source: string
  /** The day it was last read there, `YYYY-MM-DD`. */
  readonly checked: string
  readonly note: string | null
}

export interface RegionRates {
  readonly rates: Rates
  readonly tiers: readonly ContextTier[]
  readonly modes: Readonly<Record<string, { readonly rates: Rates; readonly tiers: readonly ContextTier[] }>>
}

/** The rates in force for one model, seller, instant, service tier and region. */
export interface PriceEntry extends Period {
  readonly seller: string
  readonly model: string
  /** The instant that was asked for. */
  readonly at: string
  readonly serviceTier: string
  readonly region: string | null
  /** Identity of the table row: `seller/model#from`. */
  readonly entry: string
  readonly table: TableStamp
  /** What is free up to an amount per day or month; `calcCost` takes `allowanceUsed` to apply it. */
  readonly allowances: readonly Allowance[]
  /** Name of the hours whose rates these are, such as `peak`; `null` outside of them, and where the rates hold all day. */
  readonly activeSchedule: string | null
  /** The rates of all other hours, while {@link activeSchedule} names some. */
  readonly otherHours: { readonly rates: Rates; readonly tiers: readonly ContextTier[] } | null
}

/** Which table a number came from. */
export interface TableStamp {
  /** Calendar version, for example `2026.11.22`. */
  readonly version: string
  /** The day of the newest check of the table's sources, `YYYY-MM-DD`. */
  readonly asOf: string
  /** SHA-256 of the table's data files; `null` for tables made in the program. */
  readonly sha256: string | null
}

/** One row of a bill. */
export interface CostLine {
  /** The key of the rate, for example `cacheRead`. */
  readonly part: RateKey
  readonly quantity: number
  /** What `quantity` counts, for example `tokens`. */
  readonly unit: string
  /** US dollars per `per` units. */
  readonly rateUsd: string
  readonly per: number
  readonly amount: Amount
}

/** Consumption without a known rate: it is not in the total, which is then only a lower bound. */
export interface UnpricedPart {
  /** The key of the rate, the field of the usage that was not reported, or the id of another model. */
  readonly part: string
  /** `null` when the provider did not report it. */
  readonly quantity: number | null
  readonly unit: string
  readonly reason: string
}

/** A remark on a result; `code` is stable, `message` is for people. */
export interface Notice {
  readonly code:
    | 'stale-table'
    | 'guarantee-ended'
    | 'announced-price'
    | 'retired-model'
    | 'start-unknown'
    | 'holidays-unknown'
    | 'allowance-not-applied'
    | 'split-assumed'
    | 'variant-assumed'
  readonly message: string
}

/** Where the rates of a cost came from and in which context they hold. */
export interface PriceReference {
  readonly table: string
  readonly asOf: string
  readonly entry: string
  readonly seller: string
  readonly model: string
  readonly from: string | null
  readonly until: string | null
  readonly status: PriceStatus
  readonly serviceTier: string
  readonly region: string | null
  /** Lower edge of the context tier that applied to the whole request; `null` for the base rates. */
  readonly contextTier: number | null
  /** Name of the time-of-day schedule that applied, for example `peak`. */
  readonly schedule: string | null
  readonly source: string
  readonly checked: string
}

/** What a call cost. */
export interface Cost {
  /** The sum of the lines: the whole cost when `complete`, a lower bound otherwise. */
  readonly total: Amount
  readonly lines: readonly CostLine[]
  readonly complete: boolean
  readonly unpriced: readonly UnpricedPart[]
  readonly price: PriceReference
  readonly warnings: readonly Notice[]
}

/** How fast a call is served, by the seller's word for it; the usual ones are suggested, and any other is accepted. */
export type ServiceTier = 'standard' | 'batch' | 'flex' | 'priority' | 'fast' | 'ultrafast' | (string & {})

/** What the rates depend on besides the model. */
export interface PriceContext {
  /** The instant of the call: a `Date`, an ISO 8601 string, or milliseconds since 1970. Default: now, by `clock`. */
  readonly at?: Date | string | number
  /** Who sells the call. Default: the maker of the model, or the seller named in the id. */
  readonly seller?: string
  /** Default `standard`. */
  readonly serviceTier?: ServiceTier
  /** A region or data residency with its own rates, for example `us`, `eu`. Default, and `global`: the seller's base rates. */
  readonly region?: string
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
}
