/** Sums up what a request holds, by kind of part, with bounds. */
import type { Budget } from './budget.ts'
import type { Spread } from './rules/frames.ts'
import type { CountMethod, CountPart, CountPartKind, TokenRange } from './types.ts'

/** From the surest on; what holds nothing is counted exactly. A provider's own count is no sum of parts. */
const looseness: readonly CountMethod[] = ['exact', 'rule', 'calibrated', 'heuristic']

function looser(one: CountMethod, other: CountMethod): CountMethod {
  return looseness.indexOf(one) < looseness.indexOf(other) ? other : one
}

/** How a text is counted: with a vocabulary, or a stand-in for one. */
export interface TextCounter {
  readonly encoding: string | null
  readonly method: CountMethod
  /** Fractions are allowed; they are rounded once per kind of part. */
  count(text: string): TokenRange
  /** The same for a text that is likely to come again with the next request; a bounded number of them is kept. */
  recall(text: string): TokenRange
}

/** UTF-16 units from which on a text is compared with the one before. */
const longText = 1 << 15

const asStated: Spread = { text: 1, tools: 1 }

/** Whose spread widens the bounds of a kind of part; media and what cannot be seen keep the bounds of their own rules. */
const spreadGroups: Readonly<Partial<Record<CountPartKind, keyof Spread>>> = {
  text: 'text',
  frame: 'text',
  reasoning: 'text',
  tools: 'tools',
  'tool-calls': 'tools',
  'tool-results': 'tools',
  schema: 'tools',
}

export function spreadGroupOf(kind: CountPartKind): keyof Spread | undefined {
  return spreadGroups[kind]
}

interface Sum {
  readonly kind: CountPartKind
  tokens: number
  low: number
  high: number
  method: CountMethod
}

export class Meter {
  readonly #text: TextCounter
  /** In the order in which the kinds came up; a handful at most. */
  readonly #sums: Sum[] = []
  readonly #spread: Spread
  #lowest = Number.POSITIVE_INFINITY

  readonly #budget: Budget | undefined
  #longText = ''
  #longRange: TokenRange = { tokens: 0, low: 0, high: 0 }

  /** @param budget - What counting texts uses up; a bare string has no limit. */
  constructor(text: TextCounter, spread: Spread = asStated, budget?: Budget) {
    this.#text = text
    this.#spread = spread
    this.#budget = budget
  }

  /** Counts a text without adding it. */
  count(text: string): TokenRange {
    this.#budget?.spendText(text.length)
    if (text.length < longText) return this.#text.count(text)
    // Two references to one text are equal at a glance; a body whose parts share a long text is refused before it takes time.
    if (text !== this.#longText) {
      this.#longRange = this.#text.count(text)
      this.#longText = text
    }
    return this.#longRange
  }

  /** Counts a text that is likely to come with every request, without adding it. */
  recall(text: string): TokenRange {
    if (text.length >= longText) return this.count(text)
    this.#budget?.spendText(text.length)
    return this.#text.recall(text)
  }

  /** Adds the tokens of a text. */
  text(kind: CountPartKind, text: string): void {
    if (text !== '') this.range(kind, this.count(text), this.#text.method)
  }

  /** Adds the tokens of a text that is likely to come with every request. */
  recalled(kind: CountPartKind, text: string): void {
    if (text !== '') this.range(kind, this.recall(text), this.#text.method)
  }

  /** Adds a number of tokens that a rule gives. */
  fixed(kind: CountPartKind, tokens: number): void {
    if (tokens !== 0) this.#add(kind, tokens, tokens, tokens, 'rule')
  }

  range(kind: CountPartKind, { tokens, low, high }: TokenRange, method: CountMethod): void {
    const group = method === 'calibrated' ? spreadGroupOf(kind) : undefined
    const spread = group === undefined ? 1 : this.#spread[group]
    this.#add(kind, tokens, tokens - (tokens - low) * spread, tokens + (high - tokens) * spread, method)
  }

  /** Adds a calibrated range whose bounds stay as they are, whatever the spread of the frame. */
  stated(kind: CountPartKind, { tokens, low, high }: TokenRange): void {
    this.#add(kind, tokens, low, high, 'calibrated')
  }

  #add(kind: CountPartKind, tokens: number, low: number, high: number, method: CountMethod): void {
    for (const sum of this.#sums) {
      if (sum.kind !== kind) continue
      sum.tokens += tokens
      sum.low += low
      sum.high += high
      if (sum.method !== method) sum.method = looser(sum.method, method)
      return
    }
    this.#sums.push({ kind, tokens, low, high, method })
  }

  /** The whole so far. A band around the frame may lower it by more than the frame has, so it is not the sum of the parts' bounds. */
  total(): TokenRange {
    let tokens = 0
    let low = 0
    let high = 0
    for (const sum of this.#sums) {
      tokens += Math.max(0, Math.round(sum.tokens))
      low += Math.round(sum.low)
      high += Math.round(sum.high)
    }
    return { tokens, low: Math.max(0, Math.min(tokens, low, this.#lowest)), high: Math.max(tokens, high) }
  }

  /** The loosest method so far. */
  method(): CountMethod {
    let method = looseness[0]!
    for (const sum of this.#sums) method = looser(method, sum.method)
    return method
  }

  /** Lets the whole be as low as this: a part of it may be reported apart. */
  lowerTo(low: number): void {
    this.#lowest = low
  }

  /** The whole so far, before rounding. */
  fraction(): number {
    let tokens = 0
    for (const sum of this.#sums) tokens += sum.tokens
    return tokens
  }

  /** The parts so far: whole numbers, none below 0. */
  parts(): CountPart[] {
    return this.#sums.map((sum) => {
      const tokens = Math.max(0, Math.round(sum.tokens))
      const low = Math.max(0, Math.min(tokens, Math.round(sum.low)))
      return Object.freeze({
        kind: sum.kind,
        tokens,
        low,
        high: Math.max(tokens, Math.round(sum.high)),
        method: sum.method,
      })
    })
  }
}
