import { get_encoding, type Tiktoken, type TiktokenEncoding } from 'tiktoken'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import gpt2 from '../../src/encodings/gpt2.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import p50k_base from '../../src/encodings/p50k_base.ts'
import p50k_edit from '../../src/encodings/p50k_edit.ts'
import r50k_base from '../../src/encodings/r50k_base.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'
import { fuzzText, randomSource } from '../reference/fuzz-text.ts'

/** Every encoding that tiktoken's WASM can be asked for. It has no o200k_harmony, whose ranks are those of o200k_base. */
export const openaiEncodings: readonly Encoding[] = [o200k_base, cl100k_base, p50k_base, p50k_edit, r50k_base, gpt2]

/** tiktoken with special tokens as ordinary text. */
export function oracle(name: string): (text: string) => Uint32Array {
  const encoding: Tiktoken = get_encoding(name as TiktokenEncoding)
  return (text) => encoding.encode(text, [], [])
}

/** A text on which an encoding and the oracle differ, in count or ids, with what each said. */
export interface Difference {
  readonly text: string
  readonly expected: number[]
  readonly encoded: number[]
  readonly counted: number
}

export function differences(
  encoding: Encoding,
  expect: (text: string) => Uint32Array,
  texts: Iterable<string>,
): Difference[] {
  const found: Difference[] = []
  for (const text of texts) {
    const expected = Array.from(expect(text))
    const counted = encoding.count(text)
    const encoded = encoding.encode(text)
    if (counted !== expected.length || encoded.join() !== expected.join())
      found.push({ text, expected, encoded, counted })
  }
  return found
}

export function* fuzzTexts(seed: number, count: number): Generator<string> {
  const random = randomSource(seed)
  for (let i = 0; i < count; i++) yield fuzzText(random)
}

/**
 * Random tokens of a vocabulary side by side, nastier than random characters since nearly every border can be merged across:
 * all kinds mixed, then only such as hold other characters than ASCII, of neighbouring ids, which are often of one script.
 */
export function* tokenTexts(encoding: Encoding, seed: number, count: number): Generator<string> {
  const random = randomSource(seed)
  const wide: number[] = []
  for (let id = 256; id < 50_000; id++) {
    if (encoding.decodeBytes([id]).some((byte) => byte >= 0x80)) wide.push(id)
  }
  for (let i = 0; i < count; i++) {
    const length = 2 + random(40)
    const start = random(wide.length)
    const ids = Array.from({ length }, () =>
      i % 2 === 0 ? 256 + random(49_000) : (wide[(start + random(400)) % wide.length] as number),
    )
    yield encoding.decode(ids)
  }
}

const scripts: readonly RegExp[] = [
  'Thai',
  'Lao',
  'Khmer',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Malayalam',
  'Cyrillic',
  'Greek',
  'Georgian',
  'Hangul',
  'Han',
  'Hiragana',
].map((script) => new RegExp(`^[\\p{Script=${script}}\\p{M}]+$`, 'u'))

/**
 * Words of one script that are no words: tokens of it, beginnings and ends of tokens, and single letters, without spaces. So every place
 * has letters around it that some merges take and others do not. Each has at least `leastParts` tokens and parts of tokens.
 */
export function* scriptTexts(encoding: Encoding, seed: number, count: number, leastParts = 2): Generator<string> {
  const random = randomSource(seed)
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const tokens: string[][] = scripts.map(() => [])
  for (let id = 256; id < 199_998 && id < encoding.vocabularySize - 100; id++) {
    const bytes = encoding.decodeBytes([id])
    if (bytes.length < 2 || bytes[0] < 0x80) continue
    try {
      const text = utf8.decode(bytes)
      const script = scripts.findIndex((pattern) => pattern.test(text))
      if (script >= 0) tokens[script].push(text)
    } catch {
      // Parts of characters are no words.
    }
  }
  const known = tokens.filter((texts) => texts.length > 1).map((texts) => texts.map((text) => [...text]))
  const letters = known.map((texts) => [...new Set(texts.flat())])
  for (let i = 0; i < count; i++) {
    const script = random(known.length)
    let text = ''
    for (let length = leastParts + random(14); length > 0; length--) {
      const token = known[script][random(known[script].length)]
      const cut = random(token.length)
      const parts = [
        token,
        token.slice(0, cut + 1),
        token.slice(cut),
        [letters[script][random(letters[script].length)]],
      ]
      text += parts[random(parts.length)].join('')
    }
    yield text
  }
}
