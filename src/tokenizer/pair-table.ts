import { FIRST_MERGE, type Merges } from './pack.ts'

/** No merge joins these two tokens. Larger than any token index, so that a minimum over ranks ignores it. */
export const NO_MERGE = 0x7fffffff

/** Odd factors that spread the bits of the two tokens over the hash. */
const LEFT_FACTOR = 0x9e3779b1
const RIGHT_FACTOR = 0x85ebca6b

/**
 * Hash table from two neighbouring tokens to the token that joins them, which is also the rank of the merge. Token indexes have
 * at most 20 bits: two of them and the result fit into the 64 bits of a slot.
 *
 * A slot is two words: `left | right << 20` (its low 32 bits) and `right >>> 12 | token << 8`. Open addressing with linear
 * probing at a load of at most one half; an empty slot has 0 in its second word, which no merge has (its token is ≥ 256).
 */
export class PairTable {
  private readonly slots: Int32Array
  private readonly mask: number
  /** The token that joins two single bytes, by `left << 8 | right`; 0 for none. */
  private readonly bytePairs: Int32Array = new Int32Array(FIRST_MERGE * FIRST_MERGE)

  constructor({ left, right, size }: Merges) {
    let capacity = 1024
    while (capacity < 2 * size) capacity *= 2
    const mask = capacity - 1
    const slots = new Int32Array(2 * capacity)
    const { bytePairs } = this
    // Most of the time that loading takes goes into this loop, which runs before it is compiled: few steps, no calls.
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
    this.mask = mask
  }

  /** {@link find} for two single bytes, in less memory: 64 kB for all of ASCII. */
  findBytes(left: number, right: number): number {
    return this.bytePairs[(left << 8) | right] || NO_MERGE
  }

  /** The token that joins `left` and `right`, or {@link NO_MERGE}. */
  find(left: number, right: number): number {
    const { slots, mask } = this
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
}
