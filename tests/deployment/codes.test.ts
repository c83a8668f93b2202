import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  breakEvenSubscription,
  estimateFineTuning,
  estimateSelfHosted,
  type SelfHostedOptions,
} from '../../src/deployment.ts'

const root = join(import.meta.dirname, '../..')
/** The section of the page that lists them. */
const docs =
  /^## What the results say$.*?^## /ms.exec(readFileSync(join(root, 'docs/deployment.md'), 'utf8'))?.[0] ?? ''

/** Codes that the sources give, read from the places where a remark is made. */
function definedCodes(): string[] {
  const folder = join(root, 'src/deployment')
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  return [
    ...new Set(
      texts.flatMap((text) => [...text.matchAll(/(?:notice\(\s*|code: )'([a-z-]+)'/g)].map(([, code]) => code)),
    ),
  ]
}

function documentedCodes(page: string): string[] {
  const warnings = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
  const assumptions = /^Assumptions: (.*?)\./ms.exec(page)?.[1] ?? ''
  return [...warnings, ...[...assumptions.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code)]
}

interface Remarks {
  readonly assumptions?: readonly { readonly code: string }[]
  readonly warnings?: readonly { readonly code: string }[]
}

const clock = (): number => Date.parse('2026-11-23')
const hosted = (options: Omit<SelfHostedOptions, 'clock'>): Remarks => estimateSelfHosted({ ...options, clock })
const crowded = { model: 'llama-2-7b', gpu: 'a100-80gb', count: 1, promptTokens: 2048, outputTokens: 2048 } as const
const tuned = (model: string, gpu: string, count?: number): Remarks =>
  estimateFineTuning({ model, method: 'lora', gpu, tokens: 1e6, clock, ...(count === undefined ? {} : { count }) })

/** A call that brings each code about. */
const calls: Readonly<Record<string, () => Remarks>> = {
  'does-not-fit': () => hosted({ model: 'llama-3-70b', gpu: 'h100', count: 1 }),
  'tight-memory': () => hosted({ model: 'llama-3-8b', gpu: 'l4', count: 1, promptTokens: 32_000, outputTokens: 500 }),
  'requests-wait': () => hosted({ ...crowded, concurrency: 64 }),
  'beyond-context': () => hosted({ ...crowded, promptTokens: 1_000_000 }),
  'uneven-split': () => hosted({ model: 'llama-3-70b', gpu: 'h100', count: 3 }),
  'format-emulated': () => hosted({ model: 'llama-3-8b', gpu: 'a100-80gb', quantization: 'fp8' }),
  'other-gpu': () => hosted({ model: 'llama-3-8b', gpu: 'h200', rental: 'lambda/h100' }),
  'dense-adapters': () => tuned('mixtral-8x7b', 'h100'),
  'stale-row': () => hosted({ model: 'llama-3-8b', gpu: 't4', rental: 'aws/g4dn.xlarge' }),
  'default-lengths': () => hosted({ model: 'llama-3-8b', gpu: 'h100' }),
  'native-format': () => hosted({ model: 'llama-3-8b', gpu: 'h100' }),
  'fewest-gpus': () => hosted({ model: 'llama-3-8b', gpu: 'h100' }),
  'even-experts': () => hosted({ model: 'mixtral-8x7b', gpu: 'h100' }),
  'no-speculation': () => hosted({ model: 'llama-3-8b', gpu: 'h100' }),
  'no-allowance': () => breakEvenSubscription({ plan: 'chatgpt-go', apiUsdPerMessage: '0.01', clock }),
  'every-window': () => breakEvenSubscription({ plan: 'claude-pro', apiUsdPerMessage: '0.01', clock }),
}

describe('codes of remarks on deployments', () => {
  it('are documented, every one that the sources give, and no other', () => {
    expect(definedCodes().length).toBeGreaterThan(10)
    expect(documentedCodes(docs).toSorted()).toEqual(definedCodes().toSorted())
    for (const code of documentedCodes(docs)) {
      const without = docs.replaceAll(`\`${code}\``, '')
      expect(documentedCodes(without).toSorted()).not.toEqual(definedCodes().toSorted())
    }
  })

  it('have a call here that brings each about', () => {
    expect(Object.keys(calls).toSorted()).toEqual(documentedCodes(docs).toSorted())
  })

  it.each(Object.entries(calls))('%s is said of a call', (code, call) => {
    const { assumptions = [], warnings = [] } = call()
    expect([...assumptions, ...warnings].map((remark) => remark.code)).toContain(code)
  })

  it('say that adapters do not fit where they do not', () => {
    expect(tuned('llama-3-70b', 't4', 1).warnings?.map(({ code }) => code)).toContain('does-not-fit')
  })
})
