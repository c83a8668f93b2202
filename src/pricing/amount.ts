/** The total of a bill without its lines, for callers that price one call in many ways. Agrees with `costUnder` to the picodollar. */
import { type Amount, amountOf, amountOfSafe } from '../money.ts'
import { CACHE_READ, CACHE_WRITE, CACHE_WRITE_1H, INPUT, OUTPUT, REQUEST } from './positions.ts'
import type { RateCard } from './table.ts'
import { pricedUnit } from './table.ts'
import type { Usage } from './types.ts'
import { billedQuantities } from './usage.ts'
import type { Quantities } from './usage-fields.ts'

/** Picodollars: a number while it is a safe integer, a big integer beyond. The two compare with `<` as they are. */
export type Pico = number | bigint

type Micro = RateCard['micro']

/**
 * Picodollars of a call's tokens, and its fee per request where there is one, under the rates of one context. Parts without a
 * known rate are left out: the sum is then a lower bound.
 */
export function picoUnder(micro: Micro, usage: Usage): Pico {
  const special =
    usage.inputImageTokens ?? usage.inputAudioTokens ?? usage.inputVideoTokens ?? usage.cacheWrite12hTokens
  if (special === undefined) {
    const {
      inputTokens = 0,
      outputTokens = 0,
      cacheReadTokens = 0,
      cacheWriteTokens = 0,
      cacheWrite1hTokens = 0,
    } = usage
    const sum = textSum(micro, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens)
    if (sum <= Number.MAX_SAFE_INTEGER) return sum
  }
  return sumOf(micro, billedQuantities(usage).quantities)
}

/**
 * The same for a call of text alone, as a double: the exact sum, if that is a safe integer. Then its terms are safe, too, as none
 * is negative, and each step was exact.
 */
export function textSum(
  micro: Micro,
  inputTokens: number,
  outputTokens: number,
  read: number,
  write: number,
  write1h: number,
): number {
  let sum = micro[REQUEST] == null ? 0 : (micro[REQUEST] as number) * 1000
  sum += (inputTokens - read - write) * (micro[INPUT] ?? 0)
  sum += outputTokens * (micro[OUTPUT] ?? 0)
  if (read !== 0) sum += read * (micro[CACHE_READ] ?? 0)
  if (write !== write1h) sum += (write - write1h) * (micro[CACHE_WRITE] ?? 0)
  if (write1h !== 0) sum += write1h * (micro[CACHE_WRITE_1H] ?? 0)
  return sum
}

function sumOf(micro: Micro, quantities: Quantities): Pico {
  let sum = micro[REQUEST] == null ? 0n : BigInt(micro[REQUEST] as number) * 1000n
  for (let unit = 0; unit < quantities.length; unit++) {
    const quantity = quantities[unit] as number
    if (quantity === 0 || unit === REQUEST) continue
    const priced = pricedUnit(unit, micro)
    if (priced !== undefined) sum += BigInt(quantity) * BigInt(micro[priced] as number)
  }
  return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : sum
}

/** The amount of a number of picodollars, which may be negative. */
export function amountOfPico(pico: Pico): Amount {
  return typeof pico === 'bigint' ? amountOf(pico) : amountOfSafe(pico)
}

/** The exact difference of two sums. */
export function picoDifference(a: Pico, b: Pico): Pico {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return BigInt(a) - BigInt(b)
}
