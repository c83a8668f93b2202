import { FIRST_MERGE, type Merges } from './pack.ts'
import { NO_MERGE } from './pair-table.ts'
import { characterLength, codePointAt } from './scanners/scanner.ts'
import { tokenBytes } from './token-bytes.ts'

/** Characters below this have their token looked up; beyond are rare Chinese characters, taken byte by byte. */
const KNOWN_CODE_POINTS = 0x20000

/** Bits of the filter of joinable characters: about one false positive in 25 for o200k_base. */
const FILTER_BITS = 1 << 19

/**
 * What a vocabulary says of whole characters, so that merging can start from characters instead of bytes and cut a piece where
 * nothing can join.
 *
 * Starting from characters is exact as long as no merge across a border between two characters takes only a part of one of them
 * before that character is complete. Those merges are few; the lowest of them is kept by the two bytes at the border, and a border
 * where it comes before one of the two characters' own tokens is *at risk*: both are then taken byte by byte. Everywhere
 * else a character completes first, since merges of the lowest rank go first and its own have lower ranks.
 *
 * A piece may be cut between two characters that no merge joins, unless a partial merge exists there at all: a character torn at its
 * other side never completes, and then a partial merge of any rank may come about.
 */
export class Characters {
  /** Token of a whole character, by code point; `NO_MERGE` where it has none or is not known. */
  private readonly tokens: Int32Array = new Int32Array(KNOWN_CODE_POINTS).fill(NO_MERGE)
  /** Lowest merge that crosses a border between characters with a part of one, by last byte before and first byte after. */
  private readonly partialMerges: Int32Array = new Int32Array(1 << 16).fill(NO_MERGE)
  /** A Bloom filter with one hash of the pairs of characters that some merge joins. */
  private readonly joinable: Int32Array = new Int32Array(FILTER_BITS >>> 5)

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
      const border = start + offsets[left[token] + 1] - offsets[left[token]]
      if (isContinuation(bytes[border])) continue
      let before = border - 1
      while (before > start && isContinuation(bytes[before])) before--
      const wholeBefore = !isContinuation(bytes[before]) && before + characterLength(bytes[before]) === border
      if (wholeBefore && border + characterLength(bytes[border]) <= end) {
        const bit = filterBit(codePointAt(bytes, before), codePointAt(bytes, border))
        this.joinable[bit >>> 5] |= 1 << (bit & 31)
      } else {
        const key = (bytes[border - 1] << 8) | bytes[border]
        this.partialMerges[key] = Math.min(this.partialMerges[key], token)
      }
    }
  }

  /** Token of a whole character, or `NO_MERGE`. */
  tokenOf(codePoint: number): number {
    return codePoint < KNOWN_CODE_POINTS ? this.tokens[codePoint] : NO_MERGE
  }

  /** The lowest merge that crosses a border between these two bytes with a part of a character, or `NO_MERGE`. */
  partialMerge(lastByte: number, firstByte: number): number {
    return this.partialMerges[(lastByte << 8) | firstByte]
  }

  /** Whether a merge may join these two characters; now and then true without need, never false in error. */
  mayJoin(before: number, after: number): boolean {
    const bit = filterBit(before, after)
    return (this.joinable[bit >>> 5] & (1 << (bit & 31))) !== 0
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}

function filterBit(before: number, after: number): number {
  const mixed = Math.imul(Math.imul(before, 0x9e3779b1) ^ after, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & (FILTER_BITS - 1)
}
