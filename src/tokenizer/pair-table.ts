import { chainsOf, FIRST_MERGE, LEFT_FACTOR, type Merges, RIGHT_FACTOR } from './merges.ts'

/** No merge joins these two tokens. Larger than any token index, so that a minimum over ranks ignores it. */
export const NO_MERGE = 0x7fffffff

/** Look-ups after which the time to spread the table out is a small part of the time that they took. */
const SPREAD_AFTER = 1 << 15

/**
 * Hash table from two neighbouring tokens to the token that joins them, which is also the rank of the merge.
 *
 * It begins as the chains of the merges, which take a third of the time and memory of the second form, so that a short first text is
 * cheap. Once it has been asked often, it is spread out into slots, where a look-up reads one place in memory instead of up to three.
 */
export class PairTable {
  private readonly left: Int32Array
  private readonly right: Int32Array
  /** Number of tokens, a bound of all indexes. */
  readonly size: number
  private readonly heads: Int32Array
  private readonly previous: Int32Array
  private readonly chainMask: number
  private chainLookups = 0
  private slots: Int32Array | undefined
  private slotMask = 0
  /** The token that joins two single bytes, by `left << 8 | right`; 0 for none. */
  private bytePairs: Int32Array | undefined

  constructor(merges: Merges) {
    const { heads, previous } = chainsOf(merges)
    this.left = merges.left
    this.right = merges.right
    this.size = merges.size
    this.heads = heads
    this.previous = previous
    this.chainMask = heads.length - 1
  }

  /** {@link find} for two single bytes, in less memory once the table is spread out: 64 kB for all of ASCII. */
  findBytes(left: number, right: number): number {
    const { bytePairs } = this
    return bytePairs === undefined ? this.findInChain(left, right) : bytePairs[(left << 8) | right] || NO_MERGE
  }

  /**
   * The token that joins `left` and `right`, or {@link NO_MERGE}.
   *
   * Token indexes have at most 20 bits: a slot is the two words `left | right << 20` (its low 32 bits) and `right >>> 12 | token << 8`.
   * Open addressing with linear probing at a load of at most one half; an empty slot has 0 in its second word, which no merge has
   * (its token is ≥ 256).
   */
  find(left: number, right: number): number {
    const { slots, slotMask: mask } = this
    if (slots === undefined) return this.findInChain(left, right)
    const low = left | (right << 20)
    const high = right >>> 12
    const mixed = Math.imul(left, LEFT_FACTOR) ^ Math.imul(right, RIGHT_FACTOR)
    let at = ((mixed ^ (mixed >>> 15)) & mask) << 1
    for (;;) {
      const word = slots[at + 1]
      if (word === 0) return NO_MERGE
      if (slots[at] === low && (word & 0xff) === high) return word >>> 8
      at = (at + 2) & (mask << 1)
    }
  }

  private findInChain(first: number, second: number): number {
    if (++this.chainLookups === SPREAD_AFTER) this.spread()
    const { left, right, previous } = this
    const mixed = Math.imul(first, LEFT_FACTOR) ^ Math.imul(second, RIGHT_FACTOR)
    let token = this.heads[(mixed ^ (mixed >>> 15)) & this.chainMask]
    while (token !== 0 && (left[token] !== first || right[token] !== second)) token = previous[token]
    return token === 0 ? NO_MERGE : token
  }

  private spread(): void {
    const { left, right, size } = this
    let capacity = 1024
    while (capacity < 2 * size) capacity *= 2
    const mask = capacity - 1
    const slots = new Int32Array(2 * capacity)
    const bytePairs = new Int32Array(FIRST_MERGE * FIRST_MERGE)
    for (let token = FIRST_MERGE; token < size; token++) {
      const first = left[token]
      const second = right[token]
      // Tokens that no merge makes, such as characters, have no parts.
      if (first < 0) continue
      if ((first | second) < FIRST_MERGE) bytePairs[(first << 8) | second] = token
      const mixed = Math.imul(first, LEFT_FACTOR) ^ Math.imul(second, RIGHT_FACTOR)
      let at = ((mixed ^ (mixed >>> 15)) & mask) << 1
      while (slots[at + 1] !== 0) at = (at + 2) & (mask << 1)
      slots[at] = first | (second << 20)
      slots[at + 1] = (second >>> 12) | (token << 8)
    }
    this.slots = slots
    this.bytePairs = bytePairs
    this.slotMask = mask
  }
}
