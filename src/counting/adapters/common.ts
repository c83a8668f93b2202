/** What the readers of several APIs share. */
import { describe, InvalidRequestError } from '../../errors.ts'
import { type Fields, field, isFields, join, type Reader } from '../read.ts'
import type { ChatMessage, MediaPart, Role, TextPart } from '../request.ts'

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
  if (role === undefined) reader.warn('malformed-field', join(path, 'role'), 'unknown role; counted as user')
  return role ?? 'user'
}

export function textPart(text: string): TextPart {
  return { kind: 'text', text }
}

export function message(role: Role, parts: ChatMessage['parts'], name?: string): ChatMessage {
  return { role, name, parts }
}

/** A medium of which nothing is known yet but its kind. */
export function media(kind: MediaPart['kind'], known: Partial<Omit<MediaPart, 'kind'>> = {}): MediaPart {
  return {
    kind,
    detail: undefined,
    width: undefined,
    height: undefined,
    seconds: undefined,
    pages: undefined,
    text: undefined,
    ...known,
  }
}

/** @throws InvalidRequestError when the body is no object. */
export function requireFields(body: unknown, path: string): Fields {
  if (isFields(body)) return body
  throw new InvalidRequestError(path, `expected an object, got ${describe(body)}`)
}
