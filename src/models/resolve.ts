/** From a model id to everything the layers above need to know about it. */
import { defaultTable } from '../pricing/builtin.ts'
import type { ModelId } from '../pricing/ids.gen.ts'
import { findModel, type Match, type MatchKind } from '../pricing/match.ts'
import { sellerSlug } from '../pricing/sellers.ts'
import type { ModelPrices, PriceTable, SellerPrices } from '../pricing/table.ts'
import type { Modality, SellerKind } from '../pricing/types.ts'
import type { EncodingName } from '../tokenizer/types.ts'
import { familyOf } from './families.ts'

/** A model at a seller. `seller` and `id` name its row in the price table, so it can be passed wherever an id can. */
export interface ResolvedModel {
  readonly seller: string
  readonly sellerKind: SellerKind
  readonly id: string
  /** The id as it was asked for, and how it was understood. */
  readonly requested: string
  readonly matchedBy: MatchKind
  readonly name: string | null
  /** Slug of the company that made the model; `null` when unknown. */
  readonly maker: string | null
  /**
   * Models that share a vocabulary and a prompt frame, named after one of them (`gpt-5` for `o3`, `claude-4.7` for Claude Sonnet 5);
   * `null` when no counting rules are known for the model.
   */
  readonly family: string | null
  readonly kind: ModelPrices['kind']
  /** Largest input in tokens, `null` when unknown. */
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
  readonly inputModalities: readonly Modality[]
  /** Whether the model may think before it answers, which is billed as output. */
  readonly reasoning: boolean
  /** The last day of service, `true` when deprecated without a known day, `false` otherwise. */
  readonly deprecated: string | boolean
  /** Name of the exact vocabulary, `null` when it is not public. */
  readonly encoding: EncodingName | null
}

export interface ResolveOptions {
  /** Slug of the seller. Default: the maker, or the seller named in the id. */
  readonly seller?: string
  /** The price table. Default: the built-in one. */
  readonly prices?: PriceTable
}

type Facts = Pick<ResolvedModel, 'maker' | 'family' | 'encoding'>

const factsByRow = new WeakMap<ModelPrices, Facts>()

function factsOf(row: ModelPrices, kind: SellerKind): Facts {
  const known = factsByRow.get(row)
  if (known !== undefined) return known
  const { name, maker, encoding, ownEncoding } = familyOf(row.id)
  const facts: Facts = {
    maker: maker ?? (kind === 'maker' ? row.seller : null),
    family: name === 'unknown' ? null : name,
    encoding: ownEncoding ? encoding : null,
  }
  factsByRow.set(row, facts)
  return facts
}

function describeMatch(table: PriceTable, requested: string, { model, matchedBy }: Match): ResolvedModel {
  const sellerKind = table.kindOf(model.seller) as SellerKind
  const { maker, family, encoding } = factsOf(model, sellerKind)
  return Object.freeze({
    seller: model.seller,
    sellerKind,
    id: model.id,
    requested,
    matchedBy,
    name: model.name,
    maker,
    family,
    kind: model.kind,
    contextTokens: model.contextTokens,
    maxOutputTokens: model.maxOutputTokens,
    inputModalities: Object.freeze([...model.inputModalities]),
    reasoning: model.reasoning,
    deprecated: model.deprecated,
    encoding,
  })
}

/**
 * The model that an id names: exact id, then declared alias, then dated snapshot of a known id, then the spellings of clouds and
 * gateways. `matchedBy` says which. A prefix is never a match.
 *
 * @param id - `'seller/model'` or a bare id, which means its maker, or the only seller that has it.
 * @throws UnknownModelError with suggestions.
 */
export function resolveModel(id: ModelId, options: ResolveOptions = {}): ResolvedModel {
  const table = options.prices ?? defaultTable()
  return describeMatch(table, id, findModel(table, id, options.seller))
}

/** Conditions that a model must meet; those left out do not restrict. */
export interface ModelFilter {
  readonly seller?: string
  readonly maker?: string
  readonly kind?: ModelPrices['kind']
  /** Every one of these must be accepted as input. */
  readonly inputModalities?: readonly Modality[]
  readonly reasoning?: boolean
  /** Context window of at least this many tokens. */
  readonly minContextTokens?: number
  /** Text that the id or name contains, in any case. */
  readonly query?: string
  /** Default false: marketplaces repeat the models of others. */
  readonly includeMarketplaces?: boolean
  readonly includeDeprecated?: boolean
  readonly prices?: PriceTable
}

/** The known models, by seller (makers first) and id. A seller that is named is listed even when it is a marketplace. */
export function listModels(filter: ModelFilter = {}): readonly ResolvedModel[] {
  const table = filter.prices ?? defaultTable()
  const slug = filter.seller === undefined ? undefined : sellerSlug(table, filter.seller)
  const query = filter.query?.toLowerCase()
  const found: ResolvedModel[] = []
  for (const seller of table.sellers) {
    if (
      filter.seller !== undefined
        ? seller !== slug
        : table.kindOf(seller) === 'marketplace' && !filter.includeMarketplaces
    )
      continue
    const { models } = table.seller(seller) as SellerPrices
    for (const model of models.values()) {
      const resolved = describeMatch(table, model.id, { model, matchedBy: 'exact' })
      if (accepts(filter, resolved, query)) found.push(resolved)
    }
  }
  return Object.freeze(found)
}

function accepts(filter: ModelFilter, model: ResolvedModel, query: string | undefined): boolean {
  return (
    (filter.maker === undefined || model.maker === filter.maker) &&
    (filter.kind === undefined || model.kind === filter.kind) &&
    (filter.reasoning === undefined || model.reasoning === filter.reasoning) &&
    (filter.includeDeprecated === true || model.deprecated === false) &&
    (filter.minContextTokens === undefined || (model.contextTokens ?? 0) >= filter.minContextTokens) &&
    (filter.inputModalities ?? []).every((modality) => model.inputModalities.includes(modality)) &&
    (query === undefined ||
      model.id.toLowerCase().includes(query) ||
      model.name?.toLowerCase().includes(query) === true)
  )
}
