import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import claude from '../../src/encodings/claude_legacy.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import { lengthOf, outputTasks, priorOf, reasoningEfforts } from '../../src/estimate/priors.ts'
import { calcCost, createEstimator, type EstimateOptions, explain, isTokenfareError } from '../../src/index.ts'
import { exactUsd, parseUsd } from '../../src/money.ts'
import { amountOfPico, picoDifference, picoUnder } from '../../src/pricing/amount.ts'
import { billUnder, textBill } from '../../src/pricing/bill.ts'
import { findModel } from '../../src/pricing/match.ts'
import { ratesKey } from '../../src/pricing/rates-key.ts'
import type { RateCard } from '../../src/pricing/table.ts'
import { unitIndex } from '../../src/pricing/units.ts'
import { intricateTable, testClock } from './table.ts'

const estimator = createEstimator({ encodings: [o200k, cl100k, claude], prices: intricateTable, clock: testClock })

const model = fc.constantFrom(
  'gpt-5-test',
  'gpt-5-tiered',
  'gpt-5-cached',
  'gpt-4o-plain',
  'gpt-4o-hourly',
  'gpt-4-unlimited',
  'gpt-5-unknown-output',
  'claude-sonnet-4-5-test',
)
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.integer({ min: 0, max: 3000 }).map((words) => 'some words '.repeat(words)),
)
const body = fc.record(
  {
    messages: fc.array(fc.record({ role: fc.constantFrom('system', 'user', 'assistant'), content: text }), {
      maxLength: 4,
    }),
    max_tokens: fc.integer({ min: 1, max: 200_000 }),
    n: fc.integer({ min: 1, max: 3 }),
    reasoning_effort: fc.constantFrom(...reasoningEfforts),
  },
  { requiredKeys: ['messages'] },
)
const options: fc.Arbitrary<EstimateOptions> = fc.record(
  {
    output: fc.record(
      {
        max: fc.integer({ min: 1, max: 1e6 }),
        expected: fc.integer({ min: 0, max: 1e6 }),
        task: fc.constantFrom(...outputTasks),
        effort: fc.constantFrom(...reasoningEfforts),
      },
      { requiredKeys: [] },
    ),
    cache: fc.record(
      {
        hitRate: fc.double({ min: 0, max: 1, noNaN: true }),
        prefixTokens: fc.integer({ min: 0, max: 5000 }),
        ttl: fc.constantFrom('5m' as const, '1h' as const),
      },
      { requiredKeys: ['hitRate'] },
    ),
    at: fc.constantFrom('2026-05-01T10:00:00Z', '2026-05-01T20:00:00Z'),
  },
  { requiredKeys: [] },
)
const pico = ({ exact }: { exact: string }): bigint => parseUsd(exact)

describe('an estimate', () => {
  it('has low ≤ expected ≤ high, effects that add up to the ends, lines that add up to the total, and survives JSON', () => {
    fc.assert(
      fc.property(model, body, options, (name, request, terms) => {
        const result = estimator.estimateCost(request, { ...terms, model: name, api: 'openai-chat' })
        const { low, expected, high, p90 } = result.cost
        expect(pico(low) <= pico(expected) && pico(expected) <= pico(high)).toBe(true)
        expect(pico(low) <= pico(p90) && pico(p90) <= pico(high)).toBe(true)
        const { output } = result
        const lengths = [output.low, ...Object.values(output.quantiles), output.high]
        expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
        expect(output.expected >= output.low && output.expected <= output.high).toBe(true)
        expect(output.reasoning <= output.expected).toBe(true)
        const { parts } = explain(result)
        expect(parts.every((part) => pico(part.low) <= 0n && pico(part.high) >= 0n)).toBe(true)
        const sum = (end: 'low' | 'high'): string =>
          exactUsd(parts.reduce((so, part) => so + pico(part[end]), pico(expected)))
        expect([sum('low'), sum('high')]).toEqual([low.exact, high.exact])
        expect(exactUsd(result.lines.reduce((so, { amount }) => so + pico(amount), 0n))).toBe(expected.exact)
        const again = estimator.estimateCost(request, { ...terms, model: name, api: 'openai-chat' })
        expect(JSON.stringify(again)).toBe(JSON.stringify(result))
        const read = JSON.parse(JSON.stringify(result))
        expect(read).toEqual(result)
        expect(explain(read)).toEqual(explain(result))
      }),
      { numRuns: 400 },
    )
  })

  it('costs no less when the reply may be longer', () => {
    fc.assert(
      fc.property(model, fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }), (name, max, more) => {
        const at = (limit: number) => estimator.estimateCost('one', { model: name, output: { max: limit } }).cost
        expect(pico(at(max).high) <= pico(at(max + more).high)).toBe(true)
        expect(pico(at(max).expected) <= pico(at(max + more).expected)).toBe(true)
      }),
    )
  })
})

