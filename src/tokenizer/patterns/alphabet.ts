import { type CodePointSet, contains, LAST_CODE_POINT } from './sets.ts'

/** Symbols that a pattern tells apart; a byte holds one. */
const MAX_SYMBOLS = 250

/**
 * The code points, divided into the fewest symbols such that every set of a pattern is a set of symbols. One more symbol, `edge`,
 * stands for the end (or the beginning) of the text.
 */
export interface Alphabet {
  /** Symbol of each code point. */
  readonly symbolOf: Uint8Array
  /** Number of symbols, without `edge`; `edge` has this number. */
  readonly edge: number
  /** Whether each symbol is in a set, `edge` excluded. */
  members(set: CodePointSet): Uint8Array
}

/** The alphabet of the sets of a pattern, or `undefined` if it would have too many symbols. */
export function alphabetOf(sets: readonly CodePointSet[]): Alphabet | undefined {
  const distinct = [...new Map(sets.map((set) => [set.join(), set])).values()]
  const starts = new Set<number>([0])
  for (const set of distinct) {
    for (let i = 0; i < set.length; i += 2) {
      starts.add(set[i])
      if (set[i + 1] < LAST_CODE_POINT) starts.add(set[i + 1] + 1)
    }
  }
  const boundaries = [...starts].sort((a, b) => a - b)
  if (boundaries.length * distinct.length > MAX_WORK) return undefined
  const symbols = new Map<string, number>()
  const samples: number[] = []
  const symbolOf = new Uint8Array(LAST_CODE_POINT + 1)
  for (const [i, start] of boundaries.entries()) {
    const signature = distinct.map((set) => (contains(set, start) ? '1' : '0')).join('')
    let symbol = symbols.get(signature)
    if (symbol === undefined) {
      if (samples.length === MAX_SYMBOLS) return undefined
      symbol = samples.push(start) - 1
      symbols.set(signature, symbol)
    }
    if (symbol > 0) symbolOf.fill(symbol, start, boundaries[i + 1] ?? LAST_CODE_POINT + 1)
  }
  return {
    symbolOf,
    edge: samples.length,
    members: (set) => Uint8Array.from(samples, (sample) => (contains(set, sample) ? 1 : 0)),
  }
}

/** Look-ups while dividing; the patterns of published models need about 30,000. */
const MAX_WORK = 1_000_000
