/** OpenAI Chat Completions, and the many APIs that take its body. */
import { describe } from '../../errors.ts'
import { type Fields, field, fieldsField, innerFields, innerText, isFields, join, Reader, textField } from '../read.ts'
import type {
  ChatMessage,
  ChatRequest,
  FunctionTool,
  Part,
  SimplePart,
  StructuredOutput,
  ToolChoice,
} from '../request.ts'
import {
  customToolsMargin,
  media,
  mediaFromUrl,
  message,
  plainMessage,
  requireFields,
  roleOf,
  textPart,
} from './common.ts'

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readOpenAiChat(body: unknown): ChatRequest {
  const fields = requireFields(body, '')
  const reader = new Reader()
  const names = new Map<string, string>()
  const messages: ChatMessage[] = []
  reader.list(fields, 'messages', '').forEach((item, index) => {
    const read = plainMessage(item) ?? readMessage(item, join('messages', index), names, reader)
    if (read !== undefined) messages.push(read)
  })
  const { tools, hostedTools } = readTools(fields, reader)
  const preset = field(fields, 'preset') !== undefined
  if (preset) reader.warn('hidden-prompt', 'preset', 'a preset of the gateway may add a prompt that is not in the body')
  if (isFields(field(fields, 'web_search_options'))) hostedTools.push('web_search')
  hostedTools.push(...searchesOf(fields, reader))
  return {
    messages,
    tools,
    laterTools: [],
    toolChoice: readToolChoice(fields),
    structuredOutput: readResponseFormat(fields),
    reasoning: readReasoning(fields),
    hostedTools,
    unsettled: { below: 0, above: (preset ? 60 : 0) + customToolsMargin(reader.list(fields, 'tools', '')) },
    warnings: reader.warnings,
  }
}

/** The effort, `enabled` when a gateway switches reasoning on in another way, or `none` where `thinking` is off (DeepSeek, Z.ai, Moonshot). */
function readReasoning(fields: Fields): string | undefined {
  if (innerText(fields, 'thinking', 'type') === 'disabled') return 'none'
  const reasoning = fieldsField(fields, 'reasoning')
  const effort = textField(fields, 'reasoning_effort') ?? textField(reasoning ?? {}, 'effort')
  return effort ?? (reasoning === undefined ? undefined : 'enabled')
}

function readMessage(item: unknown, path: string, names: Map<string, string>, reader: Reader): ChatMessage | undefined {
  if (!isFields(item)) {
    reader.malformed(path, 'a message', item)
    return undefined
  }
  const role = roleOf(item, path, reader)
  const content = readContent(item, path, reader)
  if (role === 'tool') {
    const id = textField(item, 'tool_call_id')
    const name = textField(item, 'name') ?? (id === undefined ? undefined : names.get(id))
    return message('tool', [{ kind: 'tool-result', name, parts: content }])
  }
  const reasoning = textField(item, 'reasoning_content') ?? textField(item, 'reasoning')
  const thought: Part[] = reasoning === undefined ? [] : [{ kind: 'reasoning', text: reasoning, opaque: false }]
  const parts = [...thought, ...content, ...readToolCalls(item, path, names, reader)]
  const refusal = textField(item, 'refusal')
  if (refusal !== undefined) parts.push(textPart(refusal))
  return message(role, parts, textField(item, 'name'))
}

function readToolCalls(item: Fields, path: string, names: Map<string, string>, reader: Reader): Part[] {
  const calls = reader.list(item, 'tool_calls', path)
  const legacy = fieldsField(item, 'function_call')
  const bodies = calls.map((call) => ({ call, inner: isFields(call) ? definitionOf(call) : undefined }))
  if (legacy !== undefined) bodies.push({ call: legacy, inner: legacy })
  return bodies.flatMap(({ call, inner }, index): Part[] => {
    const callPath = join(join(path, 'tool_calls'), index)
    if (inner === undefined) {
      reader.warn('unknown-part', callPath, `expected a function call, got ${describe(call)}; its JSON text bounds it`)
      return isFields(call) ? [{ kind: 'unknown', json: reader.json(call, callPath) }] : []
    }
    const name = textField(inner, 'name') ?? ''
    const id = textField(call as Fields, 'id')
    if (id !== undefined) names.set(id, name)
    const given = field(inner, 'arguments') ?? field(inner, 'input')
    const text = typeof given === 'string' ? given : reader.json(given ?? {}, callPath)
    return [{ kind: 'tool-call', name, arguments: text, stored: false }]
  })
}

function readContent(item: Fields, path: string, reader: Reader): SimplePart[] {
  const content = field(item, 'content')
  if (content === undefined) return []
  if (typeof content === 'string') return [textPart(content)]
  const contentPath = join(path, 'content')
  return reader.list(item, 'content', path).map((part, index) => readPart(part, join(contentPath, index), reader))
}

