/**
 * The TypeScript namespace text in which OpenAI's chat models see function definitions. The form is known from the community
 * (OpenAI forum, hmarr/openai-chat-tokens) and confirmed by recorded bills.
 */
import { InvalidRequestError } from '../errors.ts'
import { Budget } from './budget.ts'
import { maxDepth } from './json.ts'
import { type Fields, field, fieldsField, isFields, textField } from './read.ts'
import type { FunctionTool } from './request.ts'

export interface NamespaceOptions {
  /** Whether the description of the parameters object is written. */
  readonly parametersDescription?: boolean
  /** Whether descriptions of nested properties are written. */
  readonly nestedDescriptions?: boolean
  /** Whether an object none of whose properties has a description stands on one line. */
  readonly inlineObjects?: boolean
  /** Whether the properties of nested objects stand at the margin as the others do. */
  readonly unindented?: boolean
  /** Whether descriptions lose the common indentation of their lines and the white space around them. */
  readonly dedentedDescriptions?: boolean
}

/** References inside references that are followed; beyond, the type is written as `any`. */
const maxReferences = 4

/** A type that is still to be written. */
interface TypePiece {
  readonly schema: unknown
  readonly indent: number
  readonly depth: number
  /** References followed on the way here; a schema may refer to itself. */
  readonly references: number
}
/** An object whose properties are being written, from the one at `next` on. */
interface OpenObject {
  readonly properties: Fields
  readonly keys: readonly string[]
  readonly required: readonly unknown[] | ReadonlySet<unknown>
  /** Whether descriptions are written above properties. */
  readonly describe: boolean
  /** Whether it stands on one line. */
  readonly inline: boolean
  readonly indent: number
  readonly depth: number
  readonly references: number
  next: number
}
/** What is read and written uses up the budget of the request: values, and characters of texts. */
type Spend = (values: number, chars?: number) => void
type Piece = string | TypePiece | OpenObject

/** @throws InvalidRequestError when a schema is a cycle, too deep, or unfolds without end. */
export function namespaceText(tools: readonly FunctionTool[], options: NamespaceOptions): string {
  let text = 'namespace functions {\n\n'
  const budget = new Budget()
  for (const tool of tools) {
    const parameters = isFields(tool.schema) ? tool.schema : {}
    budget.spendChars(tool.name.length + tool.description.length, `tools ${tool.name}`)
    text += comment(options.dedentedDescriptions === true ? dedented(tool.description) : tool.description, 0)
    const note = options.parametersDescription === true ? comment(textField(parameters, 'description') ?? '', 0) : ''
    text += hasProperties(parameters)
      ? `type ${tool.name} = (_: ${note}${typeText(parameters, `tools ${tool.name}`, options, budget)}) => any;\n\n`
      : `type ${tool.name} = () => any;\n\n`
  }
  return `${text}} // namespace functions`
}

function hasProperties(schema: Fields): boolean {
  const properties = fieldsField(schema, 'properties')
  return properties !== undefined && Object.keys(properties).length > 0
}

function typeText(parameters: Fields, path: string, options: NamespaceOptions, budget: Budget): string {
  let text = ''
  const spend: Spend = (values, chars = 0) => {
    budget.spend(values, path)
    if (chars > 0) budget.spendChars(chars, path)
  }
  const pending: Piece[] = [openObject(parameters, { indent: -2, depth: 0, references: 0 }, true, options, spend)]
  while (pending.length > 0) {
    const piece = pending[pending.length - 1]!
    if (typeof piece === 'string') {
      text += piece
      pending.pop()
    } else if ('keys' in piece) {
      text += writeProperties(piece, pending, spend)
    } else {
      pending.pop()
      spend(1)
      if (piece.depth >= maxDepth)
        throw new InvalidRequestError(path, `the schema is a cycle or deeper than ${maxDepth} levels`)
      expand(piece, parameters, pending, options, spend)
    }
  }
  return text
}

function openObject(
  schema: Fields,
  { indent, depth, references }: Omit<TypePiece, 'schema'>,
  describe: boolean,
  options: NamespaceOptions,
  spend: Spend,
): OpenObject {
  const properties = fieldsField(schema, 'properties') ?? {}
  const keys = Object.keys(properties)
  const names = field(schema, 'required')
  spend(keys.length + (Array.isArray(names) ? names.length : 0))
  const required = !Array.isArray(names) ? [] : names.length > 8 ? new Set<unknown>(names) : names
  const inline = options.inlineObjects === true && !keys.some((key) => descriptionOf(properties[key]) !== '')
  const margin = options.unindented === true ? 0 : indent + 2
  return { properties, keys, required, describe, inline, indent: margin, depth, references, next: 0 }
}

/** Writes properties until one has a type that is made of others, which goes on the stack; the object leaves it after its last one. */
function writeProperties(object: OpenObject, pending: Piece[], spend: Spend): string {
  const { properties, keys, required, describe, inline, indent, depth, references } = object
  const margin = inline ? '' : spaces(indent)
  // The end of a property stands before the next, since a type may be written in between.
  const between = inline ? ', ' : `,\n${margin}`
  let before = object.next > 0 ? between : inline ? '{ ' : `{\n${margin}`
  let text = ''
  while (object.next < keys.length) {
    const key = keys[object.next]!
    const schema = properties[key]
    object.next += 1
    const { type, description } = readProperty(schema, spend)
    spend(0, key.length + description.length)
    text += before
    if (describe && !inline && description !== '') text += `// ${description}\n${margin}`
    const optional = Array.isArray(required) ? !required.includes(key) : !(required as ReadonlySet<unknown>).has(key)
    text += key + (optional ? '?: ' : ': ')
    if (type === undefined) {
      pending.push({ schema, indent, depth, references })
      return text
    }
    text += type
    before = between
  }
  pending.pop()
  if (inline) return `${text}${keys.length === 0 ? '{}' : ' }'}`
  return `${text}${keys.length === 0 ? '{\n' : ',\n'}${spaces(indent - 2)}}`
}

