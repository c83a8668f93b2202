/** Amazon Bedrock Converse, and the wrapper bodies of its count endpoint. */
import { describe } from '../../errors.ts'
import {
  type Fields,
  field,
  fieldsField,
  innerField,
  innerFields,
  innerText,
  isFields,
  join,
  Reader,
  textField,
} from '../read.ts'
import type {
  ChatMessage,
  ChatRequest,
  FunctionTool,
  MediaPart,
  Part,
  Role,
  SimplePart,
  StructuredOutput,
  ToolChoice,
} from '../request.ts'
import { readAnthropicMessages } from './anthropic-messages.ts'
import { fileData, media, message, requireFields, roleOf, textPart } from './common.ts'

interface State {
  readonly reader: Reader
  readonly names: Map<string, string>
  /** What follows the last cache point so far; `undefined` until there is one. */
  afterCachePoint: ChatMessage[] | undefined
}

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readBedrockConverse(body: unknown): ChatRequest {
  const outer = requireFields(body, '')
  const input = fieldsField(outer, 'input') ?? {}
  const invoked = fieldsField(input, 'invokeModel')
  if (invoked !== undefined) return readAnthropicMessages(parsed(decoded(field(invoked, 'body'))))
  const fields = fieldsField(input, 'converse') ?? outer
  const reader = new Reader()
  const state: State = { reader, names: new Map(), afterCachePoint: undefined }
  const messages: ChatMessage[] = []
  const toolConfig = fieldsField(fields, 'toolConfig') ?? {}
  const { tools, hostedTools } = readTools(toolConfig, state)
  const system = readBlocks(fields, 'system', '', 'system', state)
  if (system.length > 0) messages.push(message('system', system))
  reader.list(fields, 'messages', '').forEach((item, index) => {
    const path = join('messages', index)
    if (!isFields(item)) {
      reader.malformed(path, 'a message', item)
      return
    }
    const role = roleOf(item, path, reader)
    messages.push(message(role, readBlocks(item, 'content', path, role, state)))
  })
  const extra = fieldsField(fields, 'additionalModelRequestFields') ?? {}
  const thinking = innerText(extra, 'thinking', 'type')
  return {
    messages,
    tools,
    laterTools: [],
    toolChoice: readToolChoice(fieldsField(toolConfig, 'toolChoice') ?? {}),
    structuredOutput: readOutput(fieldsField(fields, 'outputConfig') ?? {}),
    reasoning: thinking === 'disabled' ? undefined : thinking,
    hostedTools,
    ...(state.afterCachePoint === undefined ? {} : { afterCachePoint: state.afterCachePoint }),
    warnings: reader.warnings,
  }
}

function readBlocks(item: Fields, key: string, path: string, role: Role, state: State): Part[] {
  const parts: Part[] = []
  let tail = 0
  state.reader.list(item, key, path).forEach((block, index) => {
    const blockPath = join(join(path, key), index)
    if (!isFields(block))
      state.reader.warn('malformed-field', blockPath, `expected a content block, got ${describe(block)}`)
    else if (field(block, 'cachePoint') === undefined) parts.push(readBlock(block, blockPath, state))
    else {
      state.afterCachePoint = []
      tail = parts.length
    }
  })
  if (parts.length > tail) state.afterCachePoint?.push(message(role, parts.slice(tail)))
  return parts
}

function readBlock(block: Fields, path: string, state: State): Part {
  const use = fieldsField(block, 'toolUse')
  if (use !== undefined) {
    const id = textField(use, 'toolUseId')
    const name = textField(use, 'name') ?? ''
    if (id !== undefined) state.names.set(id, name)
    return { kind: 'tool-call', name, arguments: state.reader.json(field(use, 'input') ?? {}, path), stored: false }
  }
  const result = fieldsField(block, 'toolResult')
  if (result !== undefined) {
    const id = textField(result, 'toolUseId')
    const parts = state.reader
      .list(result, 'content', path)
      .map((part, index) =>
        readSimpleBlock(isFields(part) ? part : {}, join(join(path, 'content'), index), state.reader),
      )
    return { kind: 'tool-result', name: id === undefined ? undefined : state.names.get(id), parts }
  }
  const reasoning = fieldsField(block, 'reasoningContent')
  if (reasoning !== undefined) {
    const text = innerText(reasoning, 'reasoningText', 'text')
    const bytes = fileData(field(reasoning, 'redactedContent'))
    const redacted = typeof bytes === 'string' || bytes === undefined ? bytes : base64Length(bytes.length)
    return { kind: 'reasoning', text: text ?? redacted ?? '', opaque: text === undefined }
  }
  return readSimpleBlock(block, path, state.reader)
}

