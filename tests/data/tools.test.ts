/** The hand-kept fees of tools, and the schemas of the data files. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fits, type ToolFile } from '../../scripts/prices/tools.ts'
import { calcCost, getPrice, InvalidUsageError, type Usage } from '../../src/index.ts'
import type { PriceFile } from '../../src/pricing/file.ts'
import { rateUnits } from '../../src/pricing/units.ts'
import { variantKeys } from '../../src/pricing/variants.ts'
import { definePrices } from '../../src/pricing.ts'
import { faultIn, schemaFile } from './json-schema.ts'

const pricing = resolve(import.meta.dirname, '../../pricing')
const read = <T>(name: string) => JSON.parse(readFileSync(resolve(pricing, name), 'utf8')) as T
const tools = read<ToolFile>('tools.json')
const files = readdirSync(resolve(pricing, 'providers')).map((name) => read<PriceFile>(`providers/${name}`))
const at = '2026-11-20T12:00:00Z'
const clock = () => Date.parse(at)
const cost = (usage: Usage, model: string, more: object = {}) => calcCost(usage, model, { at, clock, ...more })

describe('schemas', () => {
  it('fit every price file and the tools file', () => {
    for (const file of files) expect(faultIn(file, 'provider.schema.json')).toBeUndefined()
    expect(faultIn(tools, 'tools.schema.json')).toBeUndefined()
  })

  it('refuse what the code refuses', () => {
    const file = (model: object) => ({ seller: 'acme', models: [{ id: 'm', ...model }] })
    const wrong = [
      file({ rates: { input: 1 } }),
      file({ rates: { inputs: '1' } }),
      file({ rates: {}, periods: [] }),
      file({ rates: {}, variants: [{ rate: 'image', size: '1K' }] }),
      file({ rates: {}, variants: [{ rate: 'input', size: '1K', usd: '1' }] }),
      file({ rates: {}, variants: [{ rate: 'image', size: '', usd: '1' }] }),
      { seller: 'acme', models: [], allowances: { free: { rate: 'input', amount: 1, per: 'day', scope: 'project' } } },
      { seller: 'acme', models: [], allowances: { FREE: {} } },
    ]
    for (const one of wrong) {
      expect(faultIn(one, 'provider.schema.json'), JSON.stringify(one)).toBeDefined()
      expect(() => definePrices(one as never), JSON.stringify(one)).toThrow()
    }
    expect(faultIn({ ...tools, fees: [{ ...tools.fees[0], usd: 10 }] }, 'tools.schema.json')).toBeDefined()
  })

  it('name the rates that the code knows', () => {
    const defs = schemaFile('provider.schema.json')['$defs'] as Record<string, { enum?: string[]; items?: never }>
    expect(defs['rateKey']?.enum).toEqual(rateUnits.map(({ key }) => key))
    const variants = defs['variants'] as unknown as { items: { properties: { rate: { enum: string[] } } } }
    expect(variants.items.properties.rate.enum).toEqual(variantKeys)
  })
})

describe('fees of tools', () => {
  it('have a source, a day and models that exist', () => {
    for (const { seller, models, source, kinds = ['chat'] } of tools.fees) {
      expect(tools.sources[source], source).toBeDefined()
      const own = files.find((file) => file.seller === seller)?.models ?? []
      for (const pattern of models) {
        const fitting = own.filter(({ id, kind }) => fits(pattern, id) && kinds.includes(kind ?? 'chat'))
        if (!/^(?:codex|computer-use|grok-code|gpt-audio|chatgpt)/.test(pattern))
          expect(fitting.length, `${seller} ${pattern}`).toBeGreaterThan(0)
      }
    }
    const named = new Set(tools.fees.flatMap(({ allowance }) => allowance ?? []))
    expect([...named].sort()).toEqual(Object.keys(tools.allowances).sort())
  })

  it.each([
    ['gpt-5-mini', { webSearches: 3 }, '0.03'],
    ['gpt-4o', { webSearches: 3 }, '0.03'],
    ['gpt-4.1-mini', { webSearches: 3, searchTool: 'web_search' }, '0.03'],
    ['gpt-4.1-mini', { webSearches: 3, searchTool: 'web_search_preview' }, '0.075'],
    ['o4-mini', { webSearches: 3, searchTool: 'web_search_preview' }, '0.03'],
    ['gpt-4o-mini-search-preview', { webSearches: 3 }, '0.075'],
    ['gpt-5-mini', { fileSearches: 4 }, '0.01'],
    ['gpt-5-mini', { codeSessions: 2 }, '0.06'],
    ['gpt-5-mini', { codeSeconds: 1200, codeContainer: '4g' }, '0.12'],
    ['gpt-5-mini', { codeSeconds: 300, codeContainer: '64G' }, '0.48'],
    ['gpt-5-mini', { fileStorageGbDays: 2.5 }, '0.25'],
    ['claude-sonnet-5', { webSearches: 7 }, '0.07'],
    ['claude-sonnet-5', { codeSeconds: 5400 }, '0.075'],
    ['gemini-2.5-flash', { webSearches: 2 }, '0.07'],
    ['gemini-2.5-pro', { mapsQueries: 2 }, '0.05'],
    ['gemini-3.8-flash', { webSearches: 2, mapsQueries: 1 }, '0.042'],
    ['grok-4.5', { webSearches: 1, socialSearches: 1, codeExecutions: 1, fileSearches: 2 }, '0.02'],
    ['moonshotai/kimi-k2.5', { webSearches: 2 }, '0.01'],
    ['groq/openai/gpt-oss-120b', { webSearches: 2, codeSeconds: 1800 }, '0.1'],
    ['sonar-pro', { inputTokens: 0, requests: 2, searchContext: 'low' }, '0.012'],
    ['sonar-pro', { inputTokens: 0, requests: 2, searchContext: 'high' }, '0.028'],
  ])('%s %j cost $%s', (model, usage, usd) => {
    expect(cost(usage, model)).toMatchObject({ complete: true, total: { exact: usd } })
  })

  it('are never silently 0: tools that a seller has no known fee for are unpriced', () => {
    expect(cost({ webSearches: 3, mapsQueries: 1 }, 'claude-sonnet-5')).toMatchObject({
      complete: false,
      unpriced: [{ part: 'mapsQuery', quantity: 1 }],
      total: { exact: '0.03' },
    })
    expect(cost({ codeSeconds: 60, codeContainer: '7g' }, 'gpt-5').unpriced).toMatchObject([
      { part: 'codeHour', reason: expect.stringContaining('no rate for 7g; known: 1g, 4g, 16g, 64g') },
    ])
  })
})

describe('free allowances', () => {
  it('are data with an amount, a span and a scope', () => {
    expect(getPrice('gemini-3.8-flash', { at }).allowances).toMatchObject([
      { pool: 'gemini-3-search', covers: 'webSearches', amount: 5000, per: 'month', scope: 'project' },
      { pool: 'gemini-3-maps', covers: 'mapsQueries', amount: 5000, per: 'month', scope: 'project' },
    ])
    expect(getPrice('claude-sonnet-5', { at }).allowances).toMatchObject([
      { covers: 'codeSeconds', amount: 1550 * 3600, per: 'month', scope: 'organization' },
    ])
  })

  it('are announced when nothing says what is left of them', () => {
    const { total, warnings } = cost({ webSearches: 3 }, 'gemini-2.5-flash')
    expect(total.exact).toBe('0.105')
    expect(warnings).toMatchObject([
      {
        code: 'allowance-not-applied',
        message: expect.stringContaining('1,500 of webSearches free per day and project'),
      },
    ])
    expect(cost({ inputTokens: 3 }, 'gemini-2.5-flash').warnings).toEqual([])
    expect(cost({ webSearches: 3 }, 'gpt-5').warnings).toEqual([])
  })

  it('are applied when the caller says what is used up', () => {
    const used = (webSearches: number, count = 3) =>
      cost({ webSearches: count }, 'gemini-2.5-flash', { allowanceUsed: { webSearches } })
    expect([0, 1497, 1498, 1499, 1500, 9999].map((n) => used(n).total.exact)).toEqual([
      '0',
      '0',
      '0.035',
      '0.07',
      '0.105',
      '0.105',
    ])
    expect(used(1499)).toMatchObject({
      complete: true,
      warnings: [],
      lines: [
        { part: 'webSearch', quantity: 1, rateUsd: '0' },
        { part: 'webSearch', quantity: 2, rateUsd: '35' },
      ],
    })
    const hours = cost({ codeSeconds: 7200 }, 'claude-sonnet-5', { allowanceUsed: { codeSeconds: 1549 * 3600 } })
    expect(hours.total.exact).toBe('0.05')
  })

  it.each([{ inputTokens: 5 }, { webSearches: -1 }, { webSearches: 0.5 }, { codeSeconds: 0.0001 }, { __proto__x: 1 }])(
    'refuse %j',
    (allowanceUsed) => {
      expect(() => cost({ inputTokens: 1 }, 'gpt-5', { allowanceUsed })).toThrow(InvalidUsageError)
    },
  )

  it('may be part of a user table', () => {
    const prices = definePrices({
      seller: 'acme',
      allowances: {
        gift: {
          rate: 'fileSearch',
          amount: 10,
          per: 'month',
          scope: 'account',
          source: 'contract',
          checked: '2026-11-01',
        },
      },
      models: [{ id: 'm', rates: { fileSearch: '1000' }, allowances: ['gift'] }],
    })
    const bill = (fileSearches: number) =>
      cost({ fileSearches: 4 }, 'acme/m', { prices, allowanceUsed: { fileSearches } }).total.exact
    expect([bill(0), bill(7), bill(10)]).toEqual(['0', '1', '4'])
    const unnamed = { seller: 'acme', models: [{ id: 'm', rates: {}, allowances: ['nobody'] }] }
    expect(() => definePrices(unnamed)).toThrow("a name in the file's allowances")
  })
})

describe('prices by size and quality', () => {
  it.each([
    ['gpt-image-1', { outputImages: 1, imageSize: '1024x1536', imageQuality: 'high' }, '0.25'],
    ['gpt-image-1', { outputImages: 3, imageSize: '1024×1024', imageQuality: 'LOW' }, '0.033'],
    ['gpt-image-1.5', { outputImages: 1, imageSize: '1536x1024', imageQuality: 'medium' }, '0.05'],
    ['dall-e-3', { outputImages: 2, imageSize: '1024x1792', imageQuality: 'standard' }, '0.16'],
    ['dall-e-3', { outputImages: 2, imageSize: '1792x1024', imageQuality: 'hd' }, '0.24'],
    ['dall-e-2', { outputImages: 10, imageSize: '256x256' }, '0.16'],
    ['gemini-3-pro-image', { outputImages: 1, imageSize: '4K' }, '0.24'],
    ['imagen-3.0-generate-002', { outputImages: 1, imageSize: '1536x1536' }, '0.08'],
    ['imagen-4.0-ultra-generate-001', { outputImages: 5 }, '0.3'],
    ['together/black-forest-labs/FLUX.1-schnell', { outputMegapixels: 1.048 }, '0.0028296'],
    ['replicate/black-forest-labs/flux-1.1-pro', { outputImages: 2 }, '0.08'],
    ['veo-3.1-generate-preview', { videoSeconds: 8, videoSize: '3840x2160' }, '4.8'],
    ['veo-3.1-fast-generate-preview', { videoSeconds: 8, videoSize: '1080p' }, '0.96'],
    ['sora-2-pro', { videoSeconds: 4, videoSize: '1024x1792' }, '2'],
    ['tts-1-hd', { characters: 4000 }, '0.12'],
    ['whisper-1', { inputAudioSeconds: 90.5 }, '0.00905'],
    ['mistral-ocr-latest', { pages: 12, annotatedPages: 3 }, '0.063'],
    ['rerank-v3.5', { searchUnits: 9 }, '0.018'],
    ['gpt-live-1', { sessionSeconds: 90 }, '0.075'],
  ])('%s %j cost $%s', (model, usage, usd) => {
    expect(cost(usage, model)).toMatchObject({ complete: true, warnings: [], total: { exact: usd } })
  })

  it('say what was assumed where the usage leaves size or quality open', () => {
    expect(cost({ outputImages: 1 }, 'gpt-image-1')).toMatchObject({
      total: { exact: '0.042' },
      warnings: [{ code: 'variant-assumed', message: expect.stringMatching(/1024x1024.*imageSize and imageQuality/) }],
    })
    expect(cost({ outputImages: 1, imageQuality: 'high' }, 'gpt-image-1').total.exact).toBe('0.167')
    expect(cost({ videoSeconds: 1 }, 'veo-3.1-lite-generate-preview').warnings).toHaveLength(1)
  })

  it('have no price for a size that the seller does not list', () => {
    expect(cost({ outputImages: 1, imageSize: '8192x8192', imageQuality: 'high' }, 'gpt-image-1')).toMatchObject({
      complete: false,
      total: { exact: '0' },
      unpriced: [{ part: 'image', quantity: 1, reason: expect.stringContaining('no rate for high quality 8192x8192') }],
    })
    expect(() => cost({ outputImages: 1, imageSize: 5 as never }, 'gpt-image-1')).toThrow(InvalidUsageError)
  })

  it('do not bill images twice where their tokens are billed', () => {
    const tokens = { inputTokens: 14, outputTokens: 1290, outputImageTokens: 1290 }
    expect(cost({ ...tokens, outputImages: 1 }, 'gemini-2.5-flash-image')).toEqual(
      cost(tokens, 'gemini-2.5-flash-image'),
    )
    const plain = { inputTokens: 10, outputTokens: 4160 }
    expect(cost({ ...plain, outputImages: 1 }, 'gpt-image-1')).toEqual(cost(plain, 'gpt-image-1'))
  })

  it('take part in discounts, histories and user tables', () => {
    const variants = [
      { rate: 'image', size: '1K', usd: '0.02' },
      { rate: 'image', size: '2K', usd: null },
    ] as const
    const prices = definePrices({
      seller: 'acme',
      models: [{ id: 'm', kind: 'image', rates: { image: '0.02' }, variants }],
    })
    expect(getPrice('acme/m', { prices, at }).variants).toEqual([
      { rate: 'imageUsd', size: '1k', quality: null, usd: '0.02' },
      { rate: 'imageUsd', size: '2k', quality: null, usd: null },
    ])
    expect(cost({ outputImages: 1, imageSize: '1k' }, 'acme/m', { prices }).total.exact).toBe('0.02')
    expect(cost({ outputImages: 1, imageSize: '2K' }, 'acme/m', { prices }).complete).toBe(false)
  })
})
