/** OpenAI Responses. */
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
  Part,
  SimplePart,
  StructuredOutput,
  ToolCallPart,
  ToolChoice,
} from '../request.ts'
import { customToolsMargin, media, mediaFromUrl, message, requireFields, roleOf, textPart } from './common.ts'

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readOpenAiResponses(body: unknown): ChatRequest {
  const fields = requireFields(body, '')
  const reader = new Reader()
  const state: State = { reader, names: new Map(), laterTools: [], hostedTools: [], calls: undefined }
  const messages: ChatMessage[] = []
  const instructions = textField(fields, 'instructions')
  if (instructions !== undefined && instructions !== '') messages.push(message('system', [textPart(instructions)]))
  const input = field(fields, 'input')
  if (typeof input === 'string') messages.push(message('user', [textPart(input)]))
  else
    reader.list(fields, 'input', '').forEach((item, index) => {
      readItem(item, join('input', index), messages, state)
    })
  const tools = readTools(reader.list(fields, 'tools', ''), 'tools', state)
  warnOfHiddenInput(fields, reader)
  return {
    messages,
    tools,
    laterTools: state.laterTools,
    toolChoice: readToolChoice(field(fields, 'tool_choice')),
    structuredOutput: readFormat(fields),
    reasoning: innerText(fields, 'reasoning', 'effort'),
    hostedTools: state.hostedTools,
    unsettled: readUnsettled(fields, reader),
    warnings: reader.warnings,
  }
}

interface State {
  readonly reader: Reader
  readonly names: Map<string, string>
  readonly laterTools: (readonly FunctionTool[])[]
  readonly hostedTools: string[]
  /** The last message, when it is a turn of calls, and its parts. */
  calls: { readonly turn: ChatMessage; readonly parts: ToolCallPart[] } | undefined
}

function readItem(item: unknown, path: string, messages: ChatMessage[], state: State): void {
  const { reader, names } = state
  if (typeof item === 'string') {
    messages.push(message('user', [textPart(item)]))
    return
  }
  if (!isFields(item)) {
    reader.malformed(path, 'an item', item)
    return
  }
  const id = textField(item, 'call_id')
  const name = textField(item, 'name')
  switch (field(item, 'type') ?? 'message') {
    case 'message':
      messages.push(message(roleOf(item, path, reader), readContent(item, 'content', path, reader)))
      return
    case 'function_call':
    case 'custom_tool_call':
      if (id !== undefined && name !== undefined) names.set(id, name)
      addCall(messages, state, {
        kind: 'tool-call',
        name: [textField(item, 'namespace'), name].filter((word) => word !== undefined).join('.'),
        arguments: textField(item, 'arguments') ?? textField(item, 'input') ?? '',
        stored: textField(item, 'id') !== undefined,
      })
      return
    case 'function_call_output':
    case 'custom_tool_call_output':
      messages.push(
        message('tool', [
          {
            kind: 'tool-result',
            name: id === undefined ? undefined : names.get(id),
            parts: readContent(item, 'output', path, reader),
          },
        ]),
      )
      return
    case 'reasoning':
      messages.push(message('assistant', readReasoning(item, path, reader)))
      return
    case 'additional_tools':
      state.laterTools.push(readTools(reader.list(item, 'tools', path), join(path, 'tools'), state))
      return
    case 'item_reference':
    case 'compaction':
      reader.warn('stored-context', path, 'refers to content that is kept at the provider; it is not in the body')
      return
    default:
      reader.warn('unknown-part', path, 'an item of unknown type; its JSON text bounds it')
      messages.push(message('assistant', [{ kind: 'unknown', json: reader.json(item, path) }]))
  }
}

function readReasoning(item: Fields, path: string, reader: Reader): Part[] {
  const encrypted = textField(item, 'encrypted_content')
  const visible = [...reader.list(item, 'summary', path), ...reader.list(item, 'content', path)]
  const text = visible.map((part) => (isFields(part) ? (textField(part, 'text') ?? '') : '')).join('\n')
  return [{ kind: 'reasoning', text: encrypted ?? text, opaque: encrypted !== undefined }]
}

function readContent(item: Fields, key: string, path: string, reader: Reader): SimplePart[] {
  const content = field(item, key)
  if (content === undefined) return []
  if (typeof content === 'string') return [textPart(content)]
  if (!Array.isArray(content)) return [textPart(reader.json(content, join(path, key)))]
  return reader.list(item, key, path).map((part, index) => readPart(part, join(join(path, key), index), reader))
}

