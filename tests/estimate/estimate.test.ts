import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import { createEstimator, type Encoding, estimateCost, PriceNotFoundError, UnknownModelError } from '../../src/index.ts'
import { exactUsd, parseUsd } from '../../src/money.ts'
import { testClock, testTable } from './table.ts'

const estimator = createEstimator({ encodings: [o200k, cl100k], prices: testTable, clock: testClock })
const request = { model: 'gpt-5-test', messages: [{ role: 'user', content: 'Why is the sky blue?' }] }
const codes = (notices: readonly { code: string }[]): string[] => notices.map(({ code }) => code)

describe('estimateCost', () => {
  it('prices the count at the low, expected and high end of the reply', () => {
    const { input, output, cost, lines } = estimator.estimateCost(request, { output: { max: 1000, expected: 100 } })
    expect(input.low).toBe(input.high)
    expect(output).toMatchObject({ low: 0, expected: 100, high: 1000, basis: 'given', task: null, reasoning: 0 })
    expect(cost.low.exact).toBe(exactUsd(BigInt(input.tokens) * 1_000_000n))
    expect(cost.expected.exact).toBe(exactUsd(BigInt(input.tokens) * 1_000_000n + 400_000_000n))
    expect(cost.high.exact).toBe(exactUsd(BigInt(input.tokens) * 1_000_000n + 4_000_000_000n))
    expect(lines.map(({ part, quantity }) => [part, quantity])).toEqual([
      ['input', input.tokens],
      ['output', 100],
    ])
  })

  it('takes the tightest known limit of the reply', () => {
    const high = (body: object, output = {}): [number, string] => {
      const range = estimator.estimateCost({ ...request, ...body }, { output }).output
      return [range.high, range.basis]
    }
    expect(high({})).toEqual([16_000, 'model-limit'])
    expect(high({ max_completion_tokens: 500 })).toEqual([500, 'request-limit'])
    expect(high({ max_tokens: 500 }, { max: 300 })).toEqual([300, 'given'])
    expect(high({ max_tokens: 99_999 })).toEqual([16_000, 'model-limit'])
    const small = estimator.estimateCost({ model: 'gpt-4o-plain', prompt: 'hi' })
    expect(small.output).toMatchObject({ high: 50 - small.input.low, basis: 'context' })
  })

  it('says what it assumed and what may be wrong', () => {
    const plain = estimator.estimateCost({ model: 'gpt-5-test', prompt: 'hi', n: 3 })
    expect(codes(plain.assumptions)).toEqual([
      'prompt-as-user-message',
      'output-prior',
      'reasoning-prior',
      'several-choices',
      'output-length',
    ])
    expect(codes(plain.warnings)).toEqual(['reasoning-uncertain'])
    // 212 visible tokens and 2.5 times as many of reasoning, three replies.
    expect(plain.output).toMatchObject({ expected: 3 * 742, reasoning: 3 * 530, high: 48_000 })
    const unlimited = estimator.estimateCost({ model: 'gpt-4-unlimited', prompt: 'hi' })
    expect(codes(unlimited.warnings)).toEqual(['output-unbounded', 'context-unknown'])
    expect(unlimited.context).toMatchObject({ limit: null, fits: null })
    const full = estimator.estimateCost({ model: 'gpt-4o-plain', prompt: 'many words '.repeat(50) })
    expect(codes(full.warnings)).toEqual(['context-exceeded'])
    expect(full.context.fits).toBe(false)
    const above = estimator.estimateCost({ ...request, max_tokens: 20_000 }, { output: { expected: 17_000 } })
    expect(codes(above.warnings)).toEqual(['limit-above-model-limit'])
    expect(codes(above.assumptions)).toEqual(['output-expected-capped', 'output-length'])
  })

  it('never takes an unknown rate for free', () => {
    const { complete, unpriced, warnings, cost } = estimator.estimateCost({
      model: 'gpt-5-unknown-output',
      prompt: 'hi',
    })
    expect(complete).toBe(false)
    expect(unpriced).toMatchObject([{ part: 'output' }])
    expect(codes(warnings)).toContain('unpriced-part')
    expect(cost.high.usd).toBeGreaterThan(0)
  })

  it('knows models that write nothing', () => {
    const { output, cost } = estimator.estimateCost({ model: 'text-embedding-3-test', prompt: 'one two three' })
    expect(output).toMatchObject({ low: 0, expected: 0, high: 0, basis: 'none' })
    expect(cost.low).toEqual(cost.high)
  })

  it('prices by the day, the service tier and the context tier', () => {
    const at = (terms: object): string =>
      estimator.estimateCost(request, { output: { expected: 0 }, ...terms }).price.entry
    expect(at({ at: '2026-02-28' })).toContain('#2025-08-07')
    expect(at({ at: '2026-03-01' })).toContain('#2026-03-01')
    const batch = estimator.estimateCost({ ...request, service_tier: 'batch' })
    expect(batch.price.serviceTier).toBe('batch')
    expect(() => estimator.estimateCost(request, { serviceTier: 'flex' })).toThrow(PriceNotFoundError)
    const long = estimator.estimateCost({ model: 'gpt-5-tiered', prompt: 'word '.repeat(200) })
    expect(long.price.contextTier).toBe(100)
  })

  it.each(['__proto__', 'constructor', 'toString', 'gpt-5-tes', ''])('refuses the model %j', (model) => {
    expect(() => estimator.estimateCost('hi', { model })).toThrow(UnknownModelError)
  })

  it('refuses what it cannot read, naming it', () => {
    expect(() => estimator.estimateCost('hi')).toThrow(/no model/)
    expect(() => estimator.estimateCost(request, { output: { max: -1 } })).toThrow(/output\.max/)
    expect(() => estimator.estimateCost(request, { output: { expected: 1.5 } })).toThrow(/output\.expected/)
    expect(() => estimator.estimateCost(request, { output: { task: 'poem' as 'chat' } })).toThrow(/output\.task/)
    expect(() => createEstimator({ encodings: [], prices: testTable }).estimateCost(request)).toThrow(/o200k_base/)
  })

  it.each(['model', 'max_tokens', 'generationConfig', 'reasoning', 'service_tier', 'n'])(
    'tells a field that throws when it is read: %s',
    async (key) => {
      const request = Object.defineProperty({ model: 'gpt-4o', prompt: 'hi' }, key, {
        enumerable: true,
        get: () => {
          throw new Error('mine')
        },
      })
      await expect(estimateCost(request)).rejects.toMatchObject({ code: 'invalid-request', path: key })
    },
  )

  it('calls a count of nothing exact', () => {
    const estimator = createEstimator({ encodings: [o200k] })
    expect(estimator.countTokens('', { model: 'gpt-5' })).toMatchObject({ tokens: 0, method: 'exact' })
  })

  it('is the same when the vocabulary is loaded on first use', async () => {
    const terms = { output: { max: 64 }, at: '2026-05-01' }
    const loaded = await estimateCost(request, { ...terms, prices: testTable, clock: testClock })
    expect(loaded).toEqual(estimator.estimateCost(request, terms))
  })

  it('gives plain, frozen results in order, whose lines add up to the total exactly', () => {
    const plan = fc.record(
      { max: fc.integer({ min: 1, max: 1e6 }), expected: fc.integer({ min: 0, max: 1e6 }) },
      { requiredKeys: [] },
    )
    const body = fc.record({
      model: fc.constantFrom('gpt-5-test', 'gpt-5-tiered', 'gpt-4o-plain', 'gpt-4-unlimited', 'gpt-5-unknown-output'),
      messages: fc.array(fc.record({ role: fc.constantFrom('system', 'user', 'assistant'), content: fc.string() })),
    })
    fc.assert(
      fc.property(body, plan, (request, output) => {
        const result = estimator.estimateCost(request, { output })
        const { low, expected, high } = result.cost
        expect(
          parseUsd(low.exact) <= parseUsd(expected.exact) && parseUsd(expected.exact) <= parseUsd(high.exact),
        ).toBe(true)
        expect(result.output.low <= result.output.expected && result.output.expected <= result.output.high).toBe(true)
        expect(exactUsd(result.lines.reduce((sum, { amount }) => sum + parseUsd(amount.exact), 0n))).toBe(
          expected.exact,
        )
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
        expect(deepFrozen(result)).toBe(true)
        expect(JSON.stringify(estimator.estimateCost(request, { output }))).toBe(JSON.stringify(result))
      }),
      { numRuns: 200 },
    )
  })
})