function readPart(part: unknown, path: string, reader: Reader): SimplePart {
  if (typeof part === 'string') return textPart(part)
  const fields = isFields(part) ? part : {}
  switch (field(fields, 'type')) {
    case 'text':
    case 'refusal':
      return textPart(reader.text(fields, field(fields, 'type') as string, path))
    case 'image_url':
      return readImageUrl(fields)
    case 'thinking':
      return textPart(thinkingText(fields, path, reader))
    case 'input_audio': {
      // Mistral takes the sound itself, or its URL, in place of an object.
      const given = textField(fields, 'input_audio')
      if (given !== undefined && /^(?:data|https?):/.test(given.slice(0, 8))) return mediaFromUrl('audio', given)
      const audio = fieldsField(fields, 'input_audio') ?? {}
      return media('audio', {
        data: given ?? textField(audio, 'data'),
        mediaType: `audio/${textField(audio, 'format') ?? 'wav'}`,
      })
    }
    case 'file':
      return mediaFromUrl('document', innerText(fields, 'file', 'file_data'))
    case 'document_url':
      return mediaFromUrl('document', urlField(fields, 'document_url'))
    case 'video_url':
      return mediaFromUrl('video', urlField(fields, 'video_url'))
    case 'audio_url':
      return mediaFromUrl('audio', urlField(fields, 'audio_url'))
    case 'document':
      return readFinding(fields, path, reader)
    default:
      reader.warn('unknown-part', path, 'a content part of unknown type; its JSON text bounds it')
      return { kind: 'unknown', json: reader.json(part, path) }
  }
}

/** What a tool of Cohere's found, as an object or as text. */
function readFinding(fields: Fields, path: string, reader: Reader): SimplePart {
  const found = fieldsField(fields, 'document')
  if (found === undefined) return { kind: 'unknown', json: reader.json(fields, path) }
  return textPart(textField(found, 'data') ?? reader.json(field(found, 'data') ?? found, path))
}

/** Searches that xAI and OpenRouter are asked for beside the tools. */
function searchesOf(fields: Fields, reader: Reader): string[] {
  const live = fieldsField(fields, 'search_parameters')
  const isLive = live !== undefined && field(live, 'mode') !== 'off'
  const plugins = reader
    .list(fields, 'plugins', '')
    .flatMap((plugin) => (isFields(plugin) ? (textField(plugin, 'id') ?? []) : []))
  return [...(isLive ? ['live search'] : []), ...plugins]
}

/** Mistral's thoughts: a list of texts. */
function thinkingText(fields: Fields, path: string, reader: Reader): string {
  const thought = field(fields, 'thinking')
  if (typeof thought === 'string') return thought
  return reader
    .list(fields, 'thinking', path)
    .map((part) => (isFields(part) ? (textField(part, 'text') ?? '') : ''))
    .join('')
}

function readImageUrl(fields: Fields): SimplePart {
  const detail = textField(fieldsField(fields, 'image_url') ?? fields, 'detail')
  return mediaFromUrl('image', urlField(fields, 'image_url'), detail)
}

/** `{ url }`, or the URL itself as Mistral takes it. */
function urlField(fields: Fields, key: string): string | undefined {
  return textField(fields, key) ?? textField(fieldsField(fields, key) ?? {}, 'url')
}

/** What a tool or a call holds under the name of its type. */
function definitionOf(item: Fields): Fields | undefined {
  return fieldsField(item, 'function') ?? fieldsField(item, 'custom')
}

function readTools(fields: Fields, reader: Reader): { tools: FunctionTool[]; hostedTools: string[] } {
  const tools: FunctionTool[] = []
  const hostedTools: string[] = []
  const current = reader.list(fields, 'tools', '')
  const given = [...current, ...reader.list(fields, 'functions', '')]
  given.forEach((tool, index) => {
    const inner = isFields(tool) ? (definitionOf(tool) ?? tool) : undefined
    const name = inner === undefined ? undefined : textField(inner, 'name')
    if (inner === undefined || (name === undefined && textField(inner, 'type') === undefined))
      reader.malformed(join('tools', index), 'a tool', tool)
    else if (name === undefined) hostedTools.push(textField(inner, 'type')!)
    else
      tools.push({
        name,
        description: textField(inner, 'description') ?? '',
        schema: field(inner, 'parameters'),
        legacy: index >= current.length,
      })
  })
  return { tools, hostedTools }
}

function readToolChoice(fields: Fields): ToolChoice {
  const legacy = field(fields, 'function_call')
  const choice = legacy ?? field(fields, 'tool_choice')
  if (choice === 'none') return { mode: 'none' }
  if (choice === 'required' || choice === 'any') return { mode: 'required' }
  if (!isFields(choice)) return { mode: 'auto' }
  const name = textField(definitionOf(choice) ?? choice, 'name')
  return name === undefined ? { mode: 'required' } : { mode: 'named', name, legacy: legacy !== undefined }
}

function readResponseFormat(fields: Fields): StructuredOutput | undefined {
  const format = innerFields(fields, 'response_format', 'json_schema')
  if (format === undefined) return undefined
  return {
    name: textField(format, 'name') ?? '',
    description: textField(format, 'description') ?? '',
    schema: field(format, 'schema'),
  }
}
