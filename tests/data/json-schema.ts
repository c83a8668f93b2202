/** The part of JSON Schema that `pricing/schema/` uses, checked plainly: the first fault with its place, or nothing. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

type Schema = Readonly<Record<string, unknown>>
const folder = resolve(import.meta.dirname, '../../pricing/schema')
const files = new Map<string, Schema>()

export function schemaFile(name: string): Schema {
  const known = files.get(name)
  if (known !== undefined) return known
  const schema = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as Schema
  files.set(name, schema)
  return schema
}

/** Keywords that this checker knows; a schema with another one would be checked by less than it says. */
const known = new Set(
  '$schema $defs $ref title description type additionalProperties properties required propertyNames items minItems enum pattern minimum maximum minLength maxLength oneOf'.split(
    ' ',
  ),
)

export function faultIn(
  value: unknown,
  file: string,
  schema: Schema = schemaFile(file),
  path = '',
): string | undefined {
  for (const keyword of Object.keys(schema)) if (!known.has(keyword)) throw new Error(`unknown keyword ${keyword}`)
  const ref = schema['$ref'] as string | undefined
  if (ref !== undefined) {
    const [name, pointer = ''] = ref.split('#')
    const target = name === '' ? file : (name as string)
    const found = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((at, key) => (at as Schema)[key], schemaFile(target))
    return faultIn(value, target, found as Schema, path)
  }
  return (
    typeFault(value, schema, path) ??
    textFault(value, schema, path) ??
    listFault(value, file, schema, path) ??
    objectFault(value, file, schema, path) ??
    choiceFault(value, file, schema, path)
  )
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

function typeFault(value: unknown, schema: Schema, path: string): string | undefined {
  const wanted = schema['type'] === undefined ? [] : [schema['type']].flat()
  const fits = wanted.some((type) => (type === 'integer' ? Number.isInteger(value) : type === typeOf(value)))
  if (wanted.length > 0 && !fits) return `${path}: ${typeOf(value)} instead of ${wanted.join(' or ')}`
  const choices = schema['enum'] as unknown[] | undefined
  return choices === undefined || choices.includes(value) ? undefined : `${path}: ${String(value)} is no choice`
}

function textFault(value: unknown, schema: Schema, path: string): string | undefined {
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema as { minimum?: number; maximum?: number }
    return value < minimum || value > maximum ? `${path}: ${value} is out of range` : undefined
  }
  if (typeof value !== 'string') return undefined
  const { pattern, minLength = 0, maxLength = Infinity } = schema as Record<'pattern', string> & Record<string, number>
  if (value.length < minLength || value.length > maxLength) return `${path}: wrong length`
  return pattern === undefined || new RegExp(pattern).test(value)
    ? undefined
    : `${path}: ${value} does not fit ${pattern}`
}

function listFault(value: unknown, file: string, schema: Schema, path: string): string | undefined {
  if (!Array.isArray(value)) return undefined
  if (value.length < ((schema['minItems'] as number | undefined) ?? 0)) return `${path}: too few`
  const items = schema['items'] as Schema | undefined
  if (items === undefined) return undefined
  return firstFault(value.entries(), ([index, item]) => faultIn(item, file, items, `${path}[${index}]`))
}

function objectFault(value: unknown, file: string, schema: Schema, path: string): string | undefined {
  if (typeOf(value) !== 'object') return undefined
  const object = value as Schema
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
  for (const key of (schema['required'] ?? []) as string[])
    if (!Object.hasOwn(object, key)) return `${path}.${key} is missing`
  return firstFault(Object.entries(object), ([key, item]) => {
    const names = schema['propertyNames'] as Schema | undefined
    const named = names === undefined ? undefined : faultIn(key, file, names, `${path}.${key}`)
    if (named !== undefined) return named
    if (Object.hasOwn(properties, key)) return faultIn(item, file, properties[key] as Schema, `${path}.${key}`)
    const others = schema['additionalProperties']
    if (others === false) return `${path}.${key} is no field`
    return typeof others === 'object' ? faultIn(item, file, others as Schema, `${path}.${key}`) : undefined
  })
}

function choiceFault(value: unknown, file: string, schema: Schema, path: string): string | undefined {
  const choices = schema['oneOf'] as Schema[] | undefined
  if (choices === undefined) return undefined
  const fitting = choices.filter((choice) => faultIn(value, file, choice, path) === undefined)
  return fitting.length === 1 ? undefined : `${path}: fits ${fitting.length} of ${choices.length} alternatives`
}

function firstFault<T>(items: Iterable<T>, check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const fault = check(item)
    if (fault !== undefined) return fault
  }
  return undefined
}
