/**
 * Reading of hostile bodies: own keys only, no recursion, bounded work. A wrong type is not an error but a warning with its
 * path, since an unknown or malformed field must not break a count.
 */
import { describe } from '../errors.ts'
import { Budget } from './budget.ts'
import { jsonText } from './json.ts'
import type { CountNotice, CountWarningCode } from './types.ts'

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own field, never one of the prototype; `null` reads as absent, as in every provider's JSON. */
export function field(object: Fields, key: string): unknown {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined
}

export function textField(object: Fields, key: string): string | undefined {
  const value = field(object, key)
  return typeof value === 'string' ? value : undefined
}

export function fieldsField(object: Fields, key: string): Fields | undefined {
  const value = field(object, key)
  return isFields(value) ? value : undefined
}

/** Warnings of one reading, in order, capped so that a huge malformed body gives a short report; and the budget of the reading. */
export class Reader {
  readonly #budget = new Budget()
  readonly warnings: CountNotice<CountWarningCode>[] = []

  warn(code: CountWarningCode, path: string, message: string): void {
    if (this.warnings.length < 32) this.warnings.push({ code, message, path })
  }

  /** A list, or an empty one with a warning when the field holds something else. */
  list(object: Fields, key: string, path: string): readonly unknown[] {
    const value = field(object, key)
    if (value === undefined) return []
    if (Array.isArray(value)) return this.limited(value, join(path, key))
    this.warn('malformed-field', join(path, key), `expected a list, got ${describe(value)}; it is not counted`)
    return []
  }

  /** A list that the budget of the request has room for, holes read as the null of JSON: `map` would leave them. @throws InvalidRequestError */
  limited<Item>(list: readonly Item[], path: string): readonly Item[] {
    this.#budget.spend(list.length, path)
    for (let index = 0; index < list.length; index += 1)
      if (!(index in list)) return Array.from(list, (item) => item ?? (null as Item))
    return list
  }

  /** JSON text of a value, within the budget of the request. @throws InvalidRequestError */
  json(value: unknown, path: string): string {
    return jsonText(value, path, this.#budget)
  }

  /** A text, or an empty one with a warning when the field holds something else. */
  text(object: Fields, key: string, path: string): string {
    const value = field(object, key)
    if (value === undefined) return ''
    if (typeof value === 'string') return value
    this.warn('malformed-field', join(path, key), `expected a text, got ${describe(value)}; it is not counted`)
    return ''
  }
}

export function join(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}
