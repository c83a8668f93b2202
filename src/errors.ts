/**
 * Errors of tokenfare: data first, prose second.
 *
 * Every failure that a caller may want to handle is a {@link TokenfareError} with a literal `name`, a stable `code` and the
 * fields a handler needs. Wrong *kinds* of arguments are the built-in `TypeError` and `RangeError`, naming the argument.
 * Messages say what was expected, what came, and what to do.
 */

/** Stable identifiers of failures; a code is never reused with another meaning. */
export type TokenfareErrorCode =
  | 'unknown-model'
  | 'price-not-found'
  | 'invalid-usage'
  | 'invalid-price-table'
  | 'price-table-rejected'
  | 'invalid-request'
  | 'corrupt-vocabulary'
  | 'unsupported-tokenizer'
  | 'missing-encoding'
  | 'cost-limit-exceeded'
  | 'input-too-large'
  | 'aborted'
  | 'invalid-deployment'
  | 'unknown-name'

/** The marker lets `isTokenfareError` recognise errors of another copy of this package in the same process. */
const marker = Symbol.for('tokenfare.error')

export class TokenfareError extends Error {
  override name = 'TokenfareError'
  readonly code: TokenfareErrorCode

  constructor(code: TokenfareErrorCode, message: string, options?: { cause?: unknown }) {
    super(`tokenfare: ${message}`, options)
    this.code = code
    Object.defineProperty(this, marker, { value: true })
  }
}

/** True for any error of this library, also one thrown by another installed copy of it. */
export function isTokenfareError(value: unknown): value is TokenfareError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true
}

/** No entry, alias or dated snapshot has this id. It is never a price of 0. */
export class UnknownModelError extends TokenfareError {
  override name = 'UnknownModelError'
  /** The id as it was asked for. */
  readonly model: string
  /** Known ids that resemble it, best first; empty when none does. */
  readonly suggestions: readonly string[]

  constructor(model: string, suggestions: readonly string[]) {
    const hint =
      suggestions.length > 0 ? `did you mean ${suggestions.join(', ')}?` : 'listModels() names the known ones'
    super('unknown-model', `unknown model ${quote(model)}; ${hint}`)
    this.model = model
    this.suggestions = suggestions
  }
}

/** The model is known, but no rate is in force for the asked date, tier or region. */
export class PriceNotFoundError extends TokenfareError {
  override name = 'PriceNotFoundError'
  readonly model: string
  /** The instant that was asked for, ISO 8601 in UTC. */
  readonly at: string

  constructor(model: string, at: string, reason: string) {
    super('price-not-found', `no price for ${quote(model)} at ${at}: ${reason}`)
    this.model = model
    this.at = at
  }
}

/** A price file or table that does not follow its format. Nothing of it is used. */
export class InvalidPriceTableError extends TokenfareError {
  override name = 'InvalidPriceTableError'
  /** Where in the file, for example `models[3].periods[0].rates.input`, or `line 12`; empty for the whole. */
  readonly path: string

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super('invalid-price-table', `price table${path === '' ? '' : ` at ${path}`}: ${message}`, options)
    this.path = path
  }
}

/** A price table that could not be fetched or must not be trusted. The table in force stays in force. */
export class PriceTableRejectedError extends TokenfareError {
  override name = 'PriceTableRejectedError'
  readonly reason: 'unreachable' | 'timeout' | 'too-large' | 'insecure' | 'checksum' | 'version' | 'shrunk'

  constructor(reason: PriceTableRejectedError['reason'], message: string, options?: { cause?: unknown }) {
    super('price-table-rejected', message, options)
    this.reason = reason
  }
}

/** A usage object that no provider could have reported: negative, fractional, NaN, beyond 2^53, or parts above the whole. */
export class InvalidUsageError extends TokenfareError {
  override name = 'InvalidUsageError'
  /** The field at fault, for example `cacheReadTokens`, or `allowanceUsed.webSearches`. */
  readonly field: string
  readonly value: unknown

  constructor(field: string, value: unknown, expected: string) {
    const name = field.startsWith('allowanceUsed.') ? field : `usage.${field}`
    super('invalid-usage', `${name} must be ${expected}, got ${describe(value)}`)
    this.field = field
    this.value = value
  }
}

/** The request body is not one that can be read: not an object, a cycle, or a shape no supported API has. */
export class InvalidRequestError extends TokenfareError {
  override name = 'InvalidRequestError'
  /** Where in the body, for example `messages[2].content`. */
  readonly path: string

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super('invalid-request', path === '' ? message : `${path}: ${message}`, options)
    this.path = path
  }
}

/** Shows a value in a message: short, quoted, with control and bidi characters escaped, never calling its own methods. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return `${value}`
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Quotes hostile text for a message: at most 80 characters, everything outside printable ASCII and letters escaped. */
export function quote(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text
  return JSON.stringify(shown).replace(
    /[\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
