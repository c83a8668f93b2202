/** How long replies are when nothing is known but the kind of work. The data and its sources: `pricing/output-priors.json`. */
import { describe } from '../errors.ts'
import { effortRows, leastReasoningTokens, priorRows, reasoningPerVisibleToken } from './priors.gen.ts'

export const outputTasks = [
  'chat',
  'code-completion',
  'agent-step',
  'write',
  'extract',
  'classify',
  'summarise',
  'translate',
  'rewrite',
] as const
export type OutputTask = (typeof outputTasks)[number]

/** How hard a model is asked to think before it replies. */
export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type ReasoningEffort = (typeof reasoningEfforts)[number]

/** The task that stands in when the caller names none. */
export const defaultTask: OutputTask = 'chat'

/** Quantiles and mean of a length in tokens. */
export interface LengthQuantiles {
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
}

export interface OutputPrior extends LengthQuantiles {
  readonly task: OutputTask
  /** What the numbers are: tokens, or shares of the input's tokens. */
  readonly unit: 'tokens' | 'input-share'
  /** Measured on a trace; a published mean with a transferred spread; or a judgement. */
  readonly evidence: 'trace' | 'derived' | 'judged'
  readonly mean: number
  readonly source: string
}

let priors: ReadonlyMap<string, OutputPrior> | undefined
let factors: ReadonlyMap<string, number> | undefined

/** By task; made on first use, so that importing costs nothing. */
function priorByTask(): ReadonlyMap<string, OutputPrior> {
  priors ??= new Map(
    priorRows().map(([task, unit, evidence, p10, p50, p90, p95, p99, mean, source]) => [
      task,
      { task, unit, evidence, p10, p50, p90, p95, p99, mean, source },
    ]),
  )
  return priors
}

/** Reasoning tokens relative to medium, by effort. */
function effortFactors(): ReadonlyMap<string, number> {
  factors ??= new Map(effortRows())
  return factors
}

/** The prior of a task. @throws RangeError for a task without one. */
export function priorOf(task: OutputTask): OutputPrior {
  const prior = priorByTask().get(task)
  if (prior === undefined)
    throw new RangeError(`output.task must be one of ${outputTasks.join(', ')}, got ${describe(task)}`)
  return prior
}

/** What a reply is expected to be: visible tokens and hidden reasoning together, and the reasoning alone. */
export interface ExpectedLength extends LengthQuantiles {
  readonly mean: number
  /** Hidden reasoning in `mean`. */
  readonly reasoning: number
}

/**
 * Lengths of replies to a task. The input counts only where the task works on it: a summary, a translation, a rewrite.
 *
 * Reasoning is added by its share in recorded output; the longest replies are taken to reason the most.
 */
export function lengthOf(prior: OutputPrior, inputTokens: number, effort: ReasoningEffort): ExpectedLength {
  const scale = prior.unit === 'tokens' ? 1 : inputTokens
  const factor = effortFactors().get(effort) as number
  const total = (visible: number): number => Math.max(1, Math.round(visible + reasoningFor(visible, factor)))
  const visibleMean = prior.mean * scale
  const mean = total(visibleMean)
  return {
    p10: total(prior.p10 * scale),
    p50: total(prior.p50 * scale),
    p90: total(prior.p90 * scale),
    p95: total(prior.p95 * scale),
    p99: total(prior.p99 * scale),
    mean,
    reasoning: Math.min(mean, Math.round(reasoningFor(visibleMean, factor))),
  }
}

function reasoningFor(visible: number, factor: number): number {
  return factor === 0 ? 0 : factor * Math.max(leastReasoningTokens, reasoningPerVisibleToken * visible)
}

/** @throws RangeError for a word that is no effort. */
export function checkEffort(effort: unknown): ReasoningEffort {
  if (typeof effort === 'string' && effortFactors().has(effort)) return effort as ReasoningEffort
  throw new RangeError(`output.effort must be one of ${reasoningEfforts.join(', ')}, got ${describe(effort)}`)
}
