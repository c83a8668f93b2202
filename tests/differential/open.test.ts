import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fuzzText, randomSource, wellFormed } from '../reference/fuzz-text.ts'
import { openEncodings } from './open.ts'

const vectors = JSON.parse(readFileSync(new URL('../vectors/open-encodings.json', import.meta.url), 'utf8')) as {
  texts: string[]
  ids: Record<string, number[][]>
}

describe.each(openEncodings)('$name', ({ name, encoding }) => {
  it('gives the ids of the reference', () => {
    const expected = vectors.ids[name] as number[][]
    expect(expected).toHaveLength(vectors.texts.length)
    vectors.texts.forEach((text, i) => {
      expect({ text, ids: encoding.encode(text, { allowedSpecial: 'all' }) }).toEqual({ text, ids: expected[i] })
      expect(encoding.count(text, { allowedSpecial: 'all' })).toBe(expected[i]?.length)
    })
  })

  it('never throws on text, and counts what it encodes, however the text is cut', () => {
    const random = randomSource(7)
    for (let i = 0; i < 1500; i++) {
      const text = fuzzText(random)
      const ids = encoding.encode(text)
      expect({ text, count: encoding.count(text) }).toEqual({ text, count: ids.length })
      const counter = encoding.createCounter()
      for (let at = 0; at < text.length; ) {
        const end = at + 1 + random(9)
        counter.push(text.slice(at, end))
        at = end
      }
      expect({ text, streamed: counter.count() }).toEqual({ text, streamed: ids.length })
    }
  })

  it('gives text back', () => {
    const random = randomSource(8)
    for (let i = 0; i < 1000; i++) {
      const text = wellFormed(fuzzText(random))
      if (name === 'mistral_v3' && (text.includes('▁') || text === '')) continue
      const normalized = name === 'qwen3' || name === 'claude_legacy'
      const again = encoding.decode(encoding.encode(text))
      // A normalized text comes back normalized, and then as it is.
      if (normalized) expect(encoding.decode(encoding.encode(again))).toBe(again)
      else expect(again).toBe(text)
    }
  })

  it('cuts text into parts within a limit', () => {
    const random = randomSource(9)
    for (let i = 0; i < 60; i++) {
      const text = wellFormed(fuzzText(random, 60))
      const limit = 1 + random(12)
      const beginning = encoding.truncate(text, limit)
      expect(text.startsWith(beginning)).toBe(true)
      expect(encoding.count(beginning)).toBeLessThanOrEqual(limit)
      const parts = encoding.split(text, limit)
      expect(parts.join('')).toBe(text)
      for (const part of parts) {
        expect(encoding.count(part) <= limit || [...part].length === 1).toBe(true)
      }
    }
  })
})
