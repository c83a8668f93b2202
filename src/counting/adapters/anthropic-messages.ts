/** Anthropic Messages, and the same body inside Bedrock InvokeModel and Vertex. */
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
  SimplePart,
  StructuredOutput,
  ToolChoice,
} from '../request.ts'
import { media, message, plainMessage, requireFields, roleOf, textPart } from './common.ts'

interface State {
  readonly reader: Reader
  readonly names: Map<string, string>
  /** Names of deferred tools that the conversation has loaded by reference. */
  readonly loaded: Set<string>
  /** Whether a result refers to a tool, whose definition may be written out again. */
  referring: boolean
  /** Whether an earlier part of the conversation stands there as its summary. */
  compacted: boolean
}

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readAnthropicMessages(body: unknown): ChatRequest {
  const fields = requireFields(body, '')
  const reader = new Reader()
  const state: State = { reader, names: new Map(), loaded: new Set(), referring: false, compacted: false }
  const messages: ChatMessage[] = []
  const system = readBlocks(fields, 'system', '', state)
  if (system.length > 0) messages.push(message('system', system))
  reader.list(fields, 'messages', '').forEach((item, index) => {
    const plain = plainMessage(item)
    const path = plain === undefined ? join('messages', index) : ''
    if (plain !== undefined) messages.push(plain)
    else if (isFields(item))
      messages.push(message(roleOf(item, path, reader), readBlocks(item, 'content', path, state)))
    else reader.malformed(path, 'a message', item)
  })
  const { tools, deferred, hostedTools } = readTools(fields, reader)
  if (reader.list(fields, 'mcp_servers', '').length > 0) hostedTools.push('mcp')
  return {
    messages,
    tools,
    laterTools: deferred.filter(({ name }) => state.loaded.has(name)).map((tool) => [tool]),
    toolChoice: readToolChoice(fieldsField(fields, 'tool_choice')),
    structuredOutput: readOutputFormat(fields),
    reasoning: readThinking(fields),
    hostedTools,
    unsettled: readUnsettled(
      fields,
      state,
      messages.find(({ role }) => role !== 'system'),
    ),
    warnings: reader.warnings,
  }
}

function readBlocks(item: Fields, key: string, path: string, state: State): Part[] {
  const content = field(item, key)
  if (content === undefined || content === '') return []
  if (typeof content === 'string') return [textPart(content)]
  return state.reader.list(item, key, path).flatMap((block, index): Part[] => {
    const blockPath = join(join(path, key), index)
    return isDocument(block) ? readDocument(block, blockPath, state.reader) : [readBlock(block, blockPath, state)]
  })
}

function isDocument(block: unknown): block is Fields {
  return isFields(block) && field(block, 'type') === 'document'
}

function readBlock(block: unknown, path: string, state: State): Part {
  if (typeof block === 'string') return textPart(block)
  const fields = isFields(block) ? block : {}
  switch (field(fields, 'type')) {
    case 'tool_use': {
      const id = textField(fields, 'id')
      const name = textField(fields, 'name') ?? ''
      if (id !== undefined) state.names.set(id, name)
      const input = state.reader.json(field(fields, 'input') ?? {}, path)
      return { kind: 'tool-call', name, arguments: input, stored: false }
    }
    case 'tool_result': {
      const id = textField(fields, 'tool_use_id')
      const parts = readResult(fields, path, state)
      return { kind: 'tool-result', name: id === undefined ? undefined : state.names.get(id), parts }
    }
    case 'thinking':
      return { kind: 'reasoning', text: state.reader.text(fields, 'thinking', path), opaque: false }
    case 'redacted_thinking':
      return { kind: 'reasoning', text: state.reader.text(fields, 'data', path), opaque: true }
    default:
      return readSimpleBlock(fields, block, path, state)
  }
}

/** What a tool answered: text and media, never another call or result, so that nothing nests without end. */
function readResult(fields: Fields, path: string, state: State): SimplePart[] {
  const content = field(fields, 'content')
  if (typeof content === 'string') return content === '' ? [] : [textPart(content)]
  return state.reader.list(fields, 'content', path).flatMap((block, index): SimplePart[] => {
    const blockPath = join(join(path, 'content'), index)
    if (typeof block === 'string') return [textPart(block)]
    if (isDocument(block)) return readDocument(block, blockPath, state.reader)
    return [readSimpleBlock(isFields(block) ? block : {}, block, blockPath, state)]
  })
}

