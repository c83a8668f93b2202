/** How many tokens the reply may have. */

import type { CountNotice } from '../counting/index.ts'
import { describe } from '../errors.ts'
import type { ModelPrices } from '../pricing/table.ts'
import { effortOf } from './effort.ts'
import { checkEffort, defaultTask, type ExpectedLength, lengthOf, priorOf } from './priors.ts'
import type { RequestFacts } from './request-facts.ts'
import type { EstimateAssumption, EstimateWarning, OutputBasis, OutputPlan, OutputRange } from './types.ts'

interface Remarks {
  readonly assumptions: { push(notice: CountNotice<EstimateAssumption>): unknown }
  readonly warnings: { push(notice: CountNotice<EstimateWarning>): unknown }
}

/** Tokens of the input as far as the reply depends on them. */
interface InputTokens {
  readonly low: number
  readonly tokens: number
}

const nothing: OutputRange = /* @__PURE__ */ Object.freeze({
  low: 0,
  expected: 0,
  high: 0,
  basis: 'none',
  quantiles: Object.freeze({ p10: 0, p50: 0, p90: 0, p95: 0, p99: 0 }),
  reasoning: 0,
  task: null,
  effort: 'none',
})

/** Pictures and films are billed by the piece. */
const writesNothing: ReadonlySet<ModelPrices['kind']> = new Set(['embedding', 'rerank', 'moderation', 'image', 'video'])

/** The range of billed output tokens. Remarks go to `remarks`. @throws RangeError naming the field of a bad plan. */
export function planOutput(
  request: RequestFacts,
  plan: OutputPlan,
  row: ModelPrices,
  input: InputTokens,
  remarks: Remarks,
): OutputRange {
  checkTokens(plan.max, 'output.max')
  checkTokens(plan.expected, 'output.expected')
  const task = plan.task ?? defaultTask
  const prior = priorOf(task)
  if (writesNothing.has(row.kind)) return nothing
  const effort = plan.effort === undefined ? effortOf(request.effort, row) : checkEffort(plan.effort)
  const stated = plan.effort !== undefined || request.effort !== undefined
  const length = plan.learned ?? lengthOf(prior, input.tokens, effort)
  const { high, basis } = upperBound(request, plan, row, input, remarks) ?? unbounded(plan, length, remarks)
  const likely = plan.expected ?? length.mean
  const expected = Math.min(likely, high)
  // A reply that the limit cuts short is taken to have reasoned in the same proportion.
  const reasoning =
    plan.expected === undefined ? Math.round(length.reasoning * Math.min(1, expected / Math.max(1, length.mean))) : 0
  if (plan.expected === undefined && plan.learned === undefined) {
    remarks.assumptions.push({
      code: 'output-prior',
      message: `the expected reply has ${expected} tokens, as ${plan.task === undefined ? 'no task is named: ' : ''}${task} (${prior.evidence})`,
    })
    if (effort !== 'none') {
      remarks.assumptions.push({
        code: 'reasoning-prior',
        message: `${reasoning} of them hidden reasoning at ${effort} effort${stated ? '' : ', which the request does not say'}`,
      })
      remarks.warnings.push({
        code: 'reasoning-uncertain',
        message:
          'how long a model reasons depends on the problem; `expected` rests on short recorded calls, `high` holds',
      })
    }
  } else if (likely > high) {
    remarks.assumptions.push({
      code: 'output-expected-capped',
      message: `a reply cannot have the expected ${likely} tokens; ${high} is the limit`,
    })
  }
  const { choices } = request
  if (choices > 1) {
    remarks.assumptions.push({ code: 'several-choices', message: `${choices} replies are asked for; each is billed` })
  }
  // A caller's own expectation keeps the spread of the task around it.
  const scale = plan.expected === undefined ? 1 : plan.expected / length.mean
  const at = (tokens: number): number => Math.min(Math.round(tokens * scale), high) * choices
  return Object.freeze({
    low: 0,
    expected: expected * choices,
    high: high * choices,
    basis,
    quantiles: Object.freeze({
      p10: at(length.p10),
      p50: at(length.p50),
      p90: at(length.p90),
      p95: at(length.p95),
      p99: at(length.p99),
    }),
    reasoning: reasoning * choices,
    task: plan.expected === undefined && plan.learned === undefined ? task : null,
    effort,
  })
}

/** The tightest known limit of one reply. */
function upperBound(
  request: RequestFacts,
  plan: OutputPlan,
  { maxOutputTokens, contextTokens }: ModelPrices,
  input: InputTokens,
  remarks: Remarks,
): { high: number; basis: OutputBasis } | undefined {
  const asked = plan.max ?? request.limit
  if (asked !== undefined && maxOutputTokens !== null && asked > maxOutputTokens) {
    remarks.warnings.push({
      code: 'limit-above-model-limit',
      message: `the limit of ${asked} output tokens is above the model's ${maxOutputTokens}; providers may refuse it`,
    })
  }
  let high = asked ?? Number.POSITIVE_INFINITY
  let basis: OutputBasis = plan.max === undefined ? 'request-limit' : 'given'
  if (maxOutputTokens !== null && maxOutputTokens < high) {
    high = maxOutputTokens
    basis = 'model-limit'
  }
  // An input that fills the context leaves no room; the call is then refused, and a warning says so.
  if (contextTokens !== null && contextTokens > input.low && contextTokens - input.low < high) {
    high = contextTokens - input.low
    basis = 'context'
  }
  return high === Number.POSITIVE_INFINITY ? undefined : { high, basis }
}

function unbounded(plan: OutputPlan, length: ExpectedLength, remarks: Remarks): { high: number; basis: OutputBasis } {
  remarks.warnings.push({
    code: 'output-unbounded',
    message: "no limit of the reply is known; `high` is the prior's 99th percentile, which a reply can exceed",
  })
  return { high: Math.max(length.p99, plan.expected ?? 0), basis: 'prior' }
}

function checkTokens(value: unknown, name: string): void {
  if (value === undefined) return
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number of tokens, got ${describe(value)}`)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${name} must be a whole number of tokens from 0 up, got ${describe(value)}`)
}
