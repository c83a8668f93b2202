/** Ranges: three evaluations of the same formula. */
import type { Range } from './types.ts'

/** The ends in order; a formula may fall where another rises. */
export function rangeOf(of: (point: keyof Range) => number): Range {
  const [a, expected, b] = [of('low'), of('expected'), of('high')]
  return Object.freeze({ low: Math.min(a, expected, b), expected, high: Math.max(a, expected, b) })
}

export function mapRange(range: Range, of: (value: number) => number): Range {
  return rangeOf((point) => of(range[point]))
}
