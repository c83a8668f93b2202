import { Merger, type PieceMerger } from './merge.ts'
import { FIRST_MERGE, type Merges } from './merges.ts'
import { PieceCounts, SHORT_PIECE } from './piece-counts.ts'
import { PieceTokens } from './piece-tokens.ts'
import type { Scanner } from './scanners/scanner.ts'
import { endOfChunk, TextBuffer } from './text-chunks.ts'
import { VocabularyLearning } from './vocabulary-learning.ts'

/** First chunk of a search that may end early, in UTF-16 units per token asked for. */
const UNITS_PER_TOKEN = 8
const LEAST_CHUNK_UNITS = 256

/** What a tokenizer may do otherwise than byte-level vocabularies with a hand-written scanner do. */
export interface EngineParts {
  /** Another merger; the vocabulary is then not put into the tables of known pieces, since it may take one for another. */
  readonly merger?: PieceMerger
  /** End of the chunk of a text that begins at `start`: a place where a piece surely ends. */
  readonly endOfChunk?: (text: string, start: number, units?: number) => number
  /** Told of every chunk before its pieces are asked for; may take bytes out, and returns the length that is left. */
  readonly prepare?: (bytes: Uint8Array, length: number) => number
}

/**
 * Counts and encodes text: a scanner cuts pieces out of UTF-8 bytes, tables know the counts of pieces seen before, and merging
 * finds those of new ones. Nothing is allocated per piece.
 */
export class BytePairEngine {
  private readonly next: Scanner
  private readonly merger: PieceMerger
  private readonly learns: boolean
  private readonly endOfChunk: (text: string, start: number, units?: number) => number
  private readonly prepare: ((bytes: Uint8Array, length: number) => number) | undefined
  private readonly buffer: TextBuffer = new TextBuffer()
  private readonly known = new PieceCounts()
  private readonly countLearning = new VocabularyLearning()
  private knownTokens: PieceTokens | undefined
  private readonly encodeLearning = new VocabularyLearning()
  private readonly merges: Merges
  private tokenLengths: Int32Array | undefined

  constructor(merges: Merges, scanner: Scanner, parts: EngineParts = {}) {
    this.merges = merges
    this.next = scanner
    this.merger = parts.merger ?? new Merger(merges)
    this.learns = parts.merger === undefined
    this.endOfChunk = parts.endOfChunk ?? endOfChunk
    this.prepare = parts.prepare
  }

  /** Number of tokens of a text; a number above `limit`, not necessarily the whole, as soon as it exceeds that. */
  count(text: string, limit: number = Number.POSITIVE_INFINITY): number {
    const chunkUnits = limit < text.length ? firstChunkUnits(limit) : undefined
    let tokens = 0
    for (let start = 0; start < text.length && tokens <= limit; ) {
      const end = this.endOfChunk(text, start, chunkUnits)
      this.write(text, start, end)
      tokens += this.countBuffer(limit - tokens)
      if (this.learns) this.countLearning.advance(end - start, this.merges, this.known)
      start = end
    }
    return tokens
  }

  /** Appends the token indexes of a text to `output`. */
  encode(text: string, output: number[]): void {
    const { buffer, next } = this
    this.knownTokens ??= new PieceTokens()
    for (let start = 0; start < text.length; ) {
      const end = this.endOfChunk(text, start)
      this.write(text, start, end)
      for (let at = 0; at < buffer.length; ) {
        const pieceEnd = next(buffer.bytes, at, buffer.length, buffer.view)
        this.encodePiece(this.knownTokens, at, pieceEnd, output)
        at = pieceEnd
      }
      if (this.learns) this.encodeLearning.advance(end - start, this.merges, this.knownTokens)
      start = end
    }
  }

  /**
   * End, in UTF-16 units, of the longest beginning of `text` from `start` that ends with a whole token and a whole character and
   * has at most `limit` tokens when counted by itself.
   */
  endOfTokens(text: string, start: number, limit: number): number {
    // Looking at all that follows would take quadratic time where a text without a cut is split into many parts.
    for (let units = firstChunkUnits(limit); ; units *= 2) {
      const end = endOfCharacter(text, start + units)
      const length = this.lengthOfTokens(text.slice(start, end), limit)
      // Tokens far from where the text was broken off are those of the whole text.
      if (end === text.length || length <= units / 2) return start + length
    }
  }

