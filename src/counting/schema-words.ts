/** The words of a JSON Schema, as Google's SDK counts declarations: names, descriptions, values, without the punctuation. */
import { InvalidRequestError } from '../errors.ts'
import { Budget } from './budget.ts'
import { maxDepth } from './json.ts'
import { type Fields, field, fieldsField, isFields, textField } from './read.ts'

export interface SchemaWords {
  readonly words: readonly string[]
  readonly properties: number
  /** Properties of objects inside objects; those in lists and definitions count twice, as they are written out twice. */
  readonly nestedProperties: number
}

/** A schema that is still to be read; how deep it lies, and how often its properties count. */
interface Pending {
  readonly node: unknown
  readonly depth: number
  readonly weight: number
}

/** @throws InvalidRequestError for a cycle or a schema that unfolds without end. */
export function schemaWords(schema: unknown, path: string, budget: Budget = new Budget()): SchemaWords {
  const words: string[] = []
  let properties = 0
  let nestedProperties = 0
  const pending: Pending[] = [{ node: schema, depth: 0, weight: 1 }]
  const spend = (values: number): void => budget.spend(values, path)
  while (pending.length > 0) {
    const { node, depth, weight } = pending.pop()!
    if (!isFields(node)) continue
    if (depth > maxDepth) throw new InvalidRequestError(path, `the schema is a cycle or deeper than ${maxDepth} levels`)
    spend(1)
    addOwnWords(node, words, spend)
    const own = fieldsField(node, 'properties')
    if (own !== undefined) {
      const keys = Object.keys(own)
      spend(keys.length)
      for (const key of keys) {
        words.push(key)
        if (depth === 0) properties += 1
        else nestedProperties += weight
        pending.push({ node: own[key], depth: depth + 1, weight })
      }
    }
    pushChildren(node, depth + 1, pending, spend)
  }
  return { words, properties, nestedProperties }
}

type Spend = (values: number) => void

function addOwnWords(node: Fields, words: string[], spend: Spend): void {
  for (const key of textKeys) {
    const text = textField(node, key)
    if (text !== undefined) words.push(text)
  }
  for (const key of listKeys) {
    const values = field(node, key)
    if (!Array.isArray(values)) continue
    spend(values.length)
    for (const value of values) if (typeof value === 'string') words.push(value)
  }
}

const textKeys = ['format', 'description'] as const
const listKeys = ['enum', 'required'] as const
const choiceKeys = ['anyOf', 'oneOf', 'allOf'] as const
const definitionKeys = ['$defs', 'definitions'] as const

function pushChildren(node: Fields, depth: number, pending: Pending[], spend: Spend): void {
  for (const key of choiceKeys) {
    const list = field(node, key)
    if (!Array.isArray(list)) continue
    spend(list.length)
    for (const child of list) pending.push({ node: child, depth, weight: 2 })
  }
  for (const key of definitionKeys) {
    const map = fieldsField(node, key)
    if (map === undefined) continue
    const children = Object.values(map)
    spend(children.length)
    for (const child of children) pending.push({ node: child, depth, weight: 2 })
  }
  const items = field(node, 'items')
  if (items !== undefined) pending.push({ node: items, depth, weight: 2 })
}
