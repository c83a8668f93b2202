import type { Merges } from './merges.ts'
import { type TokenBytes, tokenBytes } from './token-bytes.ts'

/** UTF-16 units of text after which putting the vocabulary into the tables of known pieces begins to pay. */
const LEARN_AFTER = 1 << 18
const UNITS_PER_TOKEN = 8

/** What learns: the known pieces of counting or of encoding. */
interface LearningTable {
  /** Takes all the room that it may, instead of growing step by step. */
  growFully(): void
  insertTokens(texts: TokenBytes, from: number, to: number): void
}

/**
 * Puts the tokens of a vocabulary into a table of known pieces once much text has gone through, most frequent first: some with
 * each chunk, in proportion to its length, so that no single call takes noticeably longer.
 */
export class VocabularyLearning {
  private units = 0
  private learnt = 0

  /** Takes note of a chunk of text and does its share. */
  advance(units: number, merges: Merges, table: LearningTable): void {
    this.units += units
    if (this.units < LEARN_AFTER || this.learnt === merges.size) return
    if (this.learnt === 0) table.growFully()
    const upTo = Math.min(merges.size, this.learnt + Math.ceil(units / UNITS_PER_TOKEN))
    table.insertTokens(tokenBytes(merges), this.learnt, upTo)
    this.learnt = upTo
  }
}
