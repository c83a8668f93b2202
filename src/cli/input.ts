/** Reading what is to be counted: files, standard input, request bodies in JSON. */
import { joinedBytes } from '../bytes.ts'
import { type CliIo, InputError, UsageError } from './io.ts'

/** Longest input that is read at once: the text must fit a string, with room for its JSON. */
export const MAX_BYTES = 256 * 1024 * 1024

export interface Input {
  /** The path as given; `-` for standard input. */
  readonly name: string
  readonly text: string
}

/** Reads a path, or standard input for `-`. @throws InputError */
export async function readInput(name: string, io: CliIo): Promise<Input> {
  const bytes = name === '-' ? await readStdin(io) : await readPath(name, io)
  if (bytes.length > MAX_BYTES) throw new InputError(`${name}: more than ${MAX_BYTES / 2 ** 20} MiB`)
  return { name, text: textOf(bytes, name) }
}

/**
 * The text of a file. A byte order mark is kept: a provider that is sent it bills it. Invalid UTF-8 becomes U+FFFD, as it would in a request.
 *
 * @throws InputError for UTF-16
 */
export function textOf(bytes: Uint8Array, name: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new InputError(`${name}: UTF-16 text; convert it to UTF-8 first`)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** The one input of a command: the named one, else what is piped in. @throws UsageError when there is neither. */
export async function readOnlyInput(names: readonly string[], io: CliIo): Promise<Input> {
  if (names.length > 1) throw new UsageError(`one FILE was expected, got ${names.length}`)
  if (names.length === 0 && io.stdinIsTerminal) throw new UsageError('no input: name a FILE, or pipe text in')
  return readInput(names[0] ?? '-', io)
}

/**
 * The request that an input holds: a JSON object is a provider-native body, a list its messages, anything else is the text of a prompt.
 * `asText` takes JSON as text too.
 */
export function requestOf(input: Input, asText: boolean): string | Record<string, unknown> {
  // A byte order mark is no part of JSON, which editors may write before it all the same.
  const json = input.text.startsWith('\uFEFF') ? input.text.slice(1) : input.text
  if (asText || !/^\s*[{[]/.test(json)) return input.text
  try {
    const body: unknown = JSON.parse(json)
    if (Array.isArray(body) && body.length > 0 && body.every(looksLikeMessage)) return { messages: body }
    if (typeof body === 'object' && body !== null && looksLikeRequest(body)) return body as Record<string, unknown>
  } catch {
    // A prompt may begin with a brace or a bracket; only whole JSON values are bodies.
  }
  return input.text
}

/** Fields of which every supported request body has one. */
const requestFields = ['messages', 'input', 'contents', 'prompt', 'message', 'modelId']

function looksLikeRequest(body: object): boolean {
  return requestFields.some((field) => Object.hasOwn(body, field))
}

/** A message of any API or of LangChain; a list of them is the messages of a chat. */
function looksLikeMessage(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return false
  const hasContent = ['content', 'tool_calls', 'kwargs'].some((field) => Object.hasOwn(item, field))
  return hasContent && ['role', 'type', 'lc'].some((field) => Object.hasOwn(item, field))
}

/** Bytes of a file. @throws InputError */
export async function readPath(path: string, io: CliIo): Promise<Uint8Array> {
  try {
    return await io.readFile(path)
  } catch (error) {
    throw new InputError(`${path}: ${reasonOf(error)}`, { cause: error })
  }
}

/** Why a file could not be read or written, in words. */
const reasons: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'no such file'],
  ['EISDIR', 'is a directory'],
  ['EACCES', 'permission denied'],
  ['EEXIST', 'exists already; --force replaces it'],
  ['ENOTFILE', 'is no regular file'],
  ['ENOSPC', 'no space is left'],
  ['ERR_FS_FILE_TOO_LARGE', 'too large to read at once'],
])

export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return reasons.get(code) ?? (typeof code === 'string' ? code : String(error))
}

async function readStdin(io: CliIo): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of io.stdin) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_BYTES) throw new InputError(`standard input: more than ${MAX_BYTES / 2 ** 20} MiB`)
  }
  return joinedBytes(chunks)
}

/** A request for an estimate: a body as it is, a text as the prompt of one user message. */
export function promptOf(input: Input, asText: boolean): Record<string, unknown> {
  const request = requestOf(input, asText)
  return typeof request === 'string' ? { prompt: request } : request
}
