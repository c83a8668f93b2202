import { TokenfareError } from '../../errors.ts'
import { stringOf, textOf, tokenLimit } from '../arguments.ts'
import { backtracksLittle } from '../patterns/backtracking.ts'
import { parsePattern } from '../patterns/parse.ts'
import { endWithin, splitWithin } from '../pipeline/bisect.ts'
import type { LoadedTokenizer } from '../pipeline/encoding.ts'
import { createTokenCounter } from '../token-counter.ts'
import { refuse } from './refuse.ts'

/** The part of `@huggingface/tokenizers` that is used. */
export interface TokenizersPeer {
  readonly Tokenizer: new (
    tokenizer: object,
    config: object,
  ) => {
    encode(text: string, options: { add_special_tokens: boolean }): { readonly ids: readonly number[] }
    decode(ids: number[], options: { skip_special_tokens: boolean }): string
  }
}

/**
 * An encoding by the optional peer, for Unigram and WordPiece models. Counts, speed and limits are the peer's; it takes special tokens in
 * text for what they are spelled, and such models do not give a text back exactly, so there are no exact bytes.
 *
 * @throws TokenfareError `unsupported-tokenizer` for a file that the peer cannot read, or a pattern that would keep it busy for ever.
 */
export function peerEncoding(name: string, json: unknown, peer: TokenizersPeer): LoadedTokenizer {
  refuseSlowPatterns(json)
  const tokenizer = create(json, peer)
  const encode = (text: string): number[] => [...tokenizer.encode(text, { add_special_tokens: false }).ids]
  const count = (text: string) => encode(text).length
  const decode = (ids: Iterable<number>) => tokenizer.decode([...ids], { skip_special_tokens: false })
  const countUpTo = (text: string, limit: number) => {
    const tokens = count(text)
    return tokens > limit ? undefined : tokens
  }
  const added = addedTokens(json)
  return {
    name,
    vocabularySize: added.size,
    specialTokens: added.special,
    template: { before: [], after: [] },
    count: (text) => count(textOf(text, 'text')),
    encode: (text) => encode(textOf(text, 'text')),
    decode,
    decodeBytes: (ids) => new TextEncoder().encode(decode(ids)),
    countUpTo: (text, limit) => countUpTo(textOf(text, 'text'), tokenLimit(limit, 0)),
    isWithinLimit: (text, limit) => countUpTo(textOf(text, 'text'), tokenLimit(limit, 0)) !== undefined,
    truncate(text, limit) {
      tokenLimit(limit, 0)
      return text.slice(
        0,
        endWithin(stringOf(text, 'text'), 0, (part) => count(part) <= limit),
      )
    },
    split(text, limit) {
      tokenLimit(limit, 1)
      return splitWithin(stringOf(text, 'text'), (part) => count(part) <= limit)
    },
    createCounter: () => createTokenCounter(count, () => 0),
  }
}

/** The peer matches patterns by the host's engine, which backtracks. */
function refuseSlowPatterns(json: unknown): void {
  const left: unknown[] = [json]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null) continue
    const pattern = (value as { Regex?: unknown }).Regex
    if (typeof pattern === 'string' && !backtracksLittle(parsePattern(pattern, 'oniguruma')))
      refuse(`its pattern ${JSON.stringify(pattern.slice(0, 100))} repeats a group, which can take for ever to match`)
    for (const [key, inner] of Object.entries(value)) if (key !== 'vocab') left.push(inner)
  }
}

function create(json: unknown, peer: TokenizersPeer): InstanceType<TokenizersPeer['Tokenizer']> {
  try {
    return new peer.Tokenizer(json as object, {})
  } catch (cause) {
    throw new TokenfareError('unsupported-tokenizer', 'the tokenizer file cannot be read by @huggingface/tokenizers', {
      cause,
    })
  }
}

function addedTokens(json: unknown): { special: ReadonlyMap<string, number>; size: number } {
  const file = json as { added_tokens?: { id: number; content: string; special?: boolean }[]; model: { vocab: object } }
  const added = file.added_tokens ?? []
  const special = new Map(added.filter((token) => token.special === true).map(({ content, id }) => [content, id]))
  const known = Array.isArray(file.model.vocab) ? file.model.vocab.length : Object.keys(file.model.vocab).length
  return { special, size: added.reduce((most, { id }) => Math.max(most, id + 1), known) }
}
