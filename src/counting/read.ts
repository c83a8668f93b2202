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

/** A field of an own object field: `innerField(body, 'thinking', 'type')` is `body.thinking?.type`. */
export function innerField(object: Fields, group: string, key: string): unknown {
  const inner = fieldsField(object, group)
  return inner === undefined ? undefined : field(inner, key)
}

export function innerText(object: Fields, group: string, key: string): string | undefined {
  const inner = fieldsField(object, group)
  return inner === undefined ? undefined : textField(inner, key)
}

export function innerFields(object: Fields, group: string, key: string): Fields | undefined {
  const inner = fieldsField(object, group)
  return inner === undefined ? undefined : fieldsField(inner, key)
}

/** Warnings of one reading, in order, capped so that a huge malformed body gives a short report; and the budget of the reading. */
export class Reader {
  readonly #budget = new Budget()
  readonly warnings: CountNotice<CountWarningCode>[] = []

  warn(code: CountWarningCode, path: string, message: string): void {
    if (this.warnings.length < 32) this.warnings.push({ code, message, path })
  }

  /** Warns of a part that is left out, since it is not what should stand there. */
  malformed(path: string, expected: string, value: unknown): void {
    this.warn('malformed-field', path, `expected ${expected}, got ${describe(value)}; it is not counted`)
  }

  /** A list, or an empty one with a warning when the field holds something else. */
  list(object: Fields, key: string, path: string): readonly unknown[] {
    const value = field(object, key)
    if (value === undefined) return []
    if (Array.isArray(value)) return this.limited(value, join(path, key))
    this.malformed(join(path, key), 'a list', value)
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
    this.malformed(join(path, key), 'a text', value)
    return ''
  }
}

export function join(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}
