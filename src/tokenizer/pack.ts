/**
 * The packed form of a byte-pair vocabulary: a text of printable ASCII that a bundler can inline as a string.
 *
 *     {"format":"tokenfare-vocabulary/1", …}     header, JSON on one line
 *     <plane> six times                          the merges in rank order
 *     1a2b3c4d                                   checksum of the header and of the merges
 *
 * A vocabulary is its merges: token 256 + i joins tokens left[i] and right[i], the first 256 being the single bytes. No token
 * text is stored; it is rebuilt by joining. Each plane, a line, holds one digit, to base 92, of all lefts, then of all rights: digits of one
 * significance side by side compress best (739 kB gzip for o200k_base, against 1,690 kB for the published file). A digit is a printable character
 * from `#` on, its value that much less: reading it takes a subtraction and no table.
 */
import { TokenfareError } from '../errors.ts'
import { emptyChains, FIRST_MERGE, LEFT_FACTOR, type Merges, RIGHT_FACTOR } from './merges.ts'
import { BASE, CHECKSUM_FACTOR, DIGITS, ZERO, ZEROS } from './pack-digits.ts'

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

/** A packed vocabulary, line by line: a build inlines them one by one, so that the long one is not put together again at each start. */
export type PackLines = readonly string[]

const PLANES = 2 * DIGITS
/** Parts of merges are below this. */
export const MOST_PACKED_TOKENS: number = BASE ** DIGITS

const CHECKSUM_LENGTH = 8

/** Packs merges; the inverse of {@link unpack}. Parts must be below {@link MOST_PACKED_TOKENS}. */
export function pack(header: PackHeader, { left, right, size }: Merges): string {
  const count = size - FIRST_MERGE
  const planes = new Uint8Array(PLANES * count)
  let offset = 0
  for (const parts of [left, right]) {
    for (let digit = 0; digit < DIGITS; digit++) {
      for (let token = FIRST_MERGE; token < size; token++) {
        planes[offset++] = ZERO + (Math.floor(parts[token] / BASE ** digit) % BASE)
      }
    }
  }
  const headerLine = asciiJson(header)
  const { state } = readMerges(planes, count, headerState(headerLine))
  const lines = Array.from({ length: PLANES }, (_, plane) => planes.subarray(plane * count, (plane + 1) * count))
  return [headerLine, ...lines.map((line) => new TextDecoder().decode(line)), checksum(state)].join('\n')
}

/** JSON in ASCII alone, as all of a pack is: engines hold it in one byte per character. */
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
export function unpack(lines: PackLines, mergeCount?: number): { header: PackHeader; merges: Merges } {
  if (lines.length !== PLANES + 2) throw corrupt(`it has ${lines.length} lines instead of ${PLANES + 2}`)
  const [headerLine = '', ...planes] = lines
  const expected = planes.pop()
  const header = headerOf(headerLine)
  const { state, ...merges } = readMerges(bytesOf(planes, header.merges), header.merges, headerState(headerLine))
  if (checksum(state) !== expected) throw corrupt('its checksum does not match')
  const all: Merges = { ...merges, byteOf: byteOrder(header.bytes) }
  return {
    header,
    merges: mergeCount === undefined || mergeCount >= header.merges ? all : firstMerges(all, FIRST_MERGE + mergeCount),
  }
}

/** The planes one after another. A line each: V8 reads several short strings in less memory than a long one. */
function bytesOf(planes: PackLines, count: number): Uint8Array {
  // Asked before anything is allocated: a header may say any number.
  if (planes.some((plane) => plane.length !== count)) throw corrupt('its length does not match its header')
  const bytes = new Uint8Array(PLANES * count)
  const encoder = new TextEncoder()
  planes.forEach((plane, at) => {
    const { written } = encoder.encodeInto(plane, bytes.subarray(at * count))
    // Characters beyond ASCII have more than one byte each.
    if (written !== count) throw corrupt('it has characters that no digit has')
  })
  return bytes
}

/** The vocabulary as it was when it had fewer tokens. */
function firstMerges({ left, right, byteOf }: Merges, size: number): Merges {
  return { left: left.subarray(0, size), right: right.subarray(0, size), byteOf, size }
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

/**
 * Reads the parts of all merges, chains them and adds them up to a checksum, all in one loop: most of the time of a first count is this
 * one, and half of that goes by before V8 has compiled it, which it would for each loop again.
 *
 * Each step of the checksum is a bijection of the state and of either part, so any change of one character is seen.
 */
function readMerges(planes: Uint8Array, count: number, seed: number): Omit<Merges, 'byteOf'> & { state: number } {
  const size = FIRST_MERGE + count
  const left = new Int32Array(size)
  const right = new Int32Array(size)
  const chains = emptyChains(size)
  const { heads, previous } = chains
  const mask = heads.length - 1
  let state = seed
  for (let token = FIRST_MERGE, at = 0; token < size; token++, at++) {
    const first = planes[at] + BASE * (planes[at + count] + BASE * planes[at + 2 * count]) - ZEROS
    const second = planes[at + 3 * count] + BASE * (planes[at + 4 * count] + BASE * planes[at + 5 * count]) - ZEROS
    left[token] = first
    right[token] = second
    const mixed = Math.imul(first, LEFT_FACTOR) ^ Math.imul(second, RIGHT_FACTOR)
    state = Math.imul(state ^ mixed, CHECKSUM_FACTOR)
    state ^= state >>> 15
    const hash = (mixed ^ (mixed >>> 15)) & mask
    previous[token] = heads[hash]
    heads[hash] = token
  }
  return { left, right, size, chains, state }
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

/** Where the checksum of the merges begins, so that it covers the header too. */
function headerState(header: string): number {
  let state = 0x811c9dc5
  for (let at = 0; at < header.length; at++) state = Math.imul(state ^ header.charCodeAt(at), CHECKSUM_FACTOR)
  return state
}

function checksum(state: number): string {
  return (state >>> 0).toString(16).padStart(CHECKSUM_LENGTH, '0')
}

function corrupt(reason: string, cause?: unknown): TokenfareError {
  return new TokenfareError(
    'corrupt-vocabulary',
    `the packed vocabulary cannot be used: ${reason}; reinstall the package, or pack the file again`,
    cause === undefined ? undefined : { cause },
  )
}
