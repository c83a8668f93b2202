/** JSON text of plain data without recursion and within bounds, so that cycles and bombs end in a typed error. */
import { InvalidRequestError } from '../errors.ts'
import { Budget } from './budget.ts'

/** Bodies nest a few dozen levels; deeper ones are cycles or attacks. */
export const maxDepth = 512

interface Level {
  readonly item: object
  /** Names of an object's own fields; `undefined` for a list. */
  readonly keys: readonly string[] | undefined
  next: number
  written: boolean
}

/**
 * The text that `JSON.stringify` gives for plain data: minified, fields of `undefined`, functions and symbols left out.
 * Only own enumerable fields are read and `toJSON` is not called. A bigint is written as a number.
 *
 * Fields named `omit` are left out at every level.
 *
 * @throws InvalidRequestError for a cycle, more than 512 levels, or more than the budget allows.
 */
export function jsonText(value: unknown, path: string, budget: Budget = new Budget(), omit?: string): string {
  if (!isContainer(value)) return scalarText(value) ?? 'null'
  let text = Array.isArray(value) ? '[' : '{'
  const levels: Level[] = [open(value, budget, path)]
  let charged = 0

  while (levels.length > 0) {
    const level = levels[levels.length - 1]!
    const { item, keys } = level
    const index = level.next++
    if (index >= (keys ?? (item as unknown[])).length) {
      text += keys === undefined ? ']' : '}'
      levels.pop()
      continue
    }
    const child = keys === undefined ? (item as unknown[])[index] : (item as Record<string, unknown>)[keys[index]!]
    const scalar = scalarText(child)
    const container = isContainer(child)
    if (keys !== undefined && ((scalar === undefined && !container) || keys[index] === omit)) continue
    if (level.written) text += ','
    level.written = true
    if (keys !== undefined) text += `${quoted(keys[index]!)}:`
    budget.spendChars(text.length - charged, path)
    charged = text.length
    if (!container) {
      text += scalar ?? 'null'
      continue
    }
    if (levels.length >= maxDepth)
      throw new InvalidRequestError(path, `a cycle, or nested deeper than ${maxDepth} levels; send plain JSON data`)
    text += Array.isArray(child) ? '[' : '{'
    levels.push(open(child, budget, path))
  }
  return text
}

function open(item: object, budget: Budget, path: string): Level {
  const keys = Array.isArray(item) ? undefined : Object.keys(item)
  budget.spend(1 + (keys ?? (item as unknown[])).length, path)
  return { item, keys, next: 0, written: false }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** JSON of a value that holds no others; `undefined` for containers and for what JSON leaves out. */
function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'bigint') return `${value}`
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value)
  return undefined
}

/** Texts up to this length are looked through here: most are names, and a call out of the engine costs more than they do. */
const maxPlainUnits = 64

/** A text as JSON writes it. */
function quoted(text: string): string {
  return text.length <= maxPlainUnits && isPlain(text) ? `"${text}"` : JSON.stringify(text)
}

/** Whether nothing in a text is escaped: neither quotes and backslashes, controls, nor halves of surrogate pairs. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 32 || unit === 34 || unit === 92 || (unit >= 0xd800 && unit < 0xe000)) return false
  }
  return true
}
