import type { CodePointSet } from './sets.ts'

/**
 * Dialect of a pattern: Oniguruma with Ruby syntax, as the `tokenizers` library reads `tokenizer.json`; or the Rust `regex` family, as
 * tiktoken and Tekken do. They differ in `$`, `^`, `\h`, `\w` and `{n,m}+`.
 */
export type PatternSyntax = 'oniguruma' | 'rust'

/** A parsed pattern. Groups leave no trace: only whole matches are used. */
export type PatternNode =
  | { readonly type: 'set'; readonly set: CodePointSet }
  | { readonly type: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly type: 'choice'; readonly options: readonly PatternNode[] }
  | Repeat
  | Look

export interface Repeat {
  readonly type: 'repeat'
  readonly item: PatternNode
  readonly min: number
  readonly max: number
  /** Possessive repeats have a single set as their item. */
  readonly kind: 'greedy' | 'lazy' | 'possessive'
}

/** A condition on the character before or after a position. */
export interface Look {
  readonly type: 'look'
  readonly side: 'ahead' | 'behind'
  readonly set: CodePointSet
  /** Whether it also holds where there is no such character. */
  readonly atEdge: boolean
}
