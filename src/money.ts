/**
 * Exact money. Inside the library every amount is a whole number of picodollars (10^-12 USD) in a `bigint`.
 *
 * Rates in price lists are decimal strings with at most six fractional digits per million tokens, and a millionth of a
 * dollar per million tokens is exactly one picodollar per token: `tokens × rate` is an integer product, sums are exact, and
 * the only rounding is the conversion to a `number` for display in {@link Amount.usd}.
 */
import { describe } from './errors.ts'

/** An exact amount of money as results carry it. */
export interface Amount {
  /** The double nearest to the exact amount, in US dollars: for display and comparison, not for adding up. */
  readonly usd: number
  /** The exact amount in US dollars as a plain decimal, for example `"0.00375"`. Never in exponent form. */
  readonly exact: string
}

const PICO_DIGITS = 12
const PICO_PER_USD = 10n ** BigInt(PICO_DIGITS)

/** A decimal without sign or exponent. At most 15 whole digits, so that hostile input cannot make huge integers. */
const PLAIN_DECIMAL = /^(\d{1,15})(?:\.(\d{1,12}))?$/

/**
 * Picodollars per unit from a decimal number of dollars per `units` of them.
 *
 * @param decimal - for example `"2.50"`; no sign, no exponent.
 * @param units - a power of ten: 1 for a price per request, 1_000_000 for a price per million tokens.
 * @throws RangeError when it is no plain decimal, or is finer than a picodollar per unit.
 */
export function picoUsdPerUnit(decimal: string, units: 1 | 1_000 | 1_000_000): bigint {
  const match = PLAIN_DECIMAL.exec(decimal)
  if (match === null)
    throw new RangeError(`a rate must be a plain decimal such as "2.5", got ${JSON.stringify(decimal)}`)
  const fractionDigits = match[2] ?? ''
  const pico = BigInt(match[1] + fractionDigits.padEnd(PICO_DIGITS, '0'))
  const divisor = BigInt(units)
  if (pico % divisor !== 0n) {
    throw new RangeError(`the rate ${decimal} per ${units} units is finer than a picodollar per unit`)
  }
  return pico / divisor
}

/** The exact decimal of an amount of picodollars in US dollars, without trailing zeros: `3_750_000n` → `"0.00000375"`. */
export function exactUsd(pico: bigint): string {
  if (pico < 0n) return `-${exactUsd(-pico)}`
  const whole = pico / PICO_PER_USD
  const fraction = (pico % PICO_PER_USD).toString().padStart(PICO_DIGITS, '0').replace(/0+$/, '')
  return fraction === '' ? whole.toString() : `${whole}.${fraction}`
}

/** The amount of a sum of picodollars. `usd` is rounded once, from the exact decimal, to the nearest double. */
export function amountOf(pico: bigint): Amount {
  const exact = exactUsd(pico)
  return Object.freeze({ usd: Number(exact), exact })
}

const nothing: Amount = Object.freeze({ usd: 0, exact: '0' })

/**
 * The amount of a sum of picodollars, possibly negative, that is a safe integer: the same result as {@link amountOf}, without big
 * integers.
 *
 * The quotient of two exactly represented integers is correctly rounded, so `usd` is the nearest double here, too.
 */
export function amountOfSafe(pico: number): Amount {
  if (pico === 0) return nothing
  const exact = pico < 0 ? `-${exactOfSafe(-pico)}` : exactOfSafe(pico)
  return Object.freeze({ usd: pico / 1e12, exact })
}

function exactOfSafe(pico: number): string {
  const whole = Math.floor(pico / 1e12)
  const fraction = pico - whole * 1e12
  if (fraction === 0) return `${whole}`
  const micro = Math.floor(fraction / 1e6)
  const rest = fraction - micro * 1e6
  return rest === 0 ? `${whole}.${shortDigits(micro)}` : `${whole}.${sixDigits(micro)}${shortDigits(rest)}`
}

const leadingZeros = ['', '0', '00', '000', '0000', '00000'] as const

/** A number below a million with six digits. */
function sixDigits(n: number): string {
  const digits = `${n}`
  return leadingZeros[6 - digits.length] + digits
}

/** The same without zeros at the end; `n` is not 0. */
function shortDigits(n: number): string {
  let significant = n
  let places = 6
  while (significant % 10 === 0) {
    // A whole number below a million stays one, which is faster than a double.
    significant = (significant / 10) | 0
    places--
  }
  const digits = `${significant}`
  return leadingZeros[places - digits.length] + digits
}

/** A sum has no largest number of digits, as a rate does; this many are enough for any that fits into memory. */
const EXACT = /^(-?)(\d{1,1000})(?:\.(\d{1,12}))?$/

/**
 * Picodollars of an exact decimal such as {@link Amount.exact} or a budget limit; the inverse of {@link exactUsd}.
 *
 * @throws RangeError when it is no plain decimal of at most twelve places.
 */
export function parseUsd(decimal: string): bigint {
  const match = typeof decimal === 'string' ? EXACT.exec(decimal) : null
  if (match === null)
    throw new RangeError(`an amount must be a plain decimal such as "2.5", got ${JSON.stringify(decimal)}`)
  const pico = BigInt(match[2] + (match[3] ?? '').padEnd(PICO_DIGITS, '0'))
  return match[1] === '-' ? -pico : pico
}

/**
 * The exact sum of amounts, such as the totals of many calls: `usd` of the result is rounded once, where adding up `usd` itself would round
 * at every step. No amounts give 0.
 *
 * @throws TypeError when one is not an amount, which is any object whose `exact` is a plain decimal of dollars, as after `JSON.parse`.
 */
export function sumAmounts(amounts: Iterable<Pick<Amount, 'exact'>>): Amount {
  if (typeof (amounts as unknown as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] !== 'function')
    throw new TypeError(`amounts: a list was expected, got ${describe(amounts)}`)
  let sum = 0n
  let index = 0
  for (const amount of amounts) sum += picoOf(amount, index++)
  return amountOf(sum)
}

function picoOf(amount: Pick<Amount, 'exact'>, index: number): bigint {
  const exact: unknown = (amount as Pick<Amount, 'exact'> | undefined | null)?.exact
  try {
    return parseUsd(exact as string)
  } catch {
    const got = typeof amount === 'object' && amount !== null ? `exact: ${describe(exact)}` : describe(amount)
    throw new TypeError(`amounts[${index}]: an amount such as cost.total was expected, { exact: "0.0036" }; got ${got}`)
  }
}
