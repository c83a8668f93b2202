/**
 * Bounded tables from short pieces of text to small numbers, with the bytes of the piece as the key: exact, without hashes that
 * could collide, strings or objects.
 *
 * A slot is a few 32-bit words: the bytes of the piece and a tag of its length and value, which shares the last word of the key or
 * stands before it. A piece is looked for in the `PROBES` slots from its hash on; where all are taken, a new one overwrites one
 * of them. So a look-up costs the same whatever was stored before, and hostile text can only push other pieces out.
 *
 * A table grows with its use up to `mostSlots`, so that a short first text is cheap in time and memory.
 */

export const PROBES = 4
const FIRST_SLOTS = 1 << 9
const GROWTH = 4

/** `keep[KEEP_NONE + n]` masks the `n` bytes of a word that belong to the piece: none from 0 down, all from 4 up. */
const KEEP_NONE = 28
const keep: Int32Array = /* @__PURE__ */ (() =>
  Int32Array.from({ length: 64 }, (_, i) => {
    const bytes = i - KEEP_NONE
    return bytes <= 0 ? 0 : bytes >= 4 ? -1 : (1 << (8 * bytes)) - 1
  }))()

abstract class PieceTable {
  /** Largest value; the smallest is 1, since 0 marks an empty slot. */
  readonly maxValue: number
  protected slots: Int32Array
  /** Number of slots less one; their number is a power of two. */
  protected mask: number = FIRST_SLOTS - 1
  protected readonly words: number
  /** Place of the tag in a slot, and of the first word of the key. */
  protected readonly tagAt: number
  private readonly keyAt: number
  private readonly mostSlots: number
  /** Hash of the piece that was looked for last and not found. */
  protected missed = 0
  private used = 0
  private turn = 0

  constructor(words: number, tagAt: number, keyAt: number, maxValue: number, mostSlots: number) {
    this.words = words
    this.tagAt = tagAt
    this.keyAt = keyAt
    this.maxValue = maxValue
    this.mostSlots = mostSlots
    this.slots = new Int32Array(FIRST_SLOTS * words)
  }

  /** The value of the piece of `length` bytes at `start`, or 0. Keys are read in whole words: `view` must go on for them. */
  abstract find(view: DataView, start: number, length: number): number

  /** Hash of a piece, of which the low bits are its first slot. */
  protected abstract hash(view: DataView, start: number, length: number): number

  /** The length of a piece in the tag of its slot. */
  protected abstract lengthOfTag(tag: number): number

  /** Stores the value (1 to `maxValue`) of the piece that was looked for last and not found: its hash is known from there. */
  abstract insert(view: DataView, start: number, length: number, value: number): void

  protected abstract isTaken(slot: number): boolean

  /** The slot that the piece takes which was looked for last and not found. */
  protected takeSlot(): number {
    if (2 * this.used > this.mask && this.mask + 1 < this.mostSlots) {
      this.grow(Math.min(GROWTH * (this.mask + 1), this.mostSlots))
    }
    const { mask } = this
    let slot = this.missed & mask
    let probe = 0
    while (probe < PROBES && this.isTaken(slot)) {
      slot = (slot + 1) & mask
      probe++
    }
    if (probe === PROBES) return (slot - 1 - (this.turn++ % PROBES)) & mask
    this.used++
    return slot
  }

  /** Takes all the room that the table may. */
  growFully(): void {
    if (this.mask + 1 < this.mostSlots) this.grow(this.mostSlots)
  }

  protected grow(slotCount: number): void {
    const { words, tagAt, keyAt, slots: old } = this
    const mask = slotCount - 1
    const slots = new Int32Array(slotCount * words)
    const view = new DataView(old.buffer)
    let used = 0
    for (let from = 0; from < old.length; from += words) {
      const tag = old[from + tagAt]
      if (tag === 0) continue
      let slot = this.hash(view, 4 * (from + keyAt), this.lengthOfTag(tag)) & mask
      let probe = 0
      while (probe < PROBES && slots[slot * words + tagAt] !== 0) {
        slot = (slot + 1) & mask
        probe++
      }
      // In a table so empty hardly any piece finds all its slots taken; it is forgotten.
      if (probe === PROBES) continue
      for (let word = 0; word < words; word++) slots[slot * words + word] = old[from + word]
      used++
    }
    this.slots = slots
    this.mask = mask
    this.used = used
  }
}

/** Word `word` of the key of a piece: its bytes, with zeros after its end. */
export function keyWord(view: DataView, start: number, length: number, word: number): number {
  const left = length - 4 * word
  if (left >= 4) return view.getInt32(start + 4 * word, true)
  return left <= 0 ? 0 : view.getInt32(start + 4 * word, true) & keep[KEEP_NONE + left]
}

/** The part of a tag of {@link CountTable} that belongs to the key. */
const KEY_OF_TAG = 0x0fffffff

/** A table of small values: 4 bits of length and 4 bits of value above the last three bytes of the key. */
abstract class CountTable extends PieceTable {
  constructor(words: number, mostSlots: number) {
    super(words, words - 1, 0, 15, mostSlots)
  }

  protected lengthOfTag(tag: number): number {
    return (tag >>> 24) & 15
  }

  protected isTaken(slot: number): boolean {
    return this.slots[this.words * slot + this.words - 1] !== 0
  }
}