/** What of a property can be written at once. */
interface ReadProperty {
  readonly description: string
  /** Its type, if that is one word or a list of values: nothing beside it that combines or refers. */
  readonly type: string | undefined
}

function readProperty(schema: unknown, spend: Spend): ReadProperty {
  if (!isFields(schema)) return { description: '', type: undefined }
  let description: unknown
  let type: unknown
  let values: unknown
  const keys = Object.keys(schema)
  spend(keys.length)
  for (const key of keys) {
    switch (key) {
      case 'description':
        description = schema['description']
        break
      case 'type':
        type = schema['type']
        break
      case 'enum':
        values = schema['enum']
        break
      case 'anyOf':
      case 'oneOf':
      case '$ref':
        return { description: descriptionOf(schema), type: undefined }
      default:
    }
  }
  return { description: typeof description === 'string' ? description : '', type: writtenAtOnce(type, values, spend) }
}

function writtenAtOnce(type: unknown, values: unknown, spend: Spend): string | undefined {
  if (Array.isArray(values)) {
    spend(values.length)
    return literals(values, spend)
  }
  return typeof type === 'string' && type !== 'object' && type !== 'array' ? plainType(type) : undefined
}

/** Puts the pieces of a type on the stack, the first one last. */
function expand(piece: TypePiece, root: Fields, pending: Piece[], options: NamespaceOptions, spend: Spend): void {
  const { indent } = piece
  const depth = piece.depth + 1
  const given = isFields(piece.schema) ? piece.schema : {}
  const target = piece.references < maxReferences ? resolved(given, root) : undefined
  const schema = target ?? given
  const references = piece.references + (target === undefined ? 0 : 1)
  const values = field(schema, 'enum')
  const choices = field(schema, 'anyOf') ?? field(schema, 'oneOf')
  const type = field(schema, 'type')
  for (const list of [values, choices, type]) if (Array.isArray(list)) spend(list.length)
  if (Array.isArray(values)) pending.push(literals(values, spend))
  else if (Array.isArray(choices))
    pushAll(pending, separated(choices.map((one) => ({ schema: one, indent, depth, references }))))
  else if (Array.isArray(type))
    pushAll(pending, separated(type.map((one) => ({ schema: { ...schema, type: one }, indent, depth, references }))))
  else if (type === 'array') {
    const items = field(schema, 'items')
    pushAll(pending, items === undefined ? ['any[]'] : [{ schema: items, indent, depth, references }, '[]'])
  } else if (type === 'object')
    pending.push(openObject(schema, { indent, depth, references }, options.nestedDescriptions === true, options, spend))
  else pending.push(plainType(type))
}

function descriptionOf(schema: unknown): string {
  return isFields(schema) ? (textField(schema, 'description') ?? '') : ''
}

/** As Python's `inspect.cleandoc`: the first line trimmed, the others without their common indentation, no blank edges. */
function dedented(text: string): string {
  // Nothing is common to lines one of which has no indentation.
  if (!text.includes('\n') || /\n\S/.test(text)) return text.trim()
  const lines = text.split('\n')
  let margin = Number.POSITIVE_INFINITY
  for (const line of lines.slice(1)) {
    const bare = line.trimStart()
    if (bare !== '') margin = Math.min(margin, line.length - bare.length)
  }
  return lines
    .map((line, index) => (index === 0 ? line.trimStart() : line.slice(Math.min(margin, line.length))))
    .join('\n')
    .trim()
}

/** The type that a local reference names, one step; `undefined` when the schema is no reference. */
function resolved(schema: Fields, root: Fields): Fields | undefined {
  const reference = textField(schema, '$ref')
  const match = reference === undefined ? null : /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference)
  const definitions = match === null ? undefined : fieldsField(root, match[1]!)
  return definitions === undefined ? undefined : fieldsField(definitions, match![2]!)
}

function plainType(type: unknown): string {
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'string' || type === 'boolean' || type === 'null' ? type : 'any'
}

function literals(values: readonly unknown[], spend: Spend): string {
  let text = ''
  for (let index = 0; index < values.length; index += 1) {
    const written = literal(values[index])
    spend(0, written.length)
    text += `${index === 0 ? '' : ' | '}${written}`
  }
  return text
}

function literal(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${value}"`
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'undefined':
      return String(value)
    default:
      return 'any'
  }
}

function separated(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [' | ', piece]))
}

function pushAll(pending: Piece[], pieces: readonly Piece[]): void {
  for (let index = pieces.length - 1; index >= 0; index -= 1) pending.push(pieces[index]!)
}

function comment(text: string, indent: number): string {
  return text === '' ? '' : `${spaces(indent)}// ${text}\n`
}

function spaces(indent: number): string {
  return indent <= 0 ? '' : ' '.repeat(indent)
}
