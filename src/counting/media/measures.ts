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

/** Pages of a PDF, by its page objects; compressed ones hide, so that few or none give a range by the size. */
export function pdfPages(part: MediaPart): TokenRange {
  if (part.data === undefined || part.data === '') return { tokens: 5, low: 1, high: 100 }
  const bytes = decodeStart(part.data, maxPdfBytes)
  let pages = 0
  for (let at = bytes.indexOf(pageMark[0]!); at >= 0; at = bytes.indexOf(pageMark[0]!, at + 1))
    if (isPage(bytes, at)) pages += 1
  if (pages > 0) return { tokens: pages, low: pages, high: pages }
  const size = fileBytes(part.data)
  return { tokens: Math.max(1, size / 60_000), low: 1, high: Math.max(2, size / 3_000) }
}

/** White space of PDF files. */
const isSpace = (byte: number | undefined): boolean =>
  byte === 0 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 32

/** Whether `/Type /Page` stands here, and not `/Type /Pages` or another longer name. */
function isPage(bytes: Uint8Array, start: number): boolean {
  if (pageMark.some((code, offset) => bytes[start + offset] !== code)) return false
  let at = start + pageMark.length
  while (isSpace(bytes[at])) at += 1
  return /^\/Page(?![A-Za-z])/.test(String.fromCharCode(...bytes.subarray(at, at + 6)))
}
