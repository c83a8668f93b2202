/** The form of a price file (`pricing/providers/*.json`, and tables of users). Its JSON Schema is `pricing/schema/provider.schema.json`. */
import type { ModelPrices } from './table.ts'
import type { Allowance, Modality, PriceStatus, SellerKind } from './types.ts'
import type { RateKey } from './units.ts'
import type { VariantKey } from './variants.ts'

/** Decimal strings per unit of the key, in the currency of the file; `null` is unknown, `"0"` is free. */
export type FileRates = { readonly [key in RateKey]?: string | null }

export interface FileTier {
  readonly above: number
  /** True when exactly `above` input tokens already pay these rates. Default false. */
  readonly inclusive?: boolean
  readonly rates: FileRates
}

export interface FileCard {
  readonly rates: FileRates
  readonly tiers?: readonly FileTier[]
  /** Rates by size and quality, the model's default first. */
  readonly variants?: readonly FileVariant[]
}

/** A rate for one size and quality, as requests name them; it replaces the card's rate of the same key. */
export interface FileVariant {
  readonly rate: VariantKey
  /** Left out: any size. */
  readonly size?: string
  /** Left out: the default quality. */
  readonly quality?: string
  readonly usd: string | null
}

/** Rates that free units may cover. */
export type AllowanceKey = 'webSearch' | 'fileSearch' | 'mapsQuery' | 'codeHour' | 'fileStorage'

/** Free units per day or month. */
export interface FileAllowance {
  readonly rate: AllowanceKey
  /** In the unit of the usage: searches, seconds, gigabyte-days. */
  readonly amount: number
  readonly per: Allowance['per']
  readonly scope: Allowance['scope']
  readonly source: string
  readonly checked: string
  readonly note?: string
}

export interface FileRegion extends FileCard {
  readonly modes?: Readonly<Record<string, FileCard>>
}

export interface FileSchedule extends FileCard {
  readonly name: string
  readonly zone: string
  readonly windows: readonly { readonly days: readonly number[]; readonly from: string; readonly to: string }[]
  readonly holidays?: 'none' | 'unknown'
}

export interface FilePeriod extends FileCard {
  /** ISO date (midnight UTC) or instant; left out when the start is not known. */
  readonly from?: string
  readonly until?: string
  readonly guaranteedUntil?: string
  /** Default `actual`. */
  readonly status?: PriceStatus
  readonly modes?: Readonly<Record<string, FileCard>>
  readonly regions?: Readonly<Record<string, FileRegion>>
  readonly schedule?: FileSchedule
  /** A key of the file's `sources`, or the source itself. */
  readonly source: string
  readonly checked: string
  readonly note?: string
}

export interface FileModel {
  readonly id: string
  readonly name?: string
  readonly aliases?: readonly string[]
  /** Default `chat`. */
  readonly kind?: ModelPrices['kind']
  readonly context?: number
  readonly maxOutput?: number
  /** Default `["text"]`. */
  readonly input?: readonly Modality[]
  readonly reasoning?: boolean
  readonly deprecated?: string | boolean
  /** Names of the file's `allowances` that cover the model. */
  readonly allowances?: readonly string[]
  readonly periods: readonly FilePeriod[]
}

/** A model in a table of a user: rates without dates will do, and so does a period without provenance. */
export type UserModel = Omit<FileModel, 'periods'> & {
  readonly periods?: readonly (Omit<FilePeriod, 'source' | 'checked'> &
    Partial<Pick<FilePeriod, 'source' | 'checked'>>)[]
} & Partial<FileCard>

/** A price file as a user may write it. */
export type UserPriceFile = Omit<PriceFile, 'models'> & { readonly models: readonly UserModel[] }

export interface PriceFile {
  readonly $schema?: string
  readonly seller: string
  readonly name?: string
  /** Default `host`. */
  readonly kind?: SellerKind
  /** Default `USD`. */
  readonly currency?: string
  readonly sources?: Readonly<Record<string, string>>
  readonly allowances?: Readonly<Record<string, FileAllowance>>
  readonly models: readonly FileModel[]
}
