import { LongPieceMerger } from './long-piece.ts'
import { FIRST_MERGE, type Merges } from './pack.ts'
import { NO_MERGE, PairTable } from './pair-table.ts'

/** Up to this many symbols the lowest rank is found by looking at all; beyond, that search would dominate. */
const SHORT = 128

/**
 * Byte-pair merging of one piece of text: joins the neighbouring pair of lowest rank, the leftmost first, until no pair can be
 * joined.
 */
export class Merger {
  readonly pairs: PairTable
  /** Token index of each byte. */
  readonly tokenOfByte: Int32Array = new Int32Array(256)
  /** Symbols of a short piece: filled in by the caller of {@link joinSymbols} or by this class. */
  readonly symbols: Int32Array = new Int32Array(SHORT)
  private readonly ranks = new Int32Array(SHORT)
  private readonly long: LongPieceMerger

  constructor(merges: Merges) {
    this.pairs = new PairTable(merges)
    for (let token = 0; token < FIRST_MERGE; token++) this.tokenOfByte[merges.byteOf[token]] = token
    this.long = new LongPieceMerger(this.pairs, this.tokenOfByte)
  }

  /** Number of tokens of `text[start … end)`; appends them to `output`, if given. */
  merge(text: Uint8Array, start: number, end: number, output?: number[]): number {
    const length = end - start
    if (length > SHORT) return this.long.merge(text, start, end, output)
    const { symbols, tokenOfByte } = this
    for (let i = 0; i < length; i++) symbols[i] = tokenOfByte[text[start + i]]
    const count = this.joinSymbols(length)
    if (output !== undefined) for (let i = 0; i < count; i++) output.push(symbols[i])
    return count
  }

  /**
   * Merges the first `length` ≤ 128 of `symbols` in place and returns how many are left. Quadratic, and for the few symbols of
   * a word the fastest there is.
   */
  joinSymbols(length: number): number {
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
      for (let i = at + 1; i < length; i++) {
        symbols[i] = symbols[i + 1]
        ranks[i] = ranks[i + 1]
      }
      if (at + 1 < length) ranks[at] = pairs.find(lowest, symbols[at + 1])
      if (at > 0) ranks[at - 1] = pairs.find(symbols[at - 1], lowest)
    }
  }
}