function readSimpleBlock(fields: Fields, block: unknown, path: string, state: State): SimplePart {
  const { reader, loaded } = state
  switch (field(fields, 'type')) {
    case 'text':
      return textPart(reader.text(fields, 'text', path))
    case 'image':
      return readSource(fields, 'image')
    case 'tool_reference': {
      const name = reader.text(fields, 'tool_name', path)
      state.referring = true
      loaded.add(name)
      return textPart(name)
    }
    case 'tool_addition': {
      const name = innerText(fields, 'tool', 'name') ?? ''
      state.referring = true
      loaded.add(name)
      return textPart(name)
    }
    case 'compaction':
      state.compacted = true
      return textPart(reader.text(fields, 'content', path))
    case 'search_result':
      return { kind: 'unknown', json: reader.json(block, path) }
    default:
      reader.warn('unknown-part', path, 'a content block of unknown type; its JSON text bounds it')
      return { kind: 'unknown', json: reader.json(block, path) }
  }
}

function readSource(fields: Fields, kind: MediaPart['kind']): MediaPart {
  const source = fieldsField(fields, 'source') ?? {}
  return media(kind, { mediaType: textField(source, 'media_type'), data: textField(source, 'data') })
}

/** A document of text, or of blocks of text and pictures, is what it holds; others are counted by pages. Title and context are read, too. */
function readDocument(fields: Fields, path: string, reader: Reader): SimplePart[] {
  const source = fieldsField(fields, 'source') ?? {}
  const about = ['title', 'context'].flatMap((key) => {
    const text = reader.text(fields, key, path)
    return text === '' ? [] : [textPart(text)]
  })
  const type = field(source, 'type')
  if (type === 'text') return [...about, textPart(reader.text(source, 'data', path))]
  if (type !== 'content') return [...about, readSource(fields, 'document')]
  const content = textField(source, 'content')
  if (content !== undefined) return [...about, textPart(content)]
  const blocks = reader.list(source, 'content', path).map((block, index): SimplePart => {
    const blockPath = join(join(path, 'source.content'), index)
    if (isFields(block) && field(block, 'type') === 'image') return readSource(block, 'image')
    if (isFields(block) && field(block, 'type') === 'text') return textPart(reader.text(block, 'text', blockPath))
    reader.warn('unknown-part', blockPath, 'a content block of unknown type; its JSON text bounds it')
    return { kind: 'unknown', json: reader.json(block, blockPath) }
  })
  return [...about, ...blocks]
}

interface Tools {
  readonly tools: FunctionTool[]
  readonly deferred: FunctionTool[]
  readonly hostedTools: string[]
}

function readTools(fields: Fields, reader: Reader): Tools {
  const found: Tools = { tools: [], deferred: [], hostedTools: [] }
  reader.list(fields, 'tools', '').forEach((tool, index) => {
    const name = isFields(tool) ? textField(tool, 'name') : undefined
    const type = isFields(tool) ? textField(tool, 'type') : undefined
    if (isFields(tool) && type !== undefined && type !== 'custom') found.hostedTools.push(type)
    else if (!isFields(tool) || name === undefined) reader.malformed(join('tools', index), 'a tool', tool)
    else {
      const list = field(tool, 'defer_loading') === true ? found.deferred : found.tools
      const examples = field(tool, 'input_examples')
      const shown = examples === undefined ? '' : reader.json(examples, join('tools', index))
      list.push({
        name,
        description: [textField(tool, 'description') ?? '', shown].filter((text) => text !== '').join('\n'),
        schema: field(tool, 'input_schema'),
      })
    }
  })
  return found
}

function readToolChoice(choice: Fields | undefined): ToolChoice {
  if (choice === undefined) return { mode: 'auto' }
  const type = field(choice, 'type')
  if (type === 'none') return { mode: 'none' }
  if (type === 'any') return { mode: 'required' }
  return type === 'tool' ? { mode: 'named', name: textField(choice, 'name') ?? '' } : { mode: 'auto' }
}

function readOutputFormat(fields: Fields): StructuredOutput | undefined {
  const format = innerFields(fields, 'output_config', 'format') ?? fieldsField(fields, 'output_format')
  if (format === undefined || field(format, 'type') !== 'json_schema') return undefined
  return { name: '', description: '', schema: field(format, 'schema') }
}

/**
 * Settings that came with a hidden prompt in recorded bills, one bill each: a task budget with 36 tokens, a compacted history with 90,
 * a result or a message that refers to a tool with 23 to 33, a conversation that the assistant opens with 9.
 */
function readUnsettled(
  fields: Fields,
  state: State,
  first: ChatMessage | undefined,
): NonNullable<ChatRequest['unsettled']> {
  const budget = innerField(fields, 'output_config', 'task_budget') !== undefined
  const edits = field(fields, 'context_management') !== undefined
  const tokens = (budget ? 36 : 0) + (state.compacted ? 90 : 0)
  const above = (budget ? 14 : 0) + (edits ? 100 - (state.compacted ? 90 : 0) : 0)
  return {
    tokens,
    below: 0,
    above: tokens + above + (state.referring ? 40 : 0) + (first?.role === 'assistant' ? 10 : 0),
  }
}

function readThinking(fields: Fields): string | undefined {
  const type = innerText(fields, 'thinking', 'type')
  return type === 'disabled' ? undefined : type
}
