import { LongPieces } from './long-piece-table.ts'
import { MediumPieces, ShortPieces } from './piece-table.ts'
import type { TokenBytes } from './token-bytes.ts'

/**
 * Counts of pieces seen before, in tables by length: six sizes of slots, so that a short piece reads little memory. At most
 * 2 MB for each of the two short ones and 1 MB for each of the others; pieces of more than 252 bytes are not kept.
 */
export class PieceCounts {
  readonly short: ShortPieces = new ShortPieces(1 << 18)
  private readonly medium = new MediumPieces(1 << 17)
  private readonly words = new LongPieces(8, 1 << 15)
  private readonly phrases = new LongPieces(16, 1 << 14)
  private readonly longPhrases = new LongPieces(32, 1 << 13)
  private readonly sentences = new LongPieces(64, 1 << 12)

  /** The count of a piece of more than {@link SHORT_PIECE} bytes, or 0. */
  findLonger(view: DataView, start: number, length: number): number {
    if (length <= 15) return this.medium.find(view, start, length)
    if (length <= 28) return this.words.find(view, start, length)
    if (length <= 60) return this.phrases.find(view, start, length)
    if (length <= 124) return this.longPhrases.find(view, start, length)
    return length <= LONGEST_PIECE ? this.sentences.find(view, start, length) : 0
  }

  /** Keeps the count of the piece that was looked for last and not found. */
  insert(view: DataView, start: number, length: number, count: number): void {
    if (length > LONGEST_PIECE) return
    const table = this.tableFor(length)
    if (count <= table.maxValue) table.insert(view, start, length, count)
  }

  /** Takes all the room that the tables may, once much text is to come: growing step by step moves everything each time. */
  growFully(): void {
    for (const table of [this.short, this.medium, this.words, this.phrases, this.longPhrases, this.sentences]) {
      table.growFully()
    }
  }

  /** Puts tokens of a vocabulary in, each a piece with the count 1. */
  insertTokens({ bytes, offsets }: TokenBytes, from: number, to: number): void {
    const view = new DataView(bytes.buffer)
    for (let token = from; token < to; token++) {
      const start = offsets[token]
      const length = offsets[token + 1] - start
      if (length < 2 || length > LONGEST_TOKEN) continue
      const found = length <= SHORT_PIECE ? this.short.find(view, start, length) : this.findLonger(view, start, length)
      if (found === 0) this.tableFor(length).insert(view, start, length, 1)
    }
  }

  private tableFor(length: number): ShortPieces | MediumPieces | LongPieces {
    if (length <= SHORT_PIECE) return this.short
    if (length <= 15) return this.medium
    if (length <= 28) return this.words
    if (length <= 60) return this.phrases
    return length <= 124 ? this.longPhrases : this.sentences
  }
}

/** Longest piece of the first table, which the counting loop asks directly. */
export const SHORT_PIECE = 7

/** Longest piece that is kept, in bytes. */
const LONGEST_PIECE = 252

/** Longest token worth putting in unseen, in bytes. */
const LONGEST_TOKEN = 28
