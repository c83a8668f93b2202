import { describe, quote } from '../../errors.ts'
import { LIMITS, refuse } from './refuse.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Reads JSON within bounds on depth and size. A key that occurs twice in one object is refused: `JSON.parse` would drop the first
 * value in silence, and with it perhaps a token.
 */
export function parseBoundedJson(text: string): unknown {
  const members = countMembers(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse(`it is not JSON (${error instanceof Error ? quote(error.message) : 'unreadable'})`)
  }
  if (countKeys(value) !== members) refuse('an object in it has a key twice')
  return value
}

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c]
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Number of `"key": value` members in a JSON text, checking its bounds before it is parsed. */
function countMembers(text: string): number {
  let depth = 0
  let members = 0
  let values = 1
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) {
      for (at++; at < text.length; at++) {
        const inside = text.charCodeAt(at)
        if (inside === BACKSLASH) at++
        else if (inside === QUOTE) break
      }
    } else if (unit === COLON) {
      if (++members > LIMITS.jsonMembers) refuse(`its objects have more than ${LIMITS.jsonMembers} members`)
    } else if (unit === COMMA) {
      values++
    } else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      values++
      if (++depth > LIMITS.jsonDepth) refuse(`it is nested more than ${LIMITS.jsonDepth} deep`)
    } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
      depth--
    }
    if (values > LIMITS.jsonValues) refuse(`it has more than ${LIMITS.jsonValues} values`)
  }
  return members
}

function countKeys(value: unknown): number {
  let keys = 0
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    if (Array.isArray(next)) {
      for (const item of next) if (typeof item === 'object') open.push(item)
      continue
    }
    const names = Object.keys(next)
    keys += names.length
    for (const name of names) {
      const item = (next as JsonObject)[name]
      if (typeof item === 'object') open.push(item)
    }
  }
  return keys
}

export function objectAt(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(`${path} should be an object, it is ${describe(value)}`)
  }
  return value as JsonObject
}

export function arrayAt(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(`${path} should be an array, it is ${describe(value)}`)
}

export function stringAt(value: unknown, path: string): string {
  return typeof value === 'string' ? value : refuse(`${path} should be a string, it is ${describe(value)}`)
}

/** A boolean, or `fallback` where the file leaves it out. */
export function flagAt(value: unknown, path: string, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback
  return typeof value === 'boolean' ? value : refuse(`${path} should be true or false, it is ${describe(value)}`)
}

/** A token id. */
export function idAt(value: unknown, path: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LIMITS.id) return value as number
  return refuse(`${path} should be a whole number from 0 to ${LIMITS.id}, it is ${describe(value)}`)
}

/** Own member of an object, so that a name like `constructor` finds nothing that the file does not have. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Bounds recursion by the path that it has come, since an object given by the caller may contain itself. */
export function checkDepth(path: string): void {
  if (path.length > 2000) refuse('it is nested too deep')
}
