/**
 * Bounded tables from short pieces of text to small numbers, with the bytes of the piece as the key: exact, without hashes that
 * could collide, strings or objects.
 *
 * A slot is a few 32-bit words: the bytes of the piece, zero padded, and in the top byte of the last word its length and
 * value. A piece is looked for in the `PROBES` slots from its hash on; where all are taken, a new one overwrites one of them.
 * So a look-up costs the same whatever was stored before, and hostile text can only push other pieces out.
 *
 * A table grows with its use up to `mostSlots`, so that a short first text is cheap in time and memory.
 */

const PROBES = 4
const FIRST_SLOTS = 1 << 9

/** Bytes that must follow a piece in its `DataView`: keys are read in whole words and masked. */
export const KEY_BYTES = 32

/** `keep[KEEP_ALL + n]` masks the `n` bytes of a word that belong to the piece: none from 0 down, all from 4 up. */
const KEEP_NONE = 28
const keep: Int32Array = /* @__PURE__ */ (() =>
  Int32Array.from({ length: 64 }, (_, i) => {
    const bytes = i - KEEP_NONE
    return bytes <= 0 ? 0 : bytes >= 4 ? -1 : (1 << (8 * bytes)) - 1
  }))()

function mix(hash: number, word: number): number {
  return Math.imul(hash ^ word, 0x9e3779b1)
}

function finish(hash: number): number {
  return hash ^ (hash >>> 15)
}

abstract class PieceTable {
  /** Longest piece in bytes. */
  readonly maxLength: number
  /** Largest value; the smallest is 1, since 0 marks an empty slot. */
  readonly maxValue: number
  protected slots: Int32Array
  /** Number of slots less one; their number is a power of two. */
  protected mask: number = FIRST_SLOTS - 1
  private readonly words: number
  private readonly valueShift: number
  private readonly mostSlots: number
  private used = 0
  private turn = 0

  constructor(words: number, valueShift: number, mostSlots: number) {
    this.words = words
    this.valueShift = valueShift
    this.mostSlots = mostSlots
    this.maxLength = 4 * words - 1
    this.maxValue = (1 << (32 - valueShift)) - 1
    this.slots = new Int32Array(FIRST_SLOTS * words)
  }

  /** The value of the piece of `length` ≤ `maxLength` bytes at `start`, or 0. `view` goes on for `KEY_BYTES` after it. */
  abstract find(view: DataView, start: number, length: number): number

  /** Stores the value (1 to `maxValue`) of a piece that is not in the table. */
  insert(view: DataView, start: number, length: number, value: number): void {
    if (2 * this.used > this.mask && this.mask + 1 < this.mostSlots) this.grow()
    const { words, slots, mask } = this
    let hash = 0
    for (let word = 0; word < words; word++) {
      hash = mix(hash, keyWord(view, start, length, word) | (word === words - 1 ? length << 24 : 0))
    }
    let slot = finish(hash) & mask
    let probe = 0
    while (probe < PROBES && slots[slot * words + words - 1] !== 0) {
      slot = (slot + 1) & mask
      probe++
    }
    if (probe === PROBES) slot = (slot - 1 - (this.turn++ % PROBES)) & mask
    else this.used++
    const at = slot * words
    for (let word = 0; word < words; word++) slots[at + word] = keyWord(view, start, length, word)
    slots[at + words - 1] |= (length << 24) | (value << this.valueShift)
  }

  /** Makes room for `pieces` pieces at once, within the bound. */
  reserve(pieces: number): void {
    while (this.mask + 1 < this.mostSlots && this.mask + 1 < 2 * pieces) this.grow()
  }

  private grow(): void {
    const { words, slots: old, valueShift } = this
    this.mask = 2 * this.mask + 1
    this.slots = new Int32Array((this.mask + 1) * words)
    this.used = 0
    const lengthMask = (1 << (valueShift - 24)) - 1
    const view = new DataView(old.buffer)
    for (let at = 0; at < old.length; at += words) {
      const lastWord = old[at + words - 1]
      if (lastWord !== 0) this.insert(view, 4 * at, (lastWord >>> 24) & lengthMask, lastWord >>> valueShift)
    }
  }
}

function keyWord(view: DataView, start: number, length: number, word: number): number {
  return view.getInt32(start + 4 * word, true) & keep[KEEP_NONE + length - 4 * word]
}

/** Pieces of up to 7 bytes, value up to 15: two words a slot. Nearly all pieces of English and code. */
export class ShortPieces extends PieceTable {
  constructor(mostSlots: number) {
    super(2, 28, mostSlots)
  }

  find(view: DataView, start: number, length: number): number {
    const { slots, mask } = this
    const low = view.getInt32(start, true) & keep[KEEP_NONE + length]
    const high = (view.getInt32(start + 4, true) & keep[KEEP_NONE - 4 + length]) | (length << 24)
    let at = 2 * (finish(mix(mix(0, low), high)) & mask)
    for (let probe = 0; probe < PROBES; probe++) {
      const found = slots[at + 1]
      if (slots[at] === low && ((found ^ high) & 0x0fffffff) === 0) return found >>> 28
      if (found === 0) return 0
      at = (at + 2) & (2 * mask + 1)
    }
    return 0
  }
}

/** Pieces of up to 15 bytes, value up to 15: four words a slot. */
export class MediumPieces extends PieceTable {
  constructor(mostSlots: number) {
    super(4, 28, mostSlots)
  }

  /** For pieces of 8 bytes and more. */
  find(view: DataView, start: number, length: number): number {
    const { slots, mask } = this
    const first = view.getInt32(start, true)
    const second = view.getInt32(start + 4, true)
    const third = view.getInt32(start + 8, true) & keep[KEEP_NONE - 8 + length]
    const fourth = (view.getInt32(start + 12, true) & keep[KEEP_NONE - 12 + length]) | (length << 24)
    let at = 4 * (finish(mix(mix(mix(mix(0, first), second), third), fourth)) & mask)
    for (let probe = 0; probe < PROBES; probe++) {
      const found = slots[at + 3]
      if (
        slots[at] === first &&
        slots[at + 1] === second &&
        slots[at + 2] === third &&
        ((found ^ fourth) & 0x0fffffff) === 0
      ) {
        return found >>> 28
      }
      if (found === 0) return 0
      at = (at + 4) & (4 * mask + 3)
    }
    return 0
  }
}

/** Pieces of up to 31 bytes, value up to 7: eight words a slot. Words of scripts with two or three bytes a letter. */
export class LongPieces extends PieceTable {
  constructor(mostSlots: number) {
    super(8, 29, mostSlots)
  }

  find(view: DataView, start: number, length: number): number {
    const { slots, mask } = this
    let hash = 0
    for (let word = 0; word < 7; word++) hash = mix(hash, keyWord(view, start, length, word))
    const lastWord = keyWord(view, start, length, 7) | (length << 24)
    let slot = finish(mix(hash, lastWord)) & mask
    for (let probe = 0; probe < PROBES; probe++) {
      const at = 8 * slot
      const found = slots[at + 7]
      if (found === 0) return 0
      if (((found ^ lastWord) & 0x1fffffff) === 0) {
        let word = 0
        while (word < 7 && slots[at + word] === keyWord(view, start, length, word)) word++
        if (word === 7) return found >>> 29
      }
      slot = (slot + 1) & mask
    }
    return 0
  }
}
