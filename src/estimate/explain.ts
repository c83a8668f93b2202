/** What the range of an estimate is made of, and checks of an estimate for programs. */
import { TokenfareError } from '../errors.ts'
import { type Amount, amountOf, exactUsd, parseUsd } from '../money.ts'
import type { CostEffect, CostEstimate } from './types.ts'

/** One thing that moves the cost away from what is expected. */
export interface RangePart extends CostEffect {
  readonly code: string
  readonly message: string
}

/** `expected` and the effects add up to `low` and to `high`, exactly. */
export interface Explanation {
  readonly low: Amount
  readonly expected: Amount
  readonly high: Amount
  readonly parts: readonly RangePart[]
}

/** Takes the range of an estimate apart. Works on estimates that were read back from JSON, too. */
export function explain(estimate: Pick<CostEstimate, 'cost' | 'assumptions'>): Explanation {
  const { low, expected, high } = estimate.cost
  const parts = estimate.assumptions.flatMap(({ code, message, effect }) =>
    effect === undefined ? [] : [Object.freeze({ code, message, low: effect.low, high: effect.high })],
  )
  return Object.freeze({ low, expected, high, parts: Object.freeze(parts) })
}

/**
 * Whether the call fits the model's context window with its longest allowed reply; `null` when the window is not known.
 * `estimate.context.fits` asks the same of the expected reply.
 */
export function fits(estimate: Pick<CostEstimate, 'context' | 'input' | 'output'>): boolean | null {
  const { limit } = estimate.context
  return limit === null ? null : estimate.input.high + estimate.output.high <= limit
}

/** A call may cost more than it was allowed to. */
export class CostLimitError extends TokenfareError {
  override name = 'CostLimitError'
  /** The most the call can cost; a lower bound of that when the estimate is incomplete. */
  readonly cost: Amount
  readonly limit: Amount

  constructor(message: string, cost: Amount, limit: Amount) {
    super('cost-limit-exceeded', message)
    this.cost = cost
    this.limit = limit
  }
}

/**
 * Returns the estimate when the whole bill is within a limit, in dollars; for a number, its shortest decimal counts.
 *
 * @throws CostLimitError when the call can cost more, or when a part of its cost is not known: unknown is not within a limit.
 * @throws RangeError for a limit that is no amount.
 */
export function assertMaxCost<Estimate extends Pick<CostEstimate, 'cost' | 'complete'>>(
  estimate: Estimate,
  maxUsd: string | number,
): Estimate {
  const limit = picoOfLimit(maxUsd)
  const { high } = estimate.cost
  if (!estimate.complete)
    throw new CostLimitError(
      `the call can cost more than ${high.exact} dollars: a part of it has no bound`,
      high,
      amountOf(limit),
    )
  if (parseUsd(high.exact) > limit)
    throw new CostLimitError(
      `the call can cost ${high.exact} dollars, more than the limit of ${exactUsd(limit)}`,
      high,
      amountOf(limit),
    )
  return estimate
}

/** Picodollars of a limit. @throws RangeError */
export function picoOfLimit(maxUsd: string | number): bigint {
  try {
    const limit = parseUsd(String(maxUsd))
    if (limit >= 0n) return limit
  } catch {
    // One message for all that is no amount.
  }
  throw new RangeError(
    `a limit is an amount of dollars from 0 up, such as 0.05 or '0.05', got ${String(maxUsd).slice(0, 40)}`,
  )
}
