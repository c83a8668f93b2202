/** How long a sound is and how many pages a document has, as far as the file tells. */
import type { MediaPart } from '../request.ts'
import type { TokenRange } from '../types.ts'
import { decodeStart, fileBytes } from './file-bytes.ts'

/** Bits per second of compressed sound and film: usual, and the bounds of what is common. */
const audioBitRates = { usual: 96_000, low: 16_000, high: 320_000 }
const videoBitRates = { usual: 2_000_000, low: 150_000, high: 12_000_000 }
/** A file given by URL: from a moment to a quarter of an hour. */
const unknownSeconds: TokenRange = { tokens: 60, low: 1, high: 900 }

/** Seconds of a sound or film, from a WAV header or bounded by the size of the file. */
export function soundSeconds(part: MediaPart): TokenRange {
  if (part.data === undefined || part.data === '') return unknownSeconds
  const bytes = fileBytes(part.data)
  const header = decodeStart(part.data, 64)
  const rate = wavByteRate(header)
  if (rate !== undefined) return { tokens: bytes / rate, low: bytes / rate, high: bytes / rate }
  const rates = part.kind === 'video' ? videoBitRates : audioBitRates
  const bits = bytes * 8
  return { tokens: bits / rates.usual, low: bits / rates.high, high: bits / rates.low }
}

/** Bytes per second of an uncompressed WAV file whose format stands at the usual place. */
function wavByteRate(header: Uint8Array): number | undefined {
  if (header.length < 36 || String.fromCharCode(...header.subarray(0, 4)) !== 'RIFF') return undefined
  if (String.fromCharCode(...header.subarray(8, 16)) !== 'WAVEfmt ') return undefined
  const rate = new DataView(header.buffer, header.byteOffset).getUint32(28, true)
  return rate > 0 ? rate : undefined
}

/** Longest document that is searched for its pages. */
const maxPdfBytes = 1 << 24
/** `/Type`. */
const pageMark = [0x2f, 0x54, 0x79, 0x70, 0x65]
/** `/Count`, of a node of the page tree: the pages below it. */
const countMark = [0x2f, 0x43, 0x6f, 0x75, 0x6e, 0x74]
/** More pages than any provider takes, so that a forged count cannot make a bound of nothing. */
const mostPages = 10_000

/**
 * Pages of a PDF: what its page tree counts and how many page objects are in clear. Both may be off, since compressed objects hide and
 * versions of a page that was saved again stay in the file: where they differ, they are bounds, and the size of the file is one, too.
 */
export function pdfPages(part: MediaPart): TokenRange {
  if (part.data === undefined || part.data === '') return { tokens: 5, low: 1, high: 100 }
  const bytes = decodeStart(part.data, maxPdfBytes)
  const size = fileBytes(part.data)
  const seen = placesOf(bytes, pageMark).filter((at) => isPage(bytes, at)).length
  const counts = placesOf(bytes, countMark)
    .slice(0, mostNodes)
    .map((at) => pagesBelow(bytes, at))
  const counted = Math.min(mostPages, Math.max(0, ...counts))
  const isWhole = size <= maxPdfBytes
  if (isWhole && seen > 0 && (counted === 0 || counted === seen)) return { tokens: seen, low: seen, high: seen }
  if (isWhole && counted > 0 && seen > 0)
    return { tokens: counted, low: Math.min(seen, counted), high: Math.max(seen, counted) }
  const tokens = counted > 0 ? counted : Math.max(1, seen, size / 60_000)
  const low = counted > 0 && seen > 0 ? Math.min(seen, counted) : 1
  return { tokens, low, high: Math.max(2, counted, seen, size / 3_000) }
}

/** Where a mark stands; a file of nothing but marks has no more places than a page tree can need. */
function placesOf(bytes: Uint8Array, mark: readonly number[]): number[] {
  const places: number[] = []
  const first = mark[0]!
  for (let at = bytes.indexOf(first); at >= 0 && places.length < 4 * mostPages; at = bytes.indexOf(first, at + 1))
    if (mark.every((code, offset) => bytes[at + offset] === code)) places.push(at)
  return places
}

/** Nodes of the page tree that are looked at, and how far around its count the kids of one may stand. */
const mostNodes = 256
const nodeBytes = 1 << 15

/** The number after `/Count` in a dictionary with kids, as nodes of the page tree are; 0 for others, such as outlines. */
function pagesBelow(bytes: Uint8Array, at: number): number {
  const latin1 = new TextDecoder('latin1')
  const text = (from: number, to: number): string => latin1.decode(bytes.subarray(Math.max(0, from), to))
  const before = text(at - nodeBytes, at)
  const after = text(at + countMark.length, at + nodeBytes)
  const node = before.slice(before.lastIndexOf('<<') + 1) + after.split('>>', 1)[0]
  return node.includes('/Kids') ? Number(/^\s*(\d{1,5})(?!\d)/.exec(after)?.[1] ?? 0) : 0
}

/** White space of PDF files. */
const isSpace = (byte: number | undefined): boolean =>
  byte === 0 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 32

/** Whether `/Type /Page` stands here, and not `/Type /Pages` or another longer name. */
function isPage(bytes: Uint8Array, start: number): boolean {
  let at = start + pageMark.length
  while (isSpace(bytes[at])) at += 1
  return /^\/Page(?![A-Za-z])/.test(String.fromCharCode(...bytes.subarray(at, at + 6)))
}
