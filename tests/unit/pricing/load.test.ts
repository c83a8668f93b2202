import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calcCost,
  checkPrices,
  InvalidPriceTableError,
  PriceTableRejectedError,
  priceDiff,
} from '../../../src/index.ts'
import { builtinPrices, definePrices, discountPrices, type FetchLike, loadPrices } from '../../../src/pricing.ts'
import { wholeFile } from './price-files.ts'

const at = '2026-11-20T00:00:00Z'
const good = JSON.stringify({ seller: 'acme', models: [{ id: 'm', rates: { input: '1', output: '2' } }] })
const bytes = (text: string) => new TextEncoder().encode(text)
const reading = (text: string) => ({ readFile: async () => bytes(text) })

function serving(...chunks: readonly Uint8Array[]): FetchLike {
  return async () => {
    const left = [...chunks]
    const read = async () => {
      const value = left.shift()
      return value === undefined ? { done: true } : { done: false, value }
    }
    return { ok: true, status: 200, body: { getReader: () => ({ read, cancel: async () => {} }) } }
  }
}

describe('definePrices', () => {
  it('lays own models over the built-in table', () => {
    const prices = definePrices({ seller: 'openai', models: [{ id: 'gpt-4o', rates: { input: '1', output: '2' } }] })
    expect(calcCost({ inputTokens: 1_000_000 }, 'gpt-4o', { prices, at }).total.exact).toBe('1')
    expect(calcCost({ inputTokens: 1_000_000 }, 'gpt-4.1', { prices, at }).total.exact).toBe('2')
    expect(calcCost({ inputTokens: 1_000_000 }, 'gpt-4o', { at }).total.exact).toBe('2.5')
    expect(
      priceDiff({ at }, { at, prices }, { seller: 'openai' }).map(({ what, from, to }) => [what, from, to]),
    ).toContainEqual(['inputUsdPerMTok', '2.5', '1'])
  })

  it('converts currencies at the rate that the user gives, and refuses to guess one', () => {
    const file = { seller: 'acme', currency: 'EUR', models: [{ id: 'm', rates: { input: '2.5' } }] }
    const prices = definePrices(file, { base: null, usdPer: { EUR: '1.0825' } })
    expect(calcCost({ inputTokens: 1_000_000 }, 'acme/m', { prices, at }).total.exact).toBe('2.70625')
    expect(() => definePrices(file)).toThrow(InvalidPriceTableError)
    // Nothing is free for want of a rate, and no rate grows past what is exact.
    expect(() => definePrices(file, { usdPer: { EUR: '0.0' } })).toThrow(/more than 0 dollars per EUR/)
    expect(() => definePrices(file, { usdPer: { EUR: '99999999' } })).toThrow(/ten million dollars or more/)
  })

  it('takes a version and a day that are some', () => {
    const file = { seller: 'acme', models: [{ id: 'm', rates: { input: '2.5' } }] }
    for (const asOf of ['2026-99-99', '2026-02-30', '', 'junk', 5, null, new Date()])
      expect(() => definePrices(file, { asOf: asOf as never })).toThrow(/asOf: a day/)
    for (const version of ['', 5, null, 'x'.repeat(101)])
      expect(() => definePrices(file, { version: version as never })).toThrow(/version: a text/)
  })

  it('takes negotiated discounts off every rate', () => {
    const prices = discountPrices([
      { seller: 'openai', percent: '12.5' },
      { seller: 'openai', models: ['gpt-4o'], percent: '50' },
    ])
    const cost = (model: string) =>
      calcCost({ inputTokens: 1_000_000, outputTokens: 1_000_000 }, model, { prices, at }).total.exact
    expect([cost('gpt-4.1'), cost('gpt-4o'), cost('claude-sonnet-5')]).toEqual(['8.75', '6.25', '12'])
    expect(() => discountPrices([{ seller: 'openai', percent: '101' }])).toThrow(RangeError)
    expect(() => discountPrices([{ seller: 'nobody', percent: '1' }])).toThrow(InvalidPriceTableError)
  })
})

