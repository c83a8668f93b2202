import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import o200k from '../../src/encodings/o200k_base.ts'
import o200kHarmony from '../../src/encodings/o200k_harmony.ts'
import { createEstimator, resolveModel } from '../../src/index.ts'

const file = JSON.parse(readFileSync(join(import.meta.dirname, '../../pricing/speeds.json'), 'utf8')) as {
  origins: { url: string; date: string; spread: number }[]
  speeds: { seller: string; model: string; tokensPerSecond?: number }[]
}
const estimator = createEstimator({ encodings: [o200k, o200kHarmony], clock: () => Date.parse('2026-11-22') })

describe('speeds', () => {
  it('are of models that the price table has under that very id, with a source and a date', () => {
    for (const { seller, model } of file.speeds) {
      expect(resolveModel(model as 'gpt-5', { seller }), `${seller}/${model}`).toMatchObject({ seller, id: model })
    }
    for (const { url, date, spread } of file.origins) {
      expect(url).toMatch(/^https:/)
      expect(Date.parse(date)).toBeLessThanOrEqual(Date.parse('2026-11-22'))
      expect(spread).toBeGreaterThan(1)
    }
  })

  it('make a range of the time that an answer takes', () => {
    const terms = { model: 'groq/openai/gpt-oss-20b', output: { max: 2000, expected: 1000 } }
    const { latency } = estimator.estimateCost('hi', terms)
    // 1,000 tokens a second, a quarter more or less.
    expect(latency).toMatchObject({
      tokensPerSecond: { low: 800, expected: 1000, high: 1250 },
      timeToFirstTokenMs: null,
      totalMs: { low: 0, expected: 1000, high: 2500 },
    })
    expect(estimator.estimateCost('hi', { ...terms, model: 'azure/gpt-4o' }).latency).toBeNull()
  })

  it('count the reasoning before the first token once', () => {
    const { latency, output } = estimator.estimateCost('hi', { model: 'gpt-5', output: { effort: 'low' } })
    expect(output.reasoning).toBeGreaterThan(0)
    expect(latency?.totalMs.expected).toBeCloseTo((output.expected / 92) * 1000, -1)
    const most = estimator.estimateCost('hi', { model: 'gpt-5', output: { effort: 'high' } }).latency
    expect(most?.totalMs.expected).toBeGreaterThan(latency?.totalMs.expected as number)
  })

  it('follow the service tier: a batch has no latency', () => {
    const at = (serviceTier: string) => estimator.estimateCost('hi', { model: 'gpt-4.1', serviceTier }).latency
    expect(at('batch')).toBeNull()
    expect(at('priority')?.tokensPerSecond.low).toBe(80)
    expect(at('standard')?.tokensPerSecond.expected).toBe(131)
  })
})
