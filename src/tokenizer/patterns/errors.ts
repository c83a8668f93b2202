import { quote, TokenfareError } from '../../errors.ts'

/** A pattern cannot be turned into a matcher whose time is bounded; nothing is guessed in its place. */
export function unsupportedPattern(pattern: string, reason: string): TokenfareError {
  return new TokenfareError(
    'unsupported-tokenizer',
    `the pattern ${quote(pattern)} cannot be used: ${reason}; rewrite it, or use another tokenizer library`,
  )
}
