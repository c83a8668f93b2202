import { isTokenfareError } from '../../src/errors.ts'
import { loadTokenizer, type TokenizerOptions } from '../../src/tokenizer.ts'
import { randomSource } from '../reference/fuzz-text.ts'
import {
  byteLevelJson,
  characterJson,
  sentencePieceModel,
  tekkenJson,
  tiktokenText,
} from '../reference/small-tokenizers.ts'

/** Files to mutate: of every format, valid, a few kilobytes each. */
const files: readonly { readonly bytes: Uint8Array; readonly options: TokenizerOptions }[] = [
  { bytes: utf8(JSON.stringify(byteLevelJson())), options: {} },
  { bytes: utf8(JSON.stringify(characterJson())), options: {} },
  { bytes: utf8(JSON.stringify(tekkenJson())), options: { format: 'tekken.json' } },
  { bytes: utf8(tiktokenText()), options: { format: 'tiktoken', pattern: 'cl100k' } },
  { bytes: sentencePieceModel(), options: { format: 'sentencepiece' } },
]

/** Without white space at its ends or twice, which a normalizer may lose, and with every kind of symbol. */
const sample = 'hello hell, é中 <|end|>ß 12'

/** What `count` mutated files came to. `losses` are those that load and lose a part of the text without a word. */
export function loadMutations(
  count: number,
  seed: number,
): {
  refused: number
  loaded: number
  slowestSeconds: number
  crashes: string[]
  losses: string[]
} {
  const random = randomSource(seed)
  const result = { refused: 0, loaded: 0, slowestSeconds: 0, crashes: [] as string[], losses: [] as string[] }
  for (let i = 0; i < count; i++) {
    const { bytes, options } = files[random(files.length)] as (typeof files)[number]
    const mutated = mutate(bytes, random)
    const cpu = process.cpuUsage()
    try {
      const tokenizer = loadTokenizer(mutated, options)
      const ids = tokenizer.encode(sample)
      const text = tokenizer.decode(ids)
      if (tokenizer.count(sample) !== ids.length) result.crashes.push(`count differs, ${i}`)
      if (!keepsText(text, mutated)) result.losses.push(`${i}: ${text}`)
      result.loaded++
    } catch (error) {
      if (isTokenfareError(error) && error.code === 'unsupported-tokenizer') result.refused++
      else result.crashes.push(`${i}: ${error instanceof Error ? error.stack : error}`)
    }
    const { user, system } = process.cpuUsage(cpu)
    result.slowestSeconds = Math.max(result.slowestSeconds, (user + system) / 1e6)
  }
  return result
}

/**
 * Whether the tokens have the whole text. A mutation may change what the file asks for: a split that drops what it matches, another
 * replacement or prefix, a token's own bytes; only then another text may come out.
 */
function keepsText(text: string, file: Uint8Array): boolean {
  if (text === sample) return true
  const content = new TextDecoder().decode(file)
  const asked = [
    '"String":" "',
    '"content":"▁"',
    '"add_prefix_space":false',
    '"normalizer":null',
    'p{L}+|\\\\s+|[^\\\\s\\\\p{L}]+',
  ]
  return asked.some((part) => !content.includes(part))
}

function mutate(file: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes: Uint8Array = file.slice()
  for (let edits = 1 + random(3); edits > 0; edits--) {
    const at = random(bytes.length)
    const length = random(random(8) === 0 ? 400 : 12)
    const end = Math.min(bytes.length, at + length)
    switch (random(5)) {
      case 0:
        bytes[at] = random(256)
        break
      case 1:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(end))
        break
      case 2:
        bytes = joined(bytes.subarray(0, end), bytes.subarray(at))
        break
      case 3: {
        const from = random(bytes.length)
        bytes = joined(bytes.subarray(0, at), bytes.subarray(from, from + length), bytes.subarray(end))
        break
      }
      case 4:
        bytes[at] = 0x30 + random(10)
        break
    }
  }
  return bytes
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
