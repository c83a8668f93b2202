/** What a body says about the terms of its call, in the words of each provider. */
import { describe, expect, it } from 'vitest'
import claude from '../../src/encodings/claude_legacy.ts'
import deepseek from '../../src/encodings/deepseek_v3.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import { createEstimator, PriceNotFoundError, priceContextFrom } from '../../src/index.ts'

const clock = (): number => Date.parse('2026-11-24T12:00:00Z')
const estimator = createEstimator({ encodings: [o200k, claude, deepseek], clock })
const messages = [{ role: 'user', content: 'Why is the sky blue?' }]

describe('terms in a body', () => {
  it.each<readonly [string, object, string]>([
    ['OpenAI', { model: 'gpt-5', messages, service_tier: 'flex' }, 'flex'],
    ['OpenAI, the default', { model: 'gpt-5', messages, service_tier: 'auto' }, 'standard'],
    ['Anthropic', { model: 'claude-opus-5-5', messages, max_tokens: 9, speed: 'fast' }, 'fast'],
    ["Google's SDK", { model: 'gemini-3.8-flash', contents: 'hi', config: { serviceTier: 'FLEX' } }, 'flex'],
    ['the AI SDK', { model: 'gpt-5', messages, providerOptions: { openai: { serviceTier: 'flex' } } }, 'flex'],
  ])('the service tier of %s', (_, body, tier) => {
    expect(estimator.estimateCost(body).price.serviceTier).toBe(tier)
  })

  it('a tier that the seller has no rates for is not priced as another', () => {
    const body = { modelId: 'amazon.nova-pro-v1:0', messages, serviceTier: { type: 'priority' } }
    expect(() => estimator.estimateCost(body)).toThrow(PriceNotFoundError)
    expect(estimator.estimateCost({ ...body, serviceTier: { type: 'default' } }).price.serviceTier).toBe('standard')
  })

  it("Anthropic's region", () => {
    const body = { model: 'claude-opus-5-5', messages, max_tokens: 9 }
    const [base, us, global] = [{}, { inference_geo: 'us' }, { inference_geo: 'global' }].map((terms) =>
      estimator.estimateCost({ ...body, ...terms }),
    )
    expect(us?.price.region).toBe('us')
    expect(us?.cost.high.usd).toBeCloseTo((base?.cost.high.usd ?? 0) * 1.1, 12)
    expect(global?.cost).toEqual(base?.cost)
  })

  it('limits and thinking of Gemini in the words of its SDK and in snake_case', () => {
    const contents = 'hi'
    for (const settings of [
      { generationConfig: { maxOutputTokens: 50, candidateCount: 2, thinkingConfig: { thinkingBudget: 0 } } },
      { generation_config: { max_output_tokens: 50, candidate_count: 2, thinking_config: { thinking_budget: 0 } } },
      { config: { maxOutputTokens: 50, candidateCount: 2, thinkingConfig: { thinkingBudget: 0 } } },
    ])
      expect(estimator.estimateCost({ model: 'gemini-2.5-flash', contents, ...settings }).output).toMatchObject({
        high: 100,
        basis: 'request-limit',
        effort: 'none',
      })
  })

  it('a comparison asks of the others only what they offer', () => {
    const body = { model: 'gpt-5', messages, service_tier: 'flex', max_completion_tokens: 9 }
    const rows = estimator.compareModels(body, ['gpt-5', 'claude-sonnet-5'])
    expect(rows.map(({ seller, price }) => [seller, price.serviceTier])).toEqual([
      ['openai', 'flex'],
      ['anthropic', 'standard'],
    ])
    expect(() => estimator.compareModels(body, ['claude-sonnet-5'], { serviceTier: 'flex' })).toThrow(
      PriceNotFoundError,
    )
  })
})

describe('a day without its hour', () => {
  const body = { model: 'deepseek-v4-pro', messages, max_tokens: 100 }
  const high = (at: string): number => estimator.estimateCost(body, { at }).cost.high.usd

  it('may fall into the hours with other rates', () => {
    expect(high('2026-11-24')).toBe(high('2026-11-24T02:00:00Z'))
    expect(high('2026-11-24')).toBeGreaterThan(high('2026-11-24T00:00:00Z'))
  })

  it('has no such hours where the schedule has none on that day', () => {
    expect(high('2026-11-22')).toBe(high('2026-11-22T02:00:00Z'))
  })
})

describe('priceContextFrom', () => {
  it('reads the events of a stream', () => {
    expect(
      priceContextFrom([
        { type: 'message_start', message: { usage: { input_tokens: 3, service_tier: 'priority' } } },
        { type: 'message_delta', usage: { output_tokens: 5 } },
      ]),
    ).toEqual({ serviceTier: 'priority' })
    expect(
      priceContextFrom([
        { type: 'response.created', response: { service_tier: 'auto' } },
        {
          type: 'response.completed',
          response: { service_tier: 'flex', usage: { input_tokens: 3, output_tokens: 1 } },
        },
      ]),
    ).toEqual({ serviceTier: 'flex' })
    expect(priceContextFrom({ serviceTier: { type: 'flex' }, usage: { inputTokens: 1, outputTokens: 1 } })).toEqual({
      serviceTier: 'flex',
    })
  })
})
