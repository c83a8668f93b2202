import { describe, expect, it } from 'vitest'
import mistral_v3 from '../../src/encodings/mistral_v3.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import p50k_base from '../../src/encodings/p50k_base.ts'
import { leastCpuMilliseconds } from '../dos/runs.ts'
import { fuzzText, randomSource } from '../reference/fuzz-text.ts'

const texts = Array.from({ length: 400 }, (_, seed) => fuzzText(randomSource(seed), 30))

/** A text with U+FFFD for lone surrogates, as UTF-8 has it. */
function wellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text))
}

describe('special tokens', () => {
  it('are text unless allowed', () => {
    expect(o200k_base.count('Hi <|endoftext|> there')).toBe(9)
    expect(o200k_base.count('Hi <|endoftext|> there', { allowedSpecial: 'all' })).toBe(4)
    expect(o200k_base.encode('<|endoftext|>', { allowedSpecial: ['<|endoftext|>'] })).toEqual([199999])
  })

  it('are found at the leftmost place, at any number of places', () => {
    const text = '<|endofprompt|><|endoftext|>a<|endoftext|>'
    expect(o200k_base.encode(text, { allowedSpecial: 'all' })).toEqual([200018, 199999, 64, 199999])
  })

  it('that a vocabulary lacks cannot be allowed', () => {
    expect(() => o200k_base.count('x', { allowedSpecial: ['<|im_start|>'] })).toThrow(RangeError)
  })
})

describe('decode', () => {
  it('is the inverse of encode for valid text', () => {
    for (const text of texts) expect(o200k_base.decode(o200k_base.encode(text))).toBe(wellFormed(text))
  })

  it('knows special tokens and the gap that they make in the ids', () => {
    expect(p50k_base.decode([50255, 50256, 50257])).toBe(`${p50k_base.decode([50255])}<|endoftext|>  `)
    expect(p50k_base.encode('  ')).toEqual([50257])
  })

  it.each([-1, 200019, 199998, 1.5, Number.NaN])('refuses the id %d', (id) => {
    expect(() => o200k_base.decode([id])).toThrow(RangeError)
  })
})

describe('limits', () => {
  it('agree with the count', () => {
    for (const text of texts) {
      const count = o200k_base.count(text)
      expect(o200k_base.countUpTo(text, count)).toBe(count)
      expect(o200k_base.isWithinLimit(text, count - 1)).toBe(count === 0)
      expect(o200k_base.countUpTo(text, Number.POSITIVE_INFINITY)).toBe(count)
    }
  })

  it('tell apart 0 tokens and too many', () => {
    expect(o200k_base.countUpTo('', 0)).toBe(0)
    expect(o200k_base.countUpTo('a', 0)).toBeUndefined()
    expect(() => o200k_base.countUpTo('a', Number.NaN)).toThrow(RangeError)
    expect(() => o200k_base.countUpTo('a', -1)).toThrow(RangeError)
  })

  it('stop early', () => {
    const long = 'word '.repeat(2_000_000)
    o200k_base.count('word '.repeat(100_000))
    const whole = leastCpuMilliseconds(1, () => o200k_base.count(long))
    const beginning = leastCpuMilliseconds(3, () => o200k_base.isWithinLimit(long, 100))
    expect(o200k_base.isWithinLimit(long, 100)).toBe(false)
    expect(beginning).toBeLessThan(whole / 20)
  })
})

