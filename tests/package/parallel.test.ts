import { describe, expect, it } from 'vitest'
import o200k_base from '../../src/encodings/o200k_base.ts'
import { fuzzText, randomSource } from '../reference/fuzz-text.ts'

/** The built module: worker threads load the built worker file. */
const { countMany } = (await import('../../dist/parallel.js' as string)) as typeof import('../../src/parallel.ts')

const texts = Array.from({ length: 3_000 }, (_, seed) => fuzzText(randomSource(seed), 200))

describe('countMany', () => {
  it('gives the counts in order, over any number of workers', async () => {
    const expected = texts.map((text) => o200k_base.count(text))
    expect(await countMany(texts, { encoding: 'o200k_base', workers: 2 })).toEqual(expected)
    expect(await countMany(texts.slice(0, 5), { encoding: 'o200k_base', workers: 3 })).toEqual(expected.slice(0, 5))
    expect(await countMany([], { encoding: 'o200k_base' })).toEqual([])
  })

  it('tells its progress', async () => {
    const progress: number[] = []
    await countMany(texts, { encoding: 'o200k_base', workers: 1, onProgress: (counted) => progress.push(counted) })
    expect(progress.at(-1)).toBe(texts.length)
    expect(progress.length).toBeGreaterThan(1)
  })

  it('ends early when aborted', async () => {
    const controller = new AbortController()
    const counting = countMany(texts, {
      encoding: 'o200k_base',
      workers: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    await expect(counting).rejects.toMatchObject({ name: 'TokenfareError', code: 'aborted' })
  })

  it('refuses what it cannot do', async () => {
    await expect(countMany(['a'], { encoding: 'o200k_base', workers: 0 })).rejects.toThrow(RangeError)
    await expect(countMany(['a', 5 as never], { encoding: 'o200k_base' })).rejects.toThrow(
      /texts\[1\]: a string was expected/,
    )
    await expect(countMany(['a'], { encoding: 'nonsense' as never })).rejects.toThrow(
      /no encoding is called "nonsense"/,
    )
  })
})
