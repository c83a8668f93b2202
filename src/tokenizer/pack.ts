/**
 * The packed form of a byte-pair vocabulary: a text of printable ASCII that a bundler can inline as a string.
 *
 *     {"format":"tokenfare-vocabulary/1", …}     header, JSON on one line
 *     <planes>                                   the merges in rank order, 6 bits a character
 *     1a2b3c4d                                   checksum of everything before it
 *
 * A vocabulary is its merges: token 256 + i joins tokens left[i] and right[i], the first 256 being the single bytes. No token
 * text is stored; it is rebuilt by joining. Each plane holds one 6-bit digit of all lefts, then of all rights: digits of one
 * significance side by side compress best (732 kB gzip for o200k_base, against 1,690 kB for the published file).
 */
import { TokenfareError } from '../errors.ts'

/** What a packed vocabulary says of itself, besides its merges. */
export interface PackHeader {
  readonly format: 'tokenfare-vocabulary/1'
  readonly name: string
  /** Splitting rule, a key of `scanners`. */
  readonly split: string
  /** Number of merges. */
  readonly merges: number
  /** Order of the single bytes: ranges of byte values, first and last included. */
  readonly bytes: readonly (readonly [first: number, last: number])[]
  /**
   * Where ids differ from positions in the merge list: from token index `from` on, id = index + `shift`. Ascending; empty
   * where ids are indexes.
   */
  readonly idShifts: readonly (readonly [from: number, shift: number])[]
  /** Spelling → id of the special tokens. */
  readonly special: Readonly<Record<string, number>>
}

/** The merges of a byte-pair vocabulary, by token index: 0–255 the single bytes, then one token per merge in rank order. */
export interface Merges {
  /** Left part of token `i`, for i ≥ 256. */
  readonly left: Int32Array
  /** Right part of token `i`, for i ≥ 256. */
  readonly right: Int32Array
  /** Byte of token `i`, for i < 256. */
  readonly byteOf: Uint8Array
  /** Number of tokens: 256 + number of merges. */
  readonly size: number
}

export const FIRST_MERGE = 256

const DIGIT_BITS = 6
const DIGITS = 3
const CHECKSUM_LENGTH = 8

/** Printable characters from `#` on for digits, without the two that a JavaScript string literal may have to escape. */
function digitCharacter(digit: number): number {
  const code = digit + 35
  return code === 0x5c ? 0x7e : code === 0x60 ? 0x7d : code
}

function digitValues(): Uint8Array {
  const values = new Uint8Array(256)
  for (let digit = 0; digit < 1 << DIGIT_BITS; digit++) values[digitCharacter(digit)] = digit
  return values
}

/** Packs merges; the inverse of {@link unpack}. Parts must be below 2^18. */
export function pack(header: PackHeader, { left, right, size }: Merges): string {
  const count = size - FIRST_MERGE
  const planes = new Uint8Array(2 * DIGITS * count)
  let offset = 0
  for (const parts of [left, right]) {
    for (let digit = 0; digit < DIGITS; digit++) {
      for (let token = FIRST_MERGE; token < size; token++) {
        planes[offset++] = digitCharacter((parts[token] >>> (DIGIT_BITS * digit)) & ((1 << DIGIT_BITS) - 1))
      }
    }
  }
  const body = `${asciiJson(header)}\n${new TextDecoder().decode(planes)}\n`
  return body + checksum(new TextEncoder().encode(body))
}

/** JSON in ASCII alone, so that positions in the text are positions in its bytes. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Reads a packed vocabulary.
 *
 * @param mergeCount - take only the first merges: r50k_base is p50k_base without its last ones.
 * @throws TokenfareError `corrupt-vocabulary` when the text is not intact.
 */
