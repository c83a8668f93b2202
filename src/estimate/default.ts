/** The async verbs: an estimator over the built-in table that loads vocabularies when they are first needed. */
import { type CountOptions, encodingNeeded, type TokenCount } from '../counting/index.ts'
import { defaultTable } from '../pricing/builtin.ts'
import type { PriceTable } from '../pricing/table.ts'
import type { Encoding, EncodingName } from '../tokenizer/types.ts'
import { modelOf } from './body.ts'
import { type Candidate, comparedByDefault, optionsOf } from './compare.ts'
import { rowFor } from './estimate.ts'
import { createEstimator } from './estimator.ts'
import type { CostEstimate, EstimateOptions } from './types.ts'

type Loader = () => Promise<{ readonly default: Encoding }>

/** Each vocabulary is a module of its own, so that a bundler splits it off and a program loads only what it counts with. */
const loaders: { readonly [Name in EncodingName]: Loader } = {
  o200k_base: () => import('../encodings/o200k_base.ts'),
  o200k_harmony: () => import('../encodings/o200k_harmony.ts'),
  cl100k_base: () => import('../encodings/cl100k_base.ts'),
  p50k_base: () => import('../encodings/p50k_base.ts'),
  p50k_edit: () => import('../encodings/p50k_edit.ts'),
  r50k_base: () => import('../encodings/r50k_base.ts'),
  gpt2: () => import('../encodings/gpt2.ts'),
  qwen3: () => import('../encodings/qwen3.ts'),
  deepseek_v3: () => import('../encodings/deepseek_v3.ts'),
  tekken: () => import('../encodings/tekken.ts'),
  mistral_v3: () => import('../encodings/mistral_v3.ts'),
  claude_legacy: () => import('../encodings/claude_legacy.ts'),
  phi4: () => import('../encodings/phi4.ts'),
}

/** The vocabularies of these names; the module cache keeps each. */
async function load(names: Iterable<EncodingName>): Promise<Encoding[]> {
  const modules = await Promise.all([...new Set(names)].map((name) => loaders[name]()))
  return modules.map((module) => module.default)
}

/** What the async verbs stand on, where it is not the built-in table and the system's clock. */
export interface World {
  readonly prices?: PriceTable
  /** Milliseconds since 1970. */
  readonly clock?: () => number
}

/** What a call will cost, before it is made; see `Estimator.estimateCost`. Loads the vocabulary it needs on first use. */
export async function estimateCost(request: unknown, options: EstimateOptions & World = {}): Promise<CostEstimate> {
  const row = rowFor(request, options, options.prices ?? defaultTable())
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
  options: EstimateOptions & World = {},
): Promise<CostEstimate[]> {
  const prices = options.prices ?? defaultTable()
  const candidates = models ?? comparedByDefault(prices, (options.clock ?? Date.now)(), () => true)
  const rows = candidates.map((candidate) => rowFor(request, optionsOf(candidate, options), prices))
  const encodings = await load(rows.map((row) => encodingNeeded(row.id)))
  return createEstimator({ encodings, ...worldOf(options) }).compareModels(request, candidates, options)
}

function worldOf({ prices, clock }: World): World {
  return { ...(prices === undefined ? {} : { prices }), ...(clock === undefined ? {} : { clock }) }
}
