import { describe, expect, it } from 'vitest'
import { corpus, corpusNames } from '../../bench/corpora.ts'
import { differences, fuzzTexts, openaiEncodings, oracle, scriptTexts, tokenTexts } from './openai.ts'

/**
 * The whole promise of exactness, some hours on a small machine: `npm run test:slow -- tests/differential/openai`.
 * `TOKENFARE_SLOW_ENCODINGS=o200k_base,cl100k_base` takes only some.
 */
const wanted = process.env['TOKENFARE_SLOW_ENCODINGS']?.split(',')
const encodings = openaiEncodings.filter(({ name }) => wanted === undefined || wanted.includes(name))

describe.each(encodings.map((encoding) => ({ name: encoding.name, encoding })))('$name', ({ name, encoding }) => {
  const expected = oracle(name)

  it('has no difference on 1,000,000 adversarial strings', () => {
    expect(differences(encoding, expected, fuzzTexts(1, 1_000_000)).slice(0, 5)).toEqual([])
  })

  it('has no difference on 300,000 strings of random tokens', () => {
    expect(differences(encoding, expected, tokenTexts(encoding, 3, 300_000)).slice(0, 5)).toEqual([])
  })

  it('has no difference on 300,000 strings of tokens of one script and parts of them', () => {
    expect(differences(encoding, expected, scriptTexts(encoding, 7, 300_000)).slice(0, 5)).toEqual([])
  })

  it('has no difference on every Unicode scalar value in four contexts', () => {
    function* contexts(): Generator<string> {
      for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
        if (codePoint >= 0xd800 && codePoint < 0xe000) continue
        const char = String.fromCodePoint(codePoint)
        yield `${char}a ${char}A${char}${char} 1${char}`
      }
    }
    expect(differences(encoding, expected, contexts()).slice(0, 5)).toEqual([])
  })

  it('has no difference on 100 MB of real text', () => {
    function* texts(): Generator<string> {
      let bytes = 0
      // The corpora hold some 35 MB; cut at other places they are other texts at the cuts, and other neighbours in the tables.
      for (let shift = 0; bytes < 100_000_000; shift += 977) {
        for (const corpusName of corpusNames) {
          const text = corpus(corpusName).join('')
          for (let start = shift; start < text.length; start += 20_011) {
            const part = text.slice(start, start + 20_011)
            bytes += Buffer.byteLength(part)
            yield part
          }
        }
      }
    }
    expect(differences(encoding, expected, texts()).slice(0, 5)).toEqual([])
  })
})
