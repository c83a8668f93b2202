import { FIRST_MERGE, type Merges } from './merges.ts'
import { NO_MERGE } from './pair-table.ts'
import { characterLength, codePointAt } from './scanners/scanner.ts'
import { tokenBytes } from './token-bytes.ts'

/** Characters below this have their token looked up; beyond are rare Chinese characters, taken byte by byte. */
export const KNOWN_CODE_POINTS = 0x20000

/** Bits of the filter of joinable characters, and of the one with the characters around: few false positives with 200,000 merges. */
export const PAIR_FILTER_BITS: number = 1 << 19
const CONTEXT_FILTER_BITS = 1 << 21

/** Places for the lowest merge of a border, by a hash of the bytes around it: for a few thousand used ones. */
const BORDERS = 1 << 16

/** From here on are the scripts of so many characters that a pair says enough: Chinese, Japanese, Korean. */
export const FIRST_OF_MANY = 0x2e80

/** Stands for a character that a merge does not reach, and in a text for none. */
export const NO_CHARACTER = -1

/**
 * What a vocabulary says of whole characters, so that merging can start from characters instead of bytes and cut a piece where
 * nothing can join.
 *
 * Starting from characters is exact as long as no merge across a border between two characters takes only a part of one of them
 * before that character is complete. Those merges are few; the lowest of them is kept by the bytes at the border, and a border
 * where it comes before one of the two characters' own tokens is *at risk*: both are then taken byte by byte. Everywhere
 * else a character completes first, since merges of the lowest rank go first and its own have lower ranks.
 *
 * A piece may be cut between two characters where the text around matches no merge, since some merge would have to be the first to
 * cross that place, with all of its left part before it and all of its right part after. A border that a partial merge may cross is cut
 * only where both characters complete first: one torn at its other side never does, and then a partial merge of any rank may come about.
 */
export class Characters {
  /** Token of a whole character, by code point below {@link KNOWN_CODE_POINTS}; `NO_MERGE` where it has none or is not known. */
  readonly tokens: Int32Array = new Int32Array(KNOWN_CODE_POINTS).fill(NO_MERGE)
  /** Lowest merge that crosses a border between characters with a part of one, by {@link borderKey}; now and then one that does not. */
  readonly partialMerges: Int32Array = new Int32Array(BORDERS).fill(NO_MERGE)
  /** Whether there is such a merge at all, by the last byte before and the first after: a small part of memory for one script. */
  readonly hasPartialMerge: Uint8Array = new Uint8Array(1 << 16)
  /** Bloom filter with one hash, by {@link hashOfPair}: the pairs of characters that some merge joins. */
  readonly pairs: Int32Array = new Int32Array(PAIR_FILTER_BITS >>> 5)
  /** The same with the characters beside them. */
  private readonly contexts: Int32Array = new Int32Array(CONTEXT_FILTER_BITS >>> 5)

  constructor(merges: Merges) {
    const { left, size } = merges
    const { bytes, offsets } = tokenBytes(merges)
    for (let token = 0; token < size; token++) {
      const start = offsets[token]
      const end = offsets[token + 1]
      const lead = bytes[start]
      if (!isContinuation(lead) && characterLength(lead) === end - start) {
        const codePoint = codePointAt(bytes, start)
        if (codePoint < KNOWN_CODE_POINTS) this.tokens[codePoint] = token
      }
      if (token < FIRST_MERGE) continue
      const middle = start + offsets[left[token] + 1] - offsets[left[token]]
      if (isContinuation(bytes[middle])) continue
      const before = startOfCharacter(bytes, start, middle)
      const after = endOfCharacter(bytes, middle, end)
      if (before < 0 || after < 0) this.addPartialMerge(bytes, start, middle, end, token)
      else this.addMerge(bytes, start, before, middle, after, end)
    }
  }

