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

/** `compact` as `JSON.stringify` writes, `spaced` as Python's `json.dumps` does, `indented` as both do with four spaces a level. */
export type JsonLayout = 'compact' | 'spaced' | 'indented'

export interface JsonTextOptions {
  /** Fields of this name are left out at every level. */
  readonly omit?: string
  /** Default: `compact`. */
  readonly layout?: JsonLayout
}

/**
 * The text that `JSON.stringify` gives for plain data: fields of `undefined`, functions and symbols left out.
 * Only own enumerable fields are read and `toJSON` is not called. A bigint is written as a number.
 *
 * @throws InvalidRequestError for a cycle, more than 512 levels, or more than the budget allows.
 */
export function jsonText(
  value: unknown,
  path: string,
  budget: Budget = new Budget(),
  { omit, layout = 'compact' }: JsonTextOptions = {},
): string {
  const colon = layout === 'compact' ? ':' : ': '
  const comma = layout === 'spaced' ? ', ' : ','
  const indented = layout === 'indented'
  if (!isContainer(value)) return scalarText(value) ?? 'null'
  let text = Array.isArray(value) ? '[' : '{'
  const levels: Level[] = [open(value, budget, path)]
  let charged = 0

  while (levels.length > 0) {
    budget.spendChars(text.length - charged, path)
    charged = text.length
    const level = levels[levels.length - 1]!
    const { item, keys } = level
    const index = level.next++
    if (index >= (keys ?? (item as unknown[])).length) {
      levels.pop()
      if (indented && level.written) text += lineStart(levels.length)
      text += keys === undefined ? ']' : '}'
      continue
    }
    const child = keys === undefined ? (item as unknown[])[index] : (item as Record<string, unknown>)[keys[index]!]
    const scalar = scalarText(child)
    const container = isContainer(child)
    if (keys !== undefined && ((scalar === undefined && !container) || keys[index] === omit)) continue
    if (level.written) text += comma
    if (indented) text += lineStart(levels.length)
    level.written = true
    if (keys !== undefined) text += quoted(keys[index]!) + colon
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

/** Definitions nest a few levels; further in, lines move no more, so that a deep body does not unfold to its square. */
const maxIndents = 16

function lineStart(depth: number): string {
  return `\n${'    '.repeat(Math.min(depth, maxIndents))}`
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
