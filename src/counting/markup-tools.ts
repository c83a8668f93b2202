/** Function definitions in elements with angle brackets, as the chat template of Qwen 3 Coder writes them. */
import type { Budget } from './budget.ts'
import { jsonText } from './json.ts'
import { type Fields, field, fieldsField, isFields, textField } from './read.ts'
import type { FunctionTool } from './request.ts'

/** @throws InvalidRequestError for a cycle or a schema that unfolds without end. */
export function markupText({ name, description, schema }: FunctionTool, path: string, budget: Budget): string {
  const parameters = isFields(schema) ? schema : {}
  const properties = fieldsField(parameters, 'properties') ?? {}
  const names = Object.keys(properties)
  budget.spend(names.length, path)
  budget.spendChars(description.length, path)
  let text = `<function>\n<name>${name}</name>\n<description>${description.trim()}</description>\n<parameters>`
  for (const each of names) {
    const written = parameterText(each, field(properties, each), path, budget)
    budget.spendChars(written.length, path)
    text += written
  }
  return `${text}${listText('required', parameters, path, budget)}\n</parameters>\n</function>`
}

/** Fields with an element of their own; all others are written after them under their own names. */
const known: ReadonlySet<string> = new Set(['type', 'description', 'enum', 'required'])

function parameterText(name: string, schema: unknown, path: string, budget: Budget): string {
  const fields = isFields(schema) ? schema : {}
  const keys = Object.keys(fields)
  budget.spend(keys.length, path)
  const type = field(fields, 'type')
  const description = textField(fields, 'description')
  let text = `\n<parameter>\n<name>${name}</name>`
  if (type !== undefined) text += `\n<type>${plain(type, path, budget)}</type>`
  if (description !== undefined) text += `\n<description>${description.trim()}</description>`
  text += listText('enum', fields, path, budget)
  for (const key of keys) {
    if (known.has(key)) continue
    const tag = key.replace(/[- ]/g, '_').replaceAll('$', '')
    text += `\n<${tag}>${plain(field(fields, key), path, budget)}</${tag}>`
  }
  return `${text}${listText('required', fields, path, budget)}\n</parameter>`
}

function listText(key: string, fields: Fields, path: string, budget: Budget): string {
  const values = field(fields, key)
  if (!Array.isArray(values) || values.length === 0) return ''
  budget.spend(values.length, path)
  const words = values.map((value: unknown) => {
    if (typeof value !== 'string') return plain(value, path, budget)
    budget.spendChars(value.length, path)
    return `\`${value}\``
  })
  return `\n<${key}>[${words.join(', ')}]</${key}>`
}

function plain(value: unknown, path: string, budget: Budget): string {
  return typeof value === 'string' ? value : jsonText(value, path, budget, { layout: 'spaced' })
}