/** A table of any values, the first word of a slot being 8 bits of length and 24 bits of value. */
export abstract class ValueTable extends PieceTable {
  constructor(words: number, mostSlots: number) {
    super(words, 0, 1, 0xffffff, mostSlots)
  }

  protected lengthOfTag(tag: number): number {
    return tag >>> 24
  }

  protected isTaken(slot: number): boolean {
    return this.slots[this.words * slot] !== 0
  }
}

/** Pieces of up to 7 bytes, value up to 15: two words a slot. Nearly all pieces of English and code. */
export class ShortPieces extends CountTable {
  constructor(mostSlots: number) {
    super(2, mostSlots)
  }

  find(view: DataView, start: number, length: number): number {
    const { slots, mask } = this
    const low = view.getInt32(start, true) & keep[KEEP_NONE + length]
    const high = (view.getInt32(start + 4, true) & keep[KEEP_NONE - 4 + length]) | (length << 24)
    const hash = hashOfTwo(low, high)
    let at = 2 * (hash & mask)
    for (let probe = 0; probe < PROBES; probe++) {
      const found = slots[at + 1]
      if (slots[at] === low && ((found ^ high) & KEY_OF_TAG) === 0) return found >>> 28
      if (found === 0) break
      at = (at + 2) & (2 * mask + 1)
    }
    this.missed = hash
    return 0
  }

  insert(view: DataView, start: number, length: number, value: number): void {
    const at = 2 * this.takeSlot()
    const { slots } = this
    slots[at] = keyWord(view, start, length, 0)
    slots[at + 1] = keyWord(view, start, length, 1) | (length << 24) | (value << 28)
  }

  protected hash(view: DataView, start: number, length: number): number {
    return hashOfTwo(keyWord(view, start, length, 0), keyWord(view, start, length, 1) | (length << 24))
  }
}

function hashOfTwo(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

/** Pieces of 8 to 15 bytes, value up to 15: four words a slot. */
export class MediumPieces extends CountTable {
  constructor(mostSlots: number) {
    super(4, mostSlots)
  }

  find(view: DataView, start: number, length: number): number {
    const { slots, mask } = this
    const first = view.getInt32(start, true)
    const second = view.getInt32(start + 4, true)
    const third = view.getInt32(start + 8, true) & keep[KEEP_NONE - 8 + length]
    const fourth = (view.getInt32(start + 12, true) & keep[KEEP_NONE - 12 + length]) | (length << 24)
    const hash = hashOfFour(first, second, third, fourth)
    let at = 4 * (hash & mask)
    for (let probe = 0; probe < PROBES; probe++) {
      const found = slots[at + 3]
      if (
        slots[at] === first &&
        slots[at + 1] === second &&
        slots[at + 2] === third &&
        ((found ^ fourth) & KEY_OF_TAG) === 0
      ) {
        return found >>> 28
      }
      if (found === 0) break
      at = (at + 4) & (4 * mask + 3)
    }
    this.missed = hash
    return 0
  }

  insert(view: DataView, start: number, length: number, value: number): void {
    const at = 4 * this.takeSlot()
    const { slots } = this
    for (let word = 0; word < 3; word++) slots[at + word] = keyWord(view, start, length, word)
    slots[at + 3] = keyWord(view, start, length, 3) | (length << 24) | (value << 28)
  }

  protected hash(view: DataView, start: number, length: number): number {
    return hashOfFour(
      keyWord(view, start, length, 0),
      keyWord(view, start, length, 1),
      keyWord(view, start, length, 2),
      keyWord(view, start, length, 3) | (length << 24),
    )
  }
}

function hashOfFour(first: number, second: number, third: number, fourth: number): number {
  const mixed =
    Math.imul(first, 0x9e3779b1) ^
    Math.imul(second, 0x85ebca6b) ^
    Math.imul(third, 0xc2b2ae35) ^
    Math.imul(fourth, 0x27d4eb2f)
  return mixed ^ (mixed >>> 15)
}

/** Pieces of up to 12 bytes, value up to 2^24 − 1: four words a slot. */
export class TokenPieces extends ValueTable {
  constructor(mostSlots: number) {
    super(4, mostSlots)
  }

  find(view: DataView, start: number, length: number): number {
    const { slots, mask } = this
    const first = view.getInt32(start, true) & keep[KEEP_NONE + length]
    const second = view.getInt32(start + 4, true) & keep[KEEP_NONE - 4 + length]
    const third = view.getInt32(start + 8, true) & keep[KEEP_NONE - 8 + length]
    const hash = hashOfFour(first, second, third, length)
    let at = 4 * (hash & mask)
    for (let probe = 0; probe < PROBES; probe++) {
      const tag = slots[at]
      if (slots[at + 1] === first && slots[at + 2] === second && slots[at + 3] === third && tag >>> 24 === length) {
        return tag & 0xffffff
      }
      if (tag === 0) break
      at = (at + 4) & (4 * mask + 3)
    }
    this.missed = hash
    return 0
  }

  insert(view: DataView, start: number, length: number, value: number): void {
    const at = 4 * this.takeSlot()
    const { slots } = this
    slots[at] = (length << 24) | value
    for (let word = 0; word < 3; word++) slots[at + 1 + word] = keyWord(view, start, length, word)
  }

  protected hash(view: DataView, start: number, length: number): number {
    return hashOfFour(
      keyWord(view, start, length, 0),
      keyWord(view, start, length, 1),
      keyWord(view, start, length, 2),
      length,
    )
  }
}
