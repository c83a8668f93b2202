/**
 * Offers side by side: per call, by the machine, by subscription; and the number of calls at which one becomes the cheaper.
 *
 * An offer costs `fixed × units + perCall × calls` per period, where a unit serves up to `callsPerUnit` calls. All amounts are whole
 * picodollars and all comparisons exact: a crossing is a whole number of calls, right to the last one.
 */
import { type Amount, amountOf } from '../money.ts'
import { optionsObject, picoUsd, wholeNumber } from './check.ts'
import { InvalidDeploymentError } from './errors.ts'
import { ceilDivide } from './rental.ts'

/** An amount as results carry it, or a plain decimal of dollars. */
export type Money = string | Pick<Amount, 'exact'>

/** What calls cost in a period: a day, a month. */
export interface Offer {
  readonly name: string
  /** Cost of each unit per period, however many calls it serves: a machine, a subscription. Default 0. */
  readonly fixedUsd?: Money
  readonly usdPerCall?: Money
  /** Calls that one unit serves in a period; more calls take more units. Default: no limit. */
  readonly callsPerUnit?: number
  /** Calls beyond which the offer does not serve, however many units. Default: no limit. */
  readonly mostCalls?: number
}

export interface Crossing {
  /** The fewest calls per period at which `to` costs no more than `from`; `null` where it never does. */
  readonly calls: number | null
  /** From here on `to` costs no more at any number of calls; later than `calls` where a further unit is dearer for a while. */
  readonly always: number | null
  /** Both costs at `calls`. */
  readonly fromCost: Amount | null
  readonly toCost: Amount | null
}

interface Line {
  readonly name: string
  readonly fixed: bigint
  readonly perCall: bigint
  readonly callsPerUnit: bigint | null
  readonly mostCalls: bigint | null
}

/** More calls per period than this are not looked at; whole numbers below it are exact doubles. */
export const MOST_CALLS = 1e12

function money(field: string, value: Money | undefined): bigint {
  if (value === undefined) return 0n
  const decimal = typeof value === 'string' ? value : value?.exact
  return picoUsd(field, decimal)
}

function lineOf(offer: Offer, field: string): Line {
  optionsObject(field, offer)
  const limit = (name: 'callsPerUnit' | 'mostCalls'): bigint | null =>
    offer[name] === undefined ? null : BigInt(wholeNumber(`${field}.${name}`, offer[name], 1, MOST_CALLS))
  if (typeof offer.name !== 'string') throw new InvalidDeploymentError(`${field}.name`, offer.name, 'a string')
  return {
    name: offer.name,
    fixed: money(`${field}.fixedUsd`, offer.fixedUsd),
    perCall: money(`${field}.usdPerCall`, offer.usdPerCall),
    callsPerUnit: limit('callsPerUnit'),
    mostCalls: limit('mostCalls'),
  }
}

function costOfLine({ fixed, perCall, callsPerUnit, mostCalls }: Line, calls: bigint): bigint | null {
  if (mostCalls !== null && calls > mostCalls) return null
  const units = callsPerUnit === null || calls === 0n ? 1n : ceilDivide(calls, callsPerUnit)
  return fixed * units + perCall * calls
}

/** Units that an offer takes for a number of calls. */
export function unitsOf(offer: Offer, calls: number): number {
  const { callsPerUnit } = lineOf(offer, 'offer')
  return callsPerUnit === null || calls === 0 ? 1 : Number(ceilDivide(BigInt(calls), callsPerUnit))
}

/** Cost of an offer for a number of calls in a period; `null` beyond what it serves. @throws InvalidDeploymentError */
export function costOfCalls(offer: Offer, calls: number): Amount | null {
  const pico = costOfLine(lineOf(offer, 'offer'), BigInt(wholeNumber('calls', calls, 0, MOST_CALLS)))
  return pico === null ? null : amountOf(pico)
}

