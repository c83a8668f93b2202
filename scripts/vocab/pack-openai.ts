/**
 * Packs OpenAI's vocabularies from the ranks in js-tiktoken (pinned; identical to the published `.tiktoken` files, see
 * vocab/manifest.json) into `vocab/`. Families that differ only in special tokens or in a cut-off share one file.
 *
 * Run: npm run vocab:pack
 */
import type { Merges } from '../../src/tokenizer/merges.ts'
import { type PackHeader, pack } from '../../src/tokenizer/pack.ts'
import { mergesOfRanks } from './merges-of-ranks.ts'
import { sha256, updateManifest, writeVocabulary } from './write.ts'

interface RankModule {
  readonly pat_str: string
  readonly special_tokens: Record<string, number>
  readonly bpe_ranks: string
}

const sources: { name: string; split: string }[] = [
  { name: 'o200k_base', split: 'o200k' },
  { name: 'cl100k_base', split: 'cl100k' },
  { name: 'p50k_base', split: 'gpt2' },
]

/** js-tiktoken's ranks: lines of `! <first rank> <base64 token> …`. */
function parseRanks(text: string): Map<number, Uint8Array> {
  const tokens = new Map<number, Uint8Array>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, first, ...encoded] = line.split(' ')
    encoded.forEach((token, i) => {
      tokens.set(Number(first) + i, Buffer.from(token, 'base64'))
    })
  }
  return tokens
}

for (const { name, split } of sources) {
  const source = ((await import(`js-tiktoken/ranks/${name}`)) as { default: RankModule }).default
  const ranks = parseRanks(source.bpe_ranks)
  const { merges, bytes, idShifts } = mergesOfRanks(ranks)
  const header: PackHeader = {
    format: 'tokenfare-vocabulary/1',
    name,
    split,
    merges: merges.size - 256,
    bytes,
    idShifts,
    special: source.special_tokens,
  }
  const packed = pack(header, merges satisfies Merges)
  writeVocabulary(name, packed)
  updateManifest(name, {
    source: 'js-tiktoken@1.0.21',
    file: `dist/ranks/${name}.js`,
    licence: 'MIT (openai/tiktoken)',
    sourceSha256: sha256(tiktokenFile(ranks)),
    packSha256: sha256(packed),
    tokens: merges.size,
  })
}

/** The published `.tiktoken` form of the ranks, whose digest openai/tiktoken pins in its own source. */
function tiktokenFile(ranks: ReadonlyMap<number, Uint8Array>): string {
  return [...ranks].map(([rank, token]) => `${Buffer.from(token).toString('base64')} ${rank}\n`).join('')
}
