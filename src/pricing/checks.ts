/** Checks of values from files, without a schema library: each throws, naming the place, or does nothing. */
import { describe, InvalidPriceTableError } from '../errors.ts'

/** Names of modes, regions, schedules and allowances. */
export const NAME: RegExp = /^[a-z][a-z0-9_-]{0,31}$/

/** Looks at a value and throws an {@link InvalidPriceTableError} with its path when it is not what it should be. */
export type Check = (value: unknown, path: string) => void

/** What each field of an object must be. */
export type Fields = Readonly<Record<string, Check>>

export function fail(path: string, expected: string, value: unknown): never {
  throw new InvalidPriceTableError(path, `expected ${expected}, got ${describe(value)}`)
}

/** An object with the given fields and no others; returns it. */
export function objectWith(
  value: unknown,
  path: string,
  fields: Fields,
  required: readonly string[],
): Readonly<Record<string, unknown>> {
  const given = object(value, path, 'an object')
  for (const [key, field] of Object.entries(given)) {
    if (!Object.hasOwn(fields, key)) throw new InvalidPriceTableError(join(path, key), 'is no field of the format')
    if (field !== undefined) fields[key](field, join(path, key))
  }
  for (const key of required) {
    if (!Object.hasOwn(given, key)) throw new InvalidPriceTableError(join(path, key), 'is missing')
  }
  return given
}

/** The path of a member, with a hostile key cut and quoted. */
export function join(path: string, key: string): string {
  const shown = /^[\w$-]{1,40}$/.test(key) ? key : JSON.stringify(key.slice(0, 40))
  return path === '' ? shown : `${path}.${shown}`
}

/** A text that is not empty, of one form where a pattern is given; `what` says in a message what it should be. */
export function text(what: string, pattern?: RegExp, longest = 500): Check {
  return (value, path) => {
    const fits = typeof value === 'string' && value !== '' && value.length <= longest
    if (!fits || (pattern !== undefined && !pattern.test(value))) fail(path, what, value)
  }
}

export function flag(value: unknown, path: string): void {
  if (typeof value !== 'boolean') fail(path, 'true or false', value)
}

export function count(value: unknown, path: string): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1) fail(path, 'a whole number above 0', value)
}

export function oneOf(values: readonly string[]): Check {
  return (value, path) => {
    if (!values.includes(value as string)) fail(path, `one of ${values.join(', ')}`, value)
  }
}

export function listOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) fail(path, 'a list', value)
    for (const [index, item] of value.entries()) check(item, `${path}[${index}]`)
  }
}

/** An object whose keys are names in lower case, each with a value of one kind. */
export function mapOf(check: Check): Check {
  return (value, path) => {
    const map = object(value, path, 'an object')
    for (const [key, item] of Object.entries(map)) {
      if (!NAME.test(key)) fail(join(path, key), 'a name in lower case', key)
      check(item, join(path, key))
    }
  }
}

/** Any object that is no list; returns it. */
export function object(value: unknown, path: string, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, what, value)
  return value as Readonly<Record<string, unknown>>
}