/**
 * The number of calls from which `to` costs no more than `from`. `from` is paid by the call, with at most one fixed cost, such as
 * an API; `to` may take units, such as GPUs.
 *
 * With d dollars saved per call, f per unit and c calls per unit, a first unit pays when n ≥ (f − F) / d and n ≤ c. If it does
 * not pay when it is full, no number of units does. `always` is where the first call of every further unit pays too.
 *
 * @throws InvalidDeploymentError when `from` has units of limited size
 */
export function breakEven(from: Offer, to: Offer): Crossing {
  const [a, b] = [lineOf(from, 'from'), lineOf(to, 'to')]
  if (a.callsPerUnit !== null)
    throw new InvalidDeploymentError(
      'from.callsPerUnit',
      from.callsPerUnit,
      'left out: swap the offers, or compare costOfCalls',
    )
  const calls = firstCrossing(a, b)
  const within = calls !== null && withinLimits(calls, a, b)
  const always = within ? lastCrossing(a, b, calls) : null
  return Object.freeze({
    calls: within ? Number(calls) : null,
    always: always !== null && withinLimits(always, a, b) ? Number(always) : null,
    fromCost: within ? amountOf(costOfLine(a, calls) as bigint) : null,
    toCost: within ? amountOf(costOfLine(b, calls) as bigint) : null,
  })
}

function withinLimits(calls: bigint, ...lines: readonly Line[]): boolean {
  return calls <= BigInt(MOST_CALLS) && lines.every(({ mostCalls }) => mostCalls === null || calls <= mostCalls)
}

function firstCrossing(a: Line, b: Line): bigint | null {
  const saved = a.perCall - b.perCall
  const extra = b.fixed - a.fixed
  if (extra + b.perCall <= a.perCall) return 1n
  if (saved <= 0n) return null
  const calls = ceilDivide(extra, saved)
  return b.callsPerUnit !== null && calls > b.callsPerUnit ? null : calls
}

function lastCrossing(a: Line, b: Line, first: bigint): bigint | null {
  const saved = a.perCall - b.perCall
  if (b.callsPerUnit === null) return saved >= 0n ? first : null
  const size = b.callsPerUnit
  const gained = saved * size - b.fixed
  // The first call of unit r pays when r·f − F ≤ d·((r − 1)·c + 1), that is r·(d·c − f) ≥ d·(c − 1) − F.
  const needed = saved * (size - 1n) - a.fixed
  if (gained <= 0n) return needed <= 0n && gained === 0n ? first : null
  const unit = needed <= 0n ? 1n : ceilDivide(needed, gained)
  if (unit <= 1n) return first
  // Unit by unit before that one, the last place where `to` begins to pay and goes on paying.
  const before = unit - 1n
  const start = (before - 1n) * size + 1n
  const crossing = ceilDivide(before * b.fixed - a.fixed, saved)
  if (crossing > before * size) return before * size + 1n
  return crossing > start ? crossing : start
}

export interface CurvePoint {
  readonly calls: number
  /** One cost per offer, in their order; `null` where an offer does not serve so many calls. */
  readonly costs: readonly (Amount | null)[]
}

/** Costs of offers over numbers of calls that grow by a constant ratio: for plots. @throws InvalidDeploymentError */
export function costCurve(offers: readonly Offer[], from: number, to: number, points = 60): readonly CurvePoint[] {
  wholeNumber('from', from, 1, MOST_CALLS)
  wholeNumber('to', to, from, MOST_CALLS)
  wholeNumber('points', points, 2, 10_000)
  const lines = offers.map((offer, index) => lineOf(offer, `offers[${index}]`))
  const ratio = Math.log(to / from) / (points - 1)
  const calls = Array.from({ length: points }, (_, index) =>
    Math.min(to, Math.max(from, Math.round(from * Math.exp(ratio * index)))),
  )
  return Object.freeze(
    [...new Set(calls)].map((count) =>
      Object.freeze({
        calls: count,
        costs: Object.freeze(
          lines.map((line) => {
            const pico = costOfLine(line, BigInt(count))
            return pico === null ? null : amountOf(pico)
          }),
        ),
      }),
    ),
  )
}
