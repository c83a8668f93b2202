/** The verbs of the package over one set of vocabularies, prices and clock: synchronous, nothing global. */
import { type CountOptions, countRequest, type TokenCount } from '../counting/index.ts'
import { describe, PriceNotFoundError } from '../errors.ts'
import { listModels, type ModelFilter, type ResolvedModel, resolveModel } from '../models/resolve.ts'
import type { CostOptions } from '../pricing/bill.ts'
import { tableGiven } from '../pricing/builtin.ts'
import { calcCost } from '../pricing/cost.ts'
import type { ModelId } from '../pricing/ids.gen.ts'
import type { ModelReference } from '../pricing/match.ts'
import { getPrice, priceHistory } from '../pricing/price.ts'
import type { PriceTable } from '../pricing/table.ts'
import type { Cost, Period, PriceEntry, Usage } from '../pricing/types.ts'
import type { Encoding } from '../tokenizer/types.ts'
import {
  type Candidate,
  type CompareOptions,
  comparedByDefault,
  contendersOf,
  estimateMeets,
  ranked,
  rememberingCount,
} from './compare.ts'
import { estimate, type Foundation, offers, rowFor, stepsWith } from './estimate.ts'
import { rememberingOutlook } from './outlook.ts'
import { rememberingPrice } from './priced.ts'
import { type RequestFacts, requestFacts } from './request-facts.ts'
import type { CostEstimate, EstimateOptions } from './types.ts'

export interface EstimatorOptions {
  /** Vocabularies at hand, from `tokenfare/encodings/<name>` or loaded from a user's file. */
  readonly encodings: Iterable<Encoding>
  /**
   * Without the vocabulary that a model needs: `throw` (the default), or `heuristic`: its tokens are estimated with bounds, and the
   * count has the warning `missing-encoding`.
   */
  readonly missingEncoding?: 'throw' | 'heuristic'
  /** The price table. Default: the built-in one. */
  readonly prices?: PriceTable
  /** Milliseconds since 1970, for calls without `at` and for the age of the table. Default `Date.now`. */
  readonly clock?: () => number
}

type Placed<Options> = Omit<Options, 'prices' | 'clock'>

export interface Estimator {
  /**
   * What a call will cost, before it is made. The request is what the call will send, unchanged: a string,
   * `{ model, prompt }`, a list of messages, or a provider-native body.
   *
   * @throws UnknownModelError, PriceNotFoundError, InvalidRequestError, TokenfareError `missing-encoding`
   */
  estimateCost(request: unknown, options?: EstimateOptions): CostEstimate
  /** Billed input tokens of a request, with bounds. The model needs no price. */
  countTokens(request: unknown, options?: Omit<CountOptions, 'encodings'>): TokenCount
  /**
   * Estimates of one request for many models, cheapest expected cost first, incomplete ones last; equals keep the order given. A candidate that is
   * an object may name its own seller, service tier or region. Default: every current chat model of a maker. The options multiply the candidates by
   * tiers, regions, cache hits and sellers, filter the rows and rank them; a vocabulary counts the request once. A service tier that the
   * body alone asks for holds for the models that have it, the others are at standard rates; `price.serviceTier` says which.
   *
   * @throws like `estimateCost`, for the first candidate that cannot be estimated
   */
  compareModels(request: unknown, models?: readonly Candidate[], options?: CompareOptions): CostEstimate[]
  /** What a call cost, from its real usage. @throws UnknownModelError, PriceNotFoundError, InvalidUsageError */
  calcCost(usage: Usage, model: ModelReference, options?: Placed<CostOptions>): Cost
  resolveModel(id: ModelId, options?: { readonly seller?: string }): ResolvedModel
  listModels(filter?: Placed<ModelFilter>): readonly ResolvedModel[]
  getPrice(model: ModelReference, options?: Placed<CostOptions>): PriceEntry
  priceHistory(model: ModelReference, options?: { readonly seller?: string }): readonly Period[]
}

/** Binds the verbs to vocabularies, prices and a clock. */
export function createEstimator(options: EstimatorOptions): Estimator {
  checkFoundation(options)
  const foundation: Foundation = {
    encodings: [...options.encodings],
    prices: tableGiven(options.prices),
    clock: options.clock ?? Date.now,
    missingEncoding: options.missingEncoding ?? 'throw',
  }
  const { prices, clock } = foundation
  const steps = stepsWith(foundation)
  return Object.freeze<Estimator>({
    estimateCost: (request, terms = {}) => estimate(request, rowFor(request, terms, prices), terms, foundation, steps),
    countTokens: (request, terms = {}) =>
      countRequest(request, { missingEncoding: foundation.missingEncoding, ...terms, encodings: foundation.encodings }),
    compareModels: (request, models, shared = {}) => compare(request, models, shared, foundation),
    calcCost: (usage, model, terms = {}) => calcCost(usage, model, { ...terms, prices, clock }),
    resolveModel: (id, terms = {}) => resolveModel(id, { ...terms, prices }),
    listModels: (filter = {}) => listModels({ ...filter, prices }),
    getPrice: (model, terms = {}) => getPrice(model, { ...terms, prices, clock }),
    priceHistory: (model, terms = {}) => priceHistory(model, { ...terms, prices }),
  })
}

/** @throws TypeError naming the option. */
function checkFoundation({ encodings, clock }: EstimatorOptions): void {
  if (typeof (encodings as Partial<Iterable<Encoding>> | undefined | null)?.[Symbol.iterator] !== 'function')
    throw new TypeError(`encodings: a list of encodings was expected, got ${describe(encodings)}`)
  if (clock !== undefined && typeof clock !== 'function')
    throw new TypeError(`clock: a function was expected, got ${describe(clock)}`)
}

function compare(
  request: unknown,
  models: readonly Candidate[] | undefined,
  options: CompareOptions,
  foundation: Foundation,
): CostEstimate[] {
  const { prices, encodings } = foundation
  // All rows are of one instant, and asking for it takes longer than finding a price.
  const now = foundation.clock()
  const atOnce: Foundation = { ...foundation, clock: () => now }
  const steps = { count: rememberingCount(foundation), outlook: rememberingOutlook(), price: rememberingPrice() }
  const names = new Set(encodings.map((encoding) => encoding.name))
  const facts = requestFacts(request)
  const standard: RequestFacts = { ...facts, serviceTier: undefined, region: undefined }
  const asked = facts.serviceTier ?? facts.region
  const candidates = models ?? comparedByDefault(prices, now, (name) => names.has(name))
  const estimates: CostEstimate[] = []
  for (const { row, terms, optional } of contendersOf(request, candidates, options, prices)) {
    try {
      // What the body asks of its own seller is asked of the others as far as they offer it.
      const isOffered = asked === undefined || offers(row, terms, facts, now)
      const result = estimate(request, row, terms, atOnce, steps, isOffered ? facts : standard)
      if (options.filter === undefined || estimateMeets(options.filter, result)) estimates.push(result)
    } catch (error) {
      if (!optional || !(error instanceof PriceNotFoundError)) throw error
    }
  }
  return ranked(estimates, options.sort ?? 'expected')
}
