/** Sums up what a request holds, by kind of part, with bounds. */
import type { CountMethod, CountPart, CountPartKind, TokenRange } from './types.ts'

const looseness: readonly CountMethod[] = ['provider', 'exact', 'rule', 'calibrated', 'heuristic']

export function loosest(methods: Iterable<CountMethod>): CountMethod {
  let worst = 0
  for (const method of methods) worst = Math.max(worst, looseness.indexOf(method))
  return looseness[worst]!
}

/** How a text is counted: with a vocabulary, or a stand-in for one. */
export interface TextCounter {
  readonly encoding: string | null
  readonly method: CountMethod
  /** Fractions are allowed; they are rounded once per kind of part. */
  count(text: string): TokenRange
}

interface Sum {
  tokens: number
  low: number
  high: number
  method: CountMethod
}

export class Meter {
  readonly #text: TextCounter
  readonly #sums: Map<CountPartKind, Sum> = new Map()

  constructor(text: TextCounter) {
    this.#text = text
  }

  /** Counts a text without adding it. */
  count(text: string): TokenRange {
    return this.#text.count(text)
  }

  /** Adds the tokens of a text. */
  text(kind: CountPartKind, text: string): void {
    if (text !== '') this.range(kind, this.#text.count(text), this.#text.method)
  }

  /** Adds a number of tokens that a rule gives. */
  fixed(kind: CountPartKind, tokens: number): void {
    if (tokens !== 0) this.#add(kind, tokens, tokens, tokens, 'rule')
  }

  range(kind: CountPartKind, { tokens, low, high }: TokenRange, method: CountMethod): void {
    this.#add(kind, tokens, low, high, method)
  }

  #add(kind: CountPartKind, tokens: number, low: number, high: number, method: CountMethod): void {
    const sum = this.#sums.get(kind)
    if (sum === undefined) {
      this.#sums.set(kind, { tokens, low, high, method })
      return
    }
    sum.tokens += tokens
    sum.low += low
    sum.high += high
    if (sum.method !== method) sum.method = loosest([sum.method, method])
  }

  /** The whole so far. A band around the frame may lower it by more than the frame has, so it is not the sum of the parts' bounds. */
  total(): TokenRange {
    const parts = this.parts()
    const tokens = parts.reduce((sum, part) => sum + part.tokens, 0)
    let low = 0
    let high = 0
    for (const sum of this.#sums.values()) {
      low += Math.round(sum.low)
      high += Math.round(sum.high)
    }
    return { tokens, low: Math.max(0, Math.min(tokens, low)), high: Math.max(tokens, high) }
  }

  /** The parts so far: whole numbers, none below 0. */
  parts(): CountPart[] {
    return [...this.#sums].map(([kind, sum]) => {
      const tokens = Math.max(0, Math.round(sum.tokens))
      const low = Math.max(0, Math.min(tokens, Math.round(sum.low)))
      return Object.freeze({ kind, tokens, low, high: Math.max(tokens, Math.round(sum.high)), method: sum.method })
    })
  }
}
