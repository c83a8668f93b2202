/** From steps to what users see: time to the first token, speed of a stream, tokens per second of a full server. */
import type { EfficiencyPoint } from './efficiency.ts'
import { decodeStep, prefillStep, type Setup } from './roofline.ts'
import type { Range } from './types.ts'

/** Tokens that a server takes into one prefill step; prompts are joined or cut to about this many. */
const PREFILL_TOKENS = 8192

/** Tokens of one request and of its reply. */
export interface Lengths {
  readonly promptTokens: number
  readonly outputTokens: number
}

export interface Load extends Lengths {
  /** Requests that are answered at the same time. */
  readonly concurrency: number
}

/** A load whose concurrency is known between two ends. */
export interface LoadRange extends Lengths {
  readonly concurrency: Range
}

export interface Speeds {
  readonly timeToFirstTokenSeconds: number
  /** Prompt tokens per second while only prompts are read. */
  readonly prefillTokensPerSecond: number
  /** Seconds of all GPUs for the prompt of one request. */
  readonly prefillSecondsPerRequest: number
  /** Seconds between two tokens of a stream, prefill of others not counted. */
  readonly stepSeconds: number
  /** Tokens per second of all streams together, prefill included. */
  readonly outputTokensPerSecond: number
}

/** The speeds at the low, the expected and the high end of efficiency and concurrency. */
export type SpeedRanges = Readonly<Record<keyof Range, Speeds>>

/**
 * A server in its steady state: while a request lives, the prompts of `concurrency` requests are read and each of them gets
 * `outputTokens` steps. Tokens per second are B·O / (B·prefill + O·step), for static batches as for continuous ones.
 */
export function speedsOf(setup: Setup, load: Load, efficiency: EfficiencyPoint): Speeds {
  const { concurrency, promptTokens, outputTokens } = load
  const first = prefillStep(setup, 1, Math.max(1, promptTokens), efficiency).total
  // Models with experts are served with attention split by requests: each GPU brings prompts of its own.
  const taken = PREFILL_TOKENS * (setup.model.experts === undefined ? 1 : setup.count)
  const joined = Math.max(1, Math.min(concurrency, Math.floor(taken / Math.max(1, promptTokens))))
  const perRequest =
    joined === 1 ? first : prefillStep(setup, joined, Math.max(1, promptTokens), efficiency).total / joined
  const step = decodeStep(setup, concurrency, promptTokens + outputTokens / 2, efficiency).total
  const cycle = concurrency * perRequest + outputTokens * step
  const busy = concurrency > 1 ? efficiency.scheduling : 1
  return {
    timeToFirstTokenSeconds: first,
    prefillTokensPerSecond: Math.max(1, promptTokens) / perRequest,
    prefillSecondsPerRequest: perRequest,
    stepSeconds: step,
    outputTokensPerSecond: ((concurrency * outputTokens) / cycle) * busy,
  }
}
