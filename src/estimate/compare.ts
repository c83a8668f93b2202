/** One request, many models, sellers, service tiers and regions. */

import type { TokenCount } from '../counting/index.ts'
import { encodingNeeded, isCommonCount, rememberTexts } from '../counting/index.ts'
import { describe } from '../errors.ts'
import { bareModelId } from '../models/bare-id.ts'
import { parseUsd } from '../money.ts'
import type { ModelId } from '../pricing/ids.gen.ts'
import { periodAt } from '../pricing/lookup.ts'
import { findModel } from '../pricing/match.ts'
import { type ModelPrices, type PriceTable, rateOf } from '../pricing/table.ts'
import type { Modality } from '../pricing/types.ts'
import type { EncodingName } from '../tokenizer/types.ts'
import { type CountFor, type CountFoundation, countWith, rowFor } from './estimate.ts'
import { picoOfLimit } from './explain.ts'
import { rowFacts } from './row-facts.ts'
import type { CostEstimate, EstimateOptions } from './types.ts'

/** A model to compare with terms of its own, such as another seller or service tier. */
export interface CandidateTerms extends EstimateOptions {
  readonly model: ModelId
}

/** A model to compare: an id, or an id with terms of its own. */
export type Candidate = ModelId | CandidateTerms

/** What a comparison ranks by, least first. `latency` is the expected time to the last token; models of unknown speed come last. */
export type ComparisonOrder = 'expected' | 'p90' | 'high' | 'latency'

const orders: readonly ComparisonOrder[] = ['expected', 'p90', 'high', 'latency']

/** Conditions that a row of a comparison must meet; those left out do not restrict. */
export interface ComparisonFilter {
  readonly reasoning?: boolean
  /** Every one of these must be accepted as input. */
  readonly inputModalities?: readonly Modality[]
  readonly minContextTokens?: number
  readonly minOutputTokens?: number
  /** Input and expected reply fit the context window, which must be known. */
  readonly fits?: boolean
  /** Expected milliseconds to the last token; models of unknown speed do not meet it. */
  readonly maxLatencyMs?: number
  /** Published output tokens per second; models of unknown speed do not meet it. */
  readonly minTokensPerSecond?: number
  /** The most that the call can cost, in dollars. */
  readonly maxCostUsd?: string | number
}

export interface CompareOptions extends EstimateOptions {
  readonly filter?: ComparisonFilter
  /** Default `expected`. */
  readonly sort?: ComparisonOrder
  /** Each candidate at each of these tiers that it is sold at. */
  readonly serviceTiers?: readonly string[]
  /** Each candidate in each of these regions that have rates; `null` is the seller's base rates. */
  readonly regions?: readonly (string | null)[]
  /** Each candidate with each of these shares of cache hits. */
  readonly cacheHitRates?: readonly number[]
  /** Each candidate at every maker, cloud and host that sells a model of the same name. */
  readonly everySeller?: boolean
}

/** A row of a comparison before it is priced. */
export interface Contender {
  readonly row: ModelPrices
  readonly terms: EstimateOptions
  /** Made from lists of the options: where it is not sold on these terms, it is left out. */
  readonly optional: boolean
}

/** The candidates at all terms that the options list, as far as the model alone decides. @throws UnknownModelError */
export function contendersOf(
  request: unknown,
  candidates: readonly Candidate[],
  options: CompareOptions,
  prices: PriceTable,
): Contender[] {
  const { filter, sort, serviceTiers, regions, cacheHitRates, everySeller, ...shared } = options
  if (!Array.isArray(candidates)) throw new TypeError(`models: a list was expected, got ${describe(candidates)}`)
  if (sort !== undefined && !orders.includes(sort))
    throw new RangeError(`sort: one of ${orders.join(', ')} was expected, got ${describe(sort)}`)
  let contenders: Contender[] = (candidates as readonly Candidate[]).map((candidate) => {
    if (typeof candidate === 'string')
      return { row: findModel(prices, candidate, shared.seller).model, terms: shared, optional: false }
    const terms = { ...shared, ...candidate }
    return { row: rowFor(request, terms, prices), terms, optional: false }
  })
  if (everySeller === true) contenders = atEverySeller(contenders, prices)
  if (filter !== undefined) contenders = contenders.filter(({ row }) => modelMeets(filter, row))
  contenders = droppable(
    times(contenders, serviceTiers, (serviceTier) => ({ serviceTier })),
    serviceTiers,
  )
  contenders = droppable(
    times(contenders, regions, (region) => (region === null ? {} : { region })),
    regions,
  )
  return times(contenders, cacheHitRates, (hitRate) => ({ cache: { ...options.cache, hitRate } }))
}

