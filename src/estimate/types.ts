/** What an estimate holds. Plain, frozen, JSON-serialisable. */
import type { ApiName, CountNotice, TokenCount } from '../counting/index.ts'
import type { Amount } from '../money.ts'
import type { ModelId } from '../pricing/ids.gen.ts'
import type { CostLine, Notice as PriceNotice, PriceReference, ServiceTier, UnpricedPart } from '../pricing/types.ts'
import type { Latency } from './latency.ts'
import type { ExpectedLength, LengthQuantiles, OutputTask, ReasoningEffort } from './priors.ts'

/** What the caller knows about the reply. Tokens include hidden reasoning, as it is billed. */
export interface OutputPlan {
  /** Hard limit of the reply in tokens. Default: the limit in the request body, else the model's own. */
  readonly max?: number
  /** Tokens of a typical reply. Default: the mean of a measured prior for `task`. */
  readonly expected?: number
  /** Kind of work, which picks the prior. Default `chat`. */
  readonly task?: OutputTask
  /** How hard the model thinks. Default: what the body asks for, else the model's own default. */
  readonly effort?: ReasoningEffort
  /** What an output model learned of such replies; replaces the prior. See `createOutputModel`. */
  readonly learned?: ExpectedLength
}

/** What the caller knows about the seller's prompt cache. */
export interface CachePlan {
  /** Share of such calls that find the prefix in the cache, from 0 to 1. */
  readonly hitRate: number
  /** Tokens of the prefix that can be cached. Default: the whole input. Sellers cache nothing below 1,024. */
  readonly prefixTokens?: number
  /** How long a written prefix is kept, where the seller prices both. Default `5m`. */
  readonly ttl?: '5m' | '1h'
}

export interface EstimateOptions {
  /** Model id; default: the request's own `model`. */
  readonly model?: ModelId
  /** Who sells the call. Default: the maker of the model, or the seller named in the id. */
  readonly seller?: string
  /** Shape of the body; default: recognised by its fields. */
  readonly api?: ApiName
  /** The instant of the call: a `Date` or an ISO 8601 string; a day alone leaves the hour open. Default: now, at any hour. */
  readonly at?: Date | string
  readonly output?: OutputPlan
  /** What is known of the prompt cache. Default: nothing is found in it, and anything may be. */
  readonly cache?: CachePlan
  /** Default: what the body asks for (`service_tier`, `speed`, …), else `standard`. */
  readonly serviceTier?: ServiceTier
  /** Default: the body's `inference_geo` at Anthropic, else none. */
  readonly region?: string
}

/** Where the upper bound of the output comes from. */
export type OutputBasis =
  /** `output.max` of the caller. */
  | 'given'
  /** A limit in the request body, such as `max_completion_tokens`. */
  | 'request-limit'
  /** The most the model writes. */
  | 'model-limit'
  /** What is left of the context window. */
  | 'context'
  /** No limit is known: the 99th percentile of the prior, which a reply can exceed. */
  | 'prior'
  /** The model writes no tokens, or what it makes is not billed by them: embeddings, rerankers, pictures, films. */
  | 'none'

/** Billed output tokens, `low ≤ expected ≤ high`; all choices of the request together. */
export interface OutputRange {
  readonly low: number
  readonly expected: number
  readonly high: number
  readonly basis: OutputBasis
  /** Lengths that this share of replies stay within, capped by `high`. */
  readonly quantiles: LengthQuantiles
  /** Hidden reasoning in `expected`; 0 when the caller gave the expectation. */
  readonly reasoning: number
  /** The task whose prior stands behind `expected`; `null` when the caller or an output model gave it. */
  readonly task: OutputTask | null
  readonly effort: ReasoningEffort
}

/** Documented codes of what an estimate took for granted, besides those of its count. */
export type EstimateAssumption =
  | 'output-prior'
  | 'reasoning-prior'
  | 'output-expected-capped'
  | 'several-choices'
  | 'input-bounds'
  | 'context-tier'
  | 'cache'
  | 'output-length'
  | 'schedule'
  | 'open-size'

/** By how much an assumption moves the ends of the cost from `expected`: `low` is zero or negative, `high` zero or positive. */
export interface CostEffect {
  readonly low: Amount
  readonly high: Amount
}

/** An assumption of an estimate; those that make up the range carry their effect on it. */
export interface EstimateNotice extends CountNotice {
  readonly effect?: CostEffect
}

/** Documented codes of what may put the bill outside the range, besides those of its count and its price. */
export type EstimateWarning =
  | 'output-unbounded'
  | 'reasoning-uncertain'
  | 'cache-unpriced'
  | 'limit-above-model-limit'
  | 'context-exceeded'
  | 'context-unknown'
  | 'unpriced-part'

export interface ContextFit {
  /** Tokens of the context window; `null` when it is not known. */
  readonly limit: number | null
  /** Tokens that the call needs: the input's upper bound and the expected output. */
  readonly used: number
  /** Whether that fits; `null` when the limit is not known. */
  readonly fits: boolean | null
}

/** What a call will cost, before it is made. */
export interface CostEstimate {
  /** Id of the model as the price table has it. */
  readonly model: string
  readonly seller: string
  readonly input: TokenCount
  readonly output: OutputRange
  /** Bounds and a likely value of the bill; exact amounts, `low ≤ expected ≤ high`. `p90`: with a reply of the 90th percentile. */
  readonly cost: { readonly low: Amount; readonly expected: Amount; readonly high: Amount; readonly p90: Amount }
  /** The lines of `cost.expected`; they add up to it exactly. */
  readonly lines: readonly CostLine[]
  /** False when a part of the call has no known price or no bound: the costs are then lower bounds. */
  readonly complete: boolean
  readonly unpriced: readonly UnpricedPart[]
  /** The row of the price table that `lines` stand on. */
  readonly price: PriceReference
  readonly context: ContextFit
  /** How long the answer takes; `null` when no speed is published for the model at this seller. */
  readonly latency: Latency | null
  /** What the estimate took for granted. The effects of those that have one add up to the range exactly. */
  readonly assumptions: readonly EstimateNotice[]
  readonly warnings: readonly (CountNotice | PriceNotice)[]
}