  /** Notes a merge of whole characters at its middle: the two there, and the ones beside them as far as it has them. */
  private addMerge(bytes: Uint8Array, start: number, before: number, middle: number, after: number, end: number): void {
    const pair = hashOfPair(codePointAt(bytes, before), codePointAt(bytes, middle))
    setBit(this.pairs, pair & (PAIR_FILTER_BITS - 1))
    if (codePointAt(bytes, before) >= FIRST_OF_MANY || codePointAt(bytes, middle) >= FIRST_OF_MANY) return
    const farBefore = before > start ? startOfCharacter(bytes, start, before) : -1
    const farAfter = after < end ? endOfCharacter(bytes, after, end) : -1
    const outerBefore = farBefore < 0 ? NO_CHARACTER : codePointAt(bytes, farBefore)
    const outerAfter = farAfter < 0 ? NO_CHARACTER : codePointAt(bytes, after)
    setBit(this.contexts, contextBit(pair, outerBefore, outerAfter))
  }

  /** Notes a merge that has only a part of a character at its middle, for every border that it may cross. */
  private addPartialMerge(bytes: Uint8Array, start: number, middle: number, end: number, token: number): void {
    const last = bytes[middle - 1]
    const first = bytes[middle]
    this.hasPartialMerge[(last << 8) | first] = 1
    // The byte before the last and the one after the first may be any where the merge does not reach so far.
    const [leastBefore, mostBefore] =
      last < 0x80 ? [0, 0] : middle - 2 >= start ? [bytes[middle - 2], bytes[middle - 2]] : [0x80, 0xf4]
    const [leastAfter, mostAfter] =
      first < 0x80 ? [0, 0] : middle + 1 < end ? [bytes[middle + 1], bytes[middle + 1]] : [0x80, 0xbf]
    for (let before = leastBefore; before <= mostBefore; before++) {
      for (let after = leastAfter; after <= mostAfter; after++) {
        const key = borderKey(before, last, first, after)
        this.partialMerges[key] = Math.min(this.partialMerges[key], token)
      }
    }
  }

  /**
   * Whether a merge may join two characters of which `pairs` says so, with `outerBefore` and `outerAfter` around them; now and then
   * true without need, never false in error. `pair` is their {@link hashOfPair}.
   */
  mayJoinBetween(outerBefore: number, pair: number, outerAfter: number): boolean {
    const { contexts } = this
    return (
      hasBit(contexts, contextBit(pair, NO_CHARACTER, NO_CHARACTER)) ||
      hasBit(contexts, contextBit(pair, outerBefore, NO_CHARACTER)) ||
      hasBit(contexts, contextBit(pair, NO_CHARACTER, outerAfter)) ||
      hasBit(contexts, contextBit(pair, outerBefore, outerAfter))
    )
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}

/** Where the character that ends at `end` begins, or -1 if it is not whole from `start` on. */
function startOfCharacter(bytes: Uint8Array, start: number, end: number): number {
  let at = end - 1
  while (at > start && isContinuation(bytes[at])) at--
  return !isContinuation(bytes[at]) && at + characterLength(bytes[at]) === end ? at : -1
}

/** Where the character that begins at `start` ends, or -1 if it is not whole up to `end`. */
function endOfCharacter(bytes: Uint8Array, start: number, end: number): number {
  const after = start + characterLength(bytes[start])
  return after <= end ? after : -1
}

/** Hash of two characters side by side, by code point. */
export function hashOfPair(before: number, after: number): number {
  const mixed = Math.imul(Math.imul(before, 0x9e3779b1) ^ after, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

function contextBit(pair: number, outerBefore: number, outerAfter: number): number {
  const mixed = Math.imul(pair ^ Math.imul(outerBefore, 0xc2b2ae35) ^ Math.imul(outerAfter, 0x27d4eb2f), 0x165667b1)
  return (mixed ^ (mixed >>> 15)) & (CONTEXT_FILTER_BITS - 1)
}

/** Place of a border by the last two bytes of the character before it, 0 for the first where it has one, and likewise after it. */
export function borderKey(beforeLast: number, last: number, first: number, afterFirst: number): number {
  const mixed = Math.imul((beforeLast << 24) | (last << 16) | (first << 8) | afterFirst, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) & (BORDERS - 1)
}

function setBit(bits: Int32Array, bit: number): void {
  bits[bit >>> 5] |= 1 << (bit & 31)
}

function hasBit(bits: Int32Array, bit: number): boolean {
  return (bits[bit >>> 5] & (1 << (bit & 31))) !== 0
}