  private lengthOfTokens(text: string, limit: number): number {
    // A beginning that ends inside a piece may be split otherwise than the whole was, and have more tokens.
    for (let allowed = limit; allowed > 0; allowed--) {
      const length = this.lengthOfFirstTokens(text, allowed)
      if (this.count(text.slice(0, length), limit) <= limit) return length
    }
    return 0
  }

  private lengthOfFirstTokens(text: string, limit: number): number {
    const { buffer, next } = this
    let tokens = 0
    for (let chunkStart = 0; chunkStart < text.length; ) {
      const chunkEnd = this.endOfChunk(text, chunkStart, firstChunkUnits(limit))
      this.write(text, chunkStart, chunkEnd)
      for (let at = 0; at < buffer.length; ) {
        const pieceEnd = next(buffer.bytes, at, buffer.length, buffer.view)
        const count = this.countPiece(at, pieceEnd)
        if (tokens + count > limit) {
          return chunkStart + utf16Length(buffer.bytes, this.endInPiece(at, pieceEnd, limit - tokens))
        }
        tokens += count
        at = pieceEnd
      }
      chunkStart = chunkEnd
    }
    return text.length
  }

  /** End of the first `limit` tokens of a piece, moved back to the beginning of a character. */
  private endInPiece(start: number, end: number, limit: number): number {
    const { bytes } = this.buffer
    const tokens: number[] = []
    this.merger.encode(this.buffer, start, end, tokens)
    this.tokenLengths ??= tokenLengths(this.merges)
    let at = start
    for (let i = 0; i < limit; i++) at += this.tokenLengths[tokens[i]]
    while (at > start && (bytes[at] & 0xc0) === 0x80) at--
    return at
  }

  private write(text: string, start: number, end: number): void {
    const { buffer } = this
    buffer.write(text, start, end)
    if (this.prepare !== undefined) buffer.length = this.prepare(buffer.bytes, buffer.length)
  }

  private countBuffer(limit: number): number {
    const { buffer, next } = this
    const { short } = this.known
    const { bytes, view, length: end } = buffer
    // No limit is Infinity, and a comparison with that one of floating point.
    const most = Math.min(limit, 0x7fffffff) | 0
    let tokens = 0
    for (let start = 0; start < end && tokens <= most; ) {
      const pieceEnd = next(bytes, start, end, view)
      const length = pieceEnd - start
      if (length > SHORT_PIECE) tokens += this.known.findLonger(view, start, length) || this.countNew(start, pieceEnd)
      else if (length === 1) tokens++
      else tokens += short.find(view, start, length) || this.countNew(start, pieceEnd)
      start = pieceEnd
    }
    return tokens
  }

  private encodePiece(known: PieceTokens, start: number, end: number, output: number[]): void {
    const { buffer } = this
    const length = end - start
    if (length > 1 && known.append(buffer.view, start, length, output)) return
    const before = output.length
    this.merger.encode(buffer, start, end, output)
    if (length > 1) known.keep(buffer.view, start, length, output, before)
  }

  private countPiece(start: number, end: number): number {
    const { view } = this.buffer
    const length = end - start
    if (length === 1) return 1
    const { known } = this
    const found = length <= SHORT_PIECE ? known.short.find(view, start, length) : known.findLonger(view, start, length)
    return found || this.countNew(start, end)
  }

  private countNew(start: number, end: number): number {
    const tokens = this.merger.count(this.buffer, start, end)
    this.known.insert(this.buffer.view, start, end - start, tokens)
    return tokens
  }
}

function firstChunkUnits(limit: number): number {
  return Math.max(LEAST_CHUNK_UNITS, Math.min(1 << 15, UNITS_PER_TOKEN * limit))
}

function tokenLengths({ left, right, size }: Merges): Int32Array {
  const lengths = new Int32Array(size).fill(1, 0, FIRST_MERGE)
  for (let token = FIRST_MERGE; token < size; token++) lengths[token] = lengths[left[token]] + lengths[right[token]]
  return lengths
}

/** A place in a text, or the one before it where that would part a surrogate pair; at most the end. */
function endOfCharacter(text: string, at: number): number {
  if (at >= text.length) return text.length
  return (text.codePointAt(at - 1) as number) > 0xffff ? at - 1 : at
}

/** UTF-16 units of the UTF-8 text `bytes[0 … end)`: one a character, two where it has four bytes. */
function utf16Length(bytes: Uint8Array, end: number): number {
  let units = 0
  for (let at = 0; at < end; at++) if ((bytes[at] & 0xc0) !== 0x80) units += bytes[at] >= 0xf0 ? 2 : 1
  return units
}
