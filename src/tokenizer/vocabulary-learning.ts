import type { Merges } from './pack.ts'
import { type TokenBytes, tokenBytes } from './token-bytes.ts'

/** UTF-16 units of text after which putting the vocabulary into the tables of known pieces begins to pay. */
const LEARN_AFTER = 1 << 18
const UNITS_PER_TOKEN = 8

/**
 * Puts the tokens of a vocabulary into a table of known pieces once much text has gone through, most frequent first: some with
 * each chunk, in proportion to its length, so that no single call takes noticeably longer.
 */
export class VocabularyLearning {
  private units = 0
  private learnt = 0
  private texts: TokenBytes | undefined

  /** Takes note of a chunk of text and does its share. */
  advance(
    units: number,
    merges: Merges,
    table: { insertTokens(texts: TokenBytes, from: number, to: number): void },
  ): void {
    this.units += units
    if (this.units < LEARN_AFTER || this.learnt === merges.size) return
    this.texts ??= tokenBytes(merges)
    const upTo = Math.min(merges.size, this.learnt + Math.ceil(units / UNITS_PER_TOKEN))
    table.insertTokens(this.texts, this.learnt, upTo)
    this.learnt = upTo
    if (upTo === merges.size) this.texts = undefined
  }
}
