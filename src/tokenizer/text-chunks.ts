import { PADDING } from './scanners/scanner.ts'

/** Longest chunk of a text, in UTF-16 units, unless it has no place to be cut. */
const CHUNK_UNITS = 1 << 15

/** How far back from the end of a chunk a place to cut is looked for. */
const CUT_SEARCH_UNITS = 1 << 12

/** Texts up to this length are written unit by unit: a call into the encoder costs more than they do. */
const SHORT_UNITS = 32

/** UTF-8 bytes of a UTF-16 unit, at most. */
const BYTES_PER_UNIT = 3

/**
 * A reusable buffer that texts pass through as UTF-8, chunk by chunk, with zero bytes after the chunk. Lone surrogates become
 * U+FFFD, as the reference implementations have it.
 */
export class TextBuffer {
  bytes: Uint8Array = new Uint8Array(0)
  view: DataView = new DataView(this.bytes.buffer)
  /** Length of the chunk that was written last. */
  length = 0
  private readonly encoder = new TextEncoder()

  /** Writes `text[start … end)` to the beginning of the buffer. */
  write(text: string, start: number, end: number): void {
    this.reserve(BYTES_PER_UNIT * (end - start))
    if (end - start <= SHORT_UNITS && this.writeAscii(text, start, end)) return
    const part = start === 0 && end === text.length ? text : text.slice(start, end)
    const { written } = this.encoder.encodeInto(part, this.bytes)
    this.bytes.fill(0, written, written + PADDING)
    this.length = written
  }

  /** Writes a text that is all ASCII; otherwise returns false. */
  private writeAscii(text: string, start: number, end: number): boolean {
    const { bytes } = this
    for (let from = start, to = 0; from < end; from++, to++) {
      const unit = text.charCodeAt(from)
      if (unit >= 0x80) return false
      bytes[to] = unit
    }
    const length = end - start
    for (let at = length; at < length + PADDING; at++) bytes[at] = 0
    this.length = length
    return true
  }

  private reserve(length: number): void {
    if (this.bytes.length >= length + PADDING) return
    const full = CHUNK_UNITS * BYTES_PER_UNIT
    // A few steps of growth up to a whole chunk, then only what an uncut text needs.
    const capacity = length > full ? length : length > full >> 3 ? full : Math.max(1024, 2 * length)
    this.bytes = new Uint8Array(capacity + PADDING)
    this.view = new DataView(this.bytes.buffer)
  }
}

let probe: TextBuffer | undefined

/** Whether a text is all ASCII: then, and only then, its UTF-8 is as long as it is. The encoder finds out ten times as fast as a loop. */
export function isAscii(text: string): boolean {
  probe ??= new TextBuffer()
  for (let start = 0; start < text.length; start += CHUNK_UNITS) {
    const end = Math.min(text.length, start + CHUNK_UNITS)
    probe.write(text, start, end)
    if (probe.length !== end - start) return false
  }
  return true
}

/**
 * End of the chunk of `text` that begins at `start`: a place where every splitting rule ends a piece whatever stands further
 * on or back, so that chunks can be counted one by one. A text without such a place is one chunk.
 */
export function endOfChunk(text: string, start: number, chunkUnits: number = CHUNK_UNITS): number {
  for (let limit = start + chunkUnits; limit < text.length; limit += chunkUnits) {
    const cut = lastCut(text, Math.max(start, limit - CUT_SEARCH_UNITS), limit)
    if (cut > 0) return cut
  }
  return text.length
}

/** The last place in `text(from … to]` where a piece surely ends, or 0. */
export function lastCut(text: string, from: number, to: number): number {
  let unit = text.charCodeAt(to)
  let before = text.charCodeAt(to - 1)
  for (let at = to; at > from; at--) {
    const second = text.charCodeAt(at - 2)
    if (endsPieceBetween(second, before, unit)) return at
    unit = before
    before = second
  }
  return 0
}

/**
 * Whether every splitting rule ends a piece between two UTF-16 units, `second` being the one before `before`, or NaN:
 * - before a space after something visible, since white space is at most the first character of a word;
 * - after a line feed before visible ASCII other than `/`, which o200k's punctuation takes with it after line breaks, where the line feed
 *   is no part of a longer run of white space: GPT-2's rule leaves the last character of such a run alone, unless the text ends there;
 * - between a Chinese character and a Chinese comma or full stop, so that text without spaces has such places, too.
 */
function endsPieceBetween(second: number, before: number, unit: number): boolean {
  if (unit === 0x20) return !isWhiteSpace(before) && before > 0x20
  if (before === 0x0a) return unit > 0x20 && unit < 0x7f && unit !== 0x2f && !isWhiteSpace(second)
  return (unit === 0x3001 || unit === 0x3002 || unit === 0xff0c) && before >= 0x4e00 && before <= 0x9fa5
}

/** White_Space of the Basic Multilingual Plane; there is none beyond. */
export function isWhiteSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  return (
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  )
}
