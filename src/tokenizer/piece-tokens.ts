import { LongPieces } from './long-piece-table.ts'
import { TokenPieces } from './piece-table.ts'
import type { TokenBytes } from './token-bytes.ts'

/** Values from here on are places in the list of token runs; below are single tokens. */
const FIRST_RUN = 1 << 22

/** Numbers in the list of token runs: 4 MB. */
const MOST_RUN_NUMBERS = 1 << 20

/** Longest token put in unseen, in bytes. */
const LONGEST_TOKEN = 28

/** Longest piece that is kept, in bytes. */
const LONGEST_PIECE = 252

/**
 * Tokens of pieces seen before, for encoding. A piece of one token is kept as that token; of several, as a place in a list where
 * they stand after their number. When the list is full, everything is forgotten and learnt anew: memory stays bounded.
 */
export class PieceTokens {
  private tables = emptyTables()
  private readonly runs = new Int32Array(MOST_RUN_NUMBERS)
  private runsEnd = 0

  /** Appends the tokens of a piece to `output`, or returns false where it is not known. */
  append(view: DataView, start: number, length: number, output: number[]): boolean {
    if (length > LONGEST_PIECE) return false
    const { short } = this.tables
    const value = length <= 12 ? short.find(view, start, length) : this.tableFor(length).find(view, start, length)
    if (value === 0) return false
    if (value < FIRST_RUN) {
      output.push(value)
      return true
    }
    const { runs } = this
    const at = value - FIRST_RUN
    for (let i = 1; i <= runs[at]; i++) output.push(runs[at + i])
    return true
  }

  /** Keeps the tokens of the piece that {@link append} did not know just now: those of `output` from `from` on. */
  keep(view: DataView, start: number, length: number, output: readonly number[], from: number): void {
    if (length > LONGEST_PIECE) return
    const count = output.length - from
    if (count === 1) {
      this.tableFor(length).insert(view, start, length, output[from])
      return
    }
    if (this.runsEnd + count + 1 > MOST_RUN_NUMBERS) {
      this.tables = emptyTables()
      this.runsEnd = 0
      return
    }
    this.tableFor(length).insert(view, start, length, FIRST_RUN + this.runsEnd)
    this.runs[this.runsEnd++] = count
    for (let i = from; i < output.length; i++) this.runs[this.runsEnd++] = output[i]
  }

  /** Takes all the room that the tables may, once much text is to come. */
  growFully(): void {
    for (const table of Object.values(this.tables)) table.growFully()
  }

  /** Puts tokens of a vocabulary in, each a piece of itself. */
  insertTokens({ bytes, offsets }: TokenBytes, from: number, to: number): void {
    const view = new DataView(bytes.buffer)
    for (let token = from; token < to; token++) {
      const start = offsets[token]
      const length = offsets[token + 1] - start
      if (length < 2 || length > LONGEST_TOKEN) continue
      const table = this.tableFor(length)
      if (table.find(view, start, length) === 0) table.insert(view, start, length, token)
    }
  }

  private tableFor(length: number): TokenPieces | LongPieces {
    const { tables } = this
    if (length <= 12) return tables.short
    if (length <= 28) return tables.words
    if (length <= 60) return tables.phrases
    return length <= 124 ? tables.longPhrases : tables.sentences
  }
}

function emptyTables(): { short: TokenPieces } & Record<'words' | 'phrases' | 'longPhrases' | 'sentences', LongPieces> {
  return {
    short: new TokenPieces(1 << 18),
    words: new LongPieces(8, 1 << 16),
    phrases: new LongPieces(16, 1 << 14),
    longPhrases: new LongPieces(32, 1 << 13),
    sentences: new LongPieces(64, 1 << 12),
  }
}
