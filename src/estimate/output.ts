/** How many tokens the reply may have. */

import type { CountNotice } from '../counting/index.ts'
import { describe } from '../errors.ts'
import { choicesOf, outputLimitOf } from './body.ts'
import { priorOf } from './priors.ts'
import type { EstimateAssumption, EstimateWarning, OutputBasis, OutputPlan, OutputRange } from './types.ts'

/** What the reply's bounds depend on, besides the request. */
export interface OutputContext {
  /** The model writes tokens at all. */
  readonly writes: boolean
  readonly reasons: boolean
  readonly maxOutputTokens: number | null
  readonly contextTokens: number | null
  /** Lower bound of the input. */
  readonly inputLow: number
}

interface Remarks {
  readonly assumptions: CountNotice<EstimateAssumption>[]
  readonly warnings: CountNotice<EstimateWarning>[]
}

/** The range of billed output tokens. Remarks go to `remarks`. @throws RangeError naming the field of a bad plan. */
export function planOutput(request: unknown, plan: OutputPlan, context: OutputContext, remarks: Remarks): OutputRange {
  checkTokens(plan.max, 'output.max')
  checkTokens(plan.expected, 'output.expected')
  if (!context.writes) return Object.freeze({ low: 0, expected: 0, high: 0, basis: 'none' })
  const prior = priorOf(plan.task ?? 'chat')
  const { high, basis } = upperBound(request, plan, context, remarks) ?? unbounded(plan, prior.p99, remarks)
  const likely = plan.expected ?? prior.mean
  if (plan.expected === undefined) {
    remarks.assumptions.push({
      code: 'output-prior',
      message: `the expected reply has ${Math.min(likely, high)} tokens, from ${prior.source}`,
    })
    if (context.reasons) {
      remarks.warnings.push({
        code: 'reasoning-not-foreseen',
        message: 'the model may reason before it replies; that is billed as output and is in `high`, not in `expected`',
      })
    }
  } else if (likely > high) {
    remarks.assumptions.push({
      code: 'output-expected-capped',
      message: `a reply cannot have the expected ${likely} tokens; ${high} is the limit`,
    })
  }
  const choices = choicesOf(request)
  if (choices > 1) {
    remarks.assumptions.push({ code: 'several-choices', message: `${choices} replies are asked for; each is billed` })
  }
  return Object.freeze({ low: 0, expected: Math.min(likely, high) * choices, high: high * choices, basis })
}

/** The tightest known limit of one reply. */
function upperBound(
  request: unknown,
  plan: OutputPlan,
  { maxOutputTokens, contextTokens, inputLow }: OutputContext,
  remarks: Remarks,
): { high: number; basis: OutputBasis } | undefined {
  const asked = plan.max ?? outputLimitOf(request)
  if (asked !== undefined && maxOutputTokens !== null && asked > maxOutputTokens) {
    remarks.warnings.push({
      code: 'limit-above-model-limit',
      message: `the limit of ${asked} output tokens is above the model's ${maxOutputTokens}; providers may refuse it`,
    })
  }
  // An input that fills the context leaves no room; the call is then refused, and a warning says so.
  const room = contextTokens !== null && contextTokens > inputLow ? contextTokens - inputLow : undefined
  const limits: readonly (readonly [OutputBasis, number | undefined])[] = [
    [plan.max === undefined ? 'request-limit' : 'given', asked],
    ['model-limit', maxOutputTokens ?? undefined],
    ['context', room],
  ]
  let tightest: { high: number; basis: OutputBasis } | undefined
  for (const [basis, high] of limits) {
    if (high !== undefined && (tightest === undefined || high < tightest.high)) tightest = { high, basis }
  }
  return tightest
}

function unbounded(plan: OutputPlan, p99: number, remarks: Remarks): { high: number; basis: OutputBasis } {
  remarks.warnings.push({
    code: 'output-unbounded',
    message: "no limit of the reply is known; `high` is the prior's 99th percentile, which a reply can exceed",
  })
  return { high: Math.max(p99, plan.expected ?? 0), basis: 'prior' }
}

function checkTokens(value: unknown, name: string): void {
  if (value === undefined) return
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number of tokens, got ${describe(value)}`)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${name} must be a whole number of tokens from 0 up, got ${describe(value)}`)
}
