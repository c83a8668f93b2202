/** The total of a bill without its lines, for callers that price one call in many ways. Agrees with `costUnder` to the picodollar. */
import { type Amount, amountOf, amountOfSafe } from '../money.ts'
import { pricedUnit } from './bill.ts'
import type { RateCard } from './table.ts'
import type { Usage } from './types.ts'
import { unitIndex } from './units.ts'
import { billedQuantities, type Quantities } from './usage.ts'

/** Picodollars: a number while it is a safe integer, a big integer beyond. The two compare with `<` as they are. */
export type Pico = number | bigint

const INPUT = unitIndex('input') as number
const OUTPUT = unitIndex('output') as number
const CACHE_READ = unitIndex('cacheRead') as number
const CACHE_WRITE = unitIndex('cacheWrite') as number
const CACHE_WRITE_1H = unitIndex('cacheWrite1h') as number
const REQUEST = unitIndex('request') as number

type Micro = RateCard['micro']

/**
 * Picodollars of a call's tokens, and its fee per request where there is one, under the rates of one context. Parts without a
 * known rate are left out: the sum is then a lower bound.
 */
export function picoUnder(micro: Micro, usage: Usage): Pico {
  const media = usage.inputImageTokens ?? usage.inputAudioTokens ?? usage.inputVideoTokens
  if (media !== undefined) return sumOf(micro, billedQuantities(usage).quantities)
  const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, cacheWrite1hTokens = 0 } = usage
  let sum = micro[REQUEST] == null ? 0 : (micro[REQUEST] as number) * 1000
  sum += (inputTokens - cacheReadTokens - cacheWriteTokens) * (micro[INPUT] ?? 0)
  sum += outputTokens * (micro[OUTPUT] ?? 0)
  if (cacheReadTokens !== 0) sum += cacheReadTokens * (micro[CACHE_READ] ?? 0)
  if (cacheWriteTokens !== cacheWrite1hTokens)
    sum += (cacheWriteTokens - cacheWrite1hTokens) * (micro[CACHE_WRITE] ?? 0)
  if (cacheWrite1hTokens !== 0) sum += cacheWrite1hTokens * (micro[CACHE_WRITE_1H] ?? 0)
  // All terms are non-negative: a safe sum has safe terms, and each step was exact.
  return sum <= Number.MAX_SAFE_INTEGER ? sum : sumOf(micro, billedQuantities(usage).quantities)
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
