/**
 * Loads price tables from a file or over https, when the program asks for it. Either all of a table is good and a new table is
 * returned, or an error is thrown and the table in force stays as it was.
 */
import { joinedBytes } from '../bytes.ts'
import { describe, InvalidPriceTableError, PriceTableRejectedError } from '../errors.ts'
import { defaultTable } from './builtin.ts'
import { type DefineOptions, definePrices } from './define.ts'
import type { UserPriceFile } from './file.ts'
import { isRealDay } from './instant.ts'
import { parseJson } from './json-text.ts'
import type { PriceTable } from './table.ts'

/** Several price files under one calendar version, such as a newer release of the built-in table. */
export interface PriceBundle {
  readonly version: string
  readonly asOf: string
  readonly sellers: readonly UserPriceFile[]
}

/** The part of `fetch` that is used. */
export type FetchLike = (
  url: string,
  init: { readonly redirect: 'error'; readonly signal: unknown; readonly headers: Readonly<Record<string, string>> },
) => Promise<ResponseLike>
interface ResponseLike {
  readonly ok: boolean
  readonly status: number
  readonly body: {
    getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> }
  } | null
}

export interface LoadOptions extends Omit<DefineOptions, 'version' | 'asOf'> {
  /** Default: the platform's `fetch`. */
  readonly fetch?: FetchLike
  /** Reads a local file. Default: Node's `fs.promises.readFile`, imported on first use. */
  readonly readFile?: (path: string) => Promise<Uint8Array>
  /** Time for the whole transfer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
  /** Largest file that is read, in bytes. Default 5 MB. */
  readonly maxBytes?: number
  /** Expected SHA-256 of the bytes, in hex. Without it, a remote table must be a bundle with a newer version. */
  readonly sha256?: string
}

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_MAX_BYTES = 5_000_000
const FIRST_READ_BYTES = 65_536
/** Reads without a byte between two turns of the event loop. */
const MOST_EMPTY_READS = 1000
/** A table that lost more than this share of a seller's models is taken for broken. */
const MOST_LOST = 0.05
/** Longest delay of a timer; a longer one would fire at once. */
const MOST_TIMEOUT_MS = 2 ** 31 - 1
const VERSION = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\.\d{1,6})?$/

/** What the platform offers, typed here because the library is written for browsers, edge workers and Node alike. */
interface Platform {
  readonly fetch?: FetchLike
  readonly crypto: { readonly subtle: { digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer> } }
  readonly TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string }
  readonly AbortController: new () => { readonly signal: unknown; abort(): void }
  readonly URL: new (url: string) => { readonly href: string }
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}
const platform = globalThis as unknown as Platform

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
  const remote = /^[a-z][a-z0-9+.-]+:/i.test(location) && !/^[a-z]:[\\/]/i.test(location)
  const bytes = remote ? await download(location, options) : await readLocal(location, options)
  if (bytes.length > (options.maxBytes ?? DEFAULT_MAX_BYTES)) throw tooLarge(options)
  if (options.sha256 !== undefined) await checkSum(bytes, options.sha256)
  return tableFrom(bytes, remote && options.sha256 === undefined, options)
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
  const base = options.base === undefined ? defaultTable() : options.base
  const content = parseJson(decode(bytes))
  if (!isBundle(content)) {
    if (mustBeNewer) {
      throw new PriceTableRejectedError(
        'version',
        'a remote price file needs a sha256, or must be a bundle with a version',
      )
    }
    return definePrices([content as UserPriceFile], options)
  }
  if (typeof content.version !== 'string' || !isCalendarVersion(content.version)) {
    throw new InvalidPriceTableError('version', 'expected a calendar version such as "2026.11.22"')
  }
  if (typeof content.asOf !== 'string' || !isRealDay(content.asOf)) {
    throw new InvalidPriceTableError('asOf', 'expected a day such as "2026-11-22"')
  }
  if (base !== null && mustBeNewer && !isNewer(content.version, base.version)) {
    throw new PriceTableRejectedError('version', `version ${content.version} is not newer than ${base.version}`)
  }
  const table = definePrices(content.sellers, { ...options, version: content.version, asOf: content.asOf })
  if (base !== null) refuseShrunk(content, base)
  return table
}

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

function tooLarge(options: LoadOptions): PriceTableRejectedError {
  return new PriceTableRejectedError(
    'too-large',
    `the price table is larger than ${options.maxBytes ?? DEFAULT_MAX_BYTES} bytes`,
  )
}

