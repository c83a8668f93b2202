/** The bytes of a price table, from a local file or over https, within a limit of size and time. */
import { joinedBytes } from '../bytes.ts'
import { describe, PriceTableRejectedError } from '../errors.ts'
import { type FetchLike, platform } from './platform.ts'

export interface SourceOptions {
  readonly fetch?: FetchLike
  /** Reads a local file. Default: Node's `fs.promises`, imported on first use. */
  readonly readFile?: (path: string) => Promise<Uint8Array>
  /** Time for the whole transfer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
  /** Largest file that is read, in bytes. Default 5 MB. */
  readonly maxBytes?: number
}

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_MAX_BYTES = 5_000_000
const FIRST_READ_BYTES = 65_536
/** Reads without a byte between two turns of the event loop. */
const MOST_EMPTY_READS = 1000
/** Longest delay of a timer; a longer one would fire at once. */
const MOST_TIMEOUT_MS = 2 ** 31 - 1

/** Whether a location is a URL, and no path with a drive letter. */
export function isRemote(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(location) && !/^[a-z]:[\\/]/i.test(location)
}

/** The bytes at a path or an `https:` URL. @throws PriceTableRejectedError */
export async function readSource(location: string, options: SourceOptions): Promise<Uint8Array> {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES
  const bytes = await (isRemote(location)
    ? download(location, maxBytes, options)
    : readLocal(location, maxBytes, options))
  if (bytes.length > maxBytes) throw tooLarge(maxBytes)
  return bytes
}

function tooLarge(maxBytes: number): PriceTableRejectedError {
  return new PriceTableRejectedError('too-large', `the price table is larger than ${maxBytes} bytes`)
}

async function readLocal(path: string, maxBytes: number, { readFile }: SourceOptions): Promise<Uint8Array> {
  try {
    return await (readFile ?? (await nodeReadFile(maxBytes)))(path)
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

async function download(location: string, maxBytes: number, options: SourceOptions): Promise<Uint8Array> {
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
    return await Promise.race([transfer(fetchFrom, url.href, controller.signal, maxBytes), timeout])
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
async function transfer(fetchFrom: FetchLike, url: string, signal: unknown, maxBytes: number): Promise<Uint8Array> {
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
    if (size > maxBytes) {
      await reader.cancel()
      throw tooLarge(maxBytes)
    }
    chunks.push(value)
  }
  return joinedBytes(chunks)
}
