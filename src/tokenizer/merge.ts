import { isCut, readCharacters, characterStarts as starts, characterTokens as tokenOf } from './character-stretch.ts'
import { Characters } from './characters.ts'
import { LongPieceMerger } from './long-piece.ts'
import { LongPieces } from './long-piece-table.ts'
import { FIRST_MERGE, type Merges } from './merges.ts'
import { NO_MERGE, PairTable } from './pair-table.ts'
import type { TextBuffer } from './text-chunks.ts'

/** Finds the tokens of one piece. */
export interface PieceMerger {
  /** Number of tokens of the piece `start … end` of the text in `buffer`. */
  count(buffer: TextBuffer, start: number, end: number): number
  /** Appends the tokens of the piece `start … end` of the text in `buffer` to `output`. */
  encode(buffer: TextBuffer, start: number, end: number, output: number[]): void
}

/** Up to this many symbols the lowest rank is found by looking at all; beyond, that search would dominate. */
const MOST_SYMBOLS = 128

/** Pieces of ASCII up to this many bytes are merged from their bytes at once; looking for places to cut costs more than it saves. */
const SHORT_ASCII = 32

/** Parts of at least this many symbols are looked up before they are merged; their table has 1 MB at most. */
const WORTH_KEEPING = 4
const LONGEST_PART = 60
const MOST_PARTS = 1 << 14

/** Most bytes of a character, each of which may become a symbol. */
const LONGEST_CHARACTER = 4

/** Bytes of longer or non-ASCII pieces after which knowing whole characters pays for the time to find out about them. */
const LEARN_CHARACTERS_AFTER = 1 << 16

/**
 * Byte-pair merging of one piece of text: joins the neighbouring pair of lowest rank, the leftmost first, until no pair can be
 * joined.
 */
export class Merger implements PieceMerger {
  private readonly merges: Merges
  private readonly pairs: PairTable
  /** Token index of each byte. */
  private readonly tokenOfByte = new Int32Array(256)
  private readonly symbols = new Int32Array(MOST_SYMBOLS)
  private readonly ranks = new Int32Array(MOST_SYMBOLS)
  private readonly long: LongPieceMerger
  private readonly parts = new LongPieces(16, MOST_PARTS)
  private characters: Characters | undefined
  private readonly learnAfter: number
  private mergedBytes = 0

  /** @param bytesOnly - for merges of which a part may come after what it is a part of: characters say nothing of them. */
  constructor(merges: Merges, bytesOnly: boolean = false) {
    this.merges = merges
    this.learnAfter = bytesOnly ? Number.POSITIVE_INFINITY : LEARN_CHARACTERS_AFTER
    this.pairs = new PairTable(merges)
    for (let token = 0; token < FIRST_MERGE; token++) this.tokenOfByte[merges.byteOf[token]] = token
    this.long = new LongPieceMerger(this.pairs, this.tokenOfByte)
  }

  count(buffer: TextBuffer, start: number, end: number): number {
    return this.merge(buffer, start, end, undefined)
  }

  encode(buffer: TextBuffer, start: number, end: number, output: number[]): void {
    if (end - start === 1) output.push(this.tokenOfByte[buffer.bytes[start]])
    else this.merge(buffer, start, end, output)
  }

  private merge(buffer: TextBuffer, start: number, end: number, output: number[] | undefined): number {
    const { bytes } = buffer
    const length = end - start
    if (length <= SHORT_ASCII && isAscii(bytes, start, end)) return this.mergeBytes(bytes, start, end, output)
    if (this.characters === undefined) {
      this.mergedBytes += length
      if (this.mergedBytes < this.learnAfter) return this.mergeBytes(bytes, start, end, output)
      this.characters = new Characters(this.merges)
    }
    return this.mergeParts(this.characters, buffer, start, end, output)
  }

  /** Merges a piece from its bytes, as the definition has it. */
  private mergeBytes(text: Uint8Array, start: number, end: number, output: number[] | undefined): number {
    const length = end - start
    if (length > MOST_SYMBOLS) return this.long.merge(text, start, end, output)
    const { symbols, ranks, pairs, tokenOfByte } = this
    let symbol = tokenOfByte[text[start]]
    symbols[0] = symbol
    for (let i = 1; i < length; i++) {
      const next = tokenOfByte[text[start + i]]
      symbols[i] = next
      ranks[i - 1] = pairs.findBytes(symbol, next)
      symbol = next
    }
    return this.joinRanked(length, output)
  }

