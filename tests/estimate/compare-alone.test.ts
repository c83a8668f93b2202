/** What a comparison shares among its rows against the obvious way: one estimate for each. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import claude from '../../src/encodings/claude_legacy.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import qwen3 from '../../src/encodings/qwen3.ts'
import { reasoningEfforts } from '../../src/estimate/priors.ts'
import { type CostEstimate, createEstimator, type EstimateOptions, type Estimator } from '../../src/index.ts'
import { listModels } from '../../src/models/resolve.ts'
import { defaultTable } from '../../src/pricing/builtin.ts'
import type { PriceTable } from '../../src/pricing/table.ts'
import { intricateTable } from './table.ts'

const clock = (): number => Date.parse('2026-11-22T03:00:00Z')
const encodings = [o200k, cl100k, claude, qwen3]

function estimatorOver(prices: PriceTable): { readonly estimator: Estimator; readonly ids: readonly string[] } {
  const estimator = createEstimator({ encodings, prices, clock, missingEncoding: 'heuristic' })
  const isPriced = (model: string): boolean => {
    try {
      return estimator.estimateCost('hi', { model }).complete
    } catch {
      return false
    }
  }
  const ids = listModels({ prices, includeMarketplaces: true }).map(({ seller, id }) => `${seller}/${id}`)
  return { estimator, ids: ids.filter(isPriced) }
}

const tables = [estimatorOver(intricateTable), estimatorOver(defaultTable())]

/** A picture of 1,000 by 1,000 pixels, as far as its header says. */
const picture = {
  type: 'image_url',
  image_url: { url: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAA+gAAAPoCAIAAAA=' },
}
const sound = { type: 'input_audio', input_audio: { format: 'wav', data: 'UklGRgAA'.repeat(500) } }
const tool = { type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } }
const words = fc.integer({ min: 0, max: 3000 }).map((count) => 'some words '.repeat(count))
const content = fc.oneof(
  { weight: 3, arbitrary: words },
  fc
    .tuple(words, fc.constantFrom(picture, sound))
    .map(([text, medium]) => [{ type: 'text', text: text.slice(0, 100) }, medium]),
)
const body = fc.record(
  {
    messages: fc.array(fc.record({ role: fc.constantFrom('system', 'user'), content }), { minLength: 1, maxLength: 3 }),
    tools: fc.constant([tool]),
    max_tokens: fc.integer({ min: 1, max: 200_000 }),
    n: fc.integer({ min: 1, max: 3 }),
    reasoning_effort: fc.constantFrom(...reasoningEfforts),
  },
  { requiredKeys: ['messages'] },
)
const hitRate = fc.constantFrom(0, 0.3, 1)
const terms = fc.record(
  {
    output: fc.record({ max: fc.constant(4000), expected: fc.constantFrom(0, 100, 9999) }, { requiredKeys: [] }),
    cache: fc.record({ hitRate, prefixTokens: fc.constant(2000), ttl: fc.constantFrom('5m' as const, '1h' as const) }),
    at: fc.constantFrom('2026-05-01T10:00:00Z', '2026-11-22T20:00:00Z'),
    serviceTiers: fc.constant(['standard', 'batch', 'priority']),
    cacheHitRates: fc.uniqueArray(hitRate, { minLength: 1 }),
  },
  { requiredKeys: [] },
)

describe('a row of a comparison', () => {
  it('is the estimate that the model alone is given', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tables),
        fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
        body,
        terms,
        ({ estimator, ids }, picks, request, { serviceTiers, cacheHitRates, ...shared }) => {
          const options: EstimateOptions = { ...shared, api: 'openai-chat' }
          const models = [...new Set(picks.map((pick) => ids[pick % ids.length] as string))]
          let rows: CostEstimate[]
          try {
            rows = estimator.compareModels(request, models, {
              ...options,
              ...(serviceTiers === undefined ? {} : { serviceTiers }),
              ...(cacheHitRates === undefined ? {} : { cacheHitRates }),
            })
          } catch (error) {
            // No price at that instant: then one of the models alone has none, either.
            expect(() => {
              for (const model of models) estimator.estimateCost(request, { ...options, model })
            }).toThrow((error as Error).message)
            return
          }
          const alone = models.flatMap((model) =>
            (serviceTiers ?? [undefined]).flatMap((serviceTier) =>
              (cacheHitRates ?? [undefined]).flatMap((rate) => {
                const own: EstimateOptions = {
                  ...options,
                  model,
                  ...(serviceTier === undefined ? {} : { serviceTier }),
                  ...(rate === undefined ? {} : { cache: { ...options.cache, hitRate: rate } }),
                }
                try {
                  return [estimator.estimateCost(request, own)]
                } catch (error) {
                  // Not sold at that tier: the comparison has no row.
                  if (serviceTier !== undefined) return []
                  throw error
                }
              }),
            ),
          )
          const byText = (estimates: readonly CostEstimate[]) => estimates.map((one) => JSON.stringify(one)).toSorted()
          expect(byText(rows)).toEqual(byText(alone))
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('an estimate of a picture', () => {
  it('holds where the frame may have fewer tokens than its rule says, so that the whole has fewer than the picture', () => {
    const request = { messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }, picture] }] }
    const { estimator } = tables[1] as (typeof tables)[number]
    for (const model of ['claude-opus-5-5', 'grok-4.3', 'qwq-plus']) {
      const { input, cost } = estimator.estimateCost(request, { model, api: 'openai-chat' })
      const pictures = input.parts.find(({ kind }) => kind === 'images')
      expect(pictures?.low).toBeGreaterThan(input.low)
      expect(cost.low.usd).toBeGreaterThan(0)
    }
  })
})
