/** When renting, a subscription, batch or a smaller model pays. */
import { type Amount, amountOf, parseUsd } from '../money.ts'
import { findPlan } from './catalog.ts'
import { numberBetween, optionsObject } from './check.ts'
import { InvalidDeploymentError } from './errors.ts'
import { type DeploymentAssumption, type DeploymentNotice, type DeploymentWarning, notice } from './notice.ts'
import { breakEven, type Crossing, MOST_CALLS, type Money, type Offer } from './offers.ts'
import type { SelfHostedEstimate } from './self-hosted-types.ts'
import { type Clock, staleWarnings } from './staleness.ts'
import type { Plan, Range } from './types.ts'

const HOURS_PER_DAY = 24
/** Windows of an allowance are counted over a month of 30 days. */
const HOURS_PER_MONTH = 720

export interface RentBreakEvenOptions {
  /** The GPUs, with a rental: what they do and what an hour costs. */
  readonly estimate: SelfHostedEstimate
  /** What a call of the same kind costs at an API: `calcCost(…).total`, or dollars. */
  readonly apiUsdPerCall: Money
  /** Hours per day for which the GPUs are rented. Default 24. */
  readonly hoursPerDay?: number
}

export interface RentBreakEven {
  readonly rentPerDay: Amount
  /** Calls that the rented GPUs answer in a day at their utilisation. */
  readonly callsPerDay: Range
  /** Crossings for the three capacities: renting wins from `calls` on. */
  readonly crossing: { readonly low: Crossing; readonly expected: Crossing; readonly high: Crossing }
  /** The two offers at the expected capacity, for `costOfCalls` and `costCurve`; the period is a day. */
  readonly api: Offer
  readonly rented: Offer
}

/**
 * API against rented GPUs: the calls per day from which renting wins. Capacity is the requests per hour of the estimate times the
 * hours and the utilisation, rounded down; beyond it further machines of the same kind are rented.
 *
 * @throws InvalidDeploymentError when the estimate has no cost: it did not fit, or no rental was given
 */
export function breakEvenRent(options: RentBreakEvenOptions): RentBreakEven {
  optionsObject('breakEvenRent', options)
  const { estimate, apiUsdPerCall } = options
  if (estimate?.cost == null || estimate.speed === null)
    throw new InvalidDeploymentError('estimate', estimate, 'an estimate that fits, with a rental')
  const hours = numberBetween('hoursPerDay', options.hoursPerDay ?? HOURS_PER_DAY, 0, HOURS_PER_DAY)
  // Rented hours are billed to the minute here, so that the day's rent stays a whole number of picodollars.
  const rent = amountOf((parseUsd(estimate.cost.perHour.exact) * BigInt(Math.ceil(hours * 60)) + 59n) / 60n)
  const { requestsPerHour } = estimate.speed
  const capacity = (point: keyof Range): number =>
    Math.min(MOST_CALLS, Math.floor(requestsPerHour[point] * hours * estimate.utilisation))
  const api: Offer = { name: 'API', usdPerCall: apiUsdPerCall }
  const rented = (point: keyof Range): Offer => ({
    name: `${estimate.count} × ${estimate.gpu}`,
    fixedUsd: rent,
    callsPerUnit: Math.max(1, capacity(point)),
  })
  const crossing = (point: keyof Range): Crossing =>
    capacity(point) < 1
      ? Object.freeze({ calls: null, always: null, fromCost: null, toCost: null })
      : breakEven(api, rented(point))
  return Object.freeze({
    rentPerDay: rent,
    callsPerDay: Object.freeze({ low: capacity('low'), expected: capacity('expected'), high: capacity('high') }),
    crossing: Object.freeze({ low: crossing('low'), expected: crossing('expected'), high: crossing('high') }),
    api: Object.freeze(api),
    rented: Object.freeze(rented('expected')),
  })
}

export interface SubscriptionBreakEven {
  readonly plan: string
  readonly perMonth: Amount
  /** The crossing in messages per month: from `calls` on the subscription is cheaper than paying by tokens. */
  readonly crossing: Crossing
  /** Messages that the plan allows in a month of 30 days, when every window is used up; `null` where none is published. */
  readonly mostMessagesPerMonth: number | null
  readonly perToken: Offer
  readonly subscription: Offer
  readonly assumptions: readonly DeploymentNotice<DeploymentAssumption>[]
  readonly warnings: readonly DeploymentNotice<DeploymentWarning>[]
}

export interface SubscriptionOptions extends Clock {
  /** The id of a plan, for example `claude-pro`. */
  readonly plan: string
  /** What a message costs at the API. */
  readonly apiUsdPerMessage: Money
  /** Whether the plan is paid for a year. Default false. */
  readonly yearly?: boolean
}

/**
 * Subscription against tokens: the messages per month from which the plan is cheaper.
 *
 * @throws UnknownNameError, InvalidDeploymentError
 */
export function breakEvenSubscription(options: SubscriptionOptions): SubscriptionBreakEven {
  optionsObject('breakEvenSubscription', options)
  const plan = findPlan(options.plan)
  if (options.yearly === true && plan.usdPerMonthYearly === undefined)
    throw new InvalidDeploymentError('yearly', true, `false: ${plan.name} has no known yearly price`)
  const perMonth = amountOf(parseUsd(options.yearly === true ? (plan.usdPerMonthYearly as string) : plan.usdPerMonth))
  const most = plan.allowance && Math.floor((plan.allowance.messages * HOURS_PER_MONTH) / plan.allowance.windowHours)
  const perToken: Offer = { name: 'per token', usdPerCall: options.apiUsdPerMessage }
  const subscription: Offer = { name: plan.name, fixedUsd: perMonth, ...(most === null ? {} : { mostCalls: most }) }
  return Object.freeze({
    plan: plan.id,
    perMonth,
    crossing: breakEven(perToken, subscription),
    mostMessagesPerMonth: most,
    perToken: Object.freeze(perToken),
    subscription: Object.freeze(subscription),
    assumptions: Object.freeze([allowanceAssumption(plan, most)]),
    warnings: Object.freeze(staleWarnings([[`the plan ${plan.name}`, plan]], options)),
  })
}

function allowanceAssumption(plan: Plan, most: number | null): DeploymentNotice<DeploymentAssumption> {
  return most === null
    ? notice('no-allowance', `${plan.name} publishes no number of messages; its limit is unknown here`)
    : notice(
        'every-window',
        `${most} messages a month only when every window of ${plan.allowance?.windowHours} hours is used up`,
      )
}
