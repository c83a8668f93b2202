import { describe, expect, it } from 'vitest'
import { createEstimator } from '../../src/index.ts'
import { oracles } from '../counting/oracle-encodings.ts'

const estimator = createEstimator({ encodings: oracles })
const at = '2026-11-20'
const messages = [{ role: 'user', content: 'Why is the sky blue?' }]

describe('searches that nobody lists as tools', () => {
  it('of a model that searches for every answer are in the estimate', () => {
    const { cost, complete, lines } = estimator.estimateCost(
      { model: 'gpt-4o-search-preview', messages, max_tokens: 10 },
      { at },
    )
    expect(complete).toBe(true)
    expect(cost.low.usd).toBeGreaterThan(0.025)
    expect(cost.high.usd).toBeLessThan(0.026)
    expect(lines).toContainEqual(expect.objectContaining({ part: 'webSearch', quantity: 1 }))
  })

  it('stand with their model in a comparison', () => {
    const rows = estimator.compareModels({ messages, max_tokens: 10 }, ['gpt-4o', 'gpt-4o-search-preview'], { at })
    expect(rows.map(({ model, cost }) => [model, cost.expected.usd > 0.02])).toEqual([
      ['gpt-4o', false],
      ['gpt-4o-search-preview', true],
    ])
  })

  it.each([
    ['xAI', { model: 'grok-4', messages, search_parameters: { mode: 'auto' } }],
    ['OpenRouter', { model: 'openrouter/openai/gpt-4o', messages, plugins: [{ id: 'web' }] }],
    ['OpenRouter by the id', { model: 'openrouter/openai/gpt-4o:online', messages }],
  ])('of %s leave it open', (_, body) => {
    expect(estimator.estimateCost(body, { at })).toMatchObject({
      complete: false,
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'hosted-tools' })]),
    })
  })
})

describe('several replies to one request', () => {
  it('have the context window to themselves', () => {
    const { context, output } = estimator.estimateCost({ model: 'gpt-4', messages, n: 40, max_tokens: 300 }, { at })
    expect(output.high).toBe(40 * 300)
    expect(context).toMatchObject({ fits: true, limit: 8192 })
    expect(context.used).toBeLessThan(400)
  })
})

describe('a model of which nothing is known', () => {
  it.each([
    ['English', 'The quick brown fox jumps over the lazy dog. '.repeat(20)],
    ['Russian', 'Съешь же ещё этих мягких французских булок, да выпей чаю. '.repeat(20)],
    ['code', 'export const sum = (a: number, b: number): number => a + b\n'.repeat(20)],
  ])('is counted with bounds that hold for the vocabulary of another: %s', (_, text) => {
    const { low, high, warnings } = estimator.countTokens(text, { model: 'model-of-nobody' })
    const other = oracles.find(({ name }) => name === 'claude_legacy')?.count(text) ?? 0
    expect(low).toBeLessThanOrEqual(other)
    expect(high).toBeGreaterThanOrEqual(other)
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'unknown-family' }))
  })
})

describe('every seller of a model', () => {
  const sellersOf = (model: string) =>
    estimator
      .compareModels({ messages, max_tokens: 10 }, [model], { at, everySeller: true })
      .map((row) => `${row.seller}/${row.model}`)

  it('has Bedrock, which adds a version to the id, and no model that was fine-tuned', () => {
    expect(sellersOf('claude-sonnet-4-5-20250929')).toContain(
      'amazon-bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0',
    )
    expect(sellersOf('gpt-4o')).not.toContain('openai/ft:gpt-4o')
  })
})
