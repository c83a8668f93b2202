/** What a call makes besides text is priced by the piece. Figures by hand from the price lists. */
import { describe, expect, it } from 'vitest'
import o200k from '../../src/encodings/o200k_base.ts'
import { type CostEstimate, createEstimator, explain } from '../../src/index.ts'
import { exactUsd, parseUsd } from '../../src/money.ts'

const clock = (): number => Date.parse('2026-11-24T12:00:00Z')
const estimator = createEstimator({ encodings: [o200k], clock })
const estimate = (body: unknown): CostEstimate => estimator.estimateCost(body)
const pieces = (body: unknown): unknown[] =>
  estimate(body)
    .lines.filter(({ part }) => part !== 'input')
    .map(({ part, quantity, rateUsd }) => [part, quantity, rateUsd])

function expectWhole({ cost, lines, assumptions }: CostEstimate): void {
  expect(exactUsd(lines.reduce((sum, { amount }) => sum + parseUsd(amount.exact), 0n))).toBe(cost.expected.exact)
  for (const end of ['low', 'high'] as const) {
    const effects = assumptions.map(({ effect }) => (effect === undefined ? 0n : parseUsd(effect[end].exact)))
    expect(exactUsd(effects.reduce((sum, one) => sum + one, parseUsd(cost.expected.exact)))).toBe(cost[end].exact)
  }
  expect(cost.low.usd).toBeLessThanOrEqual(cost.expected.usd)
  expect(cost.expected.usd).toBeLessThanOrEqual(cost.p90.usd)
  expect(cost.expected.usd).toBeLessThanOrEqual(cost.high.usd)
}

describe('pictures', () => {
  it('cost by size and quality, each of them', () => {
    const body = { model: 'gpt-image-1', prompt: 'a cat', size: '1024x1024', quality: 'high', n: 2 }
    expect(pieces(body)).toEqual([['image', 2, '0.167']])
    expect(estimate(body)).toMatchObject({ complete: true, output: { high: 0, basis: 'none' } })
    expectWhole(estimate(body))
  })

  it('of any size cost from the cheapest to the dearest', () => {
    const open = estimate({ model: 'gpt-image-1', prompt: 'a cat', quality: 'auto' })
    expect(open.lines.find(({ part }) => part === 'image')?.rateUsd).toBe('0.042')
    expect(open.cost.low.usd).toBeCloseTo(0.011, 4)
    expect(open.cost.high.usd).toBeCloseTo(0.25, 3)
    expect(explain(open).parts.map(({ code }) => code)).toContain('open-size')
    expectWhole(open)
    const square = estimate({ model: 'gpt-image-1', prompt: 'a cat', size: '1024x1024' })
    expect(square.cost.high.usd).toBeCloseTo(0.167, 3)
  })

  it('of Gemini cost by their setting', () => {
    const contents = [{ role: 'user', parts: [{ text: 'a cat' }] }]
    const model = 'gemini-3-pro-image'
    const generationConfig = { imageConfig: { imageSize: '4K' } }
    expect(pieces({ model, contents, generationConfig })).toEqual([['image', 1, '0.24']])
    expectWhole(estimate({ model, contents }))
  })

  it('without a price by the piece are in no total', () => {
    expect(estimate({ model: 'gpt-5-image', messages: [{ role: 'user', content: 'a cat' }] })).toMatchObject({
      complete: false,
      unpriced: [{ part: 'image', quantity: 1 }],
    })
  })

  it('are compared as they are estimated', () => {
    const body = { prompt: 'a cat', size: '1024x1024' }
    const models = ['gpt-image-1', 'gpt-image-1.5', 'dall-e-3', 'gpt-image-1-mini']
    const alone = models.map((model) => estimate({ ...body, model }))
    for (const row of estimator.compareModels(body, models))
      expect(row).toEqual(alone.find(({ model }) => model === row.model))
  })
})

it('films cost by the second, and are not free when their length is not said', () => {
  expect(pieces({ model: 'sora-2', prompt: 'a cat', seconds: '8' })).toEqual([['videoSecond', 8000, '0.1']])
  expect(estimate({ model: 'sora-2', prompt: 'a cat' })).toMatchObject({
    complete: false,
    unpriced: [{ part: 'videoSecond', quantity: null }],
  })
})

it('speech costs by the character where its price does', () => {
  expect(pieces({ model: 'tts-1', input: 'hello there', voice: 'alloy' })).toEqual([['character', 11, '15']])
})

it('a spoken reply costs what sound does', () => {
  const body = { model: 'gpt-audio', messages: [{ role: 'user', content: 'hi' }], max_tokens: 50 }
  expect(pieces({ ...body, modalities: ['text', 'audio'] })).toEqual([['outputAudio', 50, '64']])
  expect(pieces({ ...body, modalities: ['text'] })).toEqual([['output', 50, '10']])
  expectWhole(estimate({ ...body, modalities: ['text', 'audio'] }))
})

it("Perplexity's fee goes by the size of the search context, low by default", () => {
  const body = { model: 'sonar', messages: [{ role: 'user', content: 'hi' }], max_tokens: 100 }
  const fee = (more: object): unknown =>
    estimate({ ...body, ...more }).lines.find(({ part }) => part === 'request')?.rateUsd
  expect(fee({})).toBe('5')
  expect(fee({ web_search_options: { search_context_size: 'high' } })).toBe('12')
  expectWhole(estimate({ ...body, web_search_options: { search_context_size: 'high' } }))
})
