import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import claude from '../../src/encodings/claude_legacy.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import {
  calcCost,
  countByProvider,
  createCalibration,
  createEstimator,
  type EstimateOptions,
  type Usage,
} from '../../src/index.ts'
import { intricateTable, testClock } from './table.ts'

const root = join(import.meta.dirname, '../..')
const sources = ['src/estimate/types.ts', 'src/counting/types.ts', 'src/pricing/types.ts']

/** Members of the unions of codes: types have no values at run time, so the source is read. */
function codesOf(source: string): string[] {
  const text = readFileSync(join(root, source), 'utf8')
  const unions = [
    ...text.matchAll(/type (?:Estimate(?:Assumption|Warning)|AssumptionCode|CountWarningCode) =([\s\S]*?)\n\n/g),
    ...text.matchAll(/interface Notice \{\s*readonly code:([\s\S]*?)readonly/g),
  ]
  return unions.flatMap(([, members = '']) => [...members.matchAll(/'([a-z-]+)'/g)].map((match) => match[1] as string))
}

function documentedIn(page: string): string[] {
  return [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((row) => row[1] as string)
}

const docs = readFileSync(join(root, 'docs/estimates.md'), 'utf8')
const defined = sources.map(codesOf)

interface Remarks {
  readonly assumptions?: readonly { readonly code: string }[]
  readonly warnings: readonly { readonly code: string }[]
}

const estimator = createEstimator({ encodings: [o200k, cl100k, claude], prices: intricateTable, clock: testClock })
const sketchy = createEstimator({
  encodings: [],
  missingEncoding: 'heuristic',
  prices: intricateTable,
  clock: testClock,
})
const estimate = (request: unknown, options: EstimateOptions = {}) => estimator.estimateCost(request, options)
const count = (body: object) => estimator.countTokens(body)
const message = (content: unknown, role = 'user') => ({ role, content })
const chat = (model: string, more: object = {}) => ({ model, messages: [message('hi')], ...more })
const price = (usage: Usage, model: string, at: string, now = at): Remarks =>
  calcCost(usage, model, { at, clock: () => Date.parse(now) })

function learned(): Remarks {
  const counted = count(chat('claude-opus-5'))
  const calibration = createCalibration()
  for (let pair = 0; pair < 9; pair += 1) calibration.learn(counted, counted.tokens + 5, { model: 'claude-opus-5' })
  return calibration.apply(counted, { model: 'claude-opus-5' })
}

/** A call that brings each code about. */
const assumptions: Readonly<Record<string, () => Remarks | Promise<Remarks>>> = {
  'output-prior': () => estimate('hi', { model: 'gpt-4o-plain' }),
  'reasoning-prior': () => estimate('hi', { model: 'gpt-5-test' }),
  'output-expected-capped': () => estimate('hi', { model: 'gpt-4o-plain', output: { max: 10, expected: 50 } }),
  'several-choices': () => estimate(chat('gpt-4o-plain', { n: 3 })),
  'input-bounds': () => estimate('hello there '.repeat(100), { model: 'claude-sonnet-4-5-test' }),
  'context-tier': () => sketchy.estimateCost('some words '.repeat(50), { model: 'gpt-5-tiered' }),
  cache: () => estimate('hello there '.repeat(1000), { model: 'gpt-5-cached' }),
  'output-length': () => estimate('hi', { model: 'gpt-4o-plain' }),
  schedule: () => estimate('hi', { model: 'gpt-4o-hourly' }),
  'open-size': () => createEstimator({ encodings: [o200k] }).estimateCost({ model: 'gpt-image-1', prompt: 'a cat' }),
  'bare-text': () => estimate('hi', { model: 'gpt-4o-plain' }),
  'prompt-as-user-message': () => estimate({ model: 'gpt-4o-plain', prompt: 'hi' }),
  'proxy-encoding': () => estimate('hi', { model: 'claude-sonnet-4-5-test' }),
  'unverified-frame': () => count(chat('text-embedding-3-small')),
  'cached-prefix': () =>
    count({
      model: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
      messages: [message([{ text: 'word '.repeat(2000) }, { cachePoint: { type: 'default' } }])],
    }),
  'learned-correction': learned,
}

const warnings: typeof assumptions = {
  'output-unbounded': () => estimate('hi', { model: 'gpt-4-unlimited' }),
  'reasoning-uncertain': () => estimate('hi', { model: 'gpt-5-test' }),
  'cache-unpriced': () => estimate('hi', { model: 'gpt-4o-plain', cache: { hitRate: 0.5 } }),
  'limit-above-model-limit': () => estimate('hi', { model: 'gpt-5-test', output: { max: 100_000 } }),
  'context-exceeded': () => estimate('some words '.repeat(50), { model: 'gpt-4o-plain' }),
  'context-unknown': () => estimate('hi', { model: 'gpt-4-unlimited' }),
  'unpriced-part': () => estimate('hi', { model: 'gpt-5-unknown-output' }),
  'unknown-family': () => count(chat('nobodys-model-7b')),
  'missing-encoding': () => sketchy.countTokens(chat('gpt-5')),
  'hosted-tools': () => count({ model: 'gpt-5', input: 'hi', tools: [{ type: 'web_search' }] }),
  'hidden-prompt': () => count(chat('gpt-5', { preset: 'support' })),
  'stored-context': () => count({ model: 'gpt-5', input: 'hi', previous_response_id: 'resp_1' }),
  'unknown-part': () => count({ model: 'gpt-5', messages: [message([{ type: 'hologram', data: 1 }])] }),
  'unknown-media-size': () =>
    count({
      model: 'gpt-5',
      messages: [message([{ type: 'image_url', image_url: { url: 'https://example.org/a' } }])],
    }),
  'unknown-role': () => count({ model: 'gpt-5', messages: [{ role: 'nobody', content: 'hi' }] }),
  'malformed-field': () => count({ model: 'gpt-5', messages: [message([{ type: 'text', text: 7 }])] }),
  'provider-count-failed': () =>
    countByProvider(chat('claude-opus-5'), {
      encodings: [o200k, claude],
      fetch: () => Promise.reject(new Error('offline')),
    }),
  'stale-table': () => price({ inputTokens: 1 }, 'gpt-4.1', '2026-12-30'),
  'guarantee-ended': () => price({ inputTokens: 1 }, 'gpt-5.6-sol', '2026-11-22'),
  'announced-price': () => price({ inputTokens: 1 }, 'gemini-3.8-flash', '2027-01-02', '2026-11-20'),
  'retired-model': () => price({ inputTokens: 1 }, 'deepseek-chat', '2026-11-20'),
  'start-unknown': () => price({ inputTokens: 1 }, 'gpt-4.1', '2025-06-01'),
  'holidays-unknown': () => price({ inputTokens: 1 }, 'deepseek-v4-pro', '2026-11-20T02:00:00Z'),
  'allowance-not-applied': () => price({ webSearches: 1 }, 'gemini-2.5-flash', '2026-11-20'),
  'variant-assumed': () => price({ outputImages: 1 }, 'gpt-image-1', '2026-11-20'),
  'split-assumed': () =>
    price({ inputTokens: 100, inputAudioTokens: 100, cacheReadTokens: 40 }, 'gpt-realtime', '2026-11-20'),
}

describe('codes of remarks', () => {
  it('are documented, every one that the sources define, and no other', () => {
    for (const codes of defined) expect(codes.length).toBeGreaterThan(3)
    expect(documentedIn(docs).toSorted()).toEqual(defined.flat().toSorted())
    // A row that is taken out is missed, whichever it is.
    for (const code of documentedIn(docs)) {
      const without = docs.replace(new RegExp(`^\\| \`${code}\` \\|.*\\n`, 'm'), '')
      expect(documentedIn(without).toSorted()).not.toEqual(defined.flat().toSorted())
    }
  })

  it('have a call here that brings each about', () => {
    expect([...Object.keys(assumptions), ...Object.keys(warnings)].toSorted()).toEqual(documentedIn(docs).toSorted())
  })

  it.each(Object.entries(assumptions))('%s is an assumption of a call', async (code, call) => {
    const found = await call()
    const listed = found.assumptions ?? []
    expect(listed.map((entry) => entry.code)).toContain(code)
  })

  it.each(Object.entries(warnings))('%s is a warning of a call', async (code, call) => {
    const found = await call()
    expect(found.warnings.map((entry) => entry.code)).toContain(code)
  })

  it('are none where nothing is taken for granted', () => {
    expect(count(chat('gpt-5'))).toMatchObject({ assumptions: [], warnings: [] })
  })
})
