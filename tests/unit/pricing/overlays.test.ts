/** Tables of users over other tables, and what contexts share with the standard rates. */
import { describe, expect, it } from 'vitest'
import { calcCost, getPrice, PriceNotFoundError, priceContextFrom, resolveModel } from '../../../src/index.ts'
import { definePrices, discountPrices } from '../../../src/pricing.ts'

const at = '2026-11-20'
const million = { inputTokens: 1_000_000 }
const usd = (model: string, prices: ReturnType<typeof definePrices>): number =>
  calcCost(million, model, { at, prices }).total.usd

describe('a table over a table', () => {
  const own = definePrices({
    seller: 'openai',
    models: [{ id: 'gpt-4', aliases: ['gpt-4-1106-preview'], rates: { input: '1', output: '1' } }],
  })

  it('keeps its aliases under further tables', () => {
    expect(usd('gpt-4-1106-preview', own)).toBe(1)
    expect(usd('gpt-4-1106-preview', discountPrices([{ seller: 'openai', percent: '10' }], { base: own }))).toBe(0.9)
    const more = { seller: 'openai', models: [{ id: 'zzz', rates: { input: '1' } }] }
    expect(usd('gpt-4-1106-preview', definePrices(more, { base: own }))).toBe(1)
  })

  it('keeps the aliases and limits of a model that gets own prices', () => {
    expect(usd('gpt-4-0613', own)).toBe(1)
    const { contextTokens, inputModalities } = resolveModel('gpt-4.1')
    const cheaper = definePrices({ seller: 'openai', models: [{ id: 'gpt-4.1', rates: { input: '1', output: '2' } }] })
    expect(resolveModel('gpt-4.1', { prices: cheaper })).toMatchObject({ contextTokens, inputModalities })
  })

  it('lets an own alias win over an id of the base', () => {
    const models = [{ id: 'gpt-4o', aliases: ['gpt-4o-2024-08-06'], rates: { input: '1', output: '4' } }]
    expect(usd('gpt-4o-2024-08-06', definePrices({ seller: 'openai', models }))).toBe(1)
  })

  it('does not change when what it was made of does', () => {
    const days = [1, 2, 3, 4, 5, 6, 7]
    const input: 'text'[] = ['text']
    const schedule = {
      name: 'peak',
      zone: 'UTC',
      windows: [{ days, from: '00:00', to: '24:00' }],
      rates: { input: '9' },
    }
    const model = { id: 'm', input, periods: [{ rates: { input: '1' }, schedule }] }
    const prices = definePrices({ seller: 'acme', models: [model] }, { base: null })
    const over = definePrices({ seller: 'acme', models: [] as never[] }, { base: prices })
    days.length = 0
    model.periods.length = 0
    expect(usd('acme/m', prices)).toBe(9)
    expect(usd('acme/m', over)).toBe(9)
  })

  it('takes a discount on an alias', () => {
    const prices = discountPrices([{ seller: 'openai', models: ['gpt-4-0613'], percent: '50' }], { base: own })
    expect(usd('gpt-4', prices)).toBe(0.5)
  })
})

describe('rates by size', () => {
  it.each([undefined, 'batch', 'flex', 'priority'])('hold in the tier %s, where the fee is the same', (serviceTier) => {
    const context = { at, ...(serviceTier === undefined ? {} : { serviceTier }) }
    const hour = { codeSeconds: 3600, codeContainer: '16g' }
    expect(calcCost(hour, 'gpt-5', context).total.exact).toBe('1.44')
    expect(getPrice('gpt-5', context).variants.map(({ size }) => size)).toContain('16g')
  })

  it('are those of the context where it has its own', () => {
    const variants = (usd: string) => [
      { rate: 'image' as const, size: '1024x1024', usd },
      { rate: 'image' as const, size: '2048x2048', usd: '9' },
    ]
    const period = {
      rates: { image: '2' },
      variants: variants('2'),
      modes: { batch: { rates: { image: '1' }, variants: variants('1') } },
    }
    const prices = definePrices({ seller: 'acme', models: [{ id: 'm', periods: [period] }] }, { base: null })
    const context = { at, prices, serviceTier: 'batch' }
    expect(getPrice('acme/m', context).variants[0]).toMatchObject({ size: '1024x1024', usd: '1' })
    expect(calcCost({ outputImages: 1 }, 'acme/m', context).total.exact).toBe('1')
  })
})

describe('service tiers', () => {
  it('priority of Anthropic is not its fast mode', () => {
    const context = priceContextFrom({ usage: { input_tokens: 1, output_tokens: 1, service_tier: 'priority' } })
    expect(context).toEqual({ serviceTier: 'priority' })
    expect(() => calcCost(million, 'claude-opus-4-6', { at, ...context })).toThrow(PriceNotFoundError)
    expect(calcCost(million, 'claude-opus-4-6', { at, serviceTier: 'fast' }).total.usd).toBe(30)
    expect(calcCost(million, 'gpt-5', { at, serviceTier: 'fast' }).total).toEqual(
      calcCost(million, 'gpt-5', { at, serviceTier: 'priority' }).total,
    )
  })
})

describe('dated snapshots', () => {
  it('are found under the other spelling of their day, before the model that they are one of', () => {
    expect(resolveModel('gpt-4o-20240513')).toMatchObject({ id: 'gpt-4o-2024-05-13', matchedBy: 'snapshot' })
    expect(resolveModel('azure/gpt-4o-20240513').id).toBe('gpt-4o-2024-05-13')
  })

  it('have one day', () => {
    expect(() => resolveModel('gpt-4o-mini-2024-07-18-2024-01-01')).toThrow(/unknown model/)
  })
})
