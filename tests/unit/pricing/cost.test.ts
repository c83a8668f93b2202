import { describe, expect, it } from 'vitest'
import {
  calcCost,
  getPrice,
  InvalidUsageError,
  listModels,
  resolveModel,
  UnknownModelError,
} from '../../../src/index.ts'

const at = '2026-11-22T00:00:00Z'
const clock = () => Date.parse(at)

describe('calcCost', () => {
  it('sums exact lines', () => {
    const cost = calcCost({ inputTokens: 1000, outputTokens: 200, cacheReadTokens: 100 }, 'gpt-4o', { at, clock })
    expect(cost.total).toEqual({ usd: 0.004375, exact: '0.004375' })
    expect(cost.lines.map((line) => [line.part, line.quantity, line.rateUsd, line.amount.exact])).toEqual([
      ['input', 900, '2.5', '0.00225'],
      ['output', 200, '10', '0.002'],
      ['cacheRead', 100, '1.25', '0.000125'],
    ])
    expect(cost).toMatchObject({ complete: true, unpriced: [], warnings: [] })
  })

  it('gives the same result for a resolved model, and a million times that is a million times as much', () => {
    const usage = { inputTokens: 1, outputTokens: 1 }
    const model = resolveModel('gpt-4o-mini')
    expect(calcCost(usage, model, { at })).toEqual(calcCost(usage, 'openai/gpt-4o-mini', { at }))
    expect(calcCost({ inputTokens: 1_000_000, outputTokens: 1_000_000 }, model, { at }).total.exact).toBe('0.75')
  })

  it('lists what it cannot price', () => {
    const cost = calcCost({ inputTokens: 10, outputTokens: 0, cacheReadTokens: 4 }, 'gpt-4', { at })
    expect(cost).toMatchObject({
      complete: false,
      total: { exact: '0.00018' },
      unpriced: [{ part: 'cacheRead', quantity: 4 }],
    })
  })

  it('stays exact beyond safe integers', () => {
    const cost = calcCost({ inputTokens: Number.MAX_SAFE_INTEGER, outputTokens: 3 }, 'gpt-4o', { at })
    expect(cost.total.exact).toBe('22517998136.8525075')
  })

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53 + 2, '1', 1n, null])('refuses %s tokens', (value) => {
    expect(() => calcCost({ inputTokens: value as number, outputTokens: 0 }, 'gpt-4o')).toThrow(InvalidUsageError)
  })
})

describe('models', () => {
  it('resolve, exactly or not at all', () => {
    expect(resolveModel('gpt-4o-2024-08-06')).toMatchObject({ seller: 'openai', encoding: 'o200k_base' })
    expect(() => resolveModel('gpt-4o-turbo-ultra')).toThrow(UnknownModelError)
    for (const name of ['__proto__', 'constructor', 'toString', '', 'openai/__proto__']) {
      expect(() => resolveModel(name)).toThrow(UnknownModelError)
    }
  })

  it('are listed with their sellers', () => {
    expect(listModels({ seller: 'groq' }).every((model) => model.seller === 'groq')).toBe(true)
    expect(getPrice('gpt-4o', { at }).rates.inputUsdPerMTok).toBe('2.5')
  })
})