describe('loadPrices', () => {
  it('reads a file, with or without a byte order mark', async () => {
    for (const text of [good, `\ufeff${good}`]) {
      const prices = await loadPrices('prices.json', reading(text))
      expect(calcCost({ inputTokens: 3 }, 'acme/m', { prices, at }).total.exact).toBe('0.000003')
    }
  })

  const model = (fields: string) => `{"seller":"acme","models":[{"id":"m",${fields}}]}`
  const malformed: readonly string[] = [
    '',
    '{',
    'null',
    '[]',
    '7',
    '"x"',
    '{"a":1e999}',
    '{"seller":"acme"}',
    '{"models":[]}',
    '{"seller":"Acme","models":[]}',
    '{"seller":"__proto__","models":[]}',
    '{"seller":"acme","models":{}}',
    '{"seller":"acme","models":[7]}',
    '{"seller":"acme","models":[],"extra":1}',
    '{"seller":"acme","models":[],"__proto__":{}}',
    '{"seller":"acme","seller":"b","models":[]}',
    '{"seller":"acme","currency":"EUR","models":[]}',
    '{"seller":"acme","currency":"dollars","models":[]}',
    '{"seller":"acme","kind":"shop","models":[]}',
    '{"seller":"acme","models":[{"id":"m"}]}',
    '{"seller":"acme","models":[{"rates":{}}]}',
    '{"seller":"acme","models":[{"id":"","rates":{}}]}',
    '{"seller":"acme","models":[{"id":"a\\u001b[0m","rates":{}}]}',
    '{"seller":"acme","models":[{"id":"m","rates":{}},{"id":"m","rates":{}}]}',
    '{"seller":"acme","models":[{"id":"m","rates":{}},{"id":"n","aliases":["m"],"rates":{}}]}',
    model('"rates":{"input":1}'),
    model('"rates":{"input":"1e3"}'),
    model('"rates":{"input":"-1"}'),
    model('"rates":{"input":"NaN"}'),
    model('"rates":{"input":"1.0000001"}'),
    model('"rates":{"input":"1","input":"2"}'),
    model('"rates":{"inputs":"1"}'),
    model('"rates":{"__proto__":"1"}'),
    model('"rates":{"constructor":"1"}'),
    model('"rates":{"input":1e999}'),
    model('"rates":[]'),
    model('"rates":{},"periods":[]'),
    model('"periods":[]'),
    model('"periods":[{}]'),
    model('"periods":[{"rates":{},"from":"2026-02-30"}]'),
    model('"periods":[{"rates":{},"from":"tomorrow"}]'),
    model('"periods":[{"rates":{},"from":"2026-01-02","until":"2026-01-02"}]'),
    model('"periods":[{"rates":{}},{"rates":{},"from":"2026-01-01"}]'),
    model('"periods":[{"rates":{},"status":"maybe"}]'),
    model('"periods":[{"rates":{},"checked":"now"}]'),
    model('"rates":{},"tiers":[{"above":0,"rates":{}}]'),
    model('"rates":{},"tiers":[{"above":5,"rates":{}},{"above":5,"rates":{}}]'),
    model('"rates":{},"context":-1'),
    model('"rates":{},"input":["smell"]'),
    model('"periods":[{"rates":{},"schedule":{"name":"p","zone":"Mars/Base","windows":[],"rates":{}}}]'),
    model(
      '"periods":[{"rates":{},"schedule":{"name":"p","zone":"UTC","windows":[{"days":[8],"from":"01:00","to":"02:00"}],"rates":{}}}]',
    ),
    model(
      '"periods":[{"rates":{},"schedule":{"name":"p","zone":"UTC","windows":[{"days":[1],"from":"03:00","to":"02:00"}],"rates":{}}}]',
    ),
    model('"periods":[{"rates":{},"modes":{"__proto__":{"rates":{}}}}]'),
    `${'['.repeat(100_000)}`,
    `{"seller":"acme","models":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ]

  it(`row 29: refuses ${malformed.length} malformed files with a typed error, and leaves the table alone`, async () => {
    expect(malformed.length).toBeGreaterThanOrEqual(50)
    for (const text of malformed) {
      await expect(loadPrices('prices.json', reading(text)), text.slice(0, 80)).rejects.toThrow(InvalidPriceTableError)
    }
    expect(calcCost({ inputTokens: 1_000_000 }, 'gpt-4o', { at }).total.exact).toBe('2.5')
  })

  it('row 29: stops at the limit in a huge file, and in one without an end', async () => {
    const huge = join(mkdtempSync(join(tmpdir(), 'tokenfare-load-')), 'prices.json')
    writeFileSync(huge, '[')
    truncateSync(huge, 100_000_000)
    for (const path of [huge, '/dev/zero']) {
      await expect(loadPrices(path)).rejects.toMatchObject({ reason: 'too-large' })
    }
    writeFileSync(huge, good)
    const prices = await loadPrices(huge)
    expect(calcCost({ inputTokens: 3 }, 'acme/m', { prices, at }).total.exact).toBe('0.000003')
    rmSync(dirname(huge), { recursive: true })
  })

  it('names the place of a fault', async () => {
    await expect(loadPrices('p', reading('{\n"seller":"acme",\n"models":[\n{"id":"m","id":"n"}]}'))).rejects.toThrow(
      'line 4',
    )
    await expect(loadPrices('p', reading(model('"rates":{"input":1}')))).rejects.toMatchObject({
      path: 'models[0].rates.input',
    })
  })

  it('row 29: survives 3,000 mutations: a typed error or a whole table', async () => {
    const base = JSON.stringify(wholeFile)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(base.length - 1),
        fc.constantFrom('', '"', '{', '}', '0', '-', 'e9', ',', '\u0000', '\ud800', '__proto__'),
        async (position, insert) => {
          const text = base.slice(0, position) + insert + base.slice(position + 1)
          try {
            await loadPrices('p', { ...reading(text), base: null })
            return true
          } catch (error) {
            return error instanceof InvalidPriceTableError
          }
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('row 30: rejects what must not be trusted, each for its reason', async () => {
    const sha256 = createHash('sha256').update(good).digest('hex')
    const bundle = (version: string, sellers: unknown = []) =>
      bytes(JSON.stringify({ version, asOf: '2026-11-21', sellers }))
    const url = 'https://prices.example/table.json'
    const failing: FetchLike = async () => ({ ok: false, status: 500, body: null })
    const hanging: FetchLike = () => new Promise(() => {})
    const slowBody: FetchLike = async () => ({
      ok: true,
      status: 200,
      body: { getReader: () => ({ read: () => new Promise(() => {}), cancel: async () => {} }) },
    })
    const redirected: FetchLike = async () => {
      throw new TypeError('redirect mode is set to error')
    }
    const attacks: readonly (readonly [string, string, object])[] = [
      ['insecure', 'http://prices.example/t.json', { fetch: serving(bytes(good)) }],
      ['insecure', 'ftp://prices.example/t.json', { fetch: serving(bytes(good)) }],
      ['checksum', url, { fetch: serving(bytes(`${good} `)), sha256 }],
      ['checksum', url, { fetch: serving(bytes(good.slice(0, -3))), sha256 }],
      ['version', url, { fetch: serving(bytes(good)) }],
      ['version', url, { fetch: serving(bundle('2025.01.01')) }],
      ['version', url, { fetch: serving(bundle(builtinPrices().version)) }],
      ['shrunk', url, { fetch: serving(bundle('2027.01.01')) }],
      [
        'shrunk',
        url,
        { fetch: serving(bundle('2027.01.01', [{ seller: 'openai', models: [{ id: 'gpt-4o', rates: {} }] }])) },
      ],
      // As many sellers as before, but not the same ones.
      [
        'shrunk',
        url,
        {
          fetch: serving(
            bundle(
              '2027.01.01',
              builtinPrices().sellers.map((_, i) => ({ seller: `acme-${i % 3}`, models: [{ id: 'm', rates: {} }] })),
            ),
          ),
        },
      ],
      ['unreachable', url, { fetch: failing }],
      ['unreachable', url, { fetch: redirected }],
      ['timeout', url, { fetch: hanging, timeoutMs: 30 }],
      ['timeout', url, { fetch: slowBody, timeoutMs: 30 }],
      ['too-large', url, { fetch: serving(new Uint8Array(600), new Uint8Array(600)), maxBytes: 1_000 }],
    ]
    for (const [reason, source, options] of attacks) {
      const started = performance.now()
      const error = await loadPrices(source, options).catch((thrown: unknown) => thrown)
      expect(error, `${reason} ${source}`).toBeInstanceOf(PriceTableRejectedError)
      expect(error).toMatchObject({ reason })
      expect(performance.now() - started).toBeLessThan(1_000)
    }
    expect(
      calcCost({ inputTokens: 3 }, 'acme/m', {
        prices: await loadPrices(url, { fetch: serving(bytes(good)), sha256 }),
        at,
      }).total.exact,
    ).toBe('0.000003')
  })

  it('row 31: keeps its time limit for a body that has nothing to say, without an end', async () => {
    const silent: FetchLike = async () => ({
      ok: true,
      status: 200,
      body: {
        getReader: () => ({ read: async () => ({ done: false, value: new Uint8Array(0) }), cancel: async () => {} }),
      },
    })
    const started = performance.now()
    await expect(loadPrices('https://prices.example/t.json', { fetch: silent, timeoutMs: 50 })).rejects.toMatchObject({
      reason: 'timeout',
    })
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('row 30: takes only days that exist in a bundle, since another would never be stale', async () => {
    const readFile = (stamp: object) => async () =>
      bytes(JSON.stringify({ version: '2030.1.1', asOf: '2030-01-01', sellers: [], ...stamp }))
    for (const stamp of [
      { asOf: '2026-99-99' },
      { asOf: '2026-02-30' },
      { version: '2026.99.99' },
      { version: '2026.2.30' },
    ])
      await expect(loadPrices('bundle.json', { readFile: readFile(stamp), base: null })).rejects.toThrow(
        InvalidPriceTableError,
      )
    const table = await loadPrices('bundle.json', { readFile: readFile({}), base: null })
    expect(table.version).toBe('2030.1.1')
  })

  it('refuses limits that are none', async () => {
    const readFile = async () => bytes(good)
    for (const options of [{ maxBytes: Number.NaN }, { maxBytes: 0 }, { timeoutMs: Number.NaN }, { timeoutMs: -1 }])
      await expect(loadPrices('t.json', { readFile, ...options })).rejects.toThrow(RangeError)
    for (const sha256 of [5, null])
      await expect(loadPrices('t.json', { readFile, sha256: sha256 as never })).rejects.toThrow(/sha256: a text/)
    for (const source of [undefined, null, 5, {}])
      await expect(loadPrices(source as never, { readFile })).rejects.toThrow(/source: a path or an URL/)
    const slow: FetchLike = (...asked) =>
      new Promise((resolve) => setTimeout(() => resolve(serving(bytes(good))(...asked)), 20))
    await expect(
      loadPrices('https://prices.example/t.json', { fetch: slow, timeoutMs: Infinity }),
    ).rejects.toMatchObject({
      reason: 'version',
    })
  })

  it('row 31: stops reading an endless body at the limit', async () => {
    let sent = 0
    const endless: FetchLike = async () => ({
      ok: true,
      status: 200,
      body: {
        getReader: () => ({
          read: async () => {
            sent += 100_000
            return { done: false, value: new Uint8Array(100_000) }
          },
          cancel: async () => {},
        }),
      },
    })
    await expect(loadPrices('https://prices.example/t.json', { fetch: endless })).rejects.toMatchObject({
      reason: 'too-large',
    })
    expect(sent).toBeLessThanOrEqual(5_100_000)
  })
})

describe('checkPrices', () => {
  it('row 28: tells the age of the table by the given clock, and what is due', () => {
    const asOf = Date.parse(builtinPrices().asOf)
    const day = 86_400_000
    expect(checkPrices({ clock: () => asOf + 30 * day })).toMatchObject({ ageDays: 30, stale: false })
    expect(checkPrices({ clock: () => asOf + 31 * day })).toMatchObject({ ageDays: 31, stale: true })
    expect(checkPrices({ clock: () => asOf + 8 * day, maxAgeDays: 7 }).stale).toBe(true)
    expect(checkPrices({ clock: () => Date.parse('2026-11-22') }).dueForReview).toContainEqual(
      expect.objectContaining({ model: 'gpt-5.6-sol' }),
    )
  })
})
