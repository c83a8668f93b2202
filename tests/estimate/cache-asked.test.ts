/** Bodies that ask for caching: a first call writes, at more than the input's rate. */
import { describe, expect, it } from 'vitest'
import { calcCost, createEstimator } from '../../src/index.ts'
import { oracles } from '../counting/oracle-encodings.ts'

const estimator = createEstimator({ encodings: oracles })
const at = '2026-11-20'
const long = 'The quick brown fox jumps over the lazy dog. '.repeat(400)
const output = { max: 0 }

describe("a body that asks for OpenAI's cache of twelve hours", () => {
  const body = (model: string, prompt_cache_options?: object) => ({ model, input: long, prompt_cache_options })

  it('costs what such a write does at most, where the model has a rate for it', () => {
    const plain = estimator.estimateCost(body('gpt-6.2-sol'), { at, output })
    const { cost, lines } = estimator.estimateCost(body('gpt-6.2-sol', { ttl: '12h' }), { at, output })
    const usage = { inputTokens: plain.input.tokens, cacheWrite12hTokens: plain.input.tokens }
    expect(cost.expected).toEqual(calcCost(usage, 'gpt-6.2-sol', { at }).total)
    expect(cost.expected.usd / plain.cost.expected.usd).toBeCloseTo(2, 3)
    expect(cost.high).toEqual(cost.expected)
    expect(cost.low.usd).toBeCloseTo(plain.cost.low.usd, 9)
    expect(lines.map(({ part }) => part)).toContain('cacheWrite12h')
  })

  it('says so where it has none, and is as ever for the shortest time', () => {
    const codes = (ttl: string) =>
      estimator.estimateCost(body('gpt-6-sol', { ttl }), { at, output }).warnings.map(({ code }) => code)
    expect(codes('12h')).toContain('cache-unpriced')
    expect(codes('30m')).not.toContain('cache-unpriced')
  })
})

describe('a body that asks for caching', () => {
  const model = 'claude-sonnet-4-5'
  const body = (mark: object) => ({
    model,
    max_tokens: 1,
    system: [{ type: 'text', text: long, ...mark }],
    messages: [{ role: 'user', content: 'hi' }],
  })
  const bill = (usage: object) => calcCost({ inputTokens: 4000, ...usage }, model, { at }).total.usd

  it.each([
    ['for an hour', { cache_control: { type: 'ephemeral', ttl: '1h' } }, { cacheWrite1hTokens: 4000 }],
    ['for five minutes', { cache_control: { type: 'ephemeral' } }, { cacheWriteTokens: 4000 }],
  ])('%s costs from what reading costs to what writing does', (_, mark, written) => {
    const plain = estimator.estimateCost(body({}), { at, output })
    const { cost } = estimator.estimateCost(body(mark), { at, output })
    const perToken = plain.cost.expected.usd / plain.input.tokens
    expect(cost.high.usd / plain.cost.high.usd).toBeCloseTo(bill(written) / bill({}), 2)
    expect(cost.low.usd / plain.cost.low.usd).toBeCloseTo(bill({ cacheReadTokens: 4000 }) / bill({}), 2)
    expect(cost.expected.usd).toBeGreaterThan(perToken * plain.input.tokens)
  })

  it.each([
    [
      'Bedrock',
      {
        modelId: 'amazon-bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0',
        system: [{ text: long }, { cachePoint: { type: 'default' } }],
        messages: [{ role: 'user', content: [{ text: 'hi' }] }],
      },
    ],
    [
      'the AI SDK',
      {
        model,
        prompt: [
          {
            role: 'user',
            content: [
              { type: 'text', text: long, providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } },
            ],
          },
        ],
      },
    ],
    ['a tool', { ...body({}), tools: [{ name: 'f', input_schema: {}, cache_control: { type: 'ephemeral' } }] }],
  ])('may do so in the form of %s', (_, request) => {
    const { cost, price } = estimator.estimateCost(request, { at, output })
    expect(cost.high.usd).toBeGreaterThan(cost.low.usd * 5)
    expect(price.status).toBe('actual')
  })

  it('says less than the caller, who knows', () => {
    const mark = { cache_control: { type: 'ephemeral' } }
    const known = estimator.estimateCost(body(mark), { at, output, cache: { hitRate: 1 } })
    expect(known.cost.high.usd).toBeLessThan(known.cost.low.usd * 1.6)
  })
})

describe('reasoning that an SDK asks for', () => {
  const effort = (request: object) => estimator.estimateCost(request, { at }).output.effort
  const thinking = { type: 'enabled', budgetTokens: 10_000 }

  it('is read from the options of its provider', () => {
    const sdk = { model: 'claude-sonnet-4-5', prompt: 'hi', system: 'x', maxOutputTokens: 2000 }
    expect(effort(sdk)).toBe('none')
    expect(effort({ ...sdk, providerOptions: { anthropic: { thinking } } })).toBe('medium')
    const { output } = estimator.estimateCost({ ...sdk, providerOptions: { anthropic: { thinking } } }, { at })
    expect(output.high).toBe(12_000)
    const google = { thinkingConfig: { thinkingBudget: 0 } }
    expect(effort({ model: 'gemini-2.5-flash', prompt: 'hi', system: 'x', providerOptions: { google } })).toBe('none')
    const bedrock = {
      modelId: 'amazon-bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0',
      messages: [{ role: 'user', content: [{ text: 'hi' }] }],
    }
    expect(effort({ ...bedrock, additionalModelRequestFields: { thinking } })).toBe('medium')
  })
})

describe('an argument of a wrong kind', () => {
  // biome-ignore lint/suspicious/noExplicitAny: what callers without types pass
  const any = (value: unknown): any => value
  it.each([
    ['cache', () => estimator.estimateCost({ model: 'gpt-5', prompt: 'hi' }, { cache: any(null) })],
    ['models', () => estimator.compareModels('hi', any('gpt-4o'))],
    ['sort', () => estimator.compareModels('hi', ['gpt-4o'], { sort: any('foo') })],
    ['encodings', () => createEstimator(any({}))],
    ['clock', () => createEstimator({ encodings: [], clock: any(5) })],
  ])('is named: %s', (name, call) => {
    expect(call).toThrow(`${name}: `)
  })
})
