import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import claude from '../../src/encodings/claude_legacy.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import harmony from '../../src/encodings/o200k_harmony.ts'
import { type CostEstimate, compareModels, createEstimator, type Encoding } from '../../src/index.ts'
import { familyOf } from '../../src/models/families.ts'
import { intricateTable, testClock } from './table.ts'

const estimator = createEstimator({ encodings: [o200k, cl100k], prices: intricateTable, clock: testClock })
const real = createEstimator({ encodings: [o200k, cl100k, harmony, claude], clock: () => Date.parse('2026-11-22') })
const every = createEstimator({
  encodings: [o200k, cl100k, claude],
  missingEncoding: 'heuristic',
  clock: () => Date.parse('2026-11-22'),
})
const names = (rows: readonly CostEstimate[]): string[] =>
  rows.map(({ seller, model, price }) => `${seller}/${model} ${price.serviceTier} ${price.region ?? 'base'}`)

describe('a comparison', () => {
  it('has every service tier and region that a model is sold in, and no other', () => {
    const rows = estimator.compareModels('hi', ['gpt-5-test', 'gpt-4o-plain'], {
      serviceTiers: ['standard', 'batch', 'flex'],
    })
    expect(names(rows)).toEqual([
      'openai/gpt-4o-plain standard base',
      'openai/gpt-5-test batch base',
      'openai/gpt-5-test standard base',
    ])
    const regions = real.compareModels('hi', ['claude-opus-5-5'], { regions: [null, 'us', 'mars'] })
    expect(names(regions)).toEqual(['anthropic/claude-opus-5-5 standard base', 'anthropic/claude-opus-5-5 standard us'])
    expect(regions[0]?.cost.expected.usd).toBeLessThan(regions[1]?.cost.expected.usd as number)
    // What one candidate asks for itself must exist.
    expect(() => estimator.compareModels('hi', [{ model: 'gpt-5-test', serviceTier: 'flex' }])).toThrow(/flex/)
  })

  it('counts for every model what the model alone is counted: pictures, tools and thinking differ within a family', () => {
    const width1000 = 'iVBORw0KGgoAAAANSUhEUgAAA+gAAAPoCAIAAAA='
    const pictured = {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${width1000}` } },
          ],
        },
      ],
    }
    const tooled = {
      messages: [{ role: 'user', content: 'What is this?' }],
      tools: [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } }],
      tool_choice: 'required',
    }
    const ids = every.compareModels('hi').map(({ seller, model }) => `${seller}/${model}`)
    const thinking = ['openrouter/anthropic/claude-3.7-sonnet:thinking', 'openrouter/anthropic/claude-3.7-sonnet']
    const counted = new Map<string, Set<string>>()
    for (const body of [pictured, tooled, { ...tooled, ...pictured }]) {
      for (const { seller, model, input } of every.compareModels(body, [...ids, ...thinking], { api: 'openai-chat' })) {
        const alone = every.countTokens(body, { model: `${seller}/${model}`, seller, api: 'openai-chat' })
        expect({ model, input }).toEqual({ model, input: alone })
        const name = `${familyOf(model).name} ${body === tooled ? 'tooled' : 'pictured'}`
        counted.set(name, (counted.get(name) ?? new Set()).add(JSON.stringify([input.low, input.high])))
      }
    }
    expect(counted.get('gpt-4o pictured')?.size).toBeGreaterThan(2)
    expect(counted.get('claude-4.7 tooled')?.size).toBeGreaterThan(1)
  })

  it('shows what the cache is worth', () => {
    const prompt = 'some words '.repeat(1000)
    const [cached, plain] = estimator.compareModels(prompt, ['gpt-5-test'], {
      cacheHitRates: [0, 1],
      output: { max: 1 },
    })
    expect(cached?.lines.map(({ part }) => part)).toContain('cacheRead')
    expect((plain as CostEstimate).cost.expected.usd).toBeGreaterThan(5 * (cached as CostEstimate).cost.expected.usd)
  })

  it('names a model that has no price at that time, whatever hit rates are listed', () => {
    const options = { at: '2020-01-01', cacheHitRates: [0, 1] }
    expect(() => real.compareModels('hi', ['gpt-4o', 'gpt-6.1-sol'], options)).toThrow(
      expect.objectContaining({ code: 'price-not-found' }),
    )
  })

  it('caches no prefix that is too short for it', () => {
    const cache = { hitRate: 1 }
    const parts = (prompt: string) =>
      estimator.estimateCost(prompt, { model: 'gpt-5-test', cache }).lines.map(({ part }) => part)
    expect(parts('some words '.repeat(400))).not.toContain('cacheRead')
    expect(parts('some words '.repeat(600))).toContain('cacheRead')
    const short = estimator.estimateCost('hi', { model: 'gpt-5-test', cache: { hitRate: 1, prefixTokens: 500 } })
    expect(short.warnings.map(({ code }) => code)).not.toContain('cache-unpriced')
  })

  it('finds the other sellers of a model by its own name', () => {
    const rows = real.compareModels('hi', ['groq/openai/gpt-oss-120b'], { everySeller: true })
    const sellers = new Set(rows.map(({ seller }) => seller))
    for (const seller of ['groq', 'cerebras', 'together', 'fireworks']) expect(sellers).toContain(seller)
    expect(rows.every(({ model }) => model.includes('gpt-oss-120b'))).toBe(true)
  })

  it('filters by what a model can do, how fast it is and what it can cost', () => {
    const all = ['gpt-4o', 'gpt-5', 'groq/openai/gpt-oss-120b', 'gpt-4.1', 'deepseek-v4-pro']
    const kept = (filter: object): string[] =>
      real.compareModels('hi', all, { filter, output: { max: 500 } }).map(({ model }) => model)
    const withoutDeepseek = all.slice(0, 4)
    const fast = real.compareModels('hi', withoutDeepseek, { filter: { minTokensPerSecond: 200 } })
    expect(fast.map(({ model }) => model).toSorted()).toEqual(['gpt-4o', 'openai/gpt-oss-120b'])
    expect(() => kept({})).toThrow(/deepseek_v3/)
    const keeps = (filter: object) => real.compareModels('hi', withoutDeepseek, { filter, output: { max: 500 } })
    expect(
      keeps({ reasoning: true })
        .map(({ model }) => model)
        .toSorted(),
    ).toEqual(['gpt-5', 'openai/gpt-oss-120b'])
    expect(keeps({ minContextTokens: 1_000_000 }).map(({ model }) => model)).toEqual(['gpt-4.1'])
    expect(keeps({ inputModalities: ['image'] }).map(({ model }) => model)).not.toContain('openai/gpt-oss-120b')
    expect(keeps({ maxLatencyMs: 5000 }).every(({ latency }) => (latency?.totalMs.expected ?? 1e9) <= 5000)).toBe(true)
    expect(keeps({ maxCostUsd: '0.001' }).map(({ model }) => model)).toEqual(['openai/gpt-oss-120b'])
    expect(keeps({ fits: true })).toHaveLength(4)
  })

  it('ranks by what is asked, equals as given, unknown speeds last', () => {
    const models = ['gpt-4o', 'gpt-3.5-turbo', 'groq/openai/gpt-oss-120b', 'gpt-4']
    const ranks = (sort: 'expected' | 'p90' | 'high' | 'latency') => real.compareModels('hi', models, { sort })
    for (const sort of ['expected', 'p90', 'high'] as const) {
      const costs = ranks(sort).map(({ cost }) => cost[sort].usd)
      expect(costs).toEqual(costs.toSorted((a, b) => a - b))
    }
    expect(ranks('latency').at(-1)?.latency).toBeNull()
    const twins = [1, 2, 3].map((prefixTokens) => ({ model: 'gpt-4o', cache: { hitRate: 0, prefixTokens } }))
    expect(real.compareModels('hi', twins).map(({ cost }) => cost)).toEqual(twins.map(() => expect.anything()))
  })

  it('counts the request once per vocabulary, whatever the number of rows', () => {
    let counted = 0
    const count = (text: string): number => {
      if (text.includes('sky')) counted++
      return o200k.count(text)
    }
    const counting = Object.create(o200k, { count: { value: count } }) as Encoding
    const rows = createEstimator({ encodings: [counting] }).compareModels(
      { messages: [{ role: 'user', content: 'Why is the sky blue?' }] },
      ['gpt-4o', 'gpt-5', 'gpt-4.1', 'azure/gpt-4o', 'openrouter/openai/gpt-4o', 'grok-4.3'],
      { serviceTiers: ['standard', 'batch'] },
    )
    expect(rows.length).toBeGreaterThan(6)
    expect(counted).toBe(1)
  })

  it('is of one instant, however long it takes', () => {
    let asked = 0
    const clock = (): number => testClock() + 3_600_000 * asked++
    const [one, other] = createEstimator({ encodings: [o200k], prices: intricateTable, clock }).compareModels('hi', [
      'gpt-4o-hourly',
      { model: 'gpt-4o-hourly', output: {} },
    ])
    expect(one?.price.schedule).toBe('peak')
    expect(other?.price.schedule).toBe('peak')
  })

  it('is the same when vocabularies are loaded on first use', async () => {
    const options = { serviceTiers: ['standard', 'batch'], filter: { reasoning: true } } as const
    const loaded = await compareModels('hi', ['gpt-5-test', 'gpt-4o-plain'], {
      ...options,
      prices: intricateTable,
      clock: testClock,
    })
    expect(loaded).toEqual(estimator.compareModels('hi', ['gpt-5-test', 'gpt-4o-plain'], options))
  })
})
