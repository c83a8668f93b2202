/** Which part of the input is billed as what, where cached parts and media overlap. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateUnits } from '../../../src/pricing/units.ts'
import { billedQuantities } from '../../../src/pricing/usage.ts'

const inputParts = rateUnits
  .map(({ key }, index) => ({ key, index }))
  .filter(({ key }) => /^(?:input|cacheRead|cacheWrite)(?:$|Audio$|Image$|Video$|1h$)/.test(key))

function splitOf(usage: Parameters<typeof billedQuantities>[0]): {
  readonly parts: Readonly<Record<string, number>>
  readonly splitAssumed: boolean
} {
  const { quantities, splitAssumed } = billedQuantities(usage)
  const parts = inputParts.map(({ key, index }) => [key, quantities[index] as number] as const)
  return { parts: Object.fromEntries(parts.filter(([, count]) => count !== 0)), splitAssumed }
}

describe('the parts of the input', () => {
  it.each([
    // 321 of 3297 are sound: what is said of cached sound holds, so the rest of what is cached must be video
    [
      {
        inputTokens: 3297,
        cacheReadTokens: 2918,
        inputAudioTokens: 321,
        cacheReadAudioTokens: 284,
        inputVideoTokens: 2893,
      },
      { inputAudio: 37, inputVideo: 342, cacheRead: 83, cacheReadAudio: 284, cacheReadVideo: 2551 },
    ],
    // nothing is said: all text is cached, then sound, then pictures, then video
    [
      { inputTokens: 100, cacheReadTokens: 60, inputAudioTokens: 20, inputImageTokens: 20, inputVideoTokens: 20 },
      { inputImage: 20, inputVideo: 20, cacheRead: 40, cacheReadAudio: 20 },
    ],
    [
      { inputTokens: 100, cacheReadTokens: 90, inputAudioTokens: 20, inputImageTokens: 20, inputVideoTokens: 20 },
      { inputVideo: 10, cacheRead: 40, cacheReadAudio: 20, cacheReadImage: 20, cacheReadVideo: 10 },
    ],
    // what is said cannot be: five are cached, all is sound, and only two of it are said to be cached
    [
      { inputTokens: 10, cacheReadTokens: 5, inputAudioTokens: 10, cacheReadAudioTokens: 2 },
      { inputAudio: 5, cacheReadAudio: 5 },
    ],
    // pictures that are written to the cache
    [
      { inputTokens: 10, cacheWriteTokens: 8, inputImageTokens: 10 },
      { inputImage: 2, cacheWrite: 8 },
    ],
  ])('%j is %j', (usage, parts) => {
    expect(splitOf(usage)).toEqual({ parts, splitAssumed: true })
  })

  it('takes what is said as it is said', () => {
    const usage = { inputTokens: 100, cacheReadTokens: 50, inputVideoTokens: 40, cacheReadVideoTokens: 30 }
    expect(splitOf(usage)).toEqual({
      parts: { input: 40, inputVideo: 10, cacheRead: 20, cacheReadVideo: 30 },
      splitAssumed: false,
    })
  })

  it('add up to the input, and to what was read and written, whatever is said of them', () => {
    const count = fc.integer({ min: 0, max: 50 })
    const usages = fc.record({
      text: count,
      audio: count,
      image: count,
      video: count,
      said: fc.integer({ min: 0, max: 7 }),
    })
    const shares = fc.record({
      read: fc.double({ min: 0, max: 1, noNaN: true }),
      written: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(usages, shares, count, (whole, share, cut) => {
        const inputTokens = whole.text + whole.audio + whole.image + whole.video
        const cacheReadTokens = Math.floor(inputTokens * share.read)
        const cacheWriteTokens = Math.floor((inputTokens - cacheReadTokens) * share.written)
        let unsaid = cacheReadTokens
        const said = (bit: number, all: number): number | undefined => {
          if ((whole.said & bit) === 0) return undefined
          const part = Math.min(unsaid, all, cut)
          unsaid -= part
          return part
        }
        const usage = {
          inputTokens,
          cacheReadTokens,
          cacheWriteTokens,
          inputAudioTokens: whole.audio,
          inputImageTokens: whole.image,
          inputVideoTokens: whole.video,
          cacheReadAudioTokens: said(1, whole.audio),
          cacheReadImageTokens: said(2, whole.image),
          cacheReadVideoTokens: said(4, whole.video),
        }
        const given = Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined))
        const { parts, splitAssumed } = splitOf(given)
        const sumOf = (pattern: RegExp): number =>
          Object.entries(parts).reduce((sum, [key, value]) => sum + (pattern.test(key) ? value : 0), 0)
        expect(Object.values(parts).every((part) => part > 0)).toBe(true)
        expect(sumOf(/./)).toBe(inputTokens)
        expect(sumOf(/^cacheRead/)).toBe(cacheReadTokens)
        expect(sumOf(/^cacheWrite/)).toBe(cacheWriteTokens)
        for (const kind of ['Audio', 'Image', 'Video'] as const) {
          const cached = parts[`cacheRead${kind}`] ?? 0
          expect(cached + (parts[`input${kind}`] ?? 0)).toBeLessThanOrEqual(usage[`input${kind}Tokens`])
          if (!splitAssumed) expect(cached).toBe(usage[`cacheRead${kind}Tokens`] ?? 0)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
