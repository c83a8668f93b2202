/** From the cost of one call to that of many: a day, a month, a year. Training on a data set: `tokenfare/deployment`. */
import { describe } from '../errors.ts'
import { type Amount, amountOf, parseUsd } from '../money.ts'
import type { CostEstimate } from './types.ts'

/** How often a call is made. */
export interface CallRate {
  /** Calls a day in the first month. */
  readonly callsPerDay: number
  /** Growth from month to month, as a share: 0.1 is ten percent more calls each month. Default 0. */
  readonly growthPerMonth?: number
}

export interface CostBounds {
  readonly low: Amount
  readonly expected: Amount
  readonly high: Amount
}

/** Costs of calls at a rate. A month is a twelfth of 365 days; calls are rounded to whole ones a month. */
export interface VolumeCost {
  readonly day: CostBounds
  /** The first month. */
  readonly month: CostBounds
  /** Twelve months, growth included. */
  readonly year: CostBounds
  readonly months: readonly { readonly calls: number; readonly cost: CostBounds }[]
}

const DAYS_PER_MONTH = 365 / 12

/**
 * What calls like this one cost in the long run. The range is that of all calls being the cheapest or the dearest possible:
 * the mean of many calls lies far closer to `expected`.
 *
 * @throws RangeError naming the field of a bad rate
 */
export function volumeCost({ cost }: Pick<CostEstimate, 'cost'>, rate: CallRate): VolumeCost {
  const { callsPerDay, growthPerMonth = 0 } = rate
  if (!(Number.isSafeInteger(callsPerDay) && callsPerDay >= 0 && callsPerDay <= 1e12))
    throw new RangeError(`callsPerDay must be a whole number from 0 to 10^12, got ${describe(callsPerDay)}`)
  if (typeof growthPerMonth !== 'number' || !(growthPerMonth >= -1 && growthPerMonth <= 100))
    throw new RangeError(`growthPerMonth must be a share from -1 to 100, got ${describe(growthPerMonth)}`)
  const each = [cost.low, cost.expected, cost.high].map(({ exact }) => parseUsd(exact)) as [bigint, bigint, bigint]
  const times = (calls: bigint): CostBounds => {
    const [low, expected, high] = each.map((pico) => amountOf(pico * calls)) as [Amount, Amount, Amount]
    return Object.freeze({ low, expected, high })
  }
  const months = Array.from({ length: 12 }, (_, month) => {
    const calls = Math.round(callsPerDay * (1 + growthPerMonth) ** month * DAYS_PER_MONTH)
    return Object.freeze({ calls, cost: times(BigInt(calls)) })
  })
  const year = months.reduce((sum, { calls }) => sum + BigInt(calls), 0n)
  return Object.freeze({
    day: times(BigInt(callsPerDay)),
    month: (months[0] as (typeof months)[number]).cost,
    year: times(year),
    months: Object.freeze(months),
  })
}
