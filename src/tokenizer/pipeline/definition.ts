import type { Merges } from '../merges.ts'
import type { PatternSyntax } from '../patterns/syntax.ts'

/** What a tokenizer file says, in the one form that every format is read into. It is plain data and can be packed. */
export interface TokenizerDefinition {
  readonly normalizers: readonly NormalizerStep[]
  /** Each step cuts the pieces of the step before; none: the text is one piece. */
  readonly splits: readonly SplitStep[]
  readonly vocabulary: Vocabulary
  readonly added: readonly AddedToken[]
  /** Ids that the file puts before and after a text, such as a beginning-of-text token. Counts leave them out. */
  readonly template: { readonly before: readonly number[]; readonly after: readonly number[] }
}

export type NormalizerStep =
  | { readonly type: 'nfc' | 'nfkc' }
  | { readonly type: 'replace'; readonly from: string; readonly to: string }
  /** Put before a text that is not empty; `unlessThere`: unless it begins with it. */
  | { readonly type: 'prepend'; readonly text: string; readonly unlessThere: boolean; readonly firstOnly: boolean }
  /** Runs of spaces become one, as SentencePiece does when told so. */
  | { readonly type: 'collapse-spaces' }

/** What happens to the matches of a split: see the `tokenizers` library, `SplitDelimiterBehavior`. */
export type SplitBehavior = 'isolated' | 'removed' | 'merged-with-previous' | 'merged-with-next' | 'contiguous'

export type SplitStep =
  /** A hand-written scanner. */
  | { readonly type: 'scanner'; readonly name: string }
  | {
      readonly type: 'pattern'
      readonly pattern: string
      readonly syntax: PatternSyntax
      readonly behavior: SplitBehavior
      /** Whether the pattern describes the pieces, not what lies between them. */
      readonly invert: boolean
    }

/** Tokens by index: 256 bytes, then characters if any, then one token for each merge in the order of ranks. */
export interface Vocabulary {
  /** Code points of the characters that merging begins with; without any it begins with bytes. */
  readonly characters: readonly number[]
  /** Indexes of merged tokens begin after the characters, whose own `left` is −1. */
  readonly merges: Merges
  /** Tokens that no merge makes; their indexes follow those of the merges. */
  readonly extra: readonly ExtraToken[]
  /** Id of each token index, the extra ones included. */
  readonly ids: Int32Array
  /**
   * Tokens that are runs of one character and all of the lowest rank, as SentencePiece has them for white space: merged last, the
   * leftmost two first. From the length of a run to its token index.
   */
  readonly runs: { readonly codePoint: number; readonly lengths: ReadonlyMap<number, number> } | undefined
  /** Whether decoding turns ▁ into a space. */
  readonly spaceMark: boolean
}

export interface ExtraToken {
  readonly bytes: Uint8Array
  /** Matched where a piece is exactly this; otherwise only decoded. */
  readonly whole: boolean
}

/** A spelling that is one token wherever it stands: always, or if it is special, where the caller allows it. */
export interface AddedToken {
  readonly id: number
  readonly content: string
  readonly special: boolean
  /** What is searched for in the normalized text; `undefined`: the spelling, in the text as it came. */
  readonly normalizedContent: string | undefined
  /** Takes white space before it (after it) along. */
  readonly lstrip: boolean
  readonly rstrip: boolean
}
