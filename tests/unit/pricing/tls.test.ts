/** Remote tables over TLS itself: a server on this machine whose certificate nobody, or only the caller, has reason to trust. */
import { createHash } from 'node:crypto'
import { createServer, request, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { PriceTableRejectedError } from '../../../src/index.ts'
import { type FetchLike, loadPrices } from '../../../src/pricing.ts'
import { type Certificate, selfSigned } from './certificate.ts'

const good = JSON.stringify({ seller: 'acme', models: [{ id: 'm', rates: { input: '1', output: '2' } }] })
const sha256 = createHash('sha256').update(good).digest('hex')
const day = 86_400_000
const now = Date.now()
const current = { from: new Date(now - day), until: new Date(now + day) }
const past = { from: new Date(now - 2 * day), until: new Date(now - day) }

interface Served {
  readonly url: string
  /** Requests that came through, which none does before the handshake is done. */
  asked: number
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve({ certPem, keyPem }: Certificate): Promise<Served> {
  const served = { url: '', asked: 0 }
  const server = createServer({ cert: certPem, key: keyPem }, (_, response) => {
    served.asked += 1
    response.writeHead(200, { 'content-type': 'application/json' }).end(good)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  served.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/prices.json`
  return served
}

/** A caller's fetch that trusts one certificate more than the platform does, as a company's own authority. */
function trusting(ca: string): FetchLike {
  return (url) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { ca }, (response) => {
        const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
        const reader = {
          read: async () => {
            const { done, value } = await chunks.next()
            return done === true ? { done: true } : { done: false, value }
          },
          cancel: async () => void response.destroy(),
        }
        resolve({
          ok: response.statusCode === 200,
          status: response.statusCode ?? 0,
          body: { getReader: () => reader },
        })
      })
      sent.on('error', reject).end()
    })
}

async function refusal(url: string, fetch?: FetchLike): Promise<PriceTableRejectedError> {
  const error = await loadPrices(url, fetch === undefined ? { sha256 } : { sha256, fetch }).then(
    () => expect.unreachable('the table was loaded'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(PriceTableRejectedError)
  return error as PriceTableRejectedError
}

/** Codes of an error and of what caused it. */
function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let at = error as { code?: string; cause?: unknown } | undefined; at !== undefined; at = at.cause as typeof at)
    if (at.code !== undefined) codes.push(at.code)
  return codes
}

describe('row 31: a table over TLS', () => {
  it('is refused where nobody vouches for the certificate, before anything is asked', async () => {
    const served = await serve(selfSigned(current))
    const error = await refusal(served.url)
    expect(error.reason).toBe('unreachable')
    expect(codesOf(error)).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(served.asked).toBe(0)
  })

  it('is loaded where the caller’s fetch trusts the certificate', async () => {
    const certificate = selfSigned(current)
    const served = await serve(certificate)
    const table = await loadPrices(served.url, { sha256, fetch: trusting(certificate.certPem) })
    expect(table.seller('acme')?.models.has('m')).toBe(true)
    expect(served.asked).toBe(1)
  })

  it.each([
    ['of another host', selfSigned(current, [127, 0, 0, 9]), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that has run out', selfSigned(past), 'CERT_HAS_EXPIRED'],
  ])('is refused with a trusted certificate %s', async (_, certificate, code) => {
    const served = await serve(certificate)
    const error = await refusal(served.url, trusting(certificate.certPem))
    expect(error.reason).toBe('unreachable')
    expect(codesOf(error)).toContain(code)
    expect(served.asked).toBe(0)
  })

  it('is refused where another certificate is trusted', async () => {
    const served = await serve(selfSigned(current))
    const error = await refusal(served.url, trusting(selfSigned(current).certPem))
    expect(error.reason).toBe('unreachable')
    expect(served.asked).toBe(0)
  })

  it('is not loaded from a server that speaks no TLS', async () => {
    const { createServer: createPlainServer } = await import('node:http')
    let asked = 0
    const plain = createPlainServer((_, response) => {
      asked += 1
      response.end(good)
    })
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    const error = await refusal(`https://127.0.0.1:${(plain.address() as AddressInfo).port}/prices.json`)
    plain.close()
    expect(error.reason).toBe('unreachable')
    expect(asked).toBe(0)
  })
})
