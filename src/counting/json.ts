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
  if (!isContainer(value)) return scalarText(value) ?? 'null'
  const colon = layout === 'compact' ? ':' : ': '
  const comma = layout === 'spaced' ? ', ' : ','
  const indented = layout === 'indented'
  let text = Array.isArray(value) ? '[' : '{'
  const levels: Level[] = [open(value, budget, path)]
  let charged = 0

  while (levels.length > 0) {
    const level = levels[levels.length - 1]!
    const { item, keys } = level
    const length = (keys ?? (item as unknown[])).length
    const start = indented ? lineStart(levels.length) : ''
    let inner: object | undefined
    while (level.next < length) {
      const index = level.next++
      const key = keys?.[index]
      const child = key === undefined ? (item as unknown[])[index] : (item as Record<string, unknown>)[key]
      const scalar = scalarText(child)
      if (key !== undefined && ((scalar === undefined && !isContainer(child)) || key === omit)) continue
      const before = level.written ? comma + start : start
      level.written = true
      text += key === undefined ? before : before + quoted(key) + colon
      if (isContainer(child)) {
        text += Array.isArray(child) ? '[' : '{'
        inner = child
        break
      }
      text += scalar ?? 'null'
      // A long text that many fields share is written out once for each.
      if (text.length - charged >= maxUncharged) charged = charge(text, charged, budget, path)
    }
    if (inner !== undefined) {
      if (levels.length >= maxDepth)
        throw new InvalidRequestError(path, `a cycle, or nested deeper than ${maxDepth} levels; send plain JSON data`)
      levels.push(open(inner, budget, path))
      continue
    }
    levels.pop()
    if (indented && level.written) text += lineStart(levels.length)
    text += keys === undefined ? ']' : '}'
  }
  charge(text, charged, budget, path)
  return text
}

/** Characters that may be written before the budget is asked. */
const maxUncharged = 1 << 12

/** @returns How much of the text has been charged for. */
function charge({ length }: string, charged: number, budget: Budget, path: string): number {
  budget.spendChars(length - charged, path)
  return length
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
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : 'null'
  if (typeof value === 'boolean' || typeof value === 'bigint' || value === null) return `${value}`
  return undefined
}

/** Texts up to this length are looked through here: most are names, and a call out of the engine costs more than they do. */
const maxNameUnits = 24

/** All but quotes, backslashes, controls and halves of surrogate pairs, which JSON may escape. */
const escapable = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

/** A text as JSON writes it. */
function quoted(text: string): string {
  const isPlain = text.length <= maxNameUnits ? isPlainName(text) : !escapable.test(text)
  return isPlain ? `"${text}"` : JSON.stringify(text)
}

/** Whether nothing in a short text is escaped. */
function isPlainName(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 32 || unit === 34 || unit === 92 || (unit >= 0xd800 && unit < 0xe000)) return false
  }
  return true
}
