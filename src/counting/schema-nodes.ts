/** The schemas inside a JSON Schema, one by one, without recursion. */
import { InvalidRequestError } from '../errors.ts'
import type { Budget } from './budget.ts'
import { maxDepth } from './json.ts'
import { type Fields, field, fieldsField, isFields } from './read.ts'

export interface SchemaNode {
  readonly fields: Fields
  /** The property or definition that it describes; that of an entry of a list or a choice is the one of the list. */
  readonly name: string
  /** A property, by whether the object above lists it as required, or what else it is. */
  readonly place: 'root' | 'required' | 'optional' | 'entry' | 'definition'
  /** Objects, lists and choices around it. */
  readonly depth: number
  /** The definition that it is a part of, if any. */
  readonly definition: string | undefined
}

/** @throws InvalidRequestError for a cycle or a schema that unfolds without end. */
export function schemaNodes(schema: unknown, path: string, budget: Budget): SchemaNode[] {
  const nodes: SchemaNode[] = []
  const pending: SchemaNode[] = []
  const push = (value: unknown, name: string, place: SchemaNode['place'], depth = 0, definition?: string): void => {
    if (!isFields(value)) return
    if (depth > maxDepth) throw new InvalidRequestError(path, `the schema is a cycle or deeper than ${maxDepth} levels`)
    pending.push({ fields: value, name, place, depth, definition })
  }
  push(schema, '', 'root')
  while (pending.length > 0) {
    const node = pending.pop()!
    const { fields, name, depth, definition } = node
    budget.spend(1, path)
    nodes.push(node)
    if (!holdsSchemas(fields, path, budget)) continue
    const required = new Set(listOf(fields, 'required'))
    for (const [key, child] of entriesOf(fields, 'properties', path, budget))
      push(child, key, required.has(key) ? 'required' : 'optional', depth + 1, definition)
    for (const key of choiceKeys)
      for (const child of listOf(fields, key)) push(child, name, 'entry', depth + 1, definition)
    push(field(fields, 'items'), name, 'entry', depth + 1, definition)
    for (const key of definitionKeys)
      for (const [title, child] of entriesOf(fields, key, path, budget))
        push(child, title, 'definition', depth + 1, title)
  }
  return nodes
}

export const choiceKeys = ['anyOf', 'oneOf', 'allOf'] as const
const definitionKeys = ['$defs', 'definitions'] as const
/** Fields that hold other schemas, which most schemas have none of. */
const holders: ReadonlySet<string> = new Set(['properties', 'items', ...choiceKeys, ...definitionKeys])

/** Whether a schema may hold others. Charges for every list in it, values and types too, since readers go through them all. */
function holdsSchemas(fields: Fields, path: string, budget: Budget): boolean {
  let holds = false
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (Array.isArray(value)) budget.spend(value.length, path)
    if (holders.has(key)) holds = true
  }
  return holds
}

function listOf(fields: Fields, key: string): readonly unknown[] {
  const value = field(fields, key)
  return Array.isArray(value) ? value : []
}

function entriesOf(fields: Fields, key: string, path: string, budget: Budget): [string, unknown][] {
  const map = fieldsField(fields, key)
  if (map === undefined) return []
  const names = Object.keys(map)
  budget.spend(names.length, path)
  return names.map((name) => [name, map[name]])
}
