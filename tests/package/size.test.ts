import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from './build.ts'
import { type Installed, install, runNode } from './installed.ts'
import { bundle, gzipBytes, vocabularySample, withoutPriceTable } from './sizes.ts'

let installed: Installed
beforeAll(() => {
  installed = install()
})

const KB = 1000
const estimator = `import { createEstimator } from 'tokenfare'
export const usd = (text) => createEstimator({ encodings: [] }).estimateCost(text, { model: 'gpt-5-mini' }).cost.expected.usd`

/** A ceiling is raised only in the commit that makes the bundle larger, with the reason in its message. */
describe('bundles', () => {
  it('a program that prices real usage has no counter and no vocabulary in it', async () => {
    const program = `import { calcCost } from 'tokenfare'; export const cost = (usage) => calcCost(usage, 'gpt-5-mini')`
    const text = await bundle(installed.folder, program)
    expect(gzipBytes(text)).toBeLessThanOrEqual(90 * KB)
    for (const name of ['o200k_base', 'cl100k_base', 'p50k_base'])
      expect(text.includes(vocabularySample(name))).toBe(false)
    expect(text).not.toContain('multi_tool_use')
  })

  it('the root has nothing of deployment in it, and deployment no price table', async () => {
    expect(await bundle(installed.folder, `export * from 'tokenfare'`)).not.toContain('memoryGBPerSecond')
    const text = await bundle(installed.folder, `export * from 'tokenfare/deployment'`)
    expect(text).toContain('memoryGBPerSecond')
    expect(text).not.toContain('claude-sonnet-4-5')
    expect(gzipBytes(text)).toBeLessThanOrEqual(20 * KB)
  })

  it('the counting engine fits into 30 kB without a vocabulary', async () => {
    const source = JSON.stringify(join(root, 'src/tokenizer/byte-pair-encoding.ts'))
    const bytes = gzipBytes(await bundle(root, `export { encodingFromPack } from ${source}`))
    console.log(`the counting engine without a vocabulary: ${(bytes / KB).toFixed(1)} kB gzip`)
    expect(bytes).toBeLessThanOrEqual(30 * KB)
  })

  it('the estimator fits into 60 kB without the price table and the vocabulary', async () => {
    // It was meant to fit into 30 kB; the adapters and rules of ten providers' request bodies and their media took it beyond.
    // The range of a cost, the lengths of replies and the published speeds took another 4 kB.
    // Reading classes of characters from UTF-8, which brings the text buffer of the engine, took it over 44 kB.
    // Recalling tools that come again, and the ids of fine-tuned models and of Fireworks, took it over 46 kB.
    // The forms in which Gemini gets tools, and remarks on what stands in for a vocabulary or a frame, took it over 47 kB.
    // Constants made from chat templates, and the limits of what one body may unfold to, took it over 49 kB.
    // Sharing counts, outlooks and bills among the rows of a comparison took it over 50 kB.
    // The limits of Mistral's and Qwen's pictures, and more spellings of model ids, took it over 51 kB.
    // Requests as SDKs take them, terms of calls in the words of each provider, and what is billed by the piece took it over 52 kB.
    const program = estimator.replace("'tokenfare'", JSON.stringify(join(root, 'src/index.ts')))
    const bytes = gzipBytes(await bundle(root, program, [withoutPriceTable]))
    console.log(`the estimator without table and vocabulary: ${(bytes / KB).toFixed(1)} kB gzip`)
    // Sizes of tools in every context, and what users lay over a table, took it over 56 kB.
    expect(bytes).toBeLessThanOrEqual(60 * KB)
  })

  it('the estimator has no vocabulary in it that it was not given', async () => {
    const text = await bundle(installed.folder, estimator)
    // Some 50 more priced models and their service tiers took it over 110 kB; 70 more and 60 changes of prices over 117;
    // the split of cached media over 119; tiers of announced prices, Groq's flex and forms of bodies over 121.
    expect(gzipBytes(text)).toBeLessThanOrEqual(126 * KB)
    for (const name of ['o200k_base', 'cl100k_base', 'p50k_base'])
      expect(text.includes(vocabularySample(name))).toBe(false)
  })

  it('a counter of o200k_base fits into 0.78 MB and holds that vocabulary alone', async () => {
    const program = `import o200k from 'tokenfare/encodings/o200k_base'; export const count = (text) => o200k.count(text)`
    const text = await bundle(installed.folder, program)
    expect(gzipBytes(text)).toBeLessThanOrEqual(780 * KB)
    // Shows that the samples find a vocabulary where there is one.
    expect(text.includes(vocabularySample('o200k_base'))).toBe(true)
    expect(text.includes(vocabularySample('cl100k_base'))).toBe(false)
  })
})

describe('import time', () => {
  it('of the root is of the order of what Node itself takes to start', () => {
    // Both are read in one process: a ratio holds on a busy machine, where milliseconds do not. On a quiet one the import takes
    // 15 ms and Node 26; a vocabulary takes 30 more, the whole price table decoded at import over 100.
    const program = `const start = performance.now(); await import('tokenfare'); console.log(start, performance.now() - start)`
    const runs = Array.from({ length: 9 }, () => {
      const [node, root] = runNode(installed.folder, 'import-time.mjs', program).split(' ').map(Number)
      return { root, ratio: root / node }
    })
    const median = (values: number[]): number => values.sort((a, b) => a - b)[4]
    const ratio = median(runs.map((run) => run.ratio))
    console.log(
      `import of the root: ${median(runs.map((run) => run.root)).toFixed(1)} ms, ${ratio.toFixed(2)} of Node's start`,
    )
    expect(ratio).toBeLessThanOrEqual(1)
  })
})
