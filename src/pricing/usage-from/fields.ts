/** Safe reading of foreign usage objects: own keys only, `null` means absent, numbers are checked. */
import { InvalidUsageError } from '../../errors.ts'

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own field that is an object. */
export function inner(fields: Fields | undefined, key: string): Fields | undefined {
  const value = fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined
  return isFields(value) ? value : undefined
}

/** An own list of objects; anything else is an empty list. */
export function innerList(fields: Fields | undefined, key: string): readonly Fields[] {
  const value = fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** An own token count; the AI SDK has NaN where it knows none. @throws InvalidUsageError for anything that is no whole number, such as -1. */
export function count(fields: Fields | undefined, key: string): number | undefined {
  const value = fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined
  if (value === undefined || value === null || Number.isNaN(value)) return undefined
  if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) return value
  throw new InvalidUsageError(key, value, 'a whole number from 0 to 2^53 - 1')
}

/** The first of several spellings that is present. */
export function firstCount(fields: Fields | undefined, ...keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = count(fields, key)
    if (value !== undefined) return value
  }
  return undefined
}

/** An own text. */
export function textField(fields: Fields | undefined, key: string): string | undefined {
  const value = fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined
  return typeof value === 'string' ? value : undefined
}

/** A usage object of an SDK that writes camel case, under the names that the API itself uses; two levels are enough for all of them. */
export function withSnakeKeys(fields: Fields, levels = 2): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      isFields(value) && levels > 1 ? withSnakeKeys(value, levels - 1) : value,
    ]),
  )
}
