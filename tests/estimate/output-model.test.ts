import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import o200k from '../../src/encodings/o200k_base.ts'
import { DecayingSketch } from '../../src/estimate/sketch.ts'
import { createEstimator, createOutputModel, InvalidUsageError } from '../../src/index.ts'
import { coverageOf } from './coverage.ts'
import { testClock, testTable } from './table.ts'
import { randomOf, workloads } from './workloads.ts'

describe('the bound of an output model', () => {
  it.each(Object.keys(workloads))('covers 88 to 92 percent after 30 replies: %s', (name) => {
    const found = [1, 2, 3, 4, 5].map((seed) => coverageOf(name, seed, 1500))
    console.log(`${name}: ${found.map((percent) => percent.toFixed(1)).join(', ')} %`)
    for (const percent of found) {
      expect(percent).toBeGreaterThanOrEqual(88)
      expect(percent).toBeLessThanOrEqual(92)
    }
  })

  it('is not wide for nothing: on steady work it stays near the true quantile', () => {
    const random = randomOf(7)
    const model = createOutputModel()
    const bounds: number[] = []
    for (let index = 0; index < 3000; index++) {
      model.learn({}, workloads['steady']?.(index, 3000, random) as number)
      if (index > 500) bounds.push(model.predict({})?.bound as number)
    }
    const truth = 200 * Math.exp(0.8 * 1.2816)
    const median = bounds.toSorted((a, b) => a - b)[bounds.length >> 1] as number
    expect(median / truth).toBeGreaterThan(0.85)
    expect(median / truth).toBeLessThan(1.2)
  })
})

describe('an output model', () => {
  it('says nothing before it has seen enough, and falls back to coarser keys', () => {
    const model = createOutputModel({ minSamples: 10 })
    const key = { application: 'shop', template: 'reply', model: 'gpt-5', effort: 'low' }
    for (let i = 0; i < 9; i++) model.learn(key, 100)
    expect(model.predict(key)).toBeUndefined()
    model.learn(key, { outputTokens: 100, reasoningTokens: 25 })
    expect(model.predict(key)).toMatchObject({ p50: 100, mean: 100, samples: 10, without: [] })
    const other = model.predict({ ...key, template: 'new' })
    expect(other).toMatchObject({ samples: 10, without: ['template'] })
    expect(model.predict({ ...key, application: 'other' })).toMatchObject({
      without: ['application', 'template'].toReversed(),
    })
    expect(model.predict({ ...key, model: 'gpt-4o' })).toBeUndefined()
  })

  it('stands in for the prior of an estimate', () => {
    const model = createOutputModel()
    for (let i = 0; i < 40; i++) model.learn({}, { outputTokens: 50 + i, reasoningTokens: 10 })
    const estimator = createEstimator({ encodings: [o200k], prices: testTable, clock: testClock })
    const learned = model.predict({})
    if (learned === undefined) throw new Error('nothing learned')
    const { output, assumptions } = estimator.estimateCost('hi', { model: 'gpt-5-test', output: { learned } })
    expect(output).toMatchObject({ expected: learned.mean, task: null, reasoning: learned.reasoning })
    expect(output.quantiles).toEqual({
      p10: learned.p10,
      p50: learned.p50,
      p90: learned.p90,
      p95: learned.p95,
      p99: learned.p99,
    })
    expect(assumptions.map(({ code }) => code)).not.toContain('output-prior')
  })

  it('goes on after a restart as if there had been none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 31, maxLength: 200 }),
        fc.nat(1e6),
        (replies, next) => {
          const model = createOutputModel()
          for (const tokens of replies) model.learn({ template: 't' }, tokens)
          const again = createOutputModel({ state: JSON.parse(JSON.stringify(model)) })
          expect(again.predict({ template: 't' })).toEqual(model.predict({ template: 't' }))
          model.learn({ template: 't' }, next)
          again.learn({ template: 't' }, next)
          expect(JSON.stringify(again)).toBe(JSON.stringify(model))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('keeps a bounded number of keys and buckets, whatever it is fed', () => {
    const model = createOutputModel({ maxKeys: 20 })
    for (let i = 0; i < 500; i++) model.learn({ application: `__proto__${i}`, template: 'constructor' }, i)
    expect(model.size).toBe(20)
    const sketch = new DecayingSketch(300)
    const random = randomOf(3)
    for (let i = 0; i < 20_000; i++) sketch.add(Math.floor(2 ** (53 * random())))
    expect(sketch.toJSON().buckets.length).toBeLessThan(940)
  })

  it('refuses what no provider reports, and state that is none', () => {
    const model = createOutputModel()
    expect(() => model.learn({}, -1)).toThrow(InvalidUsageError)
    expect(() => model.learn({}, { inputTokens: 3 })).toThrow(/outputTokens/)
    expect(() => model.learn({}, { outputTokens: 3, reasoningTokens: 4 })).toThrow(/reasoningTokens/)
    expect(() => createOutputModel({ confidence: 90 })).toThrow(/confidence/)
    expect(() => createOutputModel({ state: { version: 2, keys: [] } as never })).toThrow(/state/)
    expect(() => createOutputModel({ state: { version: 1, keys: [{ key: 'x' }] } as never })).toThrow(/state/)
  })
})

describe('a sketch', () => {
  it('has quantiles within 2 % of the sorted values while nothing is forgotten', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (values, share) => {
          const sketch = new DecayingSketch(1e9)
          for (const value of values) sketch.add(value)
          const sorted = values.toSorted((a, b) => a - b)
          const rank = share * values.length
          // Weights that differ in the ninth digit may decide an exact tie of ranks either way.
          const near = [
            sorted[Math.max(0, Math.ceil(rank - 1e-3) - 1)],
            sorted[Math.min(values.length - 1, Math.ceil(rank + 1e-3) - 1)],
          ] as number[]
          const found = sketch.quantile(share) as number
          expect(near.some((value) => Math.abs(found / value - 1) <= 0.02)).toBe(true)
        },
      ),
    )
  })
})