export function unpack(packed: string, mergeCount?: number): { header: PackHeader; merges: Merges } {
  const bytes = new TextEncoder().encode(packed)
  const bodyLength = bytes.length - CHECKSUM_LENGTH
  const headerLength = bytes.indexOf(0x0a)
  if (headerLength < 0 || packed.slice(bodyLength) !== checksum(bytes.subarray(0, Math.max(0, bodyLength)))) {
    throw corrupt('its checksum does not match')
  }
  const header = headerOf(packed.slice(0, headerLength))
  const packedCount = header.merges
  const start = headerLength + 1
  if (start + 2 * DIGITS * packedCount + 1 !== bodyLength) throw corrupt('its length does not match its header')

  const size = FIRST_MERGE + Math.min(packedCount, mergeCount ?? packedCount)
  return { header, merges: { ...readParts(bytes, start, packedCount, size), byteOf: byteOrder(header.bytes), size } }
}

/** A pack may come from anywhere, with a checksum that is right: what the rest relies on is looked at here. */
function headerOf(text: string): PackHeader {
  let header: PackHeader | null
  try {
    header = JSON.parse(text) as PackHeader | null
  } catch (cause) {
    throw corrupt('its header is no JSON', cause)
  }
  if (header?.format !== 'tokenfare-vocabulary/1') throw corrupt(`its format is ${JSON.stringify(header?.format)}`)
  if (!Number.isSafeInteger(header.merges) || header.merges < 0) throw corrupt('it does not say how many merges it has')
  return header
}

/** Both parts of every merge in one loop, since a loop of its own for each would be compiled twice. */
function readParts(bytes: Uint8Array, start: number, stride: number, size: number): Pick<Merges, 'left' | 'right'> {
  const values = digitValues()
  const left = new Int32Array(size)
  const right = new Int32Array(size)
  const rights = DIGITS * stride
  for (let token = FIRST_MERGE, at = start; token < size; token++, at++) {
    left[token] =
      values[bytes[at]] |
      (values[bytes[at + stride]] << DIGIT_BITS) |
      (values[bytes[at + 2 * stride]] << (2 * DIGIT_BITS))
    right[token] =
      values[bytes[at + rights]] |
      (values[bytes[at + rights + stride]] << DIGIT_BITS) |
      (values[bytes[at + rights + 2 * stride]] << (2 * DIGIT_BITS))
  }
  return { left, right }
}

/** @throws TokenfareError unless the ranges have every byte once. */
function byteOrder(ranges: PackHeader['bytes']): Uint8Array {
  const order = new Set<number>()
  for (const range of Array.isArray(ranges) ? (ranges as unknown[]) : []) {
    const [first, last] = Array.isArray(range) ? (range as unknown[]) : []
    if (!isByte(first) || !isByte(last)) throw corrupt('its order of the bytes has something else in it')
    for (let byte = first; byte <= last; byte++) order.add(byte)
  }
  if (order.size !== FIRST_MERGE) throw corrupt(`its order of the bytes has ${order.size} of ${FIRST_MERGE}`)
  return Uint8Array.from(order)
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < FIRST_MERGE
}

/**
 * Four bytes a step, in the byte order that every platform of today has; each step is a bijection of the state and of the word, so any
 * change within one word is seen.
 */
function checksum(bytes: Uint8Array): string {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, bytes.length >>> 2)
  let state = 0x811c9dc5
  for (let i = 0; i < words.length; i++) {
    state = Math.imul(state ^ words[i], 0x01000193)
    state ^= state >>> 15
  }
  for (let at = 4 * words.length; at < bytes.length; at++) state = Math.imul(state ^ bytes[at], 0x01000193)
  return (state >>> 0).toString(16).padStart(CHECKSUM_LENGTH, '0')
}

function corrupt(reason: string, cause?: unknown): TokenfareError {
  return new TokenfareError(
    'corrupt-vocabulary',
    `the packed vocabulary cannot be used: ${reason}; reinstall the package, or pack the file again`,
    cause === undefined ? undefined : { cause },
  )
}
