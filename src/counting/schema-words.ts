/** The words of a JSON Schema, as Google's SDK counts declarations: names, descriptions, values, without the punctuation. */
import { InvalidRequestError } from '../errors.ts'
import { maxDepth } from './json.ts'
import { type Fields, field, fieldsField, isFields, textField } from './read.ts'

export interface SchemaWords {
  readonly words: readonly string[]
  readonly properties: number
  /** Properties of objects inside objects; those in lists and definitions count twice, as they are written out twice. */
  readonly nestedProperties: number
}

const maxNodes = 200_000

/** A schema that is still to be read; how deep it lies, and how often its properties count. */
interface Pending {
  readonly node: unknown
  readonly depth: number
  readonly weight: number
}

/** @throws InvalidRequestError for a cycle or a schema that unfolds without end. */
export function schemaWords(schema: unknown, path: string): SchemaWords {
  const words: string[] = []
  let properties = 0
  let nestedProperties = 0
  const pending: Pending[] = [{ node: schema, depth: 0, weight: 1 }]
  for (let nodes = 0; pending.length > 0; nodes += 1) {
    const { node, depth, weight } = pending.pop()!
    if (!isFields(node)) continue
    if (depth > maxDepth || nodes > maxNodes)
      throw new InvalidRequestError(path, 'the schema is a cycle or unfolds without end; send a smaller one')
    addOwnWords(node, words)
    const own = fieldsField(node, 'properties')
    if (own !== undefined)
      for (const key of Object.keys(own)) {
        words.push(key)
        if (depth === 0) properties += 1
        else nestedProperties += weight
        pending.push({ node: own[key], depth: depth + 1, weight })
      }
    pushChildren(node, depth + 1, pending)
  }
  return { words, properties, nestedProperties }
}

function addOwnWords(node: Fields, words: string[]): void {
  for (const key of textKeys) {
    const text = textField(node, key)
    if (text !== undefined) words.push(text)
  }
  for (const key of listKeys) {
    const values = field(node, key)
    if (Array.isArray(values)) for (const value of values) if (typeof value === 'string') words.push(value)
  }
}

const textKeys = ['format', 'description'] as const
const listKeys = ['enum', 'required'] as const
const choiceKeys = ['anyOf', 'oneOf', 'allOf'] as const
const definitionKeys = ['$defs', 'definitions'] as const

function pushChildren(node: Fields, depth: number, pending: Pending[]): void {
  for (const key of choiceKeys) {
    const list = field(node, key)
    if (Array.isArray(list)) for (const child of list) pending.push({ node: child, depth, weight: 2 })
  }
  for (const key of definitionKeys) {
    const map = fieldsField(node, key)
    if (map !== undefined) for (const child of Object.values(map)) pending.push({ node: child, depth, weight: 2 })
  }
  const items = field(node, 'items')
  if (items !== undefined) pending.push({ node: items, depth, weight: 2 })
}
