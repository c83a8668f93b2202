/**
 * Loads price tables from a file or over https, when the program asks for it, and decides what may be trusted. Either all of a table
 * is good and a new table is returned, or an error is thrown and the table in force stays as it was.
 */
import { describe, InvalidPriceTableError, PriceTableRejectedError } from '../errors.ts'
import { defaultTable } from './builtin.ts'
import { type DefineOptions, definePrices } from './define.ts'
import type { UserPriceFile } from './file.ts'
import { isRealDay } from './instant.ts'
import { parseJson } from './json-text.ts'
import { platform } from './platform.ts'
import { isRemote, readSource, type SourceOptions } from './price-source.ts'
import type { PriceTable } from './table.ts'

/** Several price files under one calendar version, such as a newer release of the built-in table. */
export interface PriceBundle {
  readonly version: string
  readonly asOf: string
  readonly sellers: readonly UserPriceFile[]
}

export interface LoadOptions extends Omit<DefineOptions, 'version' | 'asOf'>, SourceOptions {
  /** Expected SHA-256 of the bytes, in hex. Without it, a remote table must be a bundle with a newer version. */
  readonly sha256?: string
}

/** A table that lost more than this share of a seller's models is taken for broken. */
const MOST_LOST = 0.05
const VERSION = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\.\d{1,6})?$/

/**
 * A table loaded from a local path or an `https:` URL, laid over `base` (default: the built-in table).
 *
 * @throws PriceTableRejectedError when it cannot be fetched or must not be trusted; InvalidPriceTableError when it is malformed.
 * TypeError and RangeError for options of a wrong kind.
 */
export async function loadPrices(
  source: string | { readonly href: string },
  options: LoadOptions = {},
): Promise<PriceTable> {
  const location: unknown =
    typeof source === 'string' ? source : (source as { href?: unknown } | null | undefined)?.href
  if (typeof location !== 'string')
    throw new TypeError(`source: a path or an URL was expected, got ${describe(source)}`)
  checkLimits(options)
  const bytes = await readSource(location, options)
  if (options.sha256 !== undefined) await checkSum(bytes, options.sha256)
  const mustBeNewer = options.sha256 === undefined && isRemote(location)
  return tableFrom(bytes, mustBeNewer, options)
}

function checkLimits({ maxBytes, timeoutMs, sha256 }: LoadOptions): void {
  if (maxBytes !== undefined && !(maxBytes >= 1))
    throw new RangeError(`maxBytes: a number from 1 up was expected, got ${describe(maxBytes)}`)
  if (timeoutMs !== undefined && !(timeoutMs >= 1))
    throw new RangeError(`timeoutMs: a number from 1 up was expected, got ${describe(timeoutMs)}`)
  if (sha256 !== undefined && typeof sha256 !== 'string')
    throw new TypeError(`sha256: a text of 64 hexadecimal digits was expected, got ${describe(sha256)}`)
}

function tableFrom(bytes: Uint8Array, mustBeNewer: boolean, options: LoadOptions): PriceTable {
  const content = parseJson(decode(bytes))
  if (isBundle(content)) return tableOfBundle(content, mustBeNewer, options)
  if (mustBeNewer) {
    throw new PriceTableRejectedError(
      'version',
      'a remote price file needs a sha256, or must be a bundle with a version',
    )
  }
  return definePrices([content as UserPriceFile], options)
}

function tableOfBundle(bundle: PriceBundle, mustBeNewer: boolean, options: LoadOptions): PriceTable {
  const base = options.base === undefined ? defaultTable() : options.base
  const { version, asOf, sellers } = bundle
  if (typeof version !== 'string' || !isCalendarVersion(version)) {
    throw new InvalidPriceTableError('version', 'expected a calendar version such as "2026.11.22"')
  }
  if (typeof asOf !== 'string' || !isRealDay(asOf)) {
    throw new InvalidPriceTableError('asOf', 'expected a day such as "2026-11-22"')
  }
  if (base !== null && mustBeNewer && !isNewer(version, base.version)) {
    throw new PriceTableRejectedError('version', `version ${version} is not newer than ${base.version}`)
  }
  const table = definePrices(sellers, { ...options, version, asOf })
  if (base !== null) refuseShrunk(bundle, base)
  return table
}

/** The fields of a bundle are checked by {@link tableOfBundle}, and its files when they are compiled. */
function isBundle(content: unknown): content is PriceBundle {
  return typeof content === 'object' && content !== null && Array.isArray((content as { sellers?: unknown }).sellers)
}

/** Whether a version is that of a day that exists. */
function isCalendarVersion(version: string): boolean {
  const [, year = '', month = '', day = ''] = VERSION.exec(version) ?? []
  return isRealDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

/** Calendar versions compare number by number. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.+]/).map(Number))
  for (let i = 0; i < 4; i++) {
    const [left, right] = [a?.[i] || 0, b?.[i] || 0]
    if (left !== right) return left > right
  }
  return false
}

/** A bundle claims to be whole, so a seller that lost many models points to a broken export. */
function refuseShrunk(bundle: PriceBundle, base: PriceTable): void {
  for (const file of bundle.sellers) {
    const known = base.seller(file.seller)?.models.size ?? 0
    if (file.models.length < known * (1 - MOST_LOST)) {
      throw new PriceTableRejectedError('shrunk', `${file.seller} has ${file.models.length} models, it had ${known}`)
    }
  }
  // By name: a seller that is there twice, or under another name, makes up for none that is lost.
  const has = new Set(bundle.sellers.map(({ seller }) => seller))
  const kept = base.sellers.filter((seller) => has.has(seller)).length
  if (kept < base.sellers.length * (1 - MOST_LOST)) {
    throw new PriceTableRejectedError('shrunk', `the bundle has ${kept} of the ${base.sellers.length} sellers it had`)
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new platform.TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new InvalidPriceTableError('', 'is no UTF-8 text', { cause })
  }
}

async function checkSum(bytes: Uint8Array, expected: string): Promise<void> {
  const digest = new Uint8Array(await platform.crypto.subtle.digest('SHA-256', bytes))
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (found !== expected.toLowerCase()) {
    throw new PriceTableRejectedError('checksum', `the price table has sha256 ${found}, expected ${expected}`)
  }
}
