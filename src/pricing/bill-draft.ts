/** The lines of a bill and their exact sum. */
import { type Amount, amountOf, amountOfSafe } from '../money.ts'
import type { RateCard } from './table.ts'
import type { CostLine, Notice, UnpricedPart } from './types.ts'
import { rateUnits } from './units.ts'

/** What a call is charged, whoever's rates they are; its lists are frozen. */
export interface Bill {
  readonly total: Amount
  readonly lines: readonly CostLine[]
  readonly unpriced: readonly UnpricedPart[]
  /** What had to be assumed. */
  readonly warnings: readonly Notice[]
}

/** A bill in the making. Its sum is a safe integer while that is provably exact, and a big integer from then on. */
export class BillDraft {
  readonly lines: CostLine[] = []
  readonly unpriced: UnpricedPart[] = []
  private safe = 0
  private big: bigint | undefined

  /** Adds the line of a unit without a fallback, or leaves it out where it has no rate; units left out stand in falling order. */
  charge(unit: number, quantity: number, micro: RateCard['micro']): void {
    if (quantity === 0) return
    const rate = micro[unit]
    if (rate != null) this.addLine(unit, quantity, rate)
    else this.unpriced.unshift(unpricedPart(unit, quantity))
  }

  addLine(unit: number, quantity: number, rate: number): void {
    const { key, counts, per } = rateUnits[unit]
    const amount = this.add(quantity, rate, per)
    this.lines.push(Object.freeze({ part: key, quantity, unit: counts, rateUsd: decimalOfMicro(rate), per, amount }))
  }

  leaveOut(unit: number, quantity: number, reason: string | undefined): void {
    this.unpriced.push(unpricedPart(unit, quantity, reason))
  }

  finished(warnings: readonly Notice[]): Bill {
    return {
      total: this.big === undefined ? amountOfSafe(this.safe) : amountOf(this.big),
      lines: Object.freeze(this.lines),
      unpriced: frozen(this.unpriced),
      warnings: frozen(warnings),
    }
  }

  /** Adds `quantity × micro / per` dollars-of-a-millionth and returns that amount. */
  private add(quantity: number, micro: number, per: number): Amount {
    const factor = 1_000_000 / per
    const product = Number.isInteger(factor) ? quantity * micro * factor : Number.NaN
    if (product <= Number.MAX_SAFE_INTEGER) {
      this.addSafe(product)
      return amountOfSafe(product)
    }
    const pico = picoProduct(BigInt(quantity), BigInt(micro), BigInt(per))
    this.big = (this.big ?? BigInt(this.safe)) + pico
    return amountOf(pico)
  }

  private addSafe(pico: number): void {
    const next = this.safe + pico
    if (this.big !== undefined) this.big += BigInt(pico)
    else if (next <= Number.MAX_SAFE_INTEGER) this.safe = next
    else this.big = BigInt(this.safe) + BigInt(pico)
  }
}

function unpricedPart(unit: number, quantity: number, reason = 'the table has no rate for it'): UnpricedPart {
  const { key, counts } = rateUnits[unit]
  return Object.freeze({ part: key, quantity, unit: counts, reason })
}

/** Picodollars, rounded half up where a rate per hour or minute does not come out even. */
function picoProduct(quantity: bigint, micro: bigint, per: bigint): bigint {
  return (2n * quantity * micro * 1_000_000n + per) / (2n * per)
}

const decimals = new Map<number, string>()
const KEPT_DECIMALS = 4096

/** A rate in millionths of a dollar as a plain decimal. The few hundred distinct rates are kept. */
export function decimalOfMicro(micro: number): string {
  const known = decimals.get(micro)
  if (known !== undefined) return known
  const text = amountOf(BigInt(micro) * 1_000_000n).exact
  if (decimals.size < KEPT_DECIMALS) decimals.set(micro, text)
  return text
}

const nothing: readonly never[] = Object.freeze([])

/** Freezing is not cheap, and most lists of remarks are empty. */
export function frozen<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? nothing : Object.freeze(list)
}
