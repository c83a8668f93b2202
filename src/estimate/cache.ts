/** What of the input is read from a prompt cache or written to it, as expected and at the ends. */
import { describe } from '../errors.ts'
import { type RateCard, rateOf } from '../pricing/table.ts'
import type { CachePlan } from './types.ts'

/** Tokens of one call by the rate they fall under; what is neither read nor written costs the plain input rate. */
export interface CacheSplit {
  readonly read: number
  readonly write: number
  readonly ttl: CacheLifetime
}

/** How long what is written stays: the shortest lifetime that a seller has, or a longer one that costs more. */
export type CacheLifetime = '5m' | '1h' | '12h'

/** What a seller's cache may do to the input of a call. */
export interface CacheOutlook {
  /** The expected split of an input of so many tokens. */
  readonly expected: (inputTokens: number) => CacheSplit
  /** The other splits that may come instead, as far as they bound the cost; none where it is certain. */
  readonly others: (inputTokens: number) => readonly CacheSplit[]
  /** The caller counts on a cache whose rate is not known. */
  readonly isUnpriced: boolean
  /** What the caller knows; `undefined` where that does not matter. */
  readonly plan: CachePlan | undefined
}

/** Whether two outlooks that were found for the same rates are the same. */
export function isSameCache(one: CacheOutlook, other: CacheOutlook): boolean {
  return one === other || (one.plan !== undefined && one.plan === other.plan)
}

/** The shortest prefix that sellers cache: OpenAI, Anthropic's larger models, Google (their caching guides); none caches less. */
export const LEAST_CACHED_TOKENS = 1024

/** Sellers that cache without being asked, and charge the write where they have a rate for it. */
const writesUnasked: ReadonlySet<string> = new Set(['openai', 'azure'])

const none: CacheSplit = { read: 0, write: 0, ttl: '5m' }
const noOthers: readonly CacheSplit[] = []
const unknown = { isUnpriced: false, plan: undefined }
const untouched: CacheOutlook = { expected: () => none, others: () => noOthers, ...unknown }
const unpriced: CacheOutlook = { ...untouched, isUnpriced: true }

/**
 * @param asked - how long the body asks that a part of it be cached.
 * @throws RangeError naming the field of a bad plan.
 */
export function cacheOutlook(
  seller: string,
  card: RateCard,
  plan: CachePlan | undefined,
  asked?: CacheLifetime,
): CacheOutlook {
  const reads = rateOf(card, 'cacheRead') != null
  const writes = rateOf(card, 'cacheWrite') != null
  if (plan !== undefined) {
    const known = checked(plan)
    return planned(known, reads, writes && writesFor(card, known))
  }
  if (!reads) return untouched
  if (asked === '12h') return rateOf(card, 'cacheWrite12h') == null ? unpriced : askedFor[asked]
  if (writes && asked !== undefined) return askedFor[writesFor(card, { hitRate: 0, ttl: asked }) ? asked : '5m']
  // Where writing has its price, the caller asks for caching (Anthropic, Bedrock) unless the seller caches on its own.
  if (writes && !writesUnasked.has(seller)) return untouched
  return writes ? written : readOnly
}

function allRead(tokens: number): CacheSplit {
  return { read: tokens, write: 0, ttl: '5m' }
}

function allWritten(tokens: number): CacheSplit {
  return { read: 0, write: tokens, ttl: '5m' }
}

/** The seller caches on its own, and charges for reading alone. */
const readOnly: CacheOutlook = {
  expected: () => none,
  others: (tokens) => (tokens < LEAST_CACHED_TOKENS ? noOthers : [allRead(tokens)]),
  ...unknown,
}

/** The seller caches on its own, and charges for writing, too. */
const written: CacheOutlook = {
  expected: (tokens) => (tokens < LEAST_CACHED_TOKENS ? none : allWritten(tokens)),
  others: (tokens) => (tokens < LEAST_CACHED_TOKENS ? noOthers : [none, allRead(tokens)]),
  ...unknown,
}

/** The body asks for it, and does not say how much, nor whether it was cached before: a first call writes. */
function marked(ttl: CacheLifetime): CacheOutlook {
  return {
    expected: (tokens) => (tokens < LEAST_CACHED_TOKENS ? none : { read: 0, write: tokens, ttl }),
    others: (tokens) => (tokens < LEAST_CACHED_TOKENS ? noOthers : [none, allRead(tokens)]),
    ...unknown,
  }
}

const askedFor = { '5m': marked('5m'), '1h': marked('1h'), '12h': marked('12h') } as const

function writesFor(card: RateCard, plan: CachePlan): boolean {
  return plan.ttl !== '1h' || rateOf(card, 'cacheWrite1h') != null
}

function planned(plan: CachePlan, reads: boolean, writes: boolean): CacheOutlook {
  const { hitRate, ttl = '5m' } = plan
  if (!reads) return hitRate > 0 ? unpriced : untouched
  const prefix = (tokens: number): number => {
    const length = Math.min(tokens, plan.prefixTokens ?? tokens)
    return length < LEAST_CACHED_TOKENS ? 0 : length
  }
  const split = (tokens: number, share: number): CacheSplit => {
    const read = Math.round(prefix(tokens) * share)
    return { read, write: writes ? prefix(tokens) - read : 0, ttl }
  }
  const certain = hitRate === 0 || hitRate === 1
  return {
    expected: (tokens) => split(tokens, hitRate),
    others: (tokens) => (certain ? noOthers : [split(tokens, 0), split(tokens, 1)]),
    isUnpriced: false,
    plan,
  }
}

function checked(plan: CachePlan): CachePlan {
  if (typeof plan !== 'object' || plan === null)
    throw new TypeError(`cache: an object such as { hitRate: 0.8 } was expected, got ${describe(plan)}`)
  const { hitRate, prefixTokens, ttl } = plan
  if (typeof hitRate !== 'number' || !(hitRate >= 0 && hitRate <= 1))
    throw new RangeError(`cache.hitRate must be a share from 0 to 1, got ${describe(hitRate)}`)
  if (prefixTokens !== undefined && !(Number.isSafeInteger(prefixTokens) && prefixTokens >= 0))
    throw new RangeError(`cache.prefixTokens must be a whole number from 0 up, got ${describe(prefixTokens)}`)
  if (ttl !== undefined && ttl !== '5m' && ttl !== '1h')
    throw new RangeError(`cache.ttl must be '5m' or '1h', got ${describe(ttl)}`)
  return plan
}
