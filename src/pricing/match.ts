/**
 * From a spelling of a model to its row: exact id, then declared alias, then dated snapshot of a known id, then the
 * spellings that clouds and gateways wrap around an id. Anything else is an error with suggestions; a prefix is no match.
 */
import { describe, UnknownModelError } from '../errors.ts'
import type { ModelId } from './ids.gen.ts'
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

/** An id in its parts, when it ends with a real day: the id without it, and the id with the day in each of the usual spellings. */
interface Dated {
  readonly base: string
  readonly spellings: readonly string[]
}

function datedParts(id: string): Dated | undefined {
  const match = SNAPSHOT.exec(id)
  if (match === null) return undefined
  const [base, year, month, day] = [
    match[1],
    match[2] ?? match[5],
    match[3] ?? match[6],
    match[4] ?? match[7],
  ] as string[]
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  // What ends with two days is a snapshot of nothing.
  if (!isReal || base === undefined || SNAPSHOT.test(base)) return undefined
  return { base, spellings: [`${base}-${year}-${month}-${day}`, `${base}-${year}${month}${day}`] }
}

function bySpelling(prices: SellerPrices, id: string): Match | undefined {
  const exact = prices.models.get(id)
  if (exact !== undefined) return { model: exact, matchedBy: 'exact' }
  const target = prices.aliases.get(id)
  if (target !== undefined) return { model: prices.models.get(target) as ModelPrices, matchedBy: 'alias' }
  const dated = datedParts(id)
  if (dated === undefined) return undefined
  // A snapshot that has a price of its own under another spelling of its day comes before the model that it is one of.
  for (const name of [...dated.spellings, dated.base]) {
    const snapshot = prices.models.get(name) ?? prices.models.get(prices.aliases.get(name) ?? '')
    if (snapshot !== undefined) return { model: snapshot, matchedBy: 'snapshot' }
  }
  return undefined
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
/**
 * Geographies of Bedrock's cross-region profiles; the in-region id has the same price where a profile is not listed apart.
 * GovCloud has prices of its own, so that `us-gov.` is not among them.
 */
const BEDROCK_GEOGRAPHY = /^(?:us|eu|apac|au|jp|ca|in)\.(?=[a-z0-9-]+\.)/
/** The model under a fine-tuned one: `ft:gpt-4o-mini-2024-07-18:acme::a1b2` costs what `ft:gpt-4o-mini` does. */
const FINE_TUNED = /^(ft:[^:]+):/
/** Google counts the stable versions of a model: `gemini-2.0-flash-001`. */
const GOOGLE_VERSION = /^(gemini-.+)-00\d$/
/** Ways to choose among OpenRouter's endpoints of one model, and its search plugin, whose fee is not a rate of the model. */
const OPENROUTER_ROUTE = /:(?:nitro|floor|exacto|online)$/
/** Gateways write Anthropic's versions with a dot: `claude-sonnet-4.5`. */
const DOTTED_CLAUDE = /^(claude-.*\d)\.(\d)/

/** Other forms of an id that one seller's own API takes for the same model. */
function cloudForms(seller: string, id: string): string[] {
  if (seller === 'amazon-bedrock') {
    const bare = BEDROCK_ARN.exec(id)?.[1] ?? id.replace(/^converse\//, '')
    return [bare, bare.replace(BEDROCK_GEOGRAPHY, '')].filter((form) => form !== id)
  }
  if (seller === 'google-vertex') {
    const bare = VERTEX_PATH.exec(id)?.[1] ?? id
    return [bare, bare.replace('@default', ''), bare.replace('@', '-'), version(bare)].filter((form) => form !== id)
  }
  if (seller === 'google') {
    const bare = id.replace(/^models\//, '')
    return [bare, version(bare)].filter((form) => form !== id)
  }
  if (seller === 'openai') return FINE_TUNED.exec(id)?.slice(1) ?? []
  if (seller === 'anthropic') return DOTTED_CLAUDE.test(id) ? [id.replace(DOTTED_CLAUDE, '$1-$2')] : []
  if (seller === 'openrouter') return OPENROUTER_ROUTE.test(id) ? [id.replace(OPENROUTER_ROUTE, '')] : []
  if (seller === 'fireworks')
    return id.includes('/') ? [] : ['models', 'routers'].map((folder) => `accounts/fireworks/${folder}/${id}`)
  if (seller === 'cloudflare') return id.startsWith('@cf/') ? [id.slice('@cf/'.length)] : [`@cf/${id}`]
  return []
}

const version = (id: string): string => GOOGLE_VERSION.exec(id)?.[1] ?? id

/** Hugging Face's router takes `model:provider`, and each provider has its own prices there. */
function atRouter(table: PriceTable, id: string): Match | undefined {
  const colon = id.lastIndexOf(':')
  const prices = colon > 0 ? table.seller(`huggingface-${id.slice(colon + 1)}`) : undefined
  const found = prices === undefined ? undefined : bySpelling(prices, id.slice(0, colon))
  return found === undefined ? undefined : { model: found.model, matchedBy: 'cloud' }
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

type Finder = (prices: SellerPrices, id: string) => Match | undefined

/** All matches of a bare id among the sellers of some kinds. */
function among(table: PriceTable, id: string, wanted: (kind: string) => boolean, find: Finder): Match[] {
  return table.sellers
    .filter((slug) => wanted(table.kindOf(slug) as string))
    .map((slug) => find(table.seller(slug) as SellerPrices, id))
    .filter((match) => match !== undefined)
}

/** The seller in front of an id, with a slash as gateways write it or with a colon as registries of SDKs do, and the rest. */
function named(table: PriceTable, id: string): { readonly prices: SellerPrices; readonly rest: string } | undefined {
  const end = id.search(/[/:]/)
  const slug = end > 0 ? sellerSlug(table, id.slice(0, end)) : undefined
  return slug === undefined ? undefined : { prices: table.seller(slug) as SellerPrices, rest: id.slice(end + 1) }
}

function find(table: PriceTable, id: string, seller: string | undefined): Match | undefined {
  if (seller !== undefined) {
    const slug = sellerSlug(table, seller)
    const prices = slug === undefined ? undefined : table.seller(slug)
    if (prices === undefined) return undefined
    const front = named(table, id)
    const own = front?.prices === prices ? inSeller(prices, front.rest) : undefined
    return inSeller(prices, id) ?? own ?? (slug === 'huggingface' ? atRouter(table, id) : undefined)
  }
  const front = named(table, id)
  if (front !== undefined) {
    const match = inSeller(front.prices, front.rest)
    if (match !== undefined) return match
    if (front.prices.seller === 'huggingface') return atRouter(table, front.rest)
  }
  const routed = atRouter(table, id)
  if (routed !== undefined) return routed
  const formed = sellerOfForm(id)
  if (formed !== undefined && table.kindOf(formed) !== undefined) {
    const match = inSeller(table.seller(formed) as SellerPrices, id)
    if (match !== undefined) return match
  }
  const makers = among(table, id, (kind) => kind === 'maker', inSeller)
  const best = makers.find((match) => match.matchedBy === 'exact') ?? makers[0]
  if (best !== undefined) return best
  const others = among(table, id, (kind) => kind !== 'maker' && kind !== 'marketplace', bySpelling)
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
  if (seller !== undefined && typeof seller !== 'string')
    throw new TypeError(`seller must be a string, got ${describe(seller)}`)
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
