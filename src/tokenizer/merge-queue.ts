/** A heap entry is `rank × POSITIONS + position`: lowest rank first, leftmost first among equals, and exact as a double. */
const POSITIONS: number = 2 ** 32

/**
 * Merges that may be done, lowest rank first and leftmost first among equals.
 *
 * A run of one letter or of a few has many places for few ranks, found from left to right. So the places of a rank stand in a list as
 * long as they come in order, and a heap holds the ranks that have a list: both ends of a list cost nothing to reach. Places out of
 * order go to a second heap, which bounds every step by log n whatever comes.
 */
export class MergeQueue {
  /** Entry of the first place of a rank + 1, or 0; and of its last. */
  private readonly firstOfRank: Int32Array
  private readonly lastOfRank: Int32Array
  private positions = new Int32Array(0)
  private following = new Int32Array(0)
  private entries = 0
  private readonly ranks = new Heap()
  private readonly unordered = new Heap()

  /** The rank and position of the merge that {@link next} took out. */
  rank = 0
  position = 0

  /** @param size - bound of all ranks. */
  constructor(size: number) {
    this.firstOfRank = new Int32Array(size)
    this.lastOfRank = new Int32Array(size)
  }

  /** Makes room for `mostMerges` calls of {@link add}. The queue must be empty. */
  reserve(mostMerges: number): void {
    this.entries = 0
    if (mostMerges <= this.positions.length) return
    this.positions = new Int32Array(mostMerges)
    this.following = new Int32Array(mostMerges)
    this.ranks.reserve(mostMerges)
    this.unordered.reserve(mostMerges)
  }

  add(rank: number, position: number): void {
    const { firstOfRank, lastOfRank, positions, following } = this
    const isNew = firstOfRank[rank] === 0
    const last = lastOfRank[rank]
    if (!isNew && positions[last] > position) {
      this.unordered.push(rank * POSITIONS + position)
      return
    }
    const entry = this.entries++
    positions[entry] = position
    following[entry] = 0
    lastOfRank[rank] = entry
    if (isNew) {
      firstOfRank[rank] = entry + 1
      this.ranks.push(rank)
    } else {
      following[last] = entry + 1
    }
  }

  /** Takes the first merge out; false if there is none. */
  next(): boolean {
    const { ranks, unordered } = this
    const rank = ranks.lowest
    const first = rank === Number.POSITIVE_INFINITY ? 0 : this.firstOfRank[rank] - 1
    const ordered = rank * POSITIONS + this.positions[first]
    if (unordered.lowest < ordered || rank === Number.POSITIVE_INFINITY) {
      const lowest = unordered.lowest
      if (lowest === Number.POSITIVE_INFINITY) return false
      unordered.removeLowest()
      this.position = lowest % POSITIONS
      this.rank = (lowest - this.position) / POSITIONS
      return true
    }
    this.rank = rank
    this.position = this.positions[first]
    const second = this.following[first]
    this.firstOfRank[rank] = second
    if (second === 0) ranks.removeLowest()
    return true
  }
}

/** A binary heap of numbers. */
class Heap {
  /** The lowest number; infinite where there is none. */
  lowest: number = Number.POSITIVE_INFINITY
  private numbers = new Float64Array(0)
  private size = 0

  reserve(capacity: number): void {
    this.numbers = new Float64Array(capacity)
  }

  push(number: number): void {
    const { numbers } = this
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (numbers[parent] <= number) break
      numbers[at] = numbers[parent]
      at = parent
    }
    numbers[at] = number
    this.lowest = numbers[0]
  }

  removeLowest(): void {
    const { numbers } = this
    const number = numbers[--this.size]
    const { size } = this
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && numbers[child + 1] < numbers[child]) child++
      if (numbers[child] >= number) break
      numbers[at] = numbers[child]
      at = child
    }
    numbers[at] = number
    this.lowest = size > 0 ? numbers[0] : Number.POSITIVE_INFINITY
  }
}