/** A text as long as the base64 of so many bytes: opaque thoughts are counted by their length. */
const base64Length = (bytes: number): string => 'A'.repeat(Math.ceil(bytes / 3) * 4)

function readSimpleBlock(block: Fields, path: string, reader: Reader): SimplePart {
  const text = textField(block, 'text')
  if (text !== undefined) return textPart(text)
  const json = field(block, 'json')
  if (json !== undefined) return textPart(reader.json(json, path))
  for (const kind of ['image', 'document', 'video', 'audio'] as const) {
    const file = fieldsField(block, kind)
    if (file !== undefined) return textOf(file, path, reader) ?? readFile(kind, file)
  }
  reader.warn('unknown-part', path, 'a content block of unknown kind; its JSON text bounds it')
  return { kind: 'unknown', json: reader.json(block, path) }
}

/** A document whose text stands in the body: as one text, or as a list of texts. */
function textOf(file: Fields, path: string, reader: Reader): SimplePart | undefined {
  const source = fieldsField(file, 'source') ?? {}
  const text = textField(source, 'text')
  if (text !== undefined) return textPart(text)
  if (field(source, 'content') === undefined) return undefined
  const texts = reader
    .list(source, 'content', path)
    .map((item) => (isFields(item) ? (textField(item, 'text') ?? '') : ''))
  return textPart(texts.join('\n'))
}

function readFile(kind: MediaPart['kind'], file: Fields): MediaPart {
  const data = fileData(innerField(file, 'source', 'bytes'))
  const mediaType = `${kind}/${textField(file, 'format') ?? ''}`
  return media(kind, { mediaType, data })
}

function readTools(toolConfig: Fields, state: State): { tools: FunctionTool[]; hostedTools: string[] } {
  const tools: FunctionTool[] = []
  const hostedTools: string[] = []
  state.reader.list(toolConfig, 'tools', 'toolConfig').forEach((tool, index) => {
    const spec = isFields(tool) ? fieldsField(tool, 'toolSpec') : undefined
    const systemTool = isFields(tool) ? fieldsField(tool, 'systemTool') : undefined
    const name = spec === undefined ? undefined : textField(spec, 'name')
    if (spec !== undefined && name !== undefined) {
      const schema = innerField(spec, 'inputSchema', 'json')
      tools.push({ name, description: textField(spec, 'description') ?? '', schema })
    } else if (systemTool !== undefined) hostedTools.push(textField(systemTool, 'name') ?? 'system tool')
    else if (isFields(tool) && field(tool, 'cachePoint') !== undefined) state.afterCachePoint = []
    else state.reader.warn('malformed-field', join('toolConfig.tools', index), `expected a tool, got ${describe(tool)}`)
  })
  return { tools, hostedTools }
}

function readToolChoice(choice: Fields): ToolChoice {
  const named = fieldsField(choice, 'tool')
  if (named !== undefined) return { mode: 'named', name: textField(named, 'name') ?? '' }
  return fieldsField(choice, 'any') === undefined ? { mode: 'auto' } : { mode: 'required' }
}

function readOutput(config: Fields): StructuredOutput | undefined {
  const structure = innerFields(config, 'textFormat', 'structure') ?? {}
  const schema = fieldsField(structure, 'jsonSchema')
  if (schema === undefined) return undefined
  return {
    name: textField(schema, 'name') ?? '',
    description: textField(schema, 'description') ?? '',
    schema: parsed(field(schema, 'schema')),
  }
}

/** Converse takes the schema as JSON text. */
function parsed(schema: unknown): unknown {
  if (typeof schema !== 'string') return schema
  try {
    return JSON.parse(schema) as unknown
  } catch {
    return schema
  }
}

/** The body of InvokeModel inside a count request: JSON text, mostly in base64. */
function decoded(body: unknown): unknown {
  if (typeof body !== 'string' || body.startsWith('{')) return body
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(body), (char) => char.charCodeAt(0)))
  } catch {
    return body
  }
}
