import { type Alphabet, alphabetOf } from './alphabet.ts'
import { unsupportedPattern } from './errors.ts'
import { buildProgram, Op, type Program } from './program.ts'
import type { CodePointSet } from './sets.ts'
import type { PatternNode } from './syntax.ts'

/**
 * A deterministic automaton with the priorities of a backtracking matcher (the first alternative that leads to a match wins), built
 * whole and bounded: one step per character, whatever the pattern.
 *
 * `next[state × width + symbol]` is `2 × following state + 1 if a match ends before the symbol`. State 0 is dead. The symbol `edge` stands
 * for the end of the text.
 */
export interface Automaton {
  readonly symbolOf: Uint8Array
  readonly edge: number
  readonly width: number
  readonly next: Int32Array
  readonly states: number
  /** State to begin in, by the symbol before (`edge` at the beginning of the text). */
  readonly startAfter: Int32Array
}

/** The patterns of published models have up to 60 states. */
const MAX_STATES = 3000
/** Steps of the construction; the largest published pattern takes about 20,000. */
const MAX_STEPS = 3_000_000

/**
 * Builds the automaton of a parsed pattern.
 * @throws TokenfareError `unsupported-tokenizer` when it would be too large.
 */
export function buildAutomaton(node: PatternNode, pattern: string): Automaton {
  const program = buildProgram(node, pattern)
  const alphabet = alphabetOf(program.sets)
  if (alphabet === undefined) throw unsupportedPattern(pattern, 'it tells too many sets of characters apart')
  return new Construction(program, alphabet, pattern).run()
}

/** Subset construction over ordered thread lists. A state is the threads after a character, best first, and that character. */
class Construction {
  private readonly program: Program
  private readonly alphabet: Alphabet
  private readonly pattern: string
  private readonly members: readonly Uint8Array[]
  private readonly looksBehind: boolean
  private readonly states: { threads: readonly number[]; before: number }[] = [{ threads: [], before: 0 }]
  private readonly index = new Map<string, number>()
  private steps = 0

  constructor(program: Program, alphabet: Alphabet, pattern: string) {
    this.program = program
    this.alphabet = alphabet
    this.pattern = pattern
    this.members = program.sets.map((set: CodePointSet) => alphabet.members(set))
    this.looksBehind = program.ops.includes(Op.behind)
  }

  run(): Automaton {
    const { edge } = this.alphabet
    const width = edge + 1
    const startAfter = Int32Array.from({ length: width }, (_, symbol) => this.stateOf([0], symbol))
    const table: number[] = []
    for (let state = 0; state < this.states.length; state++) {
      for (let symbol = 0; symbol < width; symbol++) table.push(this.transition(this.states[state], symbol))
    }
    return {
      symbolOf: this.alphabet.symbolOf,
      edge,
      width,
      next: Int32Array.from(table),
      states: this.states.length,
      startAfter,
    }
  }

  private stateOf(threads: readonly number[], before: number): number {
    if (threads.length === 0) return 0
    const known = this.looksBehind ? before : 0
    const key = `${known}:${threads.join()}`
    let state = this.index.get(key)
    if (state === undefined) {
      if (this.states.length === MAX_STATES) throw this.tooLarge()
      state = this.states.push({ threads, before: known }) - 1
      this.index.set(key, state)
    }
    return state
  }

  /** Follows the threads up to the sets they wait at, with the next symbol known, and over those that contain it. */
  private transition(state: { threads: readonly number[]; before: number }, symbol: number): number {
    const { ops, first, second } = this.program
    const { edge } = this.alphabet
    const visited = new Set<number>()
    const following: number[] = []
    const stack = [...state.threads].reverse()
    while (stack.length > 0) {
      const at = stack.pop() as number
      if (visited.has(at)) continue
      visited.add(at)
      if (++this.steps > MAX_STEPS) throw this.tooLarge()
      switch (ops[at]) {
        case Op.match:
          // Threads of lower priority lose against this match.
          return 2 * this.stateOf(following, symbol) + 1
        case Op.set:
          if (symbol !== edge && this.members[first[at]][symbol] === 1) following.push(at + 1)
          break
        case Op.split:
          stack.push(second[at], first[at])
          break
        case Op.jump:
          stack.push(first[at])
          break
        case Op.ahead:
          if (symbol === edge ? second[at] === 1 : this.members[first[at]][symbol] === 1) stack.push(at + 1)
          break
        case Op.behind:
          if (state.before === edge ? second[at] === 1 : this.members[first[at]][state.before] === 1) stack.push(at + 1)
          break
      }
    }
    return 2 * this.stateOf(following, symbol)
  }

  private tooLarge(): Error {
    return unsupportedPattern(this.pattern, 'a matcher with bounded time would be too large')
  }
}