function times<Value>(
  contenders: Contender[],
  values: readonly Value[] | undefined,
  termsOf: (value: Value) => EstimateOptions,
): Contender[] {
  if (values === undefined) return contenders
  // Made once, so that all contenders with the same value share its plan.
  const ownTerms = values.map(termsOf)
  return contenders.flatMap(({ row, terms, optional }) =>
    ownTerms.map((own) => ({ row, terms: { ...terms, ...own }, optional })),
  )
}

/** Marks what may drop out: not every model is sold at every tier and in every region that are listed. */
function droppable(contenders: Contender[], listed: readonly unknown[] | undefined): Contender[] {
  return listed === undefined ? contenders : contenders.map((contender) => ({ ...contender, optional: true }))
}

/** What sellers of one model have in common: Bedrock adds a version of its own, and a fine-tuned model is another one. */
function offerName(id: string): string {
  const name = bareModelId(id).replace(/-v\d+:\d+$/, '')
  return id.startsWith('ft:') ? `ft:${name}` : name
}

function atEverySeller(contenders: readonly Contender[], prices: PriceTable): Contender[] {
  const wanted = new Map(contenders.map((contender) => [offerName(contender.row.id), contender.terms]))
  const kept = new Set(contenders.map(({ row }) => row))
  const others = prices.sellers
    .filter((slug) => prices.kindOf(slug) !== 'marketplace')
    .flatMap((slug) => [...(prices.seller(slug)?.models.values() ?? [])])
    .filter((row) => !kept.has(row) && wanted.has(offerName(row.id)))
    .map((row) => ({ row, terms: wanted.get(offerName(row.id)) as EstimateOptions, optional: true }))
  return [...contenders, ...others]
}

function modelMeets(filter: ComparisonFilter, row: ModelPrices): boolean {
  return (
    (filter.reasoning === undefined || row.reasoning === filter.reasoning) &&
    (filter.minContextTokens === undefined || (row.contextTokens ?? 0) >= filter.minContextTokens) &&
    (filter.minOutputTokens === undefined || (row.maxOutputTokens ?? 0) >= filter.minOutputTokens) &&
    (filter.inputModalities ?? []).every((modality) => row.inputModalities.includes(modality))
  )
}

/** Whether an estimate meets the conditions that only an estimate can tell. */
export function estimateMeets(filter: ComparisonFilter, estimate: CostEstimate): boolean {
  const { latency, context, cost, complete } = estimate
  return (
    (filter.fits !== true || context.fits === true) &&
    (filter.maxLatencyMs === undefined || (latency !== null && latency.totalMs.expected <= filter.maxLatencyMs)) &&
    (filter.minTokensPerSecond === undefined ||
      (latency !== null && latency.tokensPerSecond.expected >= filter.minTokensPerSecond)) &&
    (filter.maxCostUsd === undefined || (complete && parseUsd(cost.high.exact) <= picoOfLimit(filter.maxCostUsd)))
  )
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

/**
 * Least first; equals keep their order. By cost, an incomplete estimate is a lower bound and cannot win: it
 * comes after all complete ones.
 */
export function ranked(estimates: CostEstimate[], order: ComparisonOrder): CostEstimate[] {
  if (order === 'latency') return byKey(estimates, ({ latency }) => latency?.totalMs.expected ?? Number.MAX_VALUE)
  const usd = ({ cost }: CostEstimate): number => cost[order].usd
  const complete = estimates.filter((one) => one.complete)
  const others = estimates.filter((one) => !one.complete)
  return [...byKey(complete, usd), ...byKey(others, usd)]
}

/** The keys are read once each: estimates lie far apart in memory. */
function byKey(estimates: readonly CostEstimate[], keyOf: (estimate: CostEstimate) => number): CostEstimate[] {
  const keyed = estimates.map((estimate) => ({ estimate, key: keyOf(estimate) }))
  return keyed.sort((a, b) => a.key - b.key).map(({ estimate }) => estimate)
}

/**
 * A counter for many models of one request. A text is counted once per vocabulary, a request once for all models of one seller
 * that the rules do not tell apart.
 */
export function rememberingCount({ encodings, missingEncoding }: CountFoundation): CountFor {
  const countsByTerms = new Map<string, Map<string, TokenCount>>()
  const count = countWith({ encodings: encodings.map(rememberTexts), missingEncoding })
  // Most models of a comparison have the same terms.
  let terms: EstimateOptions | undefined
  let counts = new Map<string, TokenCount>()
  return (request, row, options) => {
    if (options !== terms) {
      terms = options
      const key = `${options.api} ${options.at instanceof Date ? options.at.getTime() : options.at}`
      counts = countsByTerms.get(key) ?? new Map<string, TokenCount>()
      countsByTerms.set(key, counts)
    }
    const { common, whole } = rowFacts(row).countKeys
    const known = counts.get(common) ?? counts.get(whole)
    if (known !== undefined) return known
    const fresh = count(request, row, options)
    counts.set(isCommonCount(fresh) ? common : whole, fresh)
    return fresh
  }
}
