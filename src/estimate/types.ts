/** What an estimate holds. Plain, frozen, JSON-serialisable. */
import type { ApiName, CountNotice, TokenCount } from '../counting/index.ts'
import type { Amount } from '../money.ts'
import type { CostLine, Notice as PriceNotice, PriceReference, UnpricedPart } from '../pricing/types.ts'
import type { OutputTask } from './priors.ts'

/** What the caller knows about the reply. Tokens include hidden reasoning, as it is billed. */
export interface OutputPlan {
  /** Hard limit of the reply in tokens. Default: the limit in the request body, else the model's own. */
  readonly max?: number
  /** Tokens of a typical reply. Default: the mean of a measured prior for `task`. */
  readonly expected?: number
  /** Kind of work, which picks the prior. Default `chat`. */
  readonly task?: OutputTask
}

export interface EstimateOptions {
  /** Model id; default: the request's own `model`. */
  readonly model?: string
  /** Who sells the call. Default: the maker of the model, or the seller named in the id. */
  readonly seller?: string
  /** Shape of the body; default: recognised by its fields. */
  readonly api?: ApiName
  /** The instant of the call: a `Date` or an ISO 8601 string. Default: now. */
  readonly at?: Date | string
  readonly output?: OutputPlan
  /** `standard`, `batch`, `flex`, `priority`, `fast`. Default: the body's `service_tier`, else standard. */
  readonly serviceTier?: string
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
  /** The model writes no tokens: embeddings, rerankers. */
  | 'none'

/** Billed output tokens, `low ≤ expected ≤ high`; all choices of the request together. */
export interface OutputRange {
  readonly low: number
  readonly expected: number
  readonly high: number
  readonly basis: OutputBasis
}

/** Documented codes of what an estimate took for granted, besides those of its count. */
export type EstimateAssumption = 'output-prior' | 'output-expected-capped' | 'several-choices'

/** Documented codes of what may put the bill outside the range, besides those of its count and its price. */
export type EstimateWarning =
  | 'output-unbounded'
  | 'reasoning-not-foreseen'
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
  /** Bounds and a likely value of the bill; exact amounts, `low ≤ expected ≤ high`. */
  readonly cost: { readonly low: Amount; readonly expected: Amount; readonly high: Amount }
  /** The lines of `cost.expected`; they add up to it exactly. */
  readonly lines: readonly CostLine[]
  /** False when a part of the call has no known price or no bound: the costs are then lower bounds. */
  readonly complete: boolean
  readonly unpriced: readonly UnpricedPart[]
  /** The row of the price table that `lines` stand on. */
  readonly price: PriceReference
  readonly context: ContextFit
  readonly assumptions: readonly CountNotice[]
  readonly warnings: readonly (CountNotice | PriceNotice)[]
}
