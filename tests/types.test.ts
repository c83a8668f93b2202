import { describe, expect, expectTypeOf, it } from 'vitest'
import { breakEvenSubscription, type DeploymentAssumption, type DeploymentWarning } from '../src/deployment.ts'
import {
  type Candidate,
  type CandidateTerms,
  calcCost,
  type EstimateOptions,
  type forecast,
  getPrice,
  resolveModel,
} from '../src/index.ts'

/** What the public types refuse. `npm run typecheck` is the test: an error that is expected and does not come is one. */
describe('types', () => {
  const at = '2026-11-22'

  it('know the names of rates', () => {
    const { rates } = getPrice('gpt-4o', { at })
    expect(rates.inputUsdPerMTok).toBe('2.5')
    // @ts-expect-error: a name that is misspelt
    expect(rates.inputUsdPerMtok).toBeUndefined()
    // @ts-expect-error: a rate that the seller does not quote is undefined
    expect(rates.webSearchUsdPerThousand?.length).toBe(rates.webSearchUsdPerThousand.length)
  })

  it('know the parts of a bill', () => {
    const { lines } = calcCost({ inputTokens: 10, cacheReadTokens: 4 }, 'gpt-4o', { at })
    expect(lines.some(({ part }) => part === 'cacheRead')).toBe(true)
    // @ts-expect-error: no line has such a part
    expect(lines.some(({ part }) => part === 'cached')).toBe(false)
  })

  it('know the codes of remarks', () => {
    const { assumptions, warnings } = breakEvenSubscription({ plan: 'claude-pro', apiUsdPerMessage: '0.01' })
    expectTypeOf<(typeof assumptions)[number]['code']>().toEqualTypeOf<DeploymentAssumption>()
    expectTypeOf<(typeof warnings)[number]['code']>().toEqualTypeOf<DeploymentWarning>()
    // @ts-expect-error: no remark has such a code
    expect(warnings.some(({ code }) => code === 'stale')).toBe(false)
  })

  it('offer the known ids wherever a model is named, and take any other', () => {
    expectTypeOf<Suggested<Parameters<typeof calcCost>[1]>>().toEqualTypeOf<'gpt-4o'>()
    expectTypeOf<Suggested<Parameters<typeof getPrice>[0]>>().toEqualTypeOf<'gpt-4o'>()
    expectTypeOf<Suggested<Parameters<typeof resolveModel>[0]>>().toEqualTypeOf<'gpt-4o'>()
    expectTypeOf<Suggested<Parameters<typeof forecast>[0]>>().toEqualTypeOf<'gpt-4o'>()
    expectTypeOf<Suggested<EstimateOptions['model']>>().toEqualTypeOf<'gpt-4o'>()
    expectTypeOf<Suggested<Candidate>>().toEqualTypeOf<'gpt-4o'>()
    expectTypeOf<Suggested<CandidateTerms['model']>>().toEqualTypeOf<'gpt-4o'>()
    expectTypeOf<Suggested<string>>().toEqualTypeOf<never>()
    const own: string = 'a model of a table of my own'
    expect(() => resolveModel(own)).toThrow('unknown model')
  })
})

/** An id if a type names it, so that an editor can offer it; `never` for any string. */
type Suggested<Id> = Extract<Id, 'gpt-4o'>
