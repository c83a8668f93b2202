/**
 * From a spelling of a model to its row: exact id, then declared alias, then dated snapshot of a known id, then the
 * spellings that clouds and gateways wrap around an id. Anything else is an error with suggestions; a prefix is no match.
 */
import { UnknownModelError } from '../errors.ts'
import { sellerSlug } from './sellers.ts'
import { suggest } from './suggest.ts'
import type { ModelPrices, PriceTable, SellerPrices } from './table.ts'

/** How a spelling was understood. */
export type MatchKind = 'exact' | 'alias' | 'snapshot' | 'cloud'

export interface Match {
  readonly model: ModelPrices
  readonly matchedBy: MatchKind
}

/** `-2024-08-06`, `-20240806` or `@20240806` at the end of an id, with a month and a day that exist. */
const SNAPSHOT = /^(.+)(?:-(20\d\d)-(\d\d)-(\d\d)|[-@](20\d\d)(\d\d)(\d\d))$/

/** The undated id of a dated one, when the date is a real day. */
function undated(id: string): string | undefined {
  const match = SNAPSHOT.exec(id)
  if (match === null) return undefined
  const year = Number(match[2] ?? match[5])
  const month = Number(match[3] ?? match[6])
  const day = Number(match[4] ?? match[7])
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? match[1] : undefined
}

function bySpelling(prices: SellerPrices, id: string): Match | undefined {
  const exact = prices.models.get(id)
  if (exact !== undefined) return { model: exact, matchedBy: 'exact' }
  const target = prices.aliases.get(id)
  if (target !== undefined) return { model: prices.models.get(target) as ModelPrices, matchedBy: 'alias' }
  const base = undated(id)
  if (base === undefined) return undefined
  const snapshotOf = prices.models.get(base) ?? prices.models.get(prices.aliases.get(base) ?? '')
  return snapshotOf === undefined ? undefined : { model: snapshotOf, matchedBy: 'snapshot' }
}

/** A spelling inside one seller: as it is, then in the forms this seller's API accepts. */
function inSeller(prices: SellerPrices, id: string): Match | undefined {
  const direct = bySpelling(prices, id)
  if (direct !== undefined) return direct
  for (const form of cloudForms(prices.seller, id)) {
    const found = bySpelling(prices, form)
    if (found !== undefined) return { model: found.model, matchedBy: 'cloud' }
  }
  return undefined
}

const BEDROCK_ARN = /^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(?:inference-profile|foundation-model)\/(.+)$/
const VERTEX_PATH = /^(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/[^/]+\/models\/([^/]+)$/
/** Geographies of Bedrock's cross-region profiles; the in-region id has the same price where a profile is not listed apart. */
const BEDROCK_GEOGRAPHY = /^(?:us|eu|apac|au|jp|ca|us-gov)\.(?=[a-z0-9-]+\.)/

/** Other forms of an id that one seller's own API takes for the same model. */
function cloudForms(seller: string, id: string): string[] {
  if (seller === 'amazon-bedrock') {
    const bare = BEDROCK_ARN.exec(id)?.[1] ?? id.replace(/^converse\//, '')
    return [bare, bare.replace(BEDROCK_GEOGRAPHY, '')].filter((form) => form !== id)
  }
  if (seller === 'google-vertex') {
    const bare = VERTEX_PATH.exec(id)?.[1] ?? id
    return [bare, bare.replace('@default', ''), bare.replace('@', '-')].filter((form) => form !== id)
  }
  if (seller === 'google') return id.startsWith('models/') ? [id.slice('models/'.length)] : []
  if (seller === 'fireworks') return id.includes('/') ? [] : [`accounts/fireworks/models/${id}`]
  if (seller === 'cloudflare') return id.startsWith('@cf/') ? [id.slice('@cf/'.length)] : [`@cf/${id}`]
  return []
}

/** The seller that a bare spelling names by its form alone. */
function sellerOfForm(id: string): string | undefined {
  if (id.startsWith('accounts/fireworks/')) return 'fireworks'
  if (id.startsWith('@cf/')) return 'cloudflare'
  if (id.startsWith('models/gemini-')) return 'google'
  if (VERTEX_PATH.test(id)) return 'google-vertex'
  if (
    BEDROCK_ARN.test(id) ||
    /^(?:(?:us|eu|apac|au|jp|ca|us-gov|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|stability|twelvelabs|writer)\.[a-z]/.test(
      id,
    )
  )
    return 'amazon-bedrock'
  return undefined
}

/** All matches of a bare id among the sellers of some kinds. */
function among(table: PriceTable, id: string, wanted: (kind: string) => boolean): Match[] {
  return table.sellers
    .filter((slug) => wanted(table.kindOf(slug) as string))
    .map((slug) => bySpelling(table.seller(slug) as SellerPrices, id))
    .filter((match) => match !== undefined)
}

function find(table: PriceTable, id: string, seller: string | undefined): Match | undefined {
  if (seller !== undefined) {
    const slug = sellerSlug(table, seller)
    const prices = slug === undefined ? undefined : table.seller(slug)
    if (prices === undefined) return undefined
    const slash = id.indexOf('/')
    const own =
      slash > 0 && sellerSlug(table, id.slice(0, slash)) === slug ? inSeller(prices, id.slice(slash + 1)) : undefined
    return inSeller(prices, id) ?? own
  }
  const slash = id.indexOf('/')
  const named = slash > 0 ? sellerSlug(table, id.slice(0, slash)) : undefined
  if (named !== undefined) {
    const match = inSeller(table.seller(named) as SellerPrices, id.slice(slash + 1))
    if (match !== undefined) return match
  }
  const formed = sellerOfForm(id)
  if (formed !== undefined && table.kindOf(formed) !== undefined) {
    const match = inSeller(table.seller(formed) as SellerPrices, id)
    if (match !== undefined) return match
  }
  const makers = among(table, id, (kind) => kind === 'maker')
  const best = makers.find((match) => match.matchedBy === 'exact') ?? makers[0]
  if (best !== undefined) return best
  const others = among(table, id, (kind) => kind !== 'maker' && kind !== 'marketplace')
  return others.length === 1 ? others[0] : undefined
}

/** Resolved spellings by seller, so that pricing by id costs a lookup; bounded, since ids may come from users. */
const caches = new WeakMap<PriceTable, Map<string | undefined, Map<string, Match>>>()
const CACHED_IDS = 4096

/**
 * The row of a model.
 *
 * @param id - `'seller/model'` or a bare id, which means its maker, or the only seller that has it.
 * @throws UnknownModelError with suggestions; never a neighbour's row.
 */
export function findModel(table: PriceTable, id: string, seller?: string): Match {
  if (typeof id !== 'string') throw new TypeError(`model must be a string, got ${typeof id}`)
  const known = caches.get(table)?.get(seller)?.get(id)
  if (known !== undefined) return known
  const match = find(table, id, seller)
  if (match === undefined) {
    throw new UnknownModelError(seller === undefined ? id : `${seller}/${id}`, suggest(table, id, seller))
  }
  remember(table, id, seller, match)
  return match
}

function remember(table: PriceTable, id: string, seller: string | undefined, match: Match): void {
  const bySeller = caches.get(table) ?? new Map<string | undefined, Map<string, Match>>()
  caches.set(table, bySeller)
  const byId = bySeller.get(seller) ?? new Map<string, Match>()
  bySeller.set(seller, byId)
  if (byId.size >= CACHED_IDS) byId.clear()
  byId.set(id, match)
}