async function checkSum(bytes: Uint8Array, expected: string): Promise<void> {
  const digest = new Uint8Array(await platform.crypto.subtle.digest('SHA-256', bytes))
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (found !== expected.toLowerCase()) {
    throw new PriceTableRejectedError('checksum', `the price table has sha256 ${found}, expected ${expected}`)
  }
}

async function readLocal(path: string, options: LoadOptions): Promise<Uint8Array> {
  try {
    return await (options.readFile ?? (await nodeReadFile(options.maxBytes ?? DEFAULT_MAX_BYTES)))(path)
  } catch (cause) {
    throw new PriceTableRejectedError('unreachable', `the price file ${JSON.stringify(path)} cannot be read`, { cause })
  }
}

interface NodeFiles {
  open(path: string): Promise<{
    read(into: Uint8Array, offset: number, length: number): Promise<{ readonly bytesRead: number }>
    close(): Promise<void>
  }>
}

/**
 * Reads one byte beyond the limit at most, so that a huge or endless file is known as such. Imported on use only, so that
 * bundles for the browser never see it.
 */
async function nodeReadFile(limit: number): Promise<(path: string) => Promise<Uint8Array>> {
  // Bundlers put a constant name into the import, and find it there.
  const name = ['node:fs', 'promises'].join('/')
  const { open } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as NodeFiles
  return async (path) => {
    const file = await open(path)
    try {
      let bytes = new Uint8Array(Math.min(limit + 1, FIRST_READ_BYTES))
      let size = 0
      for (;;) {
        const { bytesRead } = await file.read(bytes, size, bytes.length - size)
        size += bytesRead
        if (bytesRead === 0 || size > limit) return bytes.slice(0, size)
        if (size < bytes.length) continue
        const larger = new Uint8Array(Math.min(limit + 1, bytes.length * 2))
        larger.set(bytes)
        bytes = larger
      }
    } finally {
      await file.close()
    }
  }
}

async function download(location: string, options: LoadOptions): Promise<Uint8Array> {
  const url = httpsUrl(location)
  const fetchFrom = options.fetch ?? platform.fetch
  if (fetchFrom === undefined) throw new PriceTableRejectedError('unreachable', 'this platform has no fetch; pass one')
  const controller = new platform.AbortController()
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  let timer: unknown
  const timeout = new Promise<never>((_, reject) => {
    timer = platform.setTimeout(
      () => {
        reject(new PriceTableRejectedError('timeout', `no price table after ${timeoutMs} ms`))
        controller.abort()
      },
      Math.min(timeoutMs, MOST_TIMEOUT_MS),
    )
  })
  try {
    return await Promise.race([transfer(fetchFrom, url.href, controller.signal, options), timeout])
  } catch (cause) {
    if (cause instanceof PriceTableRejectedError) throw cause
    throw new PriceTableRejectedError('unreachable', 'the price table cannot be fetched', { cause })
  } finally {
    platform.clearTimeout(timer)
    controller.abort()
  }
}

function httpsUrl(location: string): { readonly href: string } {
  const scheme = location.slice(0, location.indexOf(':') + 1).toLowerCase()
  if (scheme !== 'https:') {
    throw new PriceTableRejectedError('insecure', `a price table must come over https, got ${JSON.stringify(scheme)}`)
  }
  try {
    return new platform.URL(location)
  } catch (cause) {
    throw new PriceTableRejectedError('unreachable', `${describe(location)} is no URL`, { cause })
  }
}

/** Reads the body chunk by chunk, so that an endless one stops at the limit. A redirect is an error. */
async function transfer(fetchFrom: FetchLike, url: string, signal: unknown, options: LoadOptions): Promise<Uint8Array> {
  const response = await fetchFrom(url, { redirect: 'error', signal, headers: { accept: 'application/json' } })
  if (!response.ok) throw new PriceTableRejectedError('unreachable', `the server answered ${response.status}`)
  if (response.body === null) throw new PriceTableRejectedError('unreachable', 'the server sent no body')
  const reader = response.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let empty = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    if (value === undefined || value.length === 0) {
      // Promises that are always ready leave no turn to the timer of the time limit.
      if (++empty % MOST_EMPTY_READS === 0) await new Promise<void>((turn) => void platform.setTimeout(turn, 0))
      if ((signal as { readonly aborted?: boolean }).aborted === true) break
      continue
    }
    size += value.length
    if (size > (options.maxBytes ?? DEFAULT_MAX_BYTES)) {
      await reader.cancel()
      throw tooLarge(options)
    }
    chunks.push(value)
  }
  return joinedBytes(chunks)
}
