/** The vocabularies of the built package, where it is built; else OpenAI's by tiktoken, and o200k_base in place of the others. */
import { existsSync } from 'node:fs'
import { get_encoding, type TiktokenEncoding } from 'tiktoken'
import type { Encoding, EncodingName } from '../../src/tokenizer/types.ts'

const names: readonly EncodingName[] = [
  'o200k_base',
  'o200k_harmony',
  'cl100k_base',
  'p50k_base',
  'r50k_base',
  'qwen3',
  'deepseek_v3',
  'tekken',
  'mistral_v3',
  'claude_legacy',
]
const inTiktoken = new Set<string>(['o200k_base', 'cl100k_base', 'p50k_base', 'r50k_base'])

export async function loadEncodings(): Promise<{ readonly encodings: Encoding[]; readonly standIns: string[] }> {
  const standIns: string[] = []
  const encodings: Encoding[] = []
  for (const name of names) {
    const built = new URL(`../../dist/encodings/${name}.js`, import.meta.url)
    if (existsSync(built)) encodings.push(((await import(built.href)) as { default: Encoding }).default)
    else {
      if (!inTiktoken.has(name) && name !== 'o200k_harmony') standIns.push(name)
      encodings.push(byTiktoken(name))
    }
  }
  return { encodings, standIns }
}

function byTiktoken(name: EncodingName): Encoding {
  const reference = get_encoding((inTiktoken.has(name) ? name : 'o200k_base') as TiktokenEncoding)
  return { name, count: (text: string) => reference.encode(text, [], []).length } as unknown as Encoding
}

/** The same encoding with a memory: a fit counts the same texts again and again. */
export function remembering(encoding: Encoding): Encoding {
  const counts = new Map<string, number>()
  const count = (text: string): number => {
    const known = counts.get(text) ?? encoding.count(text)
    counts.set(text, known)
    return known
  }
  return { ...encoding, name: encoding.name, count } as Encoding
}
