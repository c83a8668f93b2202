import { describe, expect, it } from 'vitest'
import o200kHarmony from '../../src/encodings/o200k_harmony.ts'
import { differences, fuzzTexts, openaiEncodings, oracle, scriptTexts, tokenTexts } from './openai.ts'

describe.each(openaiEncodings.map((encoding) => ({ name: encoding.name, encoding })))('$name', ({ name, encoding }) => {
  const expected = oracle(name)

  it('gives the ids of tiktoken on 100,000 adversarial strings', () => {
    expect(differences(encoding, expected, fuzzTexts(20261122, 100_000)).slice(0, 5)).toEqual([])
  })

  it('gives the ids of tiktoken on 20,000 strings of random tokens', () => {
    expect(differences(encoding, expected, tokenTexts(encoding, 42, 20_000)).slice(0, 5)).toEqual([])
  })

  it('gives the ids of tiktoken on 20,000 strings of tokens of one script and parts of them', () => {
    expect(differences(encoding, expected, scriptTexts(encoding, 43, 20_000)).slice(0, 5)).toEqual([])
  })

  it('gives the ids of tiktoken on words of more than a thousand characters of one script', () => {
    expect(differences(encoding, expected, scriptTexts(encoding, 44, 60, 900)).slice(0, 5)).toEqual([])
  })

  it('gives the ids of tiktoken on every character of the basic plane, in four contexts', () => {
    function* contexts(): Generator<string> {
      for (let unit = 0; unit < 0x10000; unit += 1) {
        const char = String.fromCharCode(unit)
        yield `${char}a ${char}A${char}${char} 1${char}`
      }
    }
    expect(differences(encoding, expected, contexts()).slice(0, 5)).toEqual([])
  })
})

it('o200k_harmony counts like o200k_base and knows the tokens of the harmony format', () => {
  const expected = oracle('o200k_base')
  expect(differences(o200kHarmony, expected, fuzzTexts(7, 5_000))).toEqual([])
  expect(o200kHarmony.encode('<|start|>user<|message|>Hi<|end|>', { allowedSpecial: 'all' })).toEqual([
    200006, 1428, 200008, 12194, 200007,
  ])
  expect(o200kHarmony.vocabularySize).toBe(200019)
})
