/**
 * The TypeScript namespace text in which OpenAI's chat models see function definitions. The form is known from the community
 * (OpenAI forum, hmarr/openai-chat-tokens) and confirmed by recorded bills.
 */
import { InvalidRequestError } from '../errors.ts'
import { maxDepth } from './json.ts'
import { type Fields, field, fieldsField, isFields, textField } from './read.ts'
import type { FunctionTool } from './request.ts'

export interface NamespaceOptions {
  /** Whether the description of the parameters object is written. */
  readonly parametersDescription?: boolean
  /** Whether descriptions of nested properties are written. */
  readonly nestedDescriptions?: boolean
}

/** Schemas may share parts and refer to themselves; a rendering with more pieces has no end in sight. */
const maxPieces = 1_000_000

/** A type that is still to be written. */
interface TypePiece {
  readonly schema: unknown
  readonly indent: number
  readonly depth: number
}
type Piece = string | TypePiece

/** @throws InvalidRequestError when a schema is a cycle, too deep, or unfolds without end. */
export function namespaceText(tools: readonly FunctionTool[], options: NamespaceOptions): string {
  let text = 'namespace functions {\n\n'
  for (const tool of tools) {
    const parameters = isFields(tool.schema) ? tool.schema : {}
    text += comment(tool.description, 0)
    if (options.parametersDescription === true) text += comment(textField(parameters, 'description') ?? '', 0)
    text += hasProperties(parameters)
      ? `type ${tool.name} = (_: ${typeText(parameters, tool.name, options)}) => any;\n\n`
      : `type ${tool.name} = () => any;\n\n`
  }
  return `${text}} // namespace functions`
}

export function hasProperties(schema: Fields): boolean {
  const properties = fieldsField(schema, 'properties')
  return properties !== undefined && Object.keys(properties).length > 0
}

function typeText(parameters: Fields, tool: string, options: NamespaceOptions): string {
  let text = ''
  const pending: Piece[] = []
  expandObject(parameters, -2, 0, pending, true)
  for (let pieces = 0; pending.length > 0; pieces += 1) {
    const piece = pending.pop()!
    if (pieces > maxPieces)
      throw new InvalidRequestError(`tools ${tool}`, 'the schema unfolds without end; send a smaller one')
    if (typeof piece === 'string') text += piece
    else expand(piece, parameters, pending, options.nestedDescriptions === true, tool)
  }
  return text
}

/** Puts the pieces of a type on the stack, the first one last. */
function expand(piece: TypePiece, root: Fields, pending: Piece[], describeNested: boolean, tool: string): void {
  const { indent } = piece
  const depth = piece.depth + 1
  if (depth > maxDepth)
    throw new InvalidRequestError(`tools ${tool}`, `the schema is a cycle or deeper than ${maxDepth} levels`)
  const given = isFields(piece.schema) ? piece.schema : {}
  const schema = resolved(given, root) ?? given
  const constant = field(schema, 'const')
  const values = field(schema, 'enum')
  const choices = field(schema, 'anyOf') ?? field(schema, 'oneOf')
  const type = field(schema, 'type')
  if (Array.isArray(values)) pending.push(values.map(literal).join(' | '))
  else if (constant !== undefined) pending.push(literal(constant))
  else if (Array.isArray(choices)) pushAll(pending, separated(choices.map((one) => ({ schema: one, indent, depth }))))
  else if (Array.isArray(type))
    pushAll(pending, separated(type.map((one) => ({ schema: { ...schema, type: one }, indent, depth }))))
  else if (type === 'array') {
    const items = field(schema, 'items')
    pushAll(pending, items === undefined ? ['any[]'] : [{ schema: items, indent, depth }, '[]'])
  } else if (type === 'object') expandObject(schema, indent, depth, pending, describeNested)
  else pending.push(plainType(type))
}

function expandObject(schema: Fields, indent: number, depth: number, pending: Piece[], describe: boolean): void {
  const properties = fieldsField(schema, 'properties') ?? {}
  const required = field(schema, 'required')
  const needed = new Set(Array.isArray(required) ? required : [])
  const inner = indent + 2
  const pieces: Piece[] = ['{\n']
  for (const key of Object.keys(properties)) {
    const property = properties[key]
    const note = describe && isFields(property) ? comment(textField(property, 'description') ?? '', inner) : ''
    pieces.push(`${note}${' '.repeat(inner)}${key}${needed.has(key) ? '' : '?'}: `)
    pieces.push({ schema: property, indent: inner, depth }, ',\n')
  }
  pieces.push(`${' '.repeat(Math.max(0, indent))}}`)
  pushAll(pending, pieces)
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

function literal(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? 'any' : String(value)
}

function separated(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [' | ', piece]))
}

function pushAll(pending: Piece[], pieces: readonly Piece[]): void {
  for (let index = pieces.length - 1; index >= 0; index -= 1) pending.push(pieces[index]!)
}

function comment(text: string, indent: number): string {
  return text === '' ? '' : `${' '.repeat(Math.max(0, indent))}// ${text}\n`
}
