import { describe, expect, it } from 'vitest'
import { countImageTokens } from '../../src/index.ts'
import { claude, patches, tiles } from '../reference/images.ts'

/** Sides around every limit of the rules, the smallest picture and extreme proportions among their pairs. */
const sides = [
  1, 2, 27, 28, 29, 31, 32, 33, 383, 384, 385, 511, 512, 513, 767, 768, 769, 1092, 1093, 1567, 1568, 1569, 1600, 2047,
  2048, 2049, 2576, 2577, 3000, 4097, 6000, 6001, 10_000,
]

type Expected = (width: number, height: number) => number
const tiled =
  (base: number, tile: number, shortSide = 768): Expected =>
  (width, height) =>
    base + tile * tiles(width, height, shortSide)
const patched =
  (factor: number, maxSide: number, budget?: number): Expected =>
  (width, height) =>
    Math.ceil(Number((patches(width, height, maxSide, budget) * factor).toFixed(6)))

/** Counting rules of OpenAI ("Images and vision", 2025 and July 2026) and Anthropic ("Vision"). */
const rules: readonly (readonly [model: string, detail: string | undefined, day: string, Expected])[] = [
  ['gpt-4o', 'high', '2026-11-01', tiled(85, 170)],
  ['gpt-4.1', undefined, '2026-11-01', tiled(85, 170)],
  ['gpt-4.5-preview', 'auto', '2025-06-01', tiled(85, 170)],
  ['gpt-4o', 'low', '2026-11-01', () => 85],
  ['gpt-4o-mini', 'high', '2026-11-01', tiled(2833, 5667)],
  ['gpt-5.1', undefined, '2026-11-01', tiled(70, 140)],
  ['o3', 'high', '2026-11-01', tiled(75, 150)],
  ['computer-use-preview', 'high', '2026-11-01', tiled(65, 129)],
  ['gpt-image-1', undefined, '2026-11-01', tiled(65, 129, 512)],
  ['gpt-4.1-mini', 'high', '2026-05-01', patched(1.62, 2048, 1536)],
  ['gpt-4.1-mini', 'high', '2026-11-01', patched(1.62, 2048, 6144)],
  ['gpt-4.1-mini', 'low', '2026-11-01', patched(1.62, 512)],
  ['gpt-4.1-nano', 'high', '2026-05-01', patched(2.46, 2048, 1536)],
  ['o4-mini', undefined, '2026-05-01', patched(1.72, 2048, 1536)],
  ['gpt-5-mini', 'high', '2026-11-01', patched(1.2, 2048, 1536)],
  ['gpt-5-nano', undefined, '2026-11-01', patched(1.5, 2048, 1536)],
  ['gpt-5.2', 'low', '2026-11-01', patched(1.2, 2048, 6144)],
  ['gpt-5.4', undefined, '2026-11-01', patched(1.2, 2048, 2500)],
  ['gpt-5.4', 'original', '2026-11-01', patched(1.2, 6000, 10_000)],
  ['gpt-5.4-mini', 'low', '2026-11-01', patched(1.2, 2048, 6144)],
  ['gpt-5.5', undefined, '2026-11-01', patched(1.2, 6000, 10_000)],
  ['gpt-5.5', 'low', '2026-11-01', patched(1.2, 512)],
  ['gpt-5.6-sol', 'high', '2026-11-01', patched(1.2, 2048, 2500)],
  ['gpt-6-sol', 'auto', '2026-11-01', patched(1.2, 65_535)],
  ['claude-haiku-4-5', undefined, '2026-11-01', (width, height) => claude(width, height, 1568, 1568)],
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', undefined, '2026-11-01', (w, h) => claude(w, h, 1568, 1568)],
  ['claude-opus-4-7', undefined, '2026-11-01', (width, height) => claude(width, height, 2576, 4784)],
  ['claude-fable-5-1', undefined, '2026-11-01', (width, height) => claude(width, height, 2576, 4784)],
]

describe('pictures at the edges of the rules', () => {
  it.each(rules)(
    `%s with detail %s on %s: 0 differences in ${sides.length ** 2} sizes`,
    (model, detail, at, expected) => {
      const pairs = sides.flatMap((width) => sides.map((height) => [width, height] as const))
      const wrong = pairs.filter(([width, height]) => {
        const image = detail === undefined ? { width, height } : { width, height, detail }
        return countImageTokens(image, { model, at }).tokens !== expected(width, height)
      })
      expect(wrong).toEqual([])
    },
  )
})
