/** Faults that price libraries are known for, each as it would reach a user. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calcCost,
  getPrice,
  InvalidPriceTableError,
  InvalidUsageError,
  isTokenfareError,
  PriceNotFoundError,
  priceContextFrom,
  priceHistory,
  resolveModel,
  UnknownModelError,
  type Usage,
  usageFrom,
} from '../../../src/index.ts'
import { definePrices } from '../../../src/pricing.ts'

const at = '2026-11-20T12:00:00Z'

describe('unknown models', () => {
  it('row 17: are errors, never numbers: 0 of 10,000 random ids and near misses', () => {
    const stems = [
      'gpt-4',
      'gpt-4o',
      'claude-sonnet-5',
      'gemini-2.5-pro',
      'o3',
      'mistral-large',
      'deepseek-v4',
      'command-a',
    ]
    const nearMiss = fc
      .tuple(fc.constantFrom(...stems), fc.stringMatching(/^[a-z0-9.]{3,10}$/))
      .map(([stem, tail]) => `${stem}-x${tail}`)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9./:-]{4,30}$/), nearMiss), (id) => {
        try {
          calcCost({ inputTokens: 1, outputTokens: 1 }, id, { at })
        } catch (error) {
          return error instanceof UnknownModelError && error.model === id
        }
        // A random string that happens to be a real model must be that very model.
        const { matchedBy, id: found } = resolveModel(id)
        return matchedBy !== 'exact' || id.endsWith(found)
      }),
      { numRuns: 10_000 },
    )
  })

  it.each([
    ['gpt-4.1-mini', 'gpt-4.1-mini', 'exact'],
    ['openai/gpt-4o', 'gpt-4o', 'exact'],
    ['gpt-4o-2024-05-13', 'gpt-4o-2024-05-13', 'exact'],
    ['o3-2025-04-16', 'o3', 'alias'],
    ['o3-2025-12-31', 'o3', 'snapshot'],
    ['claude-3-7-sonnet-20250219', 'claude-3-7-sonnet-latest', 'alias'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'exact'],
    [
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-5',
      'us.anthropic.claude-sonnet-5',
      'cloud',
    ],
    ['bedrock/anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic.claude-haiku-4-5-20251001-v1:0', 'exact'],
    ['fireworks/gpt-oss-20b', 'accounts/fireworks/models/gpt-oss-20b', 'cloud'],
    ['fireworks/kimi-k3-fast', 'accounts/fireworks/routers/kimi-k3-fast', 'cloud'],
    ['fireworks/deepseek-v4p1-flash', 'accounts/fireworks/models/deepseek-v4p1-flash', 'cloud'],
    ['models/gemini-2.5-pro', 'gemini-2.5-pro', 'cloud'],
    ['publishers/google/models/gemini-2.5-pro', 'gemini-2.5-pro', 'cloud'],
    ['openrouter/openai/gpt-4o', 'openai/gpt-4o', 'exact'],
    ['vercel/openai/gpt-4o', 'openai/gpt-4o', 'exact'],
    ['groq/openai/gpt-oss-120b', 'openai/gpt-oss-120b', 'exact'],
    ['chatgpt-4o-latest', 'chatgpt-4o-latest', 'exact'],
    ['gpt-5-chat-latest', 'gpt-5-chat-latest', 'exact'],
    ['replicate/meta/llama-3-70b-instruct', 'meta/meta-llama-3-70b-instruct', 'alias'],
    ['openai:gpt-4o', 'gpt-4o', 'exact'],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5', 'cloud'],
    ['claude-3.5-sonnet', 'claude-3-5-sonnet', 'cloud'],
    ['ft:gpt-4o-mini-2024-07-18:acme::a1b2', 'ft:gpt-4o-mini', 'cloud'],
    ['ft:gpt-3.5-turbo-0125:acme:tag:a1b2', 'ft:gpt-3.5-turbo', 'cloud'],
    ['gemini-2.0-flash-001', 'gemini-2.0-flash', 'cloud'],
    ['gemini-2.5-pro-preview-05-06', 'gemini-2.5-pro-preview', 'alias'],
    ['openrouter/openai/gpt-4o:nitro', 'openai/gpt-4o', 'cloud'],
    ['meta-llama/Llama-3.3-70B-Instruct:groq', 'meta-llama/Llama-3.3-70B-Instruct', 'cloud'],
    ['us-gov.anthropic.claude-haiku-4-5-20251001-v1:0', 'us-gov.anthropic.claude-haiku-4-5-20251001-v1:0', 'exact'],
    ['apac.anthropic.claude-3-haiku-20240307-v1:0', 'anthropic.claude-3-haiku-20240307-v1:0', 'cloud'],
  ])('row 18: %s is %s (%s)', (asked, id, matchedBy) => {
    expect(resolveModel(asked)).toMatchObject({ id, matchedBy })
  })

  it('row 18: a bare id that several sellers have is the one of its maker, not of a maker elsewhere', () => {
    expect(resolveModel('MiniMax-M3').seller).toBe('minimax')
    expect(resolveModel('kimi-k2.6').seller).toBe('moonshotai')
    expect(resolveModel('glm-4.7').seller).toBe('zai')
    expect(() => resolveModel('gpt-oss-120b')).toThrow(UnknownModelError)
  })

  it.each([
    'auto',
    'gpt',
    'claude',
    'gpt-4.1-min',
    'o3-2025-13-45',
    'gpt-4o-mini-8k',
    'command-a-plus-05-2026',
    'claude-sonnet-5-6',
    'claude-sonnet-5.6',
    'ft:gpt-4o-nano:acme::a1b2',
    'gemini-2.5-ultra-001',
    'openrouter/openai/gpt-4o:fast',
    'meta-llama/Llama-3.3-70B-Instruct:nobody',
    'us-gov.anthropic.claude-opus-4-8',
  ])('row 18: 0 fuzzy hits: refuse the neighbour of %s', (id) => {
    expect(() => resolveModel(id)).toThrow(UnknownModelError)
  })

  it('suggest known ids', () => {
    try {
      resolveModel('gpt4o-mini')
      expect.unreachable()
    } catch (error) {
      expect((error as UnknownModelError).suggestions).toContain('gpt-4o-mini')
    }
  })

  it('row 19: 0 hits for every name that objects inherit, as model, seller, tier, region and usage field', () => {
    const names = [Object, Array, Function].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
    const before = Object.getOwnPropertyNames(Object.prototype).sort()
    const usage = { inputTokens: 1, outputTokens: 1 }
    for (const name of [...new Set([...names, '__proto__', ''])]) {
      expect(() => resolveModel(name)).toThrow(UnknownModelError)
      expect(() => resolveModel('gpt-4o', { seller: name })).toThrow(UnknownModelError)
      expect(() => calcCost(usage, 'gpt-4o', { at, serviceTier: name })).toThrow(PriceNotFoundError)
      expect(() => calcCost(usage, 'gpt-4o', { at, region: name })).toThrow(PriceNotFoundError)
      const hostile = JSON.parse(`{"inputTokens":1,${JSON.stringify(name)}:1}`) as object
      expect(() => calcCost(hostile, 'gpt-4o', { at })).toThrow(InvalidUsageError)
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
  })
})

describe('impossible usage', () => {
  it('that is inherited is refused, not billed unchecked', () => {
    const inherited = Object.assign(Object.create({ outputTokens: -5 }), { inputTokens: 1 })
    expect(() => calcCost(inherited, 'gpt-4o', { at })).toThrow(InvalidUsageError)
    const unknown = Object.assign(Object.create({ note: 'x' }), { inputTokens: 1 })
    expect(calcCost(unknown, 'gpt-4o', { at }).complete).toBe(true)
  })

  it.each([
    { missing: 'x' },
    { missing: [1] },
    { missing: ['requests'] },
    { otherModels: 5 },
    { otherModels: [null] },
    { otherModels: [{ model: 'x' }] },
    { otherModels: [{ model: {}, usage: {} }] },
    { otherModels: [{ model: null, usage: { inputTokens: '5' } }] },
  ])('in what a provider left out or passed on is refused: %j', (wrong) => {
    expect(() => calcCost({ inputTokens: 1, ...wrong } as never, 'gpt-4o', { at })).toThrow(InvalidUsageError)
  })

  const fields: (keyof Usage)[] = [
    'inputTokens',
    'outputTokens',
    'cacheReadTokens',
    'cacheWriteTokens',
    'cacheWrite1hTokens',
    'reasoningTokens',
    'citationTokens',
    'inputAudioTokens',
    'outputAudioTokens',
    'inputImageTokens',
    'outputImageTokens',
    'inputVideoTokens',
    'outputVideoTokens',
    'webSearches',
    'requests',
    'fileSearches',
    'socialSearches',
    'mapsQueries',
    'codeExecutions',
    'codeSessions',
    'codeSeconds',
    'codeContainer',
    'fileStorageGbDays',
    'searchContext',
    'searchTool',
    'searchUnits',
    'messages',
    'pages',
    'annotatedPages',
    'characters',
    'outputImages',
    'imageSize',
    'imageQuality',
    'outputMegapixels',
    'videoSize',
    'inputAudioSeconds',
    'outputAudioSeconds',
    'videoSeconds',
    'sessionSeconds',
    'hardwareSeconds',
    'cacheStorageTokenHours',
    'cacheReadAudioTokens',
    'cacheReadImageTokens',
    'cacheReadVideoTokens',
    'cacheWrite12hTokens',
  ]
  const words = new Set(['codeContainer', 'searchContext', 'searchTool', 'imageSize', 'imageQuality', 'videoSize'])
  const fractions = new Set(['codeSeconds', 'fileStorageGbDays', 'outputMegapixels'])
  const wrong = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', 1n, true, {}, null]

  it.each(fields)('row 20: 100 % of impossible values are refused in %s', (field) => {
    for (const value of wrong) {
      if (words.has(field) && typeof value === 'string') continue
      if ((fractions.has(field) || field.endsWith('Seconds')) && value === 0.5) continue
      expect(() => calcCost({ inputTokens: 100, outputTokens: 100, [field]: value }, 'gpt-4o', { at })).toThrow(
        InvalidUsageError,
      )
    }
  })

  it.each([
    { inputTokens: 10, cacheReadTokens: 11 },
    { inputTokens: 10, cacheReadTokens: 6, cacheWriteTokens: 5 },
    { inputTokens: 10, cacheWriteTokens: 5, cacheWrite1hTokens: 6 },
    { inputTokens: 10, inputAudioTokens: 6, inputImageTokens: 5 },
    { outputTokens: 10, reasoningTokens: 11 },
    { outputTokens: 10, reasoningTokens: 6, outputAudioTokens: 5 },
    { hardwareSeconds: 0.0001 },
    { hardwareSeconds: -1 },
    {},
    { tokens: 5 },
  ])('row 21: parts larger than their whole are refused: %j', (usage) => {
    expect(() => calcCost(usage, 'gpt-4o', { at })).toThrow(InvalidUsageError)
  })
})

describe('prices in context', () => {
  it('follow service tiers and regions, and refuse combinations that are not offered', () => {
    const price = (serviceTier?: string, region?: string) =>
      getPrice('gpt-5.6-sol', { at, ...(serviceTier ? { serviceTier } : {}), ...(region ? { region } : {}) }).rates[
        'inputUsdPerMTok'
      ]
    expect([price(), price('batch'), price('flex'), price('priority'), price('fast')]).toEqual([
      '4',
      '2',
      '2',
      '8',
      '8',
    ])
    expect([price(undefined, 'eu'), price('batch', 'us')]).toEqual(['4.4', '2.2'])
    expect(() => price('batch', 'mars')).toThrow(PriceNotFoundError)
    expect(() => getPrice('gpt-4', { at, serviceTier: 'flex' })).toThrow(PriceNotFoundError)
  })

  it('give back the name of the tier that was asked for', () => {
    const tierOf = (serviceTier: string) =>
      calcCost({ inputTokens: 1 }, 'gpt-5.6-sol', { at, serviceTier }).price.serviceTier
    expect([tierOf('fast'), tierOf('priority'), tierOf('fast')]).toEqual(['fast', 'priority', 'fast'])
  })

  it('offer no fast mode for long context before GPT-5.6, which has it at twice the price', () => {
    const cost = calcCost({ inputTokens: 272_000, outputTokens: 1 }, 'gpt-5.5', { at, serviceTier: 'priority' })
    expect(cost).toMatchObject({ complete: false, total: { exact: '0' } })
    expect(calcCost({ inputTokens: 271_999 }, 'gpt-5.5', { at, serviceTier: 'priority' }).complete).toBe(true)
    const long = calcCost({ inputTokens: 272_000, outputTokens: 1000 }, 'gpt-5.6-sol', { at, serviceTier: 'fast' })
    // openai.com/API-fast-mode: 16 and 60 per million
    expect(long).toMatchObject({ complete: true, total: { exact: '4.412' } })
  })

  it('have the ultrafast tier where it is sold, and nowhere else', () => {
    const usage = { inputTokens: 10_000, outputTokens: 1000 }
    const tier = priceContextFrom({ service_tier: 'ultrafast', usage: { input_tokens: 10_000, output_tokens: 1000 } })
    expect(calcCost(usage, 'gpt-6.2-sol', { at, ...tier })).toMatchObject({ complete: true, total: { exact: '0.09' } })
    expect(calcCost(usage, 'gpt-6-astra', { at, ...tier }).total.exact).toBe('0.9')
    for (const [model, region] of [['gpt-5.5'], ['gpt-6.2-sol', 'eu']] as const)
      expect(() => calcCost(usage, model, { at, ...tier, ...(region === undefined ? {} : { region }) })).toThrow(
        'no "ultrafast" rates',
      )
    expect(() => getPrice('gpt-6-astra', { at, region: 'eu', serviceTier: 'fast' })).toThrow('no "fast" rates')
    expect(getPrice('gpt-6-astra', { at, region: 'jp' }).rates.inputUsdPerMTok).toBe('11')
  })

  it('price what OpenAI keeps for twelve hours', () => {
    const details = {
      cached_tokens: 0,
      cache_write_tokens: 100_000,
      cache_write_tokens_details: { ttl_12h_tokens: 60_000 },
    }
    const usage = usageFrom({ usage: { input_tokens: 100_000, input_tokens_details: details, output_tokens: 0 } })
    // 40,000 at 2.5 and 60,000 at 5 per million
    expect(calcCost(usage, 'gpt-6.2-sol', { at })).toMatchObject({ complete: true, total: { exact: '0.4' } })
    expect(calcCost(usage, 'gpt-6.2-sol', { at, serviceTier: 'batch' }).total.exact).toBe('0.2')
    expect(calcCost(usage, 'gpt-6-sol', { at })).toMatchObject({
      complete: false,
      unpriced: [{ part: 'cacheWrite12h' }],
    })
    expect(() =>
      calcCost({ inputTokens: 9, cacheWriteTokens: 5, cacheWrite1hTokens: 3, cacheWrite12hTokens: 3 }, 'gpt-6-sol'),
    ).toThrow('cacheWrite12hTokens')
  })

  it('price films of xAI by their resolution', () => {
    const film = (videoSize: string) =>
      calcCost({ videoSeconds: 10, videoSize }, 'grok-imagine-video-1.5', { at }).total.exact
    expect(['480p', '720p', '1080p'].map(film)).toEqual(['0.8', '1.4', '2.5'])
  })

  it('know when a price is on request, and keep the last one as history', () => {
    expect(() => getPrice('groq/llama-3.3-70b-versatile', { at })).toThrow('only on request')
    expect(getPrice('groq/llama-3.3-70b-versatile', { at: '2026-08-15' }).rates.inputUsdPerMTok).toBe('0.59')
    expect(priceHistory('groq/llama-3.3-70b-versatile').at(-1)?.status).toBe('on-request')
  })

  it('row 28: warn about promises that ended, unknown holidays, retired names, announced prices and stale tables', () => {
    const codes = (model: string, instant: string, clock = () => Date.parse(instant)) =>
      calcCost({ inputTokens: 1 }, model, { at: instant, clock }).warnings.map(({ code }) => code)
    expect(codes('gpt-5.6-sol', '2026-11-21T23:59:59.999Z')).toEqual([])
    expect(codes('gpt-5.6-sol', '2026-11-22T00:00:00Z')).toEqual(['guarantee-ended'])
    expect(codes('deepseek-v4-pro', '2026-11-20T02:00:00Z')).toEqual(['holidays-unknown'])
    expect(codes('deepseek-v4-pro', '2026-11-21T02:00:00Z')).toEqual([])
    expect(codes('deepseek-chat', at)).toEqual(['retired-model'])
    expect(codes('gemini-3.8-flash', '2027-01-02T00:00:00Z', () => Date.parse(at))).toEqual(['announced-price'])
    const asOf = Date.parse(calcCost({ inputTokens: 1 }, 'gpt-4.1', { at }).price.asOf)
    const daysLater = (days: number) => new Date(asOf + days * 86_400_000).toISOString()
    expect(codes('gpt-4.1', daysLater(30))).toEqual([])
    expect(codes('gpt-4.1', daysLater(31))).toEqual(['stale-table'])
  })

  it('row 24: switch at the edges of peak windows, weekdays in the seller’s calendar', () => {
    const input = (instant: string) =>
      calcCost({ inputTokens: 1_000_000 }, 'deepseek-v4-pro', { at: instant, clock: () => Date.parse(at) }).total.exact
    const edges = ['01:00', '04:00', '06:00', '10:00'].map((time) => Date.parse(`2026-11-20T${time}:00Z`))
    const around = edges.map((ms) => [-1, 0, 1].map((step) => input(new Date(ms + step).toISOString())))
    expect(around).toEqual([
      ['0.66', '1.32', '1.32'],
      ['1.32', '0.66', '0.66'],
      ['0.66', '1.32', '1.32'],
      ['1.32', '0.66', '0.66'],
    ])
    expect(input('2026-11-22T02:00:00Z')).toBe('0.66')
  })

  it('row 24: follow daylight saving of the schedule’s zone', () => {
    const prices = definePrices({
      seller: 'acme',
      models: [
        {
          id: 'm',
          periods: [
            {
              rates: { input: '1' },
              schedule: {
                name: 'peak',
                zone: 'America/New_York',
                windows: [{ days: [7], from: '03:00', to: '04:00' }],
                rates: { input: '2' },
              },
            },
          ],
        },
      ],
    })
    const input = (instant: string) =>
      calcCost({ inputTokens: 1_000_000 }, 'acme/m', { at: instant, prices }).total.exact
    // On 8 March 2026 clocks go from 02:00 EST (07:00Z) to 03:00 EDT.
    expect([input('2026-03-08T06:59:59.999Z'), input('2026-03-08T07:00:00Z'), input('2026-03-08T08:00:00Z')]).toEqual([
      '1',
      '2',
      '1',
    ])
    expect([input('2026-03-01T07:59:59.999Z'), input('2026-03-01T08:00:00Z')]).toEqual(['1', '2'])
  })

  it('row 23: charge the whole request at the last of several tiers that it reaches', () => {
    const tiers = [
      { above: 200_000, rates: { input: '2' } },
      { above: 500_000, rates: { input: '3' } },
    ]
    const prices = definePrices({ seller: 'acme', models: [{ id: 'm', rates: { input: '1' }, tiers }] })
    const usd = (inputTokens: number) => calcCost({ inputTokens }, 'acme/m', { prices, at }).total.exact
    expect([200_000, 200_001, 500_000, 500_001].map(usd)).toEqual(['0.2', '0.400002', '1', '1.500003'])
  })

  it('row 25: bill media at the text rate where a seller quotes none, and cached media only at a known rate', () => {
    const prices = definePrices({
      seller: 'acme',
      models: [
        { id: 'plain', rates: { input: '1', output: '2', cacheRead: '0.1' } },
        { id: 'audio', rates: { input: '1', output: '2', cacheRead: '0.1', inputAudio: '10' } },
      ],
    })
    const usage = { inputTokens: 14, outputTokens: 1720, outputImageTokens: 1120 }
    expect(calcCost(usage, 'acme/plain', { prices, at }).total.exact).toBe('0.003454')
    const cached = { inputTokens: 100, inputAudioTokens: 100, cacheReadTokens: 40 }
    expect(calcCost(cached, 'acme/audio', { prices, at: '2099-01-01', clock: () => Date.parse(at) })).toMatchObject({
      complete: false,
      unpriced: [{ part: 'cacheReadAudio', quantity: 40 }],
      warnings: [{ code: 'split-assumed' }],
      total: { exact: '0.0006' },
    })
  })

  it('price hardware seconds, hours and requests', () => {
    expect(calcCost({ hardwareSeconds: 12.5 }, 'replicate/hardware/l40s', { at }).total.exact).toBe('0.0121875')
    expect(calcCost({ inputAudioSeconds: 8.47 }, 'whisper-1', { at }).total.exact).toBe('0.000847')
    expect(calcCost({ inputTokens: 1000, outputTokens: 100 }, 'sonar', { at }).total.exact).toBe('0.0061')
    expect(calcCost({ inputTokens: 1000, outputTokens: 100, requests: 0 }, 'sonar', { at }).total.exact).toBe('0.0011')
  })
})

describe('results', () => {
  it('are plain, frozen and survive JSON', () => {
    const cost = calcCost({ inputTokens: 5, outputTokens: 7, cacheReadTokens: 2 }, 'claude-sonnet-5', { at })
    expect(JSON.parse(JSON.stringify(cost))).toEqual(cost)
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen))
    expect(
      [cost, getPrice('gpt-4o', { at }), priceHistory('deepseek-chat'), resolveModel('gpt-4o')].every(frozen),
    ).toBe(true)
  })

  it('refuse instants that depend on the machine, and wrong kinds of arguments', () => {
    for (const wrong of ['2026-11-20T12:00:00', 'yesterday', '', Number.NaN, new Date('x'), 1e20]) {
      expect(() => getPrice('gpt-4o', { at: wrong })).toThrow(RangeError)
    }
    for (const clock of [() => Number.NaN, () => new Date() as never, () => undefined as never]) {
      expect(() => getPrice('gpt-4o', { clock })).toThrow(/clock must give milliseconds/)
      expect(() => definePrices([], { clock })).toThrow(/clock must give milliseconds/)
    }
    expect(() => calcCost(null as never, 'gpt-4o')).toThrow(TypeError)
    expect(() => calcCost({ inputTokens: 1 }, 7 as never)).toThrow(TypeError)
    expect(isTokenfareError(new InvalidPriceTableError('', 'x'))).toBe(true)
  })

  it('refuse days that do not exist, which Date.parse moves to the next month', () => {
    const days = ['2026-02-29', '2026-02-30', '2026-04-31', '2026-02-31T10:00:00Z', '2100-02-29', '2026-00-10']
    for (const day of days) expect(() => getPrice('gpt-4o', { at: day }), day).toThrow(RangeError)
    for (const day of ['2028-02-29', '2026-12-31T23:59:59.999Z', '9999-12-31', '2026-05-01T00:30+14:00'])
      expect(Date.parse(getPrice('gpt-4o', { at: day }).at)).toBe(Date.parse(day))
  })

  it('row 22: add up exactly a million times', () => {
    const one = calcCost({ inputTokens: 1, outputTokens: 1 }, 'gpt-4o-mini', { at }).total.exact
    const [whole = '0', fraction = ''] = one.split('.')
    const pico = BigInt(whole + fraction.padEnd(12, '0'))
    let sum = 0n
    for (let i = 0; i < 1_000_000; i++) sum += pico
    expect(sum).toBe(750_000_000_000n)
  })
})
