/** Remote tables over real sockets: a server on this machine that cheats, stalls and floods, and the table in force after it. */
import { createHash } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { calcCost, type PriceTableRejectedError } from '../../../src/index.ts'
import { builtinPrices, type FetchLike, type LoadOptions, loadPrices } from '../../../src/pricing.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** The platform's fetch, with the certificate taken out of the test: `https://loopback:port` is asked in plain http. */
function loopback(read?: { bytes: number }): FetchLike {
  return async (url, init) => {
    const response = await fetch(url.replace('https://', 'http://'), init as RequestInit)
    const reader = response.body?.getReader()
    const body =
      reader === undefined
        ? null
        : {
            getReader: () => ({
              read: async () => {
                const chunk = await reader.read()
                if (read !== undefined) read.bytes += chunk.value?.length ?? 0
                return chunk as { done: boolean; value?: Uint8Array }
              },
              cancel: () => reader.cancel(),
            }),
          }
    return { ok: response.ok, status: response.status, body }
  }
}

async function load(port: number, options: LoadOptions = {}): Promise<unknown> {
  const location = `https://127.0.0.1:${port}/prices.json`
  return loadPrices(location, { fetch: loopback(), ...options }).then(
    () => 'loaded',
    (error: unknown) => error,
  )
}

const rates = { input: '1', output: '2' }
const good = JSON.stringify({ seller: 'acme', models: [{ id: 'm', rates }] })
const sha256 = createHash('sha256').update(good).digest('hex')
const bundle = (version: string, sellers: unknown = []) => JSON.stringify({ version, asOf: '2026-11-21', sellers })
const saying =
  (text: string, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(text)

/** What was in force before an attack is in force after it. */
function expectTableInForce(): void {
  const at = '2026-11-20'
  expect(calcCost({ inputTokens: 1_000_000 }, 'gpt-4o', { at }).total.exact).toBe('2.5')
  expect(() => calcCost({ inputTokens: 1 }, 'acme/m', { at })).toThrow('acme/m')
}

describe('row 30: a remote table that must not be trusted', () => {
  const oneModel = [{ seller: 'openai', models: [{ id: 'gpt-4o', rates }] }]
  const attacks: readonly (readonly [string, string, RequestListener, LoadOptions])[] = [
    ['tampered bytes', 'checksum', saying(good.replace('"1"', '"9"')), { sha256 }],
    ['cut short, and whole by its length', 'checksum', saying(good.slice(0, -4)), { sha256 }],
    [
      'cut off while it is sent',
      'unreachable',
      (_, response) => {
        response.writeHead(200, { 'content-length': good.length })
        response.write(good.slice(0, 20), () => response.destroy())
      },
      { sha256 },
    ],
    ['a version before this one', 'version', saying(bundle('2025.01.01')), {}],
    ['this version again', 'version', saying(bundle(builtinPrices().version)), {}],
    ['no version and no sha256', 'version', saying(good), {}],
    ['no sellers', 'shrunk', saying(bundle('2027.01.01')), {}],
    ['a seller without its models', 'shrunk', saying(bundle('2027.01.01', oneModel)), {}],
    ['no JSON', 'JSON', saying('<html>maintenance</html>'), {}],
    ['keys twice', 'twice', saying('{"version":"2027.01.01","version":"1","sellers":[]}'), {}],
    [
      'rates that are numbers',
      'input',
      saying(good.replace('"1"', '1')),
      { sha256: sha256Of(good.replace('"1"', '1')) },
    ],
    ['an error page', 'unreachable', saying('{}', 503), {}],
  ]

  it.each(attacks)('%s is rejected (%s)', async (_, reason, answer, options) => {
    const error = (await load(await serve(answer), options)) as PriceTableRejectedError & { path?: string }
    expect(error.code).toMatch(/PRICE_TABLE|price-table/i)
    expect(`${error.reason ?? ''} ${error.path ?? ''} ${error.message}`).toContain(reason)
    expectTableInForce()
  })

  it('12 of 12 attacks; the true file of the same server is taken', async () => {
    expect(attacks).toHaveLength(12)
    expect(await load(await serve(saying(good)), { sha256 })).toBe('loaded')
    expectTableInForce()
  })
})

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

describe('row 31: a remote that does not behave', () => {
  it('must be https: plain http, ftp and files by URL are never asked', async () => {
    let asked = 0
    const port = await serve((_, response) => {
      asked++
      response.end(good)
    })
    for (const scheme of ['http', 'ftp', 'file']) {
      await expect(loadPrices(`${scheme}://127.0.0.1:${port}/p.json`, { sha256 })).rejects.toMatchObject({
        reason: 'insecure',
      })
    }
    expect(asked).toBe(0)
  })

  it('is not followed to another host', async () => {
    let followed = 0
    const other = await serve((_, response) => {
      followed++
      response.end(good)
    })
    const port = await serve((_, response) => {
      response.writeHead(302, { location: `http://localhost:${other}/prices.json` }).end()
    })
    expect(await load(port, { sha256 })).toMatchObject({ reason: 'unreachable' })
    expect(followed).toBe(0)
  })

  const TIMEOUT_MS = 300
  const SLACK_MS = 100
  const stalls: readonly (readonly [string, RequestListener])[] = [
    ['never answers', () => {}],
    ['sends headers and no body', (_, response) => void response.writeHead(200).flushHeaders()],
    [
      'drips a byte at a time',
      (_, response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(drip))
      },
    ],
    [
      'redirects after a long while',
      (_, response) => void setTimeout(() => response.writeHead(302, { location: '/' }).end(), 5_000).unref(),
    ],
  ]

  it.each(stalls)(`%s: back within the timeout + ${SLACK_MS} ms`, async (_, answer) => {
    const port = await serve(answer)
    const overruns: number[] = []
    // The best of five, since a busy machine may be late by itself, but never early.
    for (let attempt = 0; attempt < 5 && Math.min(...overruns, Infinity) > SLACK_MS; attempt++) {
      const started = performance.now()
      expect(await load(port, { sha256, timeoutMs: TIMEOUT_MS })).toMatchObject({ reason: 'timeout' })
      overruns.push(performance.now() - started - TIMEOUT_MS)
    }
    expect(Math.min(...overruns)).toBeLessThanOrEqual(SLACK_MS)
    expect(Math.min(...overruns)).toBeGreaterThan(-20)
    expectTableInForce()
  })

  const chunk = Buffer.alloc(64 * 1024, 0x20)
  const floods: readonly (readonly [string, RequestListener])[] = [
    [
      'an endless body',
      (_, response) => {
        response.writeHead(200)
        const flood = (): void => {
          while (!response.destroyed && response.write(chunk));
          response.once('drain', flood)
        }
        flood()
      },
    ],
    ['10 GB by its length', (_, response) => void response.writeHead(200, { 'content-length': 10e9 }).write(chunk)],
    [
      'a small file that unpacks to 100 MB',
      (_, response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100_000_000))),
    ],
  ]

  it.each(floods)('%s: at most 5 MB are read', async (name, answer) => {
    const read = { bytes: 0 }
    const endless = name !== '10 GB by its length'
    const error = await load(await serve(answer), { sha256, timeoutMs: endless ? 5_000 : 300, fetch: loopback(read) })
    expect(error).toMatchObject({ reason: endless ? 'too-large' : 'timeout' })
    // The chunk that crosses the limit is the last one that is taken from the socket.
    expect(read.bytes).toBeLessThanOrEqual(5_000_000 + 1_000_000)
    expectTableInForce()
  })
})
