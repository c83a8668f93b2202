/** The async verbs: an estimator over the built-in table that loads vocabularies when they are first needed. */
import { type CountOptions, encodingNeeded, type TokenCount } from '../counting/index.ts'
import { loadEncoding } from '../encodings/load.ts'
import { tableGiven } from '../pricing/builtin.ts'
import type { PriceTable } from '../pricing/table.ts'
import type { Encoding, EncodingName } from '../tokenizer/types.ts'
import { modelOf } from './body.ts'
import { type Candidate, type CompareOptions, comparedByDefault, contendersOf } from './compare.ts'
import { rowFor } from './estimate.ts'
import { createEstimator } from './estimator.ts'
import type { CostEstimate, EstimateOptions } from './types.ts'

/** The vocabularies of these names; the module cache keeps each. */
function load(names: Iterable<EncodingName>): Promise<Encoding[]> {
  return Promise.all([...new Set(names)].map(loadEncoding))
}

/** What the async verbs stand on, where it is not the built-in table and the system's clock. */
export interface World {
  readonly prices?: PriceTable
  /** Milliseconds since 1970. */
  readonly clock?: () => number
}

/** What a call will cost, before it is made; see `Estimator.estimateCost`. Loads the vocabulary it needs on first use. */
export async function estimateCost(request: unknown, options: EstimateOptions & World = {}): Promise<CostEstimate> {
  const row = rowFor(request, options, tableGiven(options.prices))
  const encodings = await load([encodingNeeded(row.id)])
  return createEstimator({ encodings, ...worldOf(options) }).estimateCost(request, options)
}

/** Billed input tokens of a request, with bounds; see `Estimator.countTokens`. Loads the vocabulary it needs on first use. */
export async function countTokens(
  request: unknown,
  options: Omit<CountOptions, 'encodings'> = {},
): Promise<TokenCount> {
  const model = options.model ?? modelOf(request)
  const encodings = await load(model === undefined ? [] : [encodingNeeded(model)])
  return createEstimator({ encodings }).countTokens(request, options)
}

/** Estimates of one request for many models, cheapest first; see `Estimator.compareModels`. Loads what it needs on first use. */
export async function compareModels(
  request: unknown,
  models?: readonly Candidate[],
  options: CompareOptions & World = {},
): Promise<CostEstimate[]> {
  const prices = tableGiven(options.prices)
  const candidates = models ?? comparedByDefault(prices, (options.clock ?? Date.now)(), () => true)
  const { prices: _, clock: __, ...terms } = options
  const rows = contendersOf(request, candidates, terms, prices).map(({ row }) => row)
  const encodings = await load(rows.map((row) => encodingNeeded(row.id)))
  return createEstimator({ encodings, ...worldOf(options) }).compareModels(request, candidates, terms)
}

function worldOf({ prices, clock }: World): World {
  return { ...(prices === undefined ? {} : { prices }), ...(clock === undefined ? {} : { clock }) }
}
