/**
 * Function declarations as Google's models get them. Three forms, each found from recorded bills counted with the vocabulary of
 * Gemma 3 (which bills Gemini's text to the token), and exact on all of them but for nested objects of Gemini 2.5:
 *
 * - `words`: names, descriptions, types and other words of the schema, each by itself, as Google's SDK counts offline. A schema
 *   given as `parametersJsonSchema` is passed by.
 * - `declarations`: one text per function, `declaration:NAME{description:…,parameters:{properties:{…},required:[…],type:…}}`, with
 *   a mark of one token on both sides of each word, as in the published template of FunctionGemma.
 * - `python`: the head of a Python function with a docstring, and a data class for each object inside its parameters.
 */
import type { Budget } from './budget.ts'
import type { Meter } from './meter.ts'
import { type Fields, field, textField } from './read.ts'
import type { FunctionTool } from './request.ts'
import type { ToolFrame } from './rules/frames.ts'
import { choiceKeys, type SchemaNode, schemaNodes } from './schema-nodes.ts'
import type { CountPartKind } from './types.ts'

export type GoogleForm = 'words' | 'declarations' | 'python'

export function isGoogleForm(form: ToolFrame['form']): form is GoogleForm {
  return form !== 'typescript' && form !== 'json'
}

/** What a declaration consists of. */
export interface Declaration {
  /** Words of the caller, to be counted one by one. */
  readonly words: readonly string[]
  /** Tokens of everything else. */
  readonly marks: number
  /** Those among them that stand for parts whose form is not settled. */
  readonly unsettled: number
}

/** What a part whose form is not settled may differ by. */
const unsettledShare = 0.3

export function countDeclaration(kind: CountPartKind, { words, marks, unsettled }: Declaration, meter: Meter): void {
  for (const word of words) meter.recalled(kind, word)
  const distance = unsettled * unsettledShare
  if (marks > 0) meter.range(kind, { tokens: marks, low: marks - distance, high: marks + distance }, 'calibrated')
}

/** @throws InvalidRequestError for a cycle or a schema that unfolds without end. */
export function declarationOf(tool: FunctionTool, form: GoogleForm, path: string, budget: Budget): Declaration {
  const nodes = schemaNodes(tool.schema, path, budget)
  if (form === 'words') return asWords(tool, nodes)
  return form === 'python' ? asPython(tool, nodes) : asDeclaration(tool, nodes)
}

function asWords(tool: FunctionTool, nodes: readonly SchemaNode[]): Declaration {
  const words = [tool.name, tool.description]
  if (tool.isJsonSchema !== true)
    for (const node of nodes) {
      if (isProperty(node)) words.push(node.name)
      addAll(words, typesOf(node.fields), textsOf(node.fields), valuesOf(node.fields))
    }
  return { words, marks: 0, unsettled: 0 }
}

/** Tokens of `<start>declaration:NAME{parameters:{…}}<end>`, of `description:<mark>…<mark>,` and of the parts of a schema. */
const declarationMarks = {
  tool: 7,
  text: 5,
  close: 1,
  type: 5,
  list: 2,
  value: 3,
  property: 1,
  group: 2,
  nullable: 4,
} as const

function asDeclaration(tool: FunctionTool, nodes: readonly SchemaNode[]): Declaration {
  const { list, value, property, group, nullable } = declarationMarks
  const words = [tool.name, tool.description]
  let marks = declarationMarks.tool + (tool.description === '' ? 0 : declarationMarks.text)
  for (const { fields, name, place } of nodes) {
    const texts = textsOf(fields)
    const values = valuesOf(fields)
    const groups = [...choiceKeys, 'items', 'properties'].filter((key) => hasEntries(fields, key))
    const lists = ['enum', 'required'].filter((key) => hasEntries(fields, key))
    addAll(words, texts, values)
    marks += declarationMarks.close + declarationMarks.text * texts.length + value * values.length
    marks += list * lists.length + group * groups.length
    if (typesOf(fields).length > 0) marks += declarationMarks.type
    if (isNullable(fields)) marks += nullable
    if (place === 'required' || place === 'optional') {
      words.push(name)
      marks += property
    }
  }
  return { words, marks, unsettled: 0 }
}

/** Tokens of the parts of a Python function and of a data class, besides the words in them. */
const pythonMarks = { tool: 18, argument: 9, attribute: 8, class: 26, list: 2, optional: 4, value: 1 } as const
/** Levels that a definition which refers to itself is written out to: two recorded bills. */
const recursiveLevels = 5

