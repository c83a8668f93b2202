/** The shapes that every tokenizer shares, whatever its vocabulary. */

/** Names of the vocabularies that ship with the package, each on its own subpath `tokenfare/encodings/<name>`. */
export type EncodingName =
  | 'o200k_base'
  | 'o200k_harmony'
  | 'cl100k_base'
  | 'p50k_base'
  | 'p50k_edit'
  | 'r50k_base'
  | 'gpt2'
  | 'qwen3'
  | 'deepseek_v3'
  | 'tekken'
  | 'mistral_v3'
  | 'claude_legacy'
  | 'phi4'

/** How special tokens written out in a text are treated. By default they are text, as providers bill user content. */
export interface SpecialTokenOptions {
  /**
   * Special tokens that count as one token where their spelling occurs, for prompts that were already rendered with them:
   * a list of spellings, or `'all'`. Default: none.
   */
  readonly allowedSpecial?: readonly string[] | 'all'
}

/**
 * A vocabulary with its splitting rule: counts and encodes text exactly as the reference implementation does.
 *
 * Text never throws: lone surrogates, and invalid UTF-8 in bytes, count as U+FFFD. Time grows linearly with the text.
 * An argument that is neither a string nor a `Uint8Array` is a `TypeError`.
 */
export interface Encoding {
  readonly name: string
  /** Number of ids, special tokens included: one more than the largest id. */
  readonly vocabularySize: number
  /** Spelling → id of the special tokens. */
  readonly specialTokens: ReadonlyMap<string, number>

  /** Number of tokens of a text (or of UTF-8 bytes). */
  count(text: string | Uint8Array, options?: SpecialTokenOptions): number
  /** Token ids of a text. */
  encode(text: string | Uint8Array, options?: SpecialTokenOptions): number[]
  /** Text of token ids; bytes that are no valid UTF-8 become U+FFFD. @throws RangeError for an id outside the vocabulary. */
  decode(ids: Iterable<number>): string
  /** The exact bytes of token ids. @throws RangeError for an id outside the vocabulary. */
  decodeBytes(ids: Iterable<number>): Uint8Array
  /** The count, or `undefined` as soon as it is sure to exceed `limit`. */
  countUpTo(text: string | Uint8Array, limit: number): number | undefined
  /** Whether a text has at most `limit` tokens; stops early. */
  isWithinLimit(text: string | Uint8Array, limit: number): boolean
  /** The longest beginning of a text, cut between characters at the end of a token, that has at most `limit` tokens. */
  truncate(text: string, limit: number): string
  /** Cuts a text into parts of at most `limit` tokens each, but for a character that has more and stands alone; joined they are the text. */
  split(text: string, limit: number): string[]
  /** A counter for a text that arrives in pieces, cut anywhere, also inside a character. */
  createCounter(): TokenCounter
}

/** Counts a text that arrives in pieces. The final count equals that of the whole text for any way of cutting it. */
export interface TokenCounter {
  /** Adds the next part: a string (which may end between two surrogates) or UTF-8 bytes (which may end inside a character). */
  push(part: string | Uint8Array): void
  /** Tokens that are certain so far; text that later parts could still change is not in it. */
  readonly settled: number
  /**
   * Tokens of the text as pushed so far, as if it ended here. More may be pushed afterwards. It looks through what is not settled: text
   * without spaces, such as base64, settles late, so that after each of its parts {@link settled} is the one to ask.
   */
  count(): number
}