describe('the cost of tokens', () => {
  const usage = fc
    .record({ input: fc.integer({ min: 0, max: 1e7 }), output: fc.integer({ min: 0, max: 1e7 }) })
    .map(({ input, output }) => ({ inputTokens: input, outputTokens: output }))

  it('is additive over its parts and monotone within a tier', () => {
    fc.assert(
      fc.property(usage, usage, (a, b) => {
        const cost = (one: typeof a): bigint =>
          pico(calcCost(one, 'gpt-5-test', { prices: intricateTable, at: '2026-05-01' }).total)
        const both = { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens }
        expect(cost(both)).toBe(cost(a) + cost(b))
        expect(cost({ ...a, outputTokens: 0 }) + cost({ ...a, inputTokens: 0 })).toBe(cost(a))
        expect(cost(both) >= cost(a)).toBe(true)
      }),
    )
  })

  it('is the same without lines as with them, also beyond what a double holds', () => {
    const parts = fc.record(
      {
        inputTokens: fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.maxSafeNat()),
        outputTokens: fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.maxSafeNat()),
        cacheReadTokens: fc.integer({ min: 0, max: 1000 }),
        cacheWriteTokens: fc.integer({ min: 0, max: 1000 }),
        inputImageTokens: fc.integer({ min: 0, max: 500 }),
      },
      { requiredKeys: ['inputTokens', 'outputTokens'] },
    )
    const row = findModel(intricateTable, 'claude-sonnet-4-5-test').model
    fc.assert(
      fc.property(parts, (usage) => {
        try {
          const cost = calcCost(usage, row, { prices: intricateTable })
          const sum = picoUnder(row.periods[0]?.card.micro ?? [], usage)
          expect(amountOfPico(sum)).toEqual(cost.total)
          expect(amountOfPico(picoDifference(0, sum)).exact.replace('-', '')).toBe(cost.total.exact)
        } catch (error) {
          // Parts larger than their whole: neither prices them.
          if (!isTokenfareError(error)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('cards', () => {
  it('have a key in common only if they have the same rates', () => {
    const rate = fc.constantFrom(undefined, null, 0, 1, 12)
    const micro = fc.array(rate, { maxLength: 3 })
    const tier = fc.record({
      above: fc.constant(9),
      inclusive: fc.boolean(),
      firstTokens: fc.constantFrom(9, 10),
      micro,
    })
    const card = fc.record({ micro, tiers: fc.array(tier, { maxLength: 1 }) })
    const ratesOf = ({ micro, tiers }: RateCard): string =>
      [{ firstTokens: 0, micro }, ...tiers]
        .map((one) => [one.firstTokens, ...[0, 1, 2].map((at) => one.micro[at])].map(String))
        .join(';')
    fc.assert(
      fc.property(card, card, (one, other) => {
        expect(ratesKey(one)).toBe(ratesKey(structuredClone(one)))
        if (ratesOf(one) !== ratesOf(other)) expect(ratesKey(one)).not.toBe(ratesKey(other))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the bill of a text', () => {
  it('is that of its usage, line by line, whatever has no rate', () => {
    const tokens = fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.maxSafeNat())
    const rates = fc.uniqueArray(
      fc.constantFrom('input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'request'),
    )
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        rates,
        tokens,
        tokens,
        share,
        share,
        fc.boolean(),
        (keys, input, output, readShare, writeShare, hour) => {
          const micro: number[] = []
          for (const key of keys) micro[unitIndex(key) as number] = 1_234_567
          const card = {
            micro,
            tiers: [{ above: 1000, inclusive: true, firstTokens: 1000, micro: micro.map((one) => 2 * one) }],
            variants: ['image', 'codeHour'].map((key) => ({
              unit: unitIndex(key) as number,
              size: '1gb',
              quality: '',
              micro: 7,
            })),
          }
          const read = Math.floor(input * readShare)
          const write = Math.floor((input - read) * writeShare)
          const usage = {
            inputTokens: input,
            outputTokens: output,
            cacheReadTokens: read,
            cacheWriteTokens: write,
            ...(hour ? { cacheWrite1hTokens: write } : {}),
          }
          const bill = textBill(card, input, output, read, write, hour ? write : 0)
          expect(bill).toEqual(billUnder(card, usage))
          // A field that is no text, even one of nothing, goes the long way.
          expect(bill).toEqual(billUnder(card, { ...usage, reasoningTokens: 0 }))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('lengths', () => {
  it('follow the input only where the task works on it, and grow with the effort', () => {
    for (const task of outputTasks) {
      const prior = priorOf(task)
      const scales = ['summarise', 'translate', 'rewrite'].includes(task)
      expect(lengthOf(prior, 10_000, 'none').mean > lengthOf(prior, 1000, 'none').mean).toBe(scales)
      const means = reasoningEfforts.map((effort) => lengthOf(prior, 1000, effort).mean)
      expect(means).toEqual(means.toSorted((a, b) => a - b))
      expect(lengthOf(prior, 1000, 'none').reasoning).toBe(0)
    }
  })
})
