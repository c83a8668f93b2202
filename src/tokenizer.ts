/**
 * Tokenizers from files that the user has: `tokenizer.json`, `.tiktoken`, `tekken.json` and SentencePiece `.model`.
 *
 * @packageDocumentation
 */
import { TokenfareError } from './errors.ts'
import { stringOf } from './tokenizer/arguments.ts'
import { peerEncoding, type TokenizersPeer } from './tokenizer/files/peer.ts'
import { type ReadOptions, readTokenizerFile } from './tokenizer/files/read.ts'
import type { TokenizerDefinition } from './tokenizer/pipeline/definition.ts'
import { encodingFromDefinition, type LoadedTokenizer } from './tokenizer/pipeline/encoding.ts'
import { checkDefinition, packDefinition, unpackNamed } from './tokenizer/pipeline/pack.ts'

export type { TokenizersPeer } from './tokenizer/files/peer.ts'
export type { TokenizerFormat } from './tokenizer/files/read.ts'
export type { LoadedTokenizer } from './tokenizer/pipeline/encoding.ts'
export type { Encoding, SpecialTokenOptions, TokenCounter } from './tokenizer/types.ts'

/** How a tokenizer file is read. */
export interface TokenizerOptions extends ReadOptions {
  /** Name of the encoding; default `'custom'`. */
  readonly name?: string
  /**
   * The module `@huggingface/tokenizers`, for Unigram and WordPiece models, which are not read here:
   * `peer: await import('@huggingface/tokenizers')`. Its counts are its own.
   */
  readonly peer?: TokenizersPeer
}

/**
 * Loads a tokenizer file, given as its bytes, its text or its parsed JSON.
 *
 * Byte-pair encoding is counted exactly by the engine of the built-in encodings; patterns in the file become automata with bounded time.
 * Tokens that the file marks as special are text unless `allowedSpecial` names them; other added tokens are always found.
 * @throws TokenfareError `unsupported-tokenizer` with the reason, for a file that is malformed, too large, or asks for what would not
 * be exact here. Nothing of a file is ignored in silence.
 */
export function loadTokenizer(source: Uint8Array | string | object, options: TokenizerOptions = {}): LoadedTokenizer {
  const name = options.name ?? 'custom'
  const result = readTokenizerFile(source, options)
  if ('definition' in result) return loaded(name, result.definition)
  if (options.peer === undefined) {
    throw new TokenfareError(
      'unsupported-tokenizer',
      `the tokenizer file has a ${result.modelType} model, which needs the package @huggingface/tokenizers: install it and pass ` +
        `{ peer: await import('@huggingface/tokenizers') }`,
    )
  }
  return peerEncoding(name, result.json, options.peer)
}

/**
 * Packs a tokenizer file into a compact text that {@link loadPack} loads many times faster.
 * @throws TokenfareError `unsupported-tokenizer` as {@link loadTokenizer} does, and for Unigram and WordPiece models.
 */
export function packTokenizer(source: Uint8Array | string | object, options: TokenizerOptions = {}): string {
  const result = readTokenizerFile(source, options)
  if ('definition' in result) return packDefinition(options.name ?? 'custom', result.definition)
  throw new TokenfareError('unsupported-tokenizer', `a ${result.modelType} model cannot be packed`)
}

/**
 * Loads a packed tokenizer.
 * @throws TokenfareError `corrupt-vocabulary` when it is not intact.
 */
export function loadPack(pack: string, options: { readonly name?: string } = {}): LoadedTokenizer {
  const { name, definition } = unpackNamed(stringOf(pack, 'pack').split('\n'))
  checkDefinition(definition)
  return loaded(options.name ?? name, definition)
}

function loaded(name: string, definition: TokenizerDefinition): LoadedTokenizer {
  return encodingFromDefinition(name, () => definition)
}
