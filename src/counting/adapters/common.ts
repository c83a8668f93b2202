/** What the readers of several APIs share. */
import { describe, InvalidRequestError } from '../../errors.ts'
import { type Fields, field, fieldsField, isFields, join, type Reader, textField } from '../read.ts'
import type { ChatMessage, FileData, MediaPart, Role, TextPart } from '../request.ts'

const roles: ReadonlyMap<unknown, Role> = new Map<unknown, Role>([
  ['system', 'system'],
  ['developer', 'developer'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['model', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
])

/** The role of a message; an unknown one counts as `user`, with a warning. */
export function roleOf(item: Fields, path: string, reader: Reader): Role {
  const role = roles.get(field(item, 'role'))
  if (role === undefined) reader.warn('unknown-role', join(path, 'role'), 'unknown role; counted as user')
  return role ?? 'user'
}

export function textPart(text: string): TextPart {
  return { kind: 'text', text }
}

export function message(role: Role, parts: ChatMessage['parts'], name?: string): ChatMessage {
  return { role, name, parts }
}

/** A message of a role and a text and nothing else, as most are, read at once; `undefined` for all others. */
export function plainMessage(item: unknown): ChatMessage | undefined {
  if (!isFields(item)) return undefined
  const keys = Object.keys(item)
  if (keys.length !== 2 || !keys.includes('role') || !keys.includes('content')) return undefined
  const role = roles.get(item['role'])
  const content = item['content']
  if (role === undefined || role === 'tool' || typeof content !== 'string' || content === '') return undefined
  return message(role, [textPart(content)])
}

/**
 * Tokens that OpenAI's custom tools may take beside their names and descriptions: no bill has one, so that their frame is not known, nor
 * whether the grammar of their input stands in the prompt.
 */
export function customToolsMargin(tools: readonly unknown[]): number {
  return tools.reduce<number>((sum, tool) => {
    if (!isFields(tool) || field(tool, 'type') !== 'custom') return sum
    const format = fieldsField(fieldsField(tool, 'custom') ?? tool, 'format') ?? {}
    const grammar = textField(fieldsField(format, 'grammar') ?? format, 'definition') ?? ''
    return sum + 20 + Math.ceil(grammar.length / 2)
  }, 0)
}

/**
 * The JSON Schema in what SDKs take for one: a schema itself, one wrapped by the AI SDK, or a validator such as zod's. What such an object is
 * made of is no schema; one that cannot tell its schema (Standard JSON Schema, zod 4) is left out, with a warning.
 */
export function schemaOf(given: unknown, path: string, reader: Reader): unknown {
  if (!isFields(given)) return given
  const wrapped = fieldsField(given, 'jsonSchema')
  if (wrapped !== undefined) return wrapped
  const standard = (given as { readonly '~standard'?: unknown })['~standard']
  const isValidator = isFields(standard) || '_def' in given || '_zod' in given
  if (!isValidator) return given
  const told = jsonSchemaOf(given, isFields(standard) ? standard : {})
  if (told === undefined) reader.malformed(path, 'a JSON Schema (zod: z.toJSONSchema)', given)
  return told
}

function jsonSchemaOf(validator: object, standard: Fields): unknown {
  const { toJSONSchema } = validator as { readonly toJSONSchema?: unknown }
  if (typeof toJSONSchema === 'function') return toJSONSchema.call(validator) as unknown
  const convert = isFields(standard['jsonSchema']) ? standard['jsonSchema']['input'] : undefined
  return typeof convert === 'function' ? (convert({ target: 'draft-2020-12' }) as unknown) : undefined
}

/** A medium of which nothing is known yet but its kind. */
export function media(kind: MediaPart['kind'], known: Partial<Omit<MediaPart, 'kind'>> = {}): MediaPart {
  return {
    kind,
    detail: undefined,
    data: undefined,
    mediaType: undefined,
    width: undefined,
    height: undefined,
    seconds: undefined,
    pages: undefined,
    ...known,
  }
}

/** @throws InvalidRequestError when the body is no object. */
export function requireFields(body: unknown, path: string): Fields {
  if (isFields(body)) return body
  throw new InvalidRequestError(path, `expected an object, got ${describe(body)}`)
}

const dataUrlStart = /^data:([a-z0-9.+/-]{0,80})(?:;[a-z0-9=.-]{1,40}){0,4};base64,/i

/** A medium given by URL: a `data:` URL holds the file itself. */
export function mediaFromUrl(kind: MediaPart['kind'], url: string | undefined, detail?: string): MediaPart {
  const match = url === undefined ? null : dataUrlStart.exec(url.slice(0, 300))
  if (url === undefined || match === null) return media(kind, { detail })
  return media(kind, { detail, mediaType: match[1]?.toLowerCase(), data: url.slice(match[0].length) })
}

/** A file as SDKs take it: base64 text, a `Uint8Array` (a `Buffer` is one), or an `ArrayBuffer`; `undefined` for anything else. */
export function fileData(value: unknown): FileData | undefined {
  if (typeof value === 'string') return value
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined
}

/** The kind of medium that a media type names; documents are the rest. */
export function kindOfMedia(mediaType: string | undefined): MediaPart['kind'] {
  const kind = mediaType?.slice(0, mediaType.indexOf('/')).toLowerCase()
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document'
}