  /** Merges a piece part by part, cut where no merge can join two characters, each part from whole characters. */
  private mergeParts(
    characters: Characters,
    buffer: TextBuffer,
    start: number,
    end: number,
    output: number[] | undefined,
  ): number {
    const { symbols, tokenOfByte } = this
    const text = buffer.bytes
    let tokens = 0
    for (let from = start; from < end; ) {
      const characterCount = readCharacters(characters, text, from, end)
      let first = 0
      let symbolCount = 0
      for (let i = 0; i < characterCount; i++) {
        const token = tokenOf[i]
        // A part too long for a search of all symbols is merged from its bytes once its end is found.
        if (symbolCount + LONGEST_CHARACTER > MOST_SYMBOLS) symbolCount = MOST_SYMBOLS
        else if (token !== NO_MERGE) symbols[symbolCount++] = token
        else for (let at = starts[i]; at < starts[i + 1]; at++) symbols[symbolCount++] = tokenOfByte[text[at]]
        if (!isCut(characters, i + 1, first)) continue
        const partStart = starts[first]
        const partEnd = starts[i + 1]
        // Three of five parts of Chinese are one character, and most others two.
        if (symbolCount === 1 && output === undefined) tokens++
        else if (symbolCount === MOST_SYMBOLS) tokens += this.long.merge(text, partStart, partEnd, output)
        else if (
          symbolCount < WORTH_KEEPING ||
          partEnd - partStart > LONGEST_PART ||
          output !== undefined ||
          partEnd - partStart === end - start
        ) {
          tokens += this.joinSymbols(symbolCount, output)
        } else tokens += this.countPart(buffer, partStart, partEnd, symbolCount)
        first = i + 1
        symbolCount = 0
      }
      // Without a cut in so many characters the rest is taken as one part.
      if (first === 0) return tokens + this.long.merge(text, from, end, output)
      from = starts[first]
    }
    return tokens
  }

  /** The count of a part of at most {@link LONGEST_PART} bytes whose symbols stand ready: most parts of text without spaces come back. */
  private countPart(buffer: TextBuffer, start: number, end: number, symbolCount: number): number {
    const length = end - start
    const found = this.parts.find(buffer.view, start, length)
    if (found > 0) return found
    const tokens = this.joinSymbols(symbolCount, undefined)
    this.parts.insert(buffer.view, start, length, tokens)
    return tokens
  }

  /** Merges the first `count` of `symbols` and returns how many are left; appends them to `output`, if given. */
  private joinSymbols(count: number, output: number[] | undefined): number {
    const { symbols, ranks, pairs } = this
    if (count === 2 && output === undefined) return pairs.find(symbols[0], symbols[1]) === NO_MERGE ? 2 : 1
    for (let i = 1; i < count; i++) ranks[i - 1] = pairs.find(symbols[i - 1], symbols[i])
    return this.joinRanked(count, output)
  }

  /**
   * {@link joinSymbols} with the rank of every pair in `ranks`. Each step looks at all ranks and closes the gap, which for the
   * few symbols of a word is faster than keeping them in order.
   */
  private joinRanked(count: number, output: number[] | undefined): number {
    const { symbols, ranks, pairs } = this
    let last = count - 1
    for (;;) {
      let lowest = NO_MERGE
      let at = 0
      for (let i = 0; i < last; i++) {
        const rank = ranks[i]
        if (rank < lowest) {
          lowest = rank
          at = i
        }
      }
      if (lowest === NO_MERGE) break
      last--
      symbols[at] = lowest
      for (let i = at + 1; i <= last; i++) {
        symbols[i] = symbols[i + 1]
        ranks[i - 1] = ranks[i]
      }
      if (at < last) ranks[at] = pairs.find(lowest, symbols[at + 1])
      if (at > 0) ranks[at - 1] = pairs.find(symbols[at - 1], lowest)
    }
    if (output !== undefined) for (let i = 0; i <= last; i++) output.push(symbols[i])
    return last + 1
  }
}

function isAscii(text: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text[at] >= 0x80) return false
  return true
}
