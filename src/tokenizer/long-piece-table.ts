import { keyWord, PROBES, ValueTable } from './piece-table.ts'

/**
 * Pieces of 4 to `4 × words − 4` bytes, at most 252, and any value: words of scripts with several bytes a letter, phrases of those without
 * spaces. Most are asked for once. One byte of each piece's hash stands apart from the slots, so that a new piece is told from the known ones
 * in a few kilobytes, without reading slots that lie all over memory.
 */
export class LongPieces extends ValueTable {
  /** By slot, a byte of the hash of its piece; 0 where it is empty. */
  private prints: Uint8Array

  constructor(words: 8 | 16 | 32 | 64, mostSlots: number) {
    super(words, mostSlots)
    this.prints = new Uint8Array(this.mask + 1)
  }

  find(view: DataView, start: number, length: number): number {
    const { prints, mask } = this
    const hash = this.hash(view, start, length)
    const print = printOf(hash)
    let slot = hash & mask
    for (let probe = 0; probe < PROBES; probe++) {
      const found = prints[slot]
      if (found === print) {
        const value = this.valueAt(slot, view, start, length)
        if (value > 0) return value
      } else if (found === 0) break
      slot = (slot + 1) & mask
    }
    this.missed = hash
    return 0
  }

  private valueAt(slot: number, view: DataView, start: number, length: number): number {
    const { slots, words } = this
    const at = words * slot
    const tag = slots[at]
    if (tag >>> 24 !== length) return 0
    const whole = length >> 2
    for (let word = 0; word < whole; word++) {
      if (slots[at + 1 + word] !== view.getInt32(start + 4 * word, true)) return 0
    }
    if ((length & 3) !== 0 && slots[at + 1 + whole] !== keyWord(view, start, length, whole)) return 0
    return tag & 0xffffff
  }

  insert(view: DataView, start: number, length: number, value: number): void {
    const slot = this.takeSlot()
    const { slots, words } = this
    this.prints[slot] = printOf(this.missed)
    const at = words * slot
    const whole = length >> 2
    slots[at] = (length << 24) | value
    for (let word = 0; word < whole; word++) slots[at + 1 + word] = view.getInt32(start + 4 * word, true)
    if ((length & 3) !== 0) slots[at + 1 + whole] = keyWord(view, start, length, whole)
  }

  protected override isTaken(slot: number): boolean {
    return this.prints[slot] !== 0
  }

  protected override grow(slotCount: number): void {
    super.grow(slotCount)
    const { slots, words, mask } = this
    const view = new DataView(slots.buffer)
    const prints = new Uint8Array(mask + 1)
    for (let slot = 0; slot <= mask; slot++) {
      const tag = slots[words * slot]
      if (tag !== 0) prints[slot] = printOf(this.hash(view, 4 * (words * slot + 1), this.lengthOfTag(tag)))
    }
    this.prints = prints
  }

  protected hash(view: DataView, start: number, length: number): number {
    const whole = length >> 2
    let mixed = keyWord(view, start, length, whole) ^ length
    for (let word = 0; word < whole; word++) {
      mixed = Math.imul(mixed ^ view.getInt32(start + 4 * word, true), 0x9e3779b1)
    }
    // Each step carries bits upwards only; the last ones bring the upper half down.
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    return mixed ^ (mixed >>> 15)
  }
}

/** The highest byte of a hash, of which the lowest bits are the slot; never 0. */
function printOf(hash: number): number {
  return hash >>> 24 || 1
}
