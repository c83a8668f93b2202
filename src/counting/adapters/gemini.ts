/** Gemini `generateContent`, Developer API and Vertex. Both spellings of fields, camelCase and snake_case, are read. */
import { type Fields, field, isFields, join, Reader, textField } from '../read.ts'
import type {
  ChatMessage,
  ChatRequest,
  FunctionTool,
  MediaPart,
  Part,
  Role,
  StructuredOutput,
  ToolChoice,
} from '../request.ts'
import { kindOfMedia, media, message, requireFields, roleOf, textPart } from './common.ts'

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readGemini(body: unknown): ChatRequest {
  const fields = requireFields(body, '')
  const reader = new Reader()
  const config = fieldsEither(fields, 'generationConfig') ?? fieldsEither(fields, 'config') ?? {}
  const resolution = textEither(config, 'mediaResolution')
  const messages: ChatMessage[] = []
  const system = either(fields, 'systemInstruction') ?? either(config, 'systemInstruction')
  readContents(system, 'systemInstruction', 'system', resolution, messages, reader)
  readContents(field(fields, 'contents'), 'contents', 'user', resolution, messages, reader)
  const { tools, hostedTools } = readTools(fields, config, reader)
  if (either(fields, 'cachedContent') !== undefined || either(config, 'cachedContent') !== undefined)
    reader.warn(
      'stored-context',
      'cachedContent',
      'cached content is kept at the provider and billed; it is not in the body',
    )
  return {
    messages,
    tools,
    laterTools: [],
    toolChoice: readToolChoice(fieldsEither(fields, 'toolConfig') ?? fieldsEither(config, 'toolConfig') ?? {}),
    structuredOutput: readResponseSchema(config),
    reasoning: undefined,
    hostedTools,
    warnings: reader.warnings,
  }
}

/** Names in snake_case by those in camelCase; the names are those in this file. */
const snakeCase = new Map<string, string>()

/** A field in camelCase or in snake_case. */
function either(fields: Fields, name: string): unknown {
  const value = field(fields, name)
  if (value !== undefined) return value
  let snake = snakeCase.get(name)
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    snakeCase.set(name, snake)
  }
  return field(fields, snake)
}

function fieldsEither(fields: Fields, name: string): Fields | undefined {
  const value = either(fields, name)
  return isFields(value) ? value : undefined
}

function textEither(fields: Fields, name: string): string | undefined {
  const value = either(fields, name)
  return typeof value === 'string' ? value : undefined
}

/** Contents as the API and its SDK take them: a text, a part, a content, or a list of any; parts in a row are one message. */
function readContents(
  given: unknown,
  path: string,
  role: Role,
  resolution: string | undefined,
  messages: ChatMessage[],
  reader: Reader,
): void {
  if (given === undefined) return
  const isList = Array.isArray(given)
  let parts: Part[] = []
  const close = (): void => {
    if (parts.length > 0) messages.push(message(role, parts))
    parts = []
  }
  reader.limited<unknown>(isList ? given : [given], path).forEach((item, index) => {
    const itemPath = isList ? join(path, index) : path
    if (typeof item === 'string') parts.push(textPart(item))
    else if (!isFields(item)) reader.malformed(itemPath, 'a content', item)
    else if (field(item, 'parts') === undefined) {
      // A content without parts, as of an empty answer, has a role alone.
      if (field(item, 'role') === undefined) parts.push(readPart(item, itemPath, resolution, reader))
    } else {
      close()
      const isAnswer = role === 'user' && field(item, 'role') !== undefined
      const own = isAnswer ? roleOf(item, itemPath, reader) : role
      messages.push(message(own, readParts(item, itemPath, resolution, reader)))
    }
  })
  close()
}

function readParts(item: Fields, path: string, resolution: string | undefined, reader: Reader): Part[] {
  return reader.list(item, 'parts', path).map((part, index) => {
    const partPath = join(join(path, 'parts'), index)
    if (typeof part === 'string') return textPart(part)
    return readPart(isFields(part) ? part : {}, partPath, resolution, reader)
  })
}

