import { describe, expect, it } from 'vitest'
import { deepseekPatterns } from '../../src/tokenizer/patterns/known.ts'
import { Splitter } from '../../src/tokenizer/pipeline/splitter.ts'
import { scanners } from '../../src/tokenizer/scanners/index.ts'
import { PADDING, type Scanner } from '../../src/tokenizer/scanners/scanner.ts'
import { fuzzText, randomSource } from '../reference/fuzz-text.ts'

const random = randomSource(11)
const controls = [
  '\u0000',
  '\u0001',
  '\u200b',
  '\ufeff',
  '\ue000',
  '゠',
  '・',
  '々',
  '龥',
  '龦',
  '〇',
  'Ⅷ',
  '２',
  '!a',
  '！a',
  ' !',
]

/** Pieces by a scanner. */
function pieces(text: string, next: Scanner, prepare?: (bytes: Uint8Array, end: number) => number): string[] {
  const utf8 = new TextEncoder().encode(text)
  const padded = new Uint8Array(utf8.length + PADDING)
  padded.set(utf8)
  const view = new DataView(padded.buffer)
  const end = prepare?.(padded, utf8.length) ?? utf8.length
  const found: string[] = []
  for (let at = 0; at < end; ) {
    const pieceEnd = next(padded, at, end, view)
    found.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(padded.subarray(at, pieceEnd)))
    at = pieceEnd
  }
  return found
}

describe('the scanner of DeepSeek', () => {
  it('cuts text as the three patterns of its file do, one within the pieces of the other', () => {
    const scanner = (scanners.get('deepseek') as () => Scanner)()
    const splitter = new Splitter(
      deepseekPatterns.map((pattern) => ({
        type: 'pattern',
        pattern,
        syntax: 'oniguruma',
        behavior: 'isolated',
        invert: false,
      })),
    )
    for (let i = 0; i < 6000; i++) {
      const text = Array.from(
        { length: 1 + random(3) },
        () => controls[random(controls.length)] + fuzzText(random, 5),
      ).join('')
      const expected = pieces(text, splitter.next, (bytes, end) => splitter.prepare(bytes, end))
      expect({ text, pieces: pieces(text, scanner) }).toEqual({ text, pieces: expected })
    }
  })
})
