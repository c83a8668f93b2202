import { describe, expect, it } from 'vitest'
import { isTokenfareError } from '../../src/errors.ts'
import { pack, unpack } from '../../src/tokenizer/pack.ts'
import { loadPack, packTokenizer } from '../../src/tokenizer.ts'
import { randomSource } from '../reference/fuzz-text.ts'
import { byteLevelJson, characterJson, type Json, tekkenJson } from '../reference/small-tokenizers.ts'

/** Packs whose checksum is right and whose header was forged: a checksum shows an accident, not an attack. */
const packs = [byteLevelJson(), characterJson(), tekkenJson()].map((json) => unpack(packTokenizer(json).split('\n')))
const sample = 'hello hell, é中 <|end|>ß 12'

const values: readonly unknown[] = [
  ...[null, -1, 0, 1, 2, 1.5, 1e9, 2 ** 31, 2 ** 53, 1e308, '', 'a', '𝐀', '__proto__', 'zz zzzz', '0 0', true],
  ...[[], {}, [[]], [0, 0], [[0, 1e12]], [[0, 255]], [[-5, 3]], [[0, -1]], [-1, -1], '(a+)+$', 'o200k', 'nfkc'],
]

function placesOf(holder: object, found: [Json, string][] = []): [Json, string][] {
  for (const key of Object.keys(holder)) {
    found.push([holder as Json, key])
    const inner = (holder as Json)[key]
    if (typeof inner === 'object' && inner !== null) placesOf(inner, found)
  }
  return found
}

function forged(random: (below: number) => number): { text: string; changes: string } {
  const { header, merges } = packs[random(packs.length)]!
  const copy = structuredClone(header)
  const changes = Array.from({ length: 1 + random(2) }, () => {
    const places = placesOf(copy)
    const [holder, key] = places[random(places.length)]!
    const value = values[random(values.length)]
    if (random(5) === 0) delete holder[key]
    else holder[key] = structuredClone(value)
    return `${key}: ${JSON.stringify(holder[key])}`
  })
  return { text: pack(copy, merges), changes: changes.join('; ') }
}

describe('forged packs', () => {
  it('are refused, or count what they encode', () => {
    const random = randomSource(20_261_128)
    let refused = 0
    for (let i = 0; i < 6_000; i++) {
      const { text, changes } = forged(random)
      try {
        const tokenizer = loadPack(text)
        expect(tokenizer.count(sample), changes).toBe(tokenizer.encode(sample).length)
        tokenizer.decode(tokenizer.encode(sample))
      } catch (error) {
        const typed = isTokenfareError(error) && /corrupt-vocabulary|unsupported-tokenizer/.test(error.code)
        expect(typed ? '' : String(error), changes).toBe('')
        refused++
      }
    }
    expect(refused).toBeGreaterThan(4_000)
  })

  it('with ids past the last token are refused at once', () => {
    const { header, merges } = packs[0]!
    const { pipeline } = structuredClone(header) as unknown as { pipeline: Json }
    pipeline['ids'] = Array.from({ length: 100_000 }, () => [16_000_000, 1])
    expect(() => loadPack(pack({ ...header, pipeline } as never, merges))).toThrow(/ids go beyond/)
  })

  it('with a header that is no object are refused', () => {
    for (const header of [null, 5, 'x', []])
      expect(() => loadPack(pack(header as never, packs[0]!.merges))).toThrow(/format/)
  })
})
