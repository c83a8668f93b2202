import { Characters, NO_CHARACTER } from './characters.ts'
import { LongPieceMerger } from './long-piece.ts'
import { FIRST_MERGE, type Merges } from './pack.ts'
import { NO_MERGE, PairTable } from './pair-table.ts'
import { LongPieces } from './piece-table.ts'
import { characterLength, codePointAt } from './scanners/scanner.ts'
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
    this.merge(buffer, start, end, output)
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

  /**
   * Merges a piece part by part, cut where no merge can join two characters, each part from whole characters. A character is known
   * to complete once the borders on both of its sides are known, so the loop looks two characters ahead.
   */
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
    let partStart = start
    let count = 0
    let codePointBefore = NO_CHARACTER
    let codePoint = codePointAt(text, start)
    let token = characters.tokenOf(codePoint)
    let next = start + characterLength(text[start])
    let nextCodePoint = NO_CHARACTER
    let nextToken = NO_MERGE
    let partialMerge = NO_MERGE
    let atRisk = false
    if (next < end) {
      nextCodePoint = codePointAt(text, next)
      nextToken = characters.tokenOf(nextCodePoint)
      partialMerge = characters.partialMergeAt(text, next)
      atRisk = comesBefore(partialMerge, token, nextToken)
    }
    let isWhole = token !== NO_MERGE && !atRisk
    for (let at = start; at < end; ) {
      const afterNext = next < end ? next + characterLength(text[next]) : end
      let codePointAfter = NO_CHARACTER
      let tokenAfter = NO_MERGE
      let partialMergeAfter = NO_MERGE
      let atRiskAfter = false
      if (afterNext < end) {
        codePointAfter = codePointAt(text, afterNext)
        tokenAfter = characters.tokenOf(codePointAfter)
        partialMergeAfter = characters.partialMergeAt(text, afterNext)
        atRiskAfter = comesBefore(partialMergeAfter, nextToken, tokenAfter)
      }
      const nextIsWhole = nextToken !== NO_MERGE && !atRisk && !atRiskAfter
      if (count + 4 > MOST_SYMBOLS) {
        // Too long for a search of all symbols: its bytes are merged once its end is found.
        count = MOST_SYMBOLS
      } else if (isWhole) {
        symbols[count++] = token
      } else {
        for (let byte = at; byte < next; byte++) symbols[count++] = tokenOfByte[text[byte]]
      }
      const isCut =
        next === end ||
        ((partialMerge === NO_MERGE || (isWhole && nextIsWhole)) &&
          !characters.mayJoin(codePointBefore, codePoint, nextCodePoint, codePointAfter))
      if (isCut) {
        if (count === MOST_SYMBOLS) tokens += this.long.merge(text, partStart, next, output)
        else if (count >= WORTH_KEEPING && output === undefined)
          tokens += this.countPart(buffer, partStart, next, count)
        else tokens += this.joinSymbols(count, output)
        partStart = next
        count = 0
      }
      at = next
      next = afterNext
      codePointBefore = isCut ? NO_CHARACTER : codePoint
      codePoint = nextCodePoint
      token = nextToken
      isWhole = nextIsWhole
      nextCodePoint = codePointAfter
      nextToken = tokenAfter
      partialMerge = partialMergeAfter
      atRisk = atRiskAfter
    }
    return tokens
  }

  /** The count of a part whose symbols stand ready: most parts of text without spaces come back. */
  private countPart(buffer: TextBuffer, start: number, end: number, symbolCount: number): number {
    const length = end - start
    if (length > LONGEST_PART) return this.joinSymbols(symbolCount, undefined)
    const found = this.parts.find(buffer.view, start, length)
    if (found > 0) return found
    const tokens = this.joinSymbols(symbolCount, undefined)
    this.parts.insert(buffer.view, start, length, tokens)
    return tokens
  }

  /** Merges the first `count` of `symbols` and returns how many are left; appends them to `output`, if given. */
  private joinSymbols(count: number, output: number[] | undefined): number {
    const { symbols, ranks, pairs } = this
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

/** Whether a merge with a part of a character is done before one of the two characters is complete; `NO_MERGE` comes last of all. */
function comesBefore(partialMerge: number, before: number, after: number): boolean {
  return partialMerge < before || partialMerge < after
}

function isAscii(text: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text[at] >= 0x80) return false
  return true
}
