/** AI SDK call options, versions 5 to 7: what `generateText` takes and what a model's `doGenerate` gets. */
import { type Fields, field, fieldsField, innerText, isFields, join, Reader, textField } from '../read.ts'
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
  fileData,
  kindOfMedia,
  media,
  mediaFromUrl,
  message,
  requireFields,
  roleOf,
  schemaOf,
  textPart,
} from './common.ts'

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readAiSdk(body: unknown): ChatRequest {
  const fields = requireFields(body, '')
  const reader = new Reader()
  const messages: ChatMessage[] = []
  messages.push(...readSystem(field(fields, 'system'), reader))
  const key = Array.isArray(field(fields, 'prompt')) ? 'prompt' : 'messages'
  const prompt = textField(fields, 'prompt')
  if (prompt !== undefined) messages.push(message('user', [textPart(prompt)]))
  else
    reader.list(fields, key, '').forEach((item, index) => {
      const path = join(key, index)
      if (isFields(item)) messages.push(message(roleOf(item, path, reader), readContent(item, path, reader)))
      else reader.malformed(path, 'a message', item)
    })
  const { tools, hostedTools } = readTools(field(fields, 'tools'), reader)
  return {
    messages,
    tools,
    laterTools: [],
    toolChoice: readToolChoice(field(fields, 'toolChoice')),
    structuredOutput: readFormat(
      fieldsField(fields, 'responseFormat') ?? { schema: schemaOf(field(fields, 'schema'), 'schema', reader) },
    ),
    reasoning: readReasoning(fields),
    hostedTools,
    warnings: reader.warnings,
  }
}

/** A text, a message, or a list of messages. */
function readSystem(system: unknown, reader: Reader): ChatMessage[] {
  if (typeof system === 'string') return [message('system', [textPart(system)])]
  const list = Array.isArray(system) ? system : system === undefined ? [] : [system]
  return reader.limited<unknown>(list, 'system').flatMap((item, index): ChatMessage[] => {
    const path = join('system', index)
    if (isFields(item)) return [message('system', readContent(item, path, reader))]
    reader.malformed(path, 'a text or a message', item)
    return []
  })
}

/** Reasoning as the options of a provider ask for it, in the words of its API. */
function readReasoning(fields: Fields): string | undefined {
  const options = fieldsField(fields, 'providerOptions') ?? {}
  const type = innerText(fieldsField(options, 'anthropic') ?? {}, 'thinking', 'type')
  if (type !== undefined) return type === 'disabled' ? undefined : type
  return textField(fieldsField(options, 'openai') ?? {}, 'reasoningEffort')
}

function readContent(item: Fields, path: string, reader: Reader): Part[] {
  const content = field(item, 'content')
  if (typeof content === 'string') return [textPart(content)]
  // Messages of a user interface have parts.
  const key = content === undefined && field(item, 'parts') !== undefined ? 'parts' : 'content'
  return reader
    .list(item, key, path)
    .map((part, index) => readPart(isFields(part) ? part : {}, join(join(path, key), index), reader))
}

function readPart(part: Fields, path: string, reader: Reader): Part {
  switch (field(part, 'type')) {
    case 'text':
      return textPart(reader.text(part, 'text', path))
    case 'reasoning':
      return { kind: 'reasoning', text: reader.text(part, 'text', path), opaque: false }
    case 'tool-call': {
      const input = field(part, 'input') ?? field(part, 'args') ?? {}
      const text = typeof input === 'string' ? input : reader.json(input, path)
      return { kind: 'tool-call', name: textField(part, 'toolName') ?? '', arguments: text, stored: false }
    }
    case 'tool-result': {
      const parts = readOutput(field(part, 'output') ?? field(part, 'result'), path, reader)
      return { kind: 'tool-result', name: textField(part, 'toolName'), parts }
    }
    case 'image':
    case 'file':
      return readFile(part)
    default:
      reader.warn('unknown-part', path, 'a content part of unknown type; its JSON text bounds it')
      return { kind: 'unknown', json: reader.json(part, path) }
  }
}

