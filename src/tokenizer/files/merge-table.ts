import { refuse } from './refuse.ts'

/** Work of following all merges of a file, in steps; the largest published file takes 60 million. */
const MAX_STEPS = 400_000_000

/** Merges by the two tokens that they join, each with its rank and the token it makes: open addressing over flat arrays. */
export class MergeTable {
  private readonly mask: number
  private readonly lefts: Int32Array
  private readonly rights: Int32Array
  private readonly ranks: Int32Array
  private readonly results: Int32Array
  private steps = 0

  constructor(merges: number) {
    let capacity = 1024
    while (capacity < 2 * merges) capacity *= 2
    this.mask = capacity - 1
    this.lefts = new Int32Array(capacity).fill(-1)
    this.rights = new Int32Array(capacity)
    this.ranks = new Int32Array(capacity)
    this.results = new Int32Array(capacity)
  }

  /** Adds a merge; false if these two tokens have one already. */
  add(left: number, right: number, rank: number, result: number): boolean {
    const slot = this.slotOf(left, right)
    if (this.lefts[slot] >= 0) return false
    this.lefts[slot] = left
    this.rights[slot] = right
    this.ranks[slot] = rank
    this.results[slot] = result
    return true
  }

  /** Merges symbols in place, the lowest rank and the leftmost first; returns the rank of the last merge, or −1 if there was none. */
  merge(symbols: number[]): number {
    let last = -1
    for (;;) {
      this.steps += symbols.length
      if (this.steps > MAX_STEPS) refuse('its merges take too long to follow')
      let lowest = -1
      let at = 0
      for (let i = 0; i + 1 < symbols.length; i++) {
        const slot = this.slotOf(symbols[i], symbols[i + 1])
        if (this.lefts[slot] >= 0 && (lowest < 0 || this.ranks[slot] < this.ranks[lowest])) {
          lowest = slot
          at = i
        }
      }
      if (lowest < 0) return last
      symbols.splice(at, 2, this.results[lowest])
      last = this.ranks[lowest]
    }
  }

  /** The slot of two tokens, or the empty one where they belong. */
  private slotOf(left: number, right: number): number {
    const { lefts, rights, mask } = this
    const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)
    let slot = (mixed ^ (mixed >>> 15)) & mask
    while (lefts[slot] >= 0 && (lefts[slot] !== left || rights[slot] !== right)) slot = (slot + 1) & mask
    return slot
  }
}
