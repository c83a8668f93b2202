import { characterLength, codePointAt } from '../scanners/scanner.ts'
import { type Automaton, buildAutomaton } from './automaton.ts'
import { parsePattern } from './parse.ts'
import type { PatternSyntax } from './syntax.ts'

/** A search that has looked this many characters past its last match begins to remember where it has been. */
const PATIENCE = 16

/**
 * A pattern of a tokenizer file as a matcher whose time is bounded, over UTF-8.
 *
 * The matches of one text are found from left to right with {@link find}; searches that fail are remembered ({@link begin} forgets
 * them), so that all matches of a text together take time in proportion to its length even for patterns like `a*b|a`, where every
 * single search looks far ahead in vain.
 */
export class Matcher {
  /** First and past-the-last byte of the match that `find` found. */
  matchStart = 0
  matchEnd = 0

  private readonly automaton: Automaton
  /** `position × states + state` of steps that no match follows. */
  private failures = new Set<number>()

  /** @throws TokenfareError `unsupported-tokenizer` for a pattern that has no bounded matcher. */
  constructor(pattern: string, syntax: PatternSyntax) {
    this.automaton = buildAutomaton(parsePattern(pattern, syntax), pattern)
  }

  /** Begins a new text. */
  begin(): void {
    if (this.failures.size > 0) this.failures = new Set()
  }

  /**
   * Finds the leftmost match in `text[from … end)`, where the whole text is `text[begin … end)`: conditions on neighbours see all of
   * it. `text` is followed by padding.
   */
  find(text: Uint8Array, begin: number, from: number, end: number): boolean {
    const { automaton } = this
    const { symbolOf, edge, startAfter } = automaton
    let before = from === begin ? edge : symbolOf[codePointBefore(text, from)]
    for (let at = from; ; ) {
      const matchEnd = this.matchFrom(text, at, end, startAfter[before])
      if (matchEnd >= 0) {
        this.matchStart = at
        this.matchEnd = matchEnd
        return true
      }
      if (at >= end) return false
      before = symbolOf[codePointAt(text, at)]
      at += characterLength(text[at])
    }
  }

  /** End of the match that begins at `start`, or −1. */
  private matchFrom(text: Uint8Array, start: number, end: number, startState: number): number {
    const { symbolOf, edge, width, next, states } = this.automaton
    let state = startState
    let lastEnd = -1
    let sinceMatch = 0
    let visits: number[] | undefined
    let at = start
    while (state !== 0 && at < end) {
      const step = next[state * width + symbolOf[codePointAt(text, at)]]
      if ((step & 1) === 1) {
        lastEnd = at
        sinceMatch = 0
        if (visits !== undefined) visits.length = 0
      }
      state = step >>> 1
      at += characterLength(text[at])
      if (++sinceMatch > PATIENCE && (sinceMatch & 7) === 0) {
        const visit = at * states + state
        if (this.failures.has(visit)) {
          state = 0
          break
        }
        visits ??= []
        visits.push(visit)
      }
    }
    if (state !== 0 && (next[state * width + edge] & 1) === 1) return end
    if (visits !== undefined) for (const visit of visits) this.failures.add(visit)
    return lastEnd
  }
}

function codePointBefore(text: Uint8Array, at: number): number {
  let start = at - 1
  while ((text[start] & 0xc0) === 0x80) start--
  return codePointAt(text, start)
}
