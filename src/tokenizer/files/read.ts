import { describe } from '../../errors.ts'
import type { TokenizerDefinition } from '../pipeline/definition.ts'
import { member, objectAt, parseBoundedJson } from './json.ts'
import { LIMITS, refuse } from './refuse.ts'
import { readSentencePiece } from './sentencepiece.ts'
import { readTekken } from './tekken.ts'
import { readTiktoken } from './tiktoken.ts'
import { modelTypeOf, readTokenizerJson } from './tokenizer-json.ts'

/** Formats of tokenizer files. */
export type TokenizerFormat = 'tokenizer.json' | 'tiktoken' | 'tekken.json' | 'sentencepiece'

export interface ReadOptions {
  /** Recognised by its content where it is not named. */
  readonly format?: TokenizerFormat
  /** For `.tiktoken` files: the splitting pattern in Rust syntax, or the name of a built-in one such as `cl100k`. */
  readonly pattern?: string
  /** For `.tiktoken` files: spelling → id of the special tokens. */
  readonly specialTokens?: Readonly<Record<string, number>>
}

/** What a file turned out to be: a definition, or a model of a type that only the optional peer reads. */
export type ReadResult =
  | { readonly definition: TokenizerDefinition }
  | { readonly modelType: string; readonly json: unknown }

const formats: readonly unknown[] = [
  'tokenizer.json',
  'tiktoken',
  'tekken.json',
  'sentencepiece',
] satisfies TokenizerFormat[]

/**
 * Reads a tokenizer file in any of the formats.
 * @throws TokenfareError `unsupported-tokenizer` with the reason.
 * @throws TypeError for an argument of a wrong kind.
 */
export function readTokenizerFile(source: Uint8Array | string | object, options: ReadOptions = {}): ReadResult {
  checkArguments(source, options)
  if (typeof source === 'object' && !(source instanceof Uint8Array)) return readParsed(source, options.format)
  if (source.length > LIMITS.fileBytes) refuse(`it has more than ${LIMITS.fileBytes} bytes`)
  const format = options.format ?? formatOf(source)
  if (format === 'sentencepiece') {
    if (typeof source === 'string') return refuse('a SentencePiece model is bytes, not text')
    return { definition: readSentencePiece(source) }
  }
  // A byte order mark is no part of any of these formats.
  const text = (typeof source === 'string' ? source : decodeUtf8(source)).replace(/^\uFEFF/, '')
  if (format === 'tiktoken') return { definition: readTiktoken(text, options.pattern, options.specialTokens) }
  return readParsed(parseBoundedJson(text), options.format)
}

function checkArguments(source: unknown, { format, pattern }: ReadOptions): void {
  if (typeof source !== 'string' && typeof source !== 'object')
    throw new TypeError(`source: bytes, a text or parsed JSON was expected, got ${typeof source}`)
  if (format !== undefined && !formats.includes(format))
    throw new TypeError(`format: one of ${formats.join(', ')} was expected, got ${describe(format)}`)
  if (pattern !== undefined && typeof pattern !== 'string')
    throw new TypeError(`pattern: a string was expected, got ${describe(pattern)}`)
}

function readParsed(value: unknown, format: TokenizerFormat | undefined): ReadResult {
  if (format === 'tekken.json' || (format === undefined && isTekken(value))) return { definition: readTekken(value) }
  const modelType = modelTypeOf(value)
  if (modelType === 'Unigram' || modelType === 'WordPiece' || modelType === 'WordLevel')
    return { modelType, json: value }
  return { definition: readTokenizerJson(value) }
}

function isTekken(value: unknown): boolean {
  const file = objectAt(value, 'the file')
  return member(file, 'config') !== undefined && member(file, 'model') === undefined
}

/** JSON begins with a brace, a `.tiktoken` file with base64; a SentencePiece model with the tag of its first piece, a line feed. */
function formatOf(source: Uint8Array | string): TokenizerFormat {
  const start = typeof source === 'string' ? source.slice(0, 64) : String.fromCharCode(...source.subarray(0, 64))
  if (
    /^(?:\u00ef\u00bb\u00bf|\ufeff)?[ \t\r\n]*\{/.test(start) &&
    !(source instanceof Uint8Array && isModelStart(start))
  )
    return 'tokenizer.json'
  if (/^(?:\u00ef\u00bb\u00bf|\ufeff)?[A-Za-z0-9+/]+={0,2} \d/.test(start)) return 'tiktoken'
  return typeof source === 'string'
    ? refuse('its format is not recognised; name it with the option `format`')
    : 'sentencepiece'
}

/** A first piece of 123 bytes would begin like JSON. */
function isModelStart(start: string): boolean {
  return start.startsWith('\n{\n')
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('it is not UTF-8')
  }
}
