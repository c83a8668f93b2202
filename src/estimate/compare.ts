/** One request, many models. */

import type { TokenCount } from '../counting/index.ts'
import { encodingNeeded, familyOf } from '../counting/index.ts'
import { periodAt } from '../pricing/lookup.ts'
import { type PriceTable, rateOf } from '../pricing/table.ts'
import type { Encoding, EncodingName } from '../tokenizer/types.ts'
import { type CountFor, countWith } from './estimate.ts'
import type { CostEstimate, EstimateOptions } from './types.ts'

/** A model to compare: an id, or an id with terms of its own, such as another seller or service tier. */
export type Candidate = string | (EstimateOptions & { readonly model: string })

export function optionsOf(candidate: Candidate, shared: EstimateOptions): EstimateOptions & { model: string } {
  return typeof candidate === 'string' ? { ...shared, model: candidate } : { ...shared, ...candidate }
}

/**
 * Every current chat model of a maker: not deprecated, priced now for what it reads and what it writes, and its vocabulary can be
 * had. Models that write for nothing are trials or embeddings, not what one compares a call for.
 */
export function comparedByDefault(
  prices: PriceTable,
  atMs: number,
  hasEncoding: (name: EncodingName) => boolean,
): string[] {
  return prices.sellers
    .filter((seller) => prices.kindOf(seller) === 'maker')
    .flatMap((seller) => [...(prices.seller(seller)?.models.values() ?? [])])
    .filter((row) => row.kind === 'chat' && row.deprecated === false && hasEncoding(encodingNeeded(row.id)))
    .filter((row) => {
      const period = periodAt(row, atMs)
      if (period?.status !== 'actual') return false
      return rateOf(period.card, 'input') != null && (rateOf(period.card, 'output') ?? 0) > 0
    })
    .map((row) => `${row.seller}/${row.id}`)
}

/** Cheapest expected cost first. An incomplete estimate is a lower bound and cannot win: it comes after all complete ones. */
export function byExpectedCost(a: CostEstimate, b: CostEstimate): number {
  return Number(b.complete) - Number(a.complete) || a.cost.expected.usd - b.cost.expected.usd
}

/**
 * A counter for many models of one request. A text is counted once per vocabulary, a request once for all models that share a
 * family and a seller: a count depends on nothing else.
 */
export function rememberingCount(encodings: Iterable<Encoding>): CountFor {
  const counts = new Map<string, TokenCount>()
  const count = countWith({ encodings: Array.from(encodings, rememberTexts) })
  return (request, row, options) => {
    const { name, encoding } = familyOf(row.id)
    const key = [name, encoding, row.seller, options.api, String(options.at)].join(' ')
    const known = counts.get(key)
    if (known !== undefined) return known
    const fresh = count(request, row, options)
    counts.set(key, fresh)
    return fresh
  }
}

/** The same encoding, which counts a text only the first time. It lives as long as one comparison. */
function rememberTexts(encoding: Encoding): Encoding {
  const known = new Map<string, number>()
  const count: Encoding['count'] = (text, options) => {
    if (typeof text !== 'string' || options !== undefined) return encoding.count(text, options)
    const tokens = known.get(text) ?? encoding.count(text)
    known.set(text, tokens)
    return tokens
  }
  return Object.create(encoding, { count: { value: count } }) as Encoding
}
