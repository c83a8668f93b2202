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

  it('stops all workers and closes its source when one fails', async () => {
    let closed = false
    function* source(): Generator<string> {
      try {
        for (let i = 0; ; i++) yield `${'word '.repeat(60_000)}${i}`
      } finally {
        closed = true
      }
    }
    let calls = 0
    const counting = countMany(source(), {
      encoding: 'o200k_base',
      workers: 3,
      onProgress: () => {
        calls++
        throw new Error('mine')
      },
    })
    await expect(counting).rejects.toThrow('mine')
    expect(closed).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(calls).toBe(1)
  })

  it('starts no more workers than there is work for', async () => {
    expect(await countMany(['a', 'b c'], { encoding: 'o200k_base', workers: 10_000_000 })).toEqual([1, 2])
  })

  it('refuses what it cannot do', async () => {
    await expect(countMany('abc', { encoding: 'o200k_base' })).rejects.toThrow(/texts: a list of strings/)
    await expect(countMany(['a'], {} as never)).rejects.toThrow(/no encoding is called undefined/)
    await expect(countMany(['a'], { encoding: 'o200k_base', workers: 0 })).rejects.toThrow(RangeError)
    await expect(countMany(['a', 5 as never], { encoding: 'o200k_base' })).rejects.toThrow(
      /texts\[1\]: a string was expected/,
    )
    await expect(countMany(['a'], { encoding: 'nonsense' as never })).rejects.toThrow(
      /no encoding is called "nonsense"/,
    )
  })
})
