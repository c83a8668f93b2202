/** Checks a value against the part of JSON Schema that the files in `pricing/schema/` use. */

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly pattern?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** What is wrong, one line per place; empty when nothing is. */
export function schemaErrors(value: unknown, schema: Schema, path = ''): string[] {
  const at = path === '' ? 'the file' : path
  if (schema.anyOf !== undefined)
    return schema.anyOf.some((option) => schemaErrors(value, option, path).length === 0)
      ? []
      : [`${at}: no option fits`]
  if (schema.enum !== undefined)
    return schema.enum.includes(value) ? [] : [`${at}: not one of ${schema.enum.join(', ')}`]
  const type = typeOf(value)
  const wanted = [schema.type ?? []].flat()
  if (!wanted.includes(type) && !(type === 'integer' && wanted.includes('number')))
    return [`${at}: ${type}, not ${wanted}`]
  if (typeof value === 'string') {
    const short = value.length < (schema.minLength ?? 0)
    const odd = schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)
    return short || odd ? [`${at}: ${JSON.stringify(value)} has not the form ${schema.pattern ?? 'of a text'}`] : []
  }
  if (typeof value === 'number') {
    const low = value < (schema.minimum ?? -Infinity) || value <= (schema.exclusiveMinimum ?? -Infinity)
    return low ? [`${at}: ${value} is too small`] : []
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => (schema.items ? schemaErrors(item, schema.items, `${path}[${index}]`) : []))
  if (type !== 'object') return []
  const own = value as Record<string, unknown>
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(own, key)).map((key) => `${at}: no ${key}`)
  const inner = Object.entries(own).flatMap(([key, item]) => {
    const known = schema.properties !== undefined && Object.hasOwn(schema.properties, key)
    const rule = known ? (schema.properties as Record<string, Schema>)[key] : schema.additionalProperties
    if (rule === false) return [`${at}: ${key} is not known`]
    return typeof rule === 'object' ? schemaErrors(item, rule, path === '' ? key : `${path}.${key}`) : []
  })
  return [...missing, ...inner]
}
