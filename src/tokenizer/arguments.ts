import { describe } from '../errors.ts'
import { decodeUtf8 } from './token-counter.ts'

/** A text argument as a string. */
export function textOf(text: unknown, argument: string): string {
  if (typeof text === 'string') return text
  if (text instanceof Uint8Array) return decodeUtf8(text)
  throw new TypeError(`${argument}: a string or a Uint8Array was expected, got ${text === null ? 'null' : typeof text}`)
}

/** A text that is answered with parts of it, which bytes do not have. */
export function stringOf(text: unknown, argument: string): string {
  if (typeof text === 'string') return text
  throw new TypeError(`${argument}: a string was expected, got ${describe(text)}; decode bytes first`)
}

/** Checks a limit in tokens. */
export function tokenLimit(limit: number, least: number): number {
  if (typeof limit !== 'number') throw new TypeError(`limit: a number was expected, got ${typeof limit}`)
  if (Number.isNaN(limit) || limit < least)
    throw new RangeError(`limit: a number from ${least} up was expected, got ${limit}`)
  return limit
}
