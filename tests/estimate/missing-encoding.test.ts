import { expect, it } from 'vitest'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import { createEstimator } from '../../src/index.ts'

const text = 'The quick brown fox jumps over the lazy dog, and then it counts what the jump has cost. '.repeat(20)

it.each(['gpt-4o', 'gpt-4', 'claude-sonnet-4-5'])(
  'a missing vocabulary throws unless a heuristic may stand in: %s',
  (model) => {
    const request = { model, messages: [{ role: 'user', content: text }] }
    expect(() => createEstimator({ encodings: [] }).countTokens(request)).toThrow('is needed and not at hand')
    const estimator = createEstimator({ encodings: [], missingEncoding: 'heuristic' })
    for (const count of [
      estimator.countTokens(request),
      estimator.estimateCost(request).input,
      estimator.compareModels(request, [model])[0]!.input,
    ]) {
      expect(count).toMatchObject({ method: 'heuristic', encoding: null })
      expect(count.warnings.map(({ code }) => code)).toContain('missing-encoding')
      expect(count.low).toBeLessThan(count.high)
    }
  },
)

it('its bounds hold the count, and a vocabulary at hand is used', () => {
  const loose = createEstimator({ encodings: [], missingEncoding: 'heuristic' })
  const exact = createEstimator({ encodings: [o200k_base, cl100k_base], missingEncoding: 'heuristic' })
  for (const model of ['gpt-4o', 'gpt-4']) {
    const counted = exact.countTokens(text, { model })
    const { low, high } = loose.countTokens(text, { model })
    expect(counted).toMatchObject({ method: 'exact', warnings: [] })
    expect(low <= counted.tokens && counted.tokens <= high).toBe(true)
  }
})
