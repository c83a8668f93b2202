import { TokenfareError } from '../../errors.ts'
import { FIRST_MERGE } from '../merges.ts'
import type { Vocabulary } from './definition.ts'

/** The bytes of every token index: those of token `i` are `bytes[offsets[i] … offsets[i + 1])`. */
export interface TokenTexts {
  readonly bytes: Uint8Array
  readonly offsets: Int32Array
}

/** Sum of the lengths of all tokens; that of Gemma 3 is 2 MB. */
const MAX_BYTES = 200_000_000

/**
 * Rebuilds the bytes of every token from its parts, which may come after it: a few vocabularies list merges out of order.
 * @throws TokenfareError `corrupt-vocabulary` when a token is a part of itself.
 */
export function tokenTexts({ merges, characters, extra }: Vocabulary): TokenTexts {
  const { left, right, byteOf, size } = merges
  const encoder = new TextEncoder()
  const offsets = new Int32Array(size + extra.length + 1)
  const order = partsFirst(left, right, FIRST_MERGE + characters.length, size)
  const lengths = new Int32Array(size).fill(1, 0, FIRST_MERGE)
  const characterBytes = characters.map((character) => encoder.encode(String.fromCodePoint(character)))
  characterBytes.forEach((bytes, i) => {
    lengths[FIRST_MERGE + i] = bytes.length
  })
  let total = 0
  for (const token of order) {
    lengths[token] = lengths[left[token]] + lengths[right[token]]
    if ((total += lengths[token]) > MAX_BYTES) throw corrupt('its tokens are too long')
  }
  for (let token = 0; token < size; token++) offsets[token + 1] = offsets[token] + lengths[token]
  extra.forEach(({ bytes }, i) => {
    offsets[size + i + 1] = offsets[size + i] + bytes.length
  })

  const bytes = new Uint8Array(offsets[size + extra.length])
  bytes.set(byteOf)
  characterBytes.forEach((text, i) => {
    bytes.set(text, offsets[FIRST_MERGE + i])
  })
  for (const token of order) {
    const at = offsets[token]
    bytes.copyWithin(at, offsets[left[token]], offsets[left[token] + 1])
    bytes.copyWithin(at + lengths[left[token]], offsets[right[token]], offsets[right[token] + 1])
  }
  extra.forEach(({ bytes: text }, i) => {
    bytes.set(text, offsets[size + i])
  })
  return { bytes, offsets }
}

/** The merged tokens in an order in which both parts of each come before it. */
function partsFirst(left: Int32Array, right: Int32Array, first: number, size: number): Int32Array {
  const order = new Int32Array(size - first)
  const state = new Uint8Array(size)
  let placed = 0
  for (let token = first; token < size; token++) {
    const stack = [token]
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (state[top] === 2) {
        stack.pop()
        continue
      }
      const waiting = [left[top], right[top]].filter((part) => part >= first && state[part] !== 2)
      if (waiting.length === 0) {
        state[top] = 2
        order[placed++] = top
        stack.pop()
      } else {
        if (waiting.some((part) => state[part] === 1)) throw corrupt('a token is a part of itself')
        state[top] = 1
        stack.push(...waiting)
      }
    }
  }
  return order
}

function corrupt(reason: string): TokenfareError {
  return new TokenfareError('corrupt-vocabulary', `the vocabulary cannot be used: ${reason}`)
}