function readPart(part: Fields, path: string, resolution: string | undefined, reader: Reader): Part {
  const text = textField(part, 'text')
  if (text !== undefined)
    return field(part, 'thought') === true ? { kind: 'reasoning', text, opaque: false } : textPart(text)
  const call = fieldsEither(part, 'functionCall')
  if (call !== undefined)
    return {
      kind: 'tool-call',
      name: textField(call, 'name') ?? '',
      arguments: reader.json(field(call, 'args') ?? {}, path),
      stored: false,
    }
  const response = fieldsEither(part, 'functionResponse')
  if (response !== undefined) {
    // Only media: a response inside a response would nest without end.
    const parts = reader
      .list(response, 'parts', path)
      .flatMap((item) => (isFields(item) ? (readFile(item, resolution) ?? []) : []))
    const answer = textPart(reader.json(field(response, 'response') ?? {}, path))
    return { kind: 'tool-result', name: textField(response, 'name'), parts: [answer, ...parts] }
  }
  const file = readFile(part, resolution)
  if (file !== undefined) return file
  reader.warn('unknown-part', path, 'a part of unknown kind; its JSON text bounds it')
  return { kind: 'unknown', json: reader.json(part, path) }
}

function readFile(part: Fields, resolution: string | undefined): MediaPart | undefined {
  const file = fieldsEither(part, 'inlineData') ?? fieldsEither(part, 'fileData')
  if (file === undefined) return undefined
  const mediaType = textEither(file, 'mimeType')
  const detail = textField(fieldsEither(part, 'mediaResolution') ?? {}, 'level') ?? resolution
  const data = textField(file, 'data')
  return media(kindOfMedia(mediaType), { mediaType, detail, data, seconds: clipSeconds(part) })
}

/** Seconds of a clip that `videoMetadata` cuts out, at one frame a second; at `fps` frames it is billed like a film so many times as long. */
function clipSeconds(part: Fields): number | undefined {
  const metadata = fieldsEither(part, 'videoMetadata') ?? {}
  const [start, end] = [offsetOf(metadata, 'startOffset') ?? 0, offsetOf(metadata, 'endOffset')]
  if (end === undefined || end <= start) return undefined
  const fps = field(metadata, 'fps')
  return (end - start) * (typeof fps === 'number' && fps > 0 && fps <= 24 ? fps : 1)
}

/** `"12.5s"`, as durations are written in JSON. */
function offsetOf(metadata: Fields, name: string): number | undefined {
  const match = /^(\d{1,6}(?:\.\d{1,9})?)s$/.exec(textEither(metadata, name) ?? '')
  return match === null ? undefined : Number(match[1])
}

function readTools(fields: Fields, config: Fields, reader: Reader): { tools: FunctionTool[]; hostedTools: string[] } {
  const tools: FunctionTool[] = []
  const hostedTools: string[] = []
  const given = [...reader.list(fields, 'tools', ''), ...reader.list(config, 'tools', 'config')]
  given.forEach((tool, index) => {
    const path = join('tools', index)
    if (!isFields(tool)) {
      reader.malformed(path, 'a tool', tool)
      return
    }
    for (const key of Object.keys(tool)) if (!/^function_?declarations$/i.test(key)) hostedTools.push(key)
    const declarations = either(tool, 'functionDeclarations')
    for (const declaration of Array.isArray(declarations) ? reader.limited(declarations, path) : []) {
      if (!isFields(declaration)) continue
      const jsonSchema = either(declaration, 'parametersJsonSchema')
      const schema = jsonSchema ?? field(declaration, 'parameters')
      const description = textField(declaration, 'description') ?? ''
      const name = textField(declaration, 'name') ?? ''
      tools.push({ name, description, schema, isJsonSchema: jsonSchema !== undefined })
    }
  })
  return { tools, hostedTools }
}

function readToolChoice(config: Fields): ToolChoice {
  const mode = textField(fieldsEither(config, 'functionCallingConfig') ?? {}, 'mode')?.toUpperCase()
  if (mode === 'NONE') return { mode: 'none' }
  return mode === 'ANY' || mode === 'VALIDATED' ? { mode: 'required' } : { mode: 'auto' }
}

function readResponseSchema(config: Fields): StructuredOutput | undefined {
  const schema = either(config, 'responseJsonSchema') ?? either(config, 'responseSchema')
  return schema === undefined ? undefined : { name: '', description: '', schema }
}
