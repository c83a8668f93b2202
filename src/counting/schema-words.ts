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

/** @throws InvalidRequestError for a cycle or a schema that unfolds without end. */
export function schemaWords(schema: unknown, path: string): SchemaWords {
  const words: string[] = []
  let properties = 0
  let nestedProperties = 0
  const pending: { readonly node: unknown; readonly depth: number; readonly weight: number }[] = [
    { node: schema, depth: 0, weight: 1 },
  ]
  for (let nodes = 0; pending.length > 0; nodes += 1) {
    const { node, depth, weight } = pending.pop()!
    if (!isFields(node)) continue
    if (depth > maxDepth || nodes > maxNodes)
      throw new InvalidRequestError(path, 'the schema is a cycle or unfolds without end; send a smaller one')
    addOwnWords(node, words)
    const own = fieldsField(node, 'properties')
    for (const key of Object.keys(own ?? {})) {
      words.push(key)
      if (depth === 0) properties += 1
      else nestedProperties += weight
      pending.push({ node: own![key], depth: depth + 1, weight })
    }
    for (const child of children(node)) pending.push({ node: child, depth: depth + 1, weight: 2 })
  }
  return { words, properties, nestedProperties }
}

function addOwnWords(node: Fields, words: string[]): void {
  for (const key of ['format', 'description']) {
    const text = textField(node, key)
    if (text !== undefined) words.push(text)
  }
  for (const key of ['enum', 'required']) {
    const values = field(node, key)
    if (Array.isArray(values)) for (const value of values) if (typeof value === 'string') words.push(value)
  }
}

function children(node: Fields): unknown[] {
  const lists = [field(node, 'anyOf'), field(node, 'oneOf'), field(node, 'allOf')].filter((list) => Array.isArray(list))
  const maps = [fieldsField(node, '$defs'), fieldsField(node, 'definitions')]
  const items = field(node, 'items')
  return [...lists.flat(), ...maps.flatMap((map) => Object.values(map ?? {})), ...(items === undefined ? [] : [items])]
}