function asPython(tool: FunctionTool, nodes: readonly SchemaNode[]): Declaration {
  const words = [tool.name, tool.description]
  let marks: number = pythonMarks.tool
  let unsettled = 0
  const recursive = recursiveDefinitions(nodes)
  for (const node of nodes) {
    const part = pythonPart(node, tool.name)
    const times = node.definition !== undefined && recursive.has(node.definition) ? recursiveLevels : 1
    for (let time = 0; time < times; time += 1) addAll(words, part.words)
    marks += part.marks * times
    unsettled += part.unsettled * times
  }
  return { words, marks, unsettled }
}

/** What one schema adds to the function: an argument or attribute, and a class when it is an object inside the parameters. */
function pythonPart(node: SchemaNode, toolName: string): Declaration {
  const { fields, name, place, depth } = node
  const words: string[] = []
  let marks = 0
  let unsettled = 0
  const description = textField(fields, 'description') ?? ''
  if (isProperty(node)) {
    words.push(name, name, description)
    marks += depth === 1 ? pythonMarks.argument : pythonMarks.attribute
    // The space that stands before an argument's description is one with its first word.
    if (depth === 1 && description !== '') marks -= 1
    if (place === 'optional') marks += pythonMarks.optional
  }
  if (hasEntries(fields, 'items')) marks += pythonMarks.list
  const values = stringsOf(fields, 'enum')
  addAll(words, values)
  if (values.length > 0) marks += pythonMarks.value * (values.length + 1)
  if (place !== 'root' && hasEntries(fields, 'properties')) {
    // The class is named after function and property, where it stands and where it is used.
    words.push(toolName, name, toolName, name, description)
    marks += pythonMarks.class
    unsettled = pythonMarks.class
  }
  return { words, marks, unsettled }
}

/** Names of the definitions that refer to themselves. */
function recursiveDefinitions(nodes: readonly SchemaNode[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { fields, definition } of nodes)
    if (definition !== undefined && textField(fields, '$ref')?.endsWith(`/${definition}`) === true)
      names.add(definition)
  return names
}

/** Tokens around a call or a result in each form, for each value and for each pair of name and value. */
const exchangeMarks: Readonly<
  Record<GoogleForm, { readonly whole: number; readonly value: number; readonly name: number }>
> = {
  words: { whole: 0, value: 0, name: 0 },
  declarations: { whole: 5, value: 2, name: 2 },
  python: { whole: 14, value: 1, name: 2 },
}

/** An earlier call or its result. @param json - The arguments or the answer; any text counts. */
export function exchangeOf(name: string, json: string, form: GoogleForm): Declaration {
  const marks = exchangeMarks[form]
  const { names, values } = jsonWords(json)
  const words = [name]
  addAll(words, names, values)
  const tokens = marks.whole + marks.value * values.length + marks.name * names.length
  return { words, marks: tokens, unsettled: 0 }
}

/** Names and values of a JSON text without its punctuation; the text itself when it is no JSON. */
function jsonWords(text: string): { names: string[]; values: string[] } {
  const names: string[] = []
  const values: string[] = []
  const pending: unknown[] = []
  try {
    pending.push(JSON.parse(text))
  } catch {
    return { names, values: [text] }
  }
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) addAll(names, Object.keys(value))
      for (const child of Object.values(value)) pending.push(child)
    } else values.push(String(value))
  }
  return { names, values }
}

/** Not by spreading: a list may have more entries than a call takes arguments. */
function addAll(words: string[], ...lists: readonly (readonly string[])[]): void {
  for (const list of lists) for (const word of list) words.push(word)
}

function isProperty({ place }: SchemaNode): boolean {
  return place === 'required' || place === 'optional'
}

function hasEntries(fields: Fields, key: string): boolean {
  const value = field(fields, key)
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

/** Types as Google writes them, without `null`, which is a field of its own. */
function typesOf(fields: Fields): string[] {
  const value = field(fields, 'type')
  const names = Array.isArray(value) ? value : [value]
  return names.flatMap((name) => (typeof name === 'string' && name !== 'null' ? [name.toUpperCase()] : [])).slice(0, 1)
}

function isNullable(fields: Fields): boolean {
  const value = field(fields, 'type')
  return field(fields, 'nullable') === true || (Array.isArray(value) && value.includes('null'))
}

function textsOf(fields: Fields): string[] {
  return ['description', 'format'].flatMap((key) => textField(fields, key) ?? []).filter((text) => text !== '')
}

function valuesOf(fields: Fields): string[] {
  return [...stringsOf(fields, 'enum'), ...stringsOf(fields, 'required')]
}

function stringsOf(fields: Fields, key: string): string[] {
  const value = field(fields, key)
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
