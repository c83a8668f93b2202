import { LongPieceMerger } from '../long-piece.ts'
import type { PieceMerger } from '../merge.ts'
import { NO_MERGE, PairTable } from '../pair-table.ts'
import { characterLength, codePointAt } from '../scanners/scanner.ts'
import type { TextBuffer } from '../text-chunks.ts'
import type { Vocabulary } from './definition.ts'

/** Up to this many symbols the lowest rank is found by looking at all. */
const SHORT = 96

/**
 * Byte-pair merging as SentencePiece does it: from the characters that have a token, and from the bytes of those that have none.
 */
export class CharacterMerger implements PieceMerger {
  private readonly pairs: PairTable
  private long: LongPieceMerger | undefined
  private readonly size: number
  /** Token index + 1 of each code point that has one. */
  private readonly tokenOfCharacter: Int32Array
  private readonly tokenOfByte = new Int32Array(256)
  private readonly runs: Runs | undefined
  private symbols = new Int32Array(256)
  private readonly ranks = new Int32Array(SHORT)

  constructor({ merges, characters, runs }: Vocabulary) {
    this.pairs = new PairTable(merges)
    this.size = merges.size
    for (let token = 0; token < 256; token++) this.tokenOfByte[merges.byteOf[token]] = token
    this.tokenOfCharacter = new Int32Array(characters.reduce((most, character) => Math.max(most, character), 0) + 1)
    characters.forEach((character, i) => {
      this.tokenOfCharacter[character] = 256 + i + 1
    })
    if (runs !== undefined) {
      this.runs = new Runs(this.tokenOfCharacter[runs.codePoint] - 1, runs.lengths)
    }
  }

  count({ bytes }: TextBuffer, start: number, end: number): number {
    return this.merge(bytes, start, end, undefined)
  }

  encode({ bytes }: TextBuffer, start: number, end: number, output: number[]): void {
    this.merge(bytes, start, end, output)
  }

  private merge(text: Uint8Array, start: number, end: number, output: number[] | undefined): number {
    const length = this.readSymbols(text, start, end)
    if (length > SHORT) return this.mergeLong(length, output)
    const count = this.runs?.join(this.symbols, this.joinSymbols(length)) ?? this.joinSymbols(length)
    if (output !== undefined) for (let i = 0; i < count; i++) output.push(this.symbols[i])
    return count
  }

  private readSymbols(text: Uint8Array, start: number, end: number): number {
    if (this.symbols.length < end - start) this.symbols = new Int32Array(2 * (end - start))
    const { symbols, tokenOfCharacter, tokenOfByte } = this
    let length = 0
    for (let at = start; at < end; ) {
      const next = at + characterLength(text[at])
      const token = tokenOfCharacter[codePointAt(text, at)]
      // `token` is undefined beyond the last character that has one.
      if (token > 0) symbols[length++] = token - 1
      else for (let i = at; i < next; i++) symbols[length++] = tokenOfByte[text[i]]
      at = next
    }
    return length
  }

  private mergeLong(length: number, output: number[] | undefined): number {
    this.long ??= new LongPieceMerger(
      this.pairs,
      Int32Array.from({ length: this.size }, (_, token) => token),
    )
    if (this.runs === undefined) return this.long.merge(this.symbols, 0, length, output)
    const tokens: number[] = []
    this.long.merge(this.symbols, 0, length, tokens)
    const joined = Int32Array.from(tokens)
    const count = this.runs.join(joined, joined.length)
    if (output !== undefined) for (let i = 0; i < count; i++) output.push(joined[i])
    return count
  }

  private joinSymbols(length: number): number {
    const { symbols, ranks, pairs } = this
    for (let i = 0; i + 1 < length; i++) ranks[i] = pairs.find(symbols[i], symbols[i + 1])
    for (;;) {
      let lowest = NO_MERGE
      let at = 0
      for (let i = 0; i + 1 < length; i++) {
        if (ranks[i] < lowest) {
          lowest = ranks[i]
          at = i
        }
      }
      if (lowest === NO_MERGE) return length
      length--
      symbols[at] = lowest
      symbols.copyWithin(at + 1, at + 2, length + 1)
      ranks.copyWithin(at + 1, at + 2, length)
      if (at + 1 < length) ranks[at] = pairs.find(lowest, symbols[at + 1])
      if (at > 0) ranks[at - 1] = pairs.find(symbols[at - 1], lowest)
    }
  }
}

/**
 * Joins runs of one character, whose tokens all have the lowest rank: of two places where two of them can be joined the left one goes
 * first. What lies left of such a place cannot be joined any more, so one pass with the joined ones as a stack does it.
 */
class Runs {
  private readonly single: number
  private readonly tokenOfLength: ReadonlyMap<number, number>
  private readonly stack: number[] = []

  constructor(single: number, tokenOfLength: ReadonlyMap<number, number>) {
    this.single = single
    this.tokenOfLength = tokenOfLength
  }

  /** Joins runs in the first `length` of `tokens`, in place, and returns how many tokens are left. */
  join(tokens: Int32Array, length: number): number {
    const { single, tokenOfLength, stack } = this
    let write = 0
    for (let at = 0; at < length; ) {
      if (tokens[at] !== single) {
        tokens[write++] = tokens[at++]
        continue
      }
      stack.length = 0
      for (; at < length && tokens[at] === single; at++) {
        stack.push(1)
        while (stack.length > 1 && tokenOfLength.has(stack[stack.length - 1] + stack[stack.length - 2])) {
          stack.push((stack.pop() as number) + (stack.pop() as number))
        }
      }
      for (const run of stack) tokens[write++] = run === 1 ? single : (tokenOfLength.get(run) as number)
    }
    return write
  }
}