describe('truncate and split', () => {
  it('keep to the limit and lose nothing', () => {
    for (const text of texts) {
      for (const limit of [1, 2, 5, 13]) {
        const kept = o200k_base.truncate(text, limit)
        expect(text.startsWith(kept)).toBe(true)
        expect(o200k_base.count(kept)).toBeLessThanOrEqual(limit)
        const parts = o200k_base.split(text, limit)
        expect(parts.join('')).toBe(text)
        for (const part of parts) {
          if ([...part].length > 1) expect(o200k_base.count(part)).toBeLessThanOrEqual(limit)
        }
      }
    }
  })

  it('cut where the tokens of the whole text end, however much of it is looked at', () => {
    const log = Array.from({ length: 900 }, (_, ship) => `Ship ${ship} came into harbour at 夜中の${ship}時.`).join(' ')
    const ids = o200k_base.encode(log)
    for (const limit of [10, 300, 5_000, ids.length]) {
      expect(o200k_base.truncate(log, limit)).toBe(o200k_base.decode(ids.slice(0, limit)).replace(/\ufffd+$/, ''))
    }
  })

  it('cut at the end of the last token that fits', () => {
    expect(o200k_base.truncate('one two three four', 2)).toBe('one two')
    expect(o200k_base.truncate('one two', 2)).toBe('one two')
    expect(o200k_base.truncate('one two', 0)).toBe('')
    expect(o200k_base.split('one two three four', 3)).toEqual(['one two three', ' four'])
  })
})

describe('a counter for parts', () => {
  it('gives the count of the whole for any cut of a string', () => {
    for (const text of texts.slice(0, 100)) {
      const expected = o200k_base.count(text)
      for (let cut = 0; cut <= text.length; cut += 1 + (text.length >> 5)) {
        const counter = o200k_base.createCounter()
        counter.push(text.slice(0, cut))
        expect(counter.settled).toBeLessThanOrEqual(o200k_base.count(text.slice(0, cut)) + 2)
        counter.push(text.slice(cut))
        expect(counter.count()).toBe(expected)
      }
    }
  })

  it('gives the count of the whole for bytes that come one by one', () => {
    for (const text of texts.slice(0, 100)) {
      const counter = o200k_base.createCounter()
      for (const byte of new TextEncoder().encode(text)) {
        counter.push(Uint8Array.of(byte))
      }
      expect(counter.count()).toBe(o200k_base.count(text))
    }
  })

  it('counts what stands there in between and goes on', () => {
    const counter = o200k_base.createCounter()
    const bytes = new TextEncoder().encode('Grüße, 世界')
    counter.push(bytes.subarray(0, 3))
    expect(counter.count()).toBe(o200k_base.count('Gr\ufffd'))
    counter.push(bytes.subarray(3))
    expect(counter.count()).toBe(o200k_base.count('Grüße, 世界'))
  })

  it('settles text as it goes', () => {
    const counter = o200k_base.createCounter()
    for (let i = 0; i < 1000; i++) counter.push('Some words and ')
    expect(counter.settled).toBeGreaterThan(2980)
  })

  it('takes linear time for text without a place to cut', () => {
    const counter = o200k_base.createCounter()
    const before = performance.now()
    for (let i = 0; i < 200_000; i++) counter.push('漢字')
    expect(counter.count()).toBe(o200k_base.count('漢字'.repeat(200_000)))
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})

describe('arguments', () => {
  it('of a wrong kind are named', () => {
    expect(() => o200k_base.count(undefined as never)).toThrow(
      /text: a string or a Uint8Array was expected, got undefined/,
    )
    expect(() => o200k_base.truncate('a', '5' as never)).toThrow(/limit: a number was expected/)
    for (const allowedSpecial of ['none', null, {}] as never[])
      expect(() => o200k_base.count('a', { allowedSpecial })).toThrow(/allowedSpecial: 'all' or a list/)
  })

  it.each([o200k_base, mistral_v3])('are text where parts of it are the answer', (encoding) => {
    const bytes = Uint8Array.of(0x61, 0x62) as never
    expect(() => encoding.truncate(bytes, 1)).toThrow(/text: a string was expected/)
    expect(() => encoding.split(bytes, 1)).toThrow(/text: a string was expected/)
  })

  it('may be UTF-8 bytes, a byte order mark and what is no UTF-8 included', () => {
    expect(o200k_base.count(new TextEncoder().encode('\ufeffhello'))).toBe(2)
    expect(o200k_base.encode(Uint8Array.of(0x61, 0xff, 0xc3))).toEqual(o200k_base.encode('a\ufffd\ufffd'))
  })
})
