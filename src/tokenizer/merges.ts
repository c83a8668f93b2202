/** The merges of a byte-pair vocabulary, by token index: 0–255 the single bytes, then one token per merge in rank order. */
export interface Merges {
  /** Left part of token `i`, for i ≥ 256; negative for a token that no merge makes, such as a character. */
  readonly left: Int32Array
  /** Right part of token `i`, for i ≥ 256. */
  readonly right: Int32Array
  /** Byte of token `i`, for i < 256. */
  readonly byteOf: Uint8Array
  /** Number of tokens: 256 + number of merges. */
  readonly size: number
  /** Where whoever made the merges has chained them in passing. */
  readonly chains?: MergeChains
}

export const FIRST_MERGE = 256

/**
 * The merges by the hash of their two parts, `h = left · LEFT_FACTOR ^ right · RIGHT_FACTOR` and of that `(h ^ h >>> 15) & mask`: the last token of
 * each hash, and for each token the one before it with the same hash; 0 is the end.
 */
export interface MergeChains {
  /** A power of two of them: the mask is one less. */
  readonly heads: Int32Array
  readonly previous: Int32Array
}

/** Odd factors that spread the bits of the two tokens over the hash. */
export const LEFT_FACTOR = 0x9e3779b1
export const RIGHT_FACTOR = 0x85ebca6b

/** Chains for this many tokens, with nothing in them. */
export function emptyChains(size: number): MergeChains {
  let capacity = 1024
  // Two tokens a hash: shorter chains would take longer to make than they save.
  while (2 * capacity < size) capacity *= 2
  return { heads: new Int32Array(capacity), previous: new Int32Array(size) }
}

export function chainsOf({ left, right, size, chains }: Merges): MergeChains {
  if (chains !== undefined) return chains
  const made = emptyChains(size)
  const { heads, previous } = made
  const mask = heads.length - 1
  for (let token = FIRST_MERGE; token < size; token++) {
    const first = left[token]
    if (first < 0) continue
    const mixed = Math.imul(first, LEFT_FACTOR) ^ Math.imul(right[token], RIGHT_FACTOR)
    const at = (mixed ^ (mixed >>> 15)) & mask
    previous[token] = heads[at]
    heads[at] = token
  }
  return made
}
