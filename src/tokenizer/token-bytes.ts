import { FIRST_MERGE, type Merges } from './pack.ts'
import { PADDING } from './scanners/scanner.ts'

/**
 * The bytes of every token, rebuilt from the merges: those of token `i` are `bytes[offsets[i] … offsets[i + 1])`. Zero bytes follow
 * the last, so that they can be read by whole words.
 */
export interface TokenBytes {
  readonly bytes: Uint8Array
  readonly offsets: Int32Array
}

/** Joins the parts of every token; both parts of a merge precede it. */
export function tokenBytes({ left, right, byteOf, size }: Merges): TokenBytes {
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
  for (let token = FIRST_MERGE, at = FIRST_MERGE; token < size; token++) {
    for (const part of [left[token], right[token]]) {
      for (let from = offsets[part]; from < offsets[part + 1]; from++) bytes[at++] = bytes[from]
    }
  }
  return { bytes, offsets }
}