function readPart(part: unknown, path: string, reader: Reader): SimplePart {
  if (typeof part === 'string') return textPart(part)
  const fields = isFields(part) ? part : {}
  switch (field(fields, 'type')) {
    case 'input_text':
    case 'output_text':
    case 'text':
    case 'summary_text':
      return textPart(reader.text(fields, 'text', path))
    case 'refusal':
      return textPart(reader.text(fields, 'refusal', path))
    case 'input_image':
      return mediaFromUrl('image', textField(fields, 'image_url'), textField(fields, 'detail'))
    case 'input_audio':
      return media('audio', { data: innerText(fields, 'input_audio', 'data') })
    case 'input_file':
      return mediaFromUrl('document', textField(fields, 'file_data'))
    default:
      reader.warn('unknown-part', path, 'a content part of unknown type; its JSON text bounds it')
      return { kind: 'unknown', json: reader.json(part, path) }
  }
}

/** Calls of one turn are items in a row. */
function addCall(messages: ChatMessage[], state: State, call: ToolCallPart): void {
  if (state.calls !== undefined && state.calls.turn === messages.at(-1)) {
    state.calls.parts.push(call)
    return
  }
  const parts = [call]
  const turn = message('assistant', parts)
  state.calls = { turn, parts }
  messages.push(turn)
}

function readTools(given: readonly unknown[], path: string, state: State): FunctionTool[] {
  const tools: FunctionTool[] = []
  given.forEach((tool, index) => {
    const name = isFields(tool) ? textField(tool, 'name') : undefined
    const type = isFields(tool) ? textField(tool, 'type') : undefined
    if (isFields(tool) && name !== undefined && (type === 'function' || type === 'custom' || type === undefined))
      tools.push({ name, description: textField(tool, 'description') ?? '', schema: field(tool, 'parameters') })
    else if (type !== undefined) state.hostedTools.push(type)
    else state.reader.malformed(join(path, index), 'a tool', tool)
  })
  return tools
}

function readToolChoice(choice: unknown): ToolChoice {
  if (choice === 'none') return { mode: 'none' }
  if (choice === 'required') return { mode: 'required' }
  const name = isFields(choice) ? textField(choice, 'name') : undefined
  return name === undefined ? { mode: 'auto' } : { mode: 'named', name }
}

function readFormat(fields: Fields): StructuredOutput | undefined {
  const format = innerFields(fields, 'text', 'format')
  if (format === undefined || field(format, 'type') !== 'json_schema') return undefined
  return {
    name: textField(format, 'name') ?? '',
    description: textField(format, 'description') ?? '',
    schema: field(format, 'schema'),
  }
}

/**
 * Settings that moved recorded bills, each known from one or two of them: plain text options and context management made them a few
 * tokens smaller; empty instructions came with a prompt of 216 to 229 tokens early in 2025, pro mode with one of 1,500.
 */
function readUnsettled(fields: Fields, reader: Reader): { tokens: number; below: number; above: number } {
  const text = fieldsField(fields, 'text') ?? {}
  const isPlain = innerField(text, 'format', 'type') === 'text'
  const managed = field(fields, 'context_management') !== undefined
  const isPro = innerText(fields, 'reasoning', 'mode') === 'pro'
  const less = (isPlain ? 1 : 0) + (textField(text, 'verbosity') === undefined ? 0 : 2) + (managed ? 3 : 0)
  const custom = customToolsMargin(reader.list(fields, 'tools', ''))
  const above = (field(fields, 'instructions') === '' ? 230 : 0) + (isPro ? 2000 : 0) + custom
  return { tokens: -less, below: less === 0 ? 0 : less + 1, above }
}

/** Fields that make the provider add input nobody sees in the body. */
function warnOfHiddenInput(fields: Fields, reader: Reader): void {
  for (const key of ['previous_response_id', 'conversation', 'prompt'])
    if (field(fields, key) !== undefined)
      reader.warn(
        'stored-context',
        key,
        'earlier content is kept at the provider and billed again; it is not in the body',
      )
  if (innerText(fields, 'reasoning', 'mode') === 'pro')
    reader.warn('hidden-prompt', 'reasoning.mode', 'pro mode runs the prompt several times with hidden input')
}
