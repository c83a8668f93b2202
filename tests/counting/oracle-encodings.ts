/** Vocabularies by way of the WASM build of tiktoken: counting is tested against the reference, not against our own engine. */
import { get_encoding, type TiktokenEncoding } from 'tiktoken'
import claude_legacy from '../../src/encodings/claude_legacy.ts'
import type { Encoding, EncodingName } from '../../src/tokenizer/types.ts'

const cache = new Map<string, Encoding>()

/** Only `name` and `count` are there; counting uses nothing else. */
export function oracleEncoding(name: EncodingName): Encoding {
  const known = cache.get(name)
  if (known !== undefined) return known
  const reference = get_encoding((name === 'o200k_harmony' ? 'o200k_base' : name) as TiktokenEncoding)
  const encoding = { name, count: (text: string) => reference.encode(text, [], []).length } as unknown as Encoding
  cache.set(name, encoding)
  return encoding
}

/** Anthropic's vocabulary of 2023 is our own reading of it: tiktoken has none. */
export const oracles: readonly Encoding[] = [
  ...(['o200k_base', 'o200k_harmony', 'cl100k_base', 'r50k_base'] as const).map(oracleEncoding),
  claude_legacy,
]
