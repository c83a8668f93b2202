import { FIRST_MERGE, type Merges } from './merges.ts'
import { PADDING } from './scanners/scanner.ts'

/**
 * The bytes of every token, rebuilt from the merges: those of token `i` are `bytes[offsets[i] … offsets[i + 1])`. A few bytes
 * follow the last, so that they can be read by whole words.
 */
export interface TokenBytes {
  readonly bytes: Uint8Array
  readonly offsets: Int32Array
}

const known = new WeakMap<Merges, TokenBytes>()

/** The bytes of all tokens of a vocabulary, which are made once and kept as long as it. */
export function tokenBytes(merges: Merges): TokenBytes {
  let texts = known.get(merges)
  if (texts === undefined) {
    texts = joinParts(merges)
    known.set(merges, texts)
  }
  return texts
}

/** Joins the parts of every token; both parts of a merge precede it. */
function joinParts({ left, right, byteOf, size }: Merges): TokenBytes {
  const offsets = new Int32Array(size + 1)
  for (let token = 0; token < size; token++) {
    const length =
      token < FIRST_MERGE
        ? 1
        : offsets[left[token] + 1] - offsets[left[token]] + offsets[right[token] + 1] - offsets[right[token]]
    offsets[token + 1] = offsets[token] + length
  }
  const bytes = new Uint8Array(offsets[size] + PADDING)
  bytes.set(byteOf)
  const view = new DataView(bytes.buffer)
  for (let token = FIRST_MERGE; token < size; token++) {
    const first = left[token]
    const second = right[token]
    const leftLength = offsets[first + 1] - offsets[first]
    copyWords(view, offsets[first], leftLength, offsets[token])
    copyWords(view, offsets[second], offsets[second + 1] - offsets[second], offsets[token] + leftLength)
  }
  return { bytes, offsets }
}

/** Copies `length` bytes by whole words; what it writes after them is written again with what follows. */
function copyWords(view: DataView, from: number, length: number, to: number): void {
  for (let i = 0; i < length; i += 4) view.setInt32(to + i, view.getInt32(from + i))
}