/** `{ type: 'text' | 'json' | 'content', value }` since version 5, the bare value before. */
function readOutput(output: unknown, path: string, reader: Reader): SimplePart[] {
  const value = isFields(output) && Object.hasOwn(output, 'value') ? field(output, 'value') : output
  if (typeof value === 'string') return [textPart(value)]
  if (isFields(output) && field(output, 'type') === 'content' && Array.isArray(value))
    return reader.limited<unknown>(value, path).map((item, index) => readOutputPart(item, join(path, index), reader))
  return [textPart(reader.json(value ?? null, path))]
}

/** Parts of a result are texts and files; a file is named `media`, `file`, `file-data`, `image-url`, …, by the version. */
function readOutputPart(item: unknown, path: string, reader: Reader): SimplePart {
  const part = isFields(item) ? item : {}
  const type = textField(part, 'type')
  if (type === 'text') return textPart(reader.text(part, 'text', path))
  if (type !== undefined && /^(?:media|file|image)(?:-data|-url)?$/.test(type)) return readFile(part)
  reader.warn('unknown-part', path, 'a part of a result of unknown type; its JSON text bounds it')
  return { kind: 'unknown', json: reader.json(item, path) }
}

function readFile(part: Fields): SimplePart {
  const mediaType = textField(part, 'mediaType') ?? textField(part, 'mimeType')
  const kind = textField(part, 'type')?.startsWith('image') === true ? 'image' : kindOfMedia(mediaType)
  const openai = fieldsField(fieldsField(part, 'providerOptions') ?? {}, 'openai') ?? {}
  const detail = textField(openai, 'imageDetail')
  const given = field(part, 'data') ?? field(part, 'image') ?? field(part, 'url')
  const content = isFields(given) ? (contentOf(given) ?? given) : given
  const data = content instanceof URL ? content.href : fileData(content)
  if (data === undefined || (typeof data === 'string' && /^(?:data|https?):/.test(data.slice(0, 8))))
    return mediaFromUrl(kind, data, detail)
  return media(kind, { mediaType, data, detail })
}

/** Version 7 says in what form a file is given: `{ type: 'data', data }`, `{ type: 'url', url }`, … */
function contentOf(given: Fields): unknown {
  const type = textField(given, 'type')
  return type === 'data' || type === 'url' ? field(given, type) : undefined
}

/** A list with names inside, or an object with a tool under each name. */
function readTools(given: unknown, reader: Reader): { tools: FunctionTool[]; hostedTools: string[] } {
  const tools: FunctionTool[] = []
  const hostedTools: string[] = []
  const entries: [string | undefined, unknown][] = Array.isArray(given)
    ? reader.limited(given as readonly unknown[], 'tools').map((tool: unknown) => [undefined, tool])
    : isFields(given)
      ? Object.entries(given)
      : []
  reader.limited(entries, 'tools')
  entries.forEach(([key, tool], index) => {
    const name = key ?? (isFields(tool) ? textField(tool, 'name') : undefined)
    const type = isFields(tool) ? textField(tool, 'type') : undefined
    if (!isFields(tool) || name === undefined) reader.malformed(join('tools', index), 'a tool', tool)
    else if (type !== undefined && type !== 'function' && type !== 'dynamic')
      hostedTools.push(textField(tool, 'id') ?? name)
    else {
      const given = field(tool, 'inputSchema') ?? field(tool, 'parameters')
      const schema = schemaOf(given, join('tools', name), reader)
      tools.push({ name, description: textField(tool, 'description') ?? '', schema })
    }
  })
  return { tools, hostedTools }
}

function readToolChoice(choice: unknown): ToolChoice {
  const type = isFields(choice) ? field(choice, 'type') : choice
  if (type === 'none') return { mode: 'none' }
  if (type === 'required') return { mode: 'required' }
  return type === 'tool' && isFields(choice)
    ? { mode: 'named', name: textField(choice, 'toolName') ?? '' }
    : { mode: 'auto' }
}

function readFormat(format: Fields | undefined): StructuredOutput | undefined {
  if (format === undefined) return undefined
  const schema = field(format, 'schema')
  return schema === undefined ? undefined : { name: textField(format, 'name') ?? '', description: '', schema }
}