describe('compareModels', () => {
  it('is what estimateCost says for each, cheapest first', () => {
    const models = ['gpt-5-test', 'gpt-4o-plain', { model: 'gpt-5-test', serviceTier: 'batch' }, 'gpt-4-unlimited']
    const results = estimator.compareModels({ prompt: 'Why?' }, models, { output: { max: 10 } })
    const alone = models.map((model) =>
      estimator.estimateCost(
        { prompt: 'Why?' },
        { output: { max: 10 }, ...(typeof model === 'string' ? { model } : model) },
      ),
    )
    expect(results).toEqual([...alone].sort((a, b) => a.cost.expected.usd - b.cost.expected.usd))
    expect(results[0].model).toBe('gpt-4o-plain')
  })

  it('never lets an incomplete estimate win', () => {
    const models = ['gpt-5-unknown-output', 'gpt-5-test']
    expect(estimator.compareModels({ prompt: 'Why?' }, models).map(({ model }) => model)).toEqual(models.toReversed())
  })

  it('compares by default every current chat model that is priced in full', () => {
    const models = estimator.compareModels({ prompt: 'Why?' }).map(({ model }) => model)
    expect(models.toSorted()).toEqual(['gpt-4-unlimited', 'gpt-4o-plain', 'gpt-5-test', 'gpt-5-tiered'])
  })

  it('counts each text once for each vocabulary', () => {
    const seen: string[] = []
    const counting = (encoding: Encoding): Encoding =>
      Object.create(encoding, {
        count: {
          value: (text: string) => {
            seen.push(`${encoding.name}: ${text}`)
            return encoding.count(text)
          },
        },
      }) as Encoding
    const watched = createEstimator({ encodings: [o200k, cl100k].map(counting), prices: testTable, clock: testClock })
    watched.compareModels(request, ['gpt-5-test', 'gpt-5-tiered', 'gpt-4o-plain', 'gpt-4-unlimited'])
    expect(seen.filter((text) => text.endsWith('Why is the sky blue?'))).toHaveLength(2)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

function deepFrozen(value: unknown): boolean {
  return (
    typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(deepFrozen))
  )
}
