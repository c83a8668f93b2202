/** What a count is made of, and the promises each number carries. */
export type { ApiName } from './api-name.ts'

/**
 * How a number came about, from the surest to the loosest:
 * `provider` the provider counted it; `exact` published vocabulary, bare text; `rule` published vocabulary and a frame rule
 * that reproduces recorded bills; `calibrated` a known vocabulary scaled to an unpublished one, with measured bounds;
 * `heuristic` no vocabulary at hand.
 */
export type CountMethod = 'provider' | 'exact' | 'rule' | 'calibrated' | 'heuristic'

/** What a part of a count pays for. */
export type CountPartKind =
  | 'text'
  | 'frame'
  | 'tools'
  | 'tool-calls'
  | 'tool-results'
  | 'reasoning'
  | 'schema'
  | 'images'
  | 'audio'
  | 'video'
  | 'documents'
  | 'hidden'

/** Tokens with bounds: whole numbers, `low ≤ tokens ≤ high`. */
export interface TokenRange {
  readonly tokens: number
  readonly low: number
  readonly high: number
}

export interface CountPart extends TokenRange {
  readonly kind: CountPartKind
  readonly method: CountMethod
}

/** Documented codes of what a count took for granted. */
export type AssumptionCode =
  | 'bare-text'
  | 'prompt-as-user-message'
  | 'proxy-encoding'
  | 'unverified-frame'
  | 'cached-prefix'
  | 'learned-correction'

/** Documented codes of what may make the bill differ from the range. */
export type CountWarningCode =
  | 'unknown-family'
  | 'missing-encoding'
  | 'hosted-tools'
  | 'hidden-prompt'
  | 'stored-context'
  | 'unknown-part'
  | 'unknown-media-size'
  | 'malformed-field'
  | 'unknown-role'
  | 'provider-count-failed'

/** One remark of a count. `path` says where in the body, when it is about one place. */
export interface CountNotice<Code extends string = string> {
  readonly code: Code
  readonly message: string
  readonly path?: string
}

/** Billed input tokens of a request. Frozen; JSON-serialisable. */
export interface TokenCount extends TokenRange {
  /** The loosest method among the parts. */
  readonly method: CountMethod
  /** Name of the vocabulary that counted the text; `null` when none did. */
  readonly encoding: string | null
  /**
   * Whether the range covers the whole bill. `false` when the provider adds what nobody can foresee (hosted tools, server-side
   * context): then `high` bounds only what the body itself holds, and a warning names the reason.
   */
  readonly bounded: boolean
  readonly parts: readonly CountPart[]
  readonly assumptions: readonly CountNotice<AssumptionCode>[]
  readonly warnings: readonly CountNotice<CountWarningCode>[]
}
