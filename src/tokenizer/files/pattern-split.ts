import { knownScanner } from '../patterns/known.ts'
import { Matcher } from '../patterns/matcher.ts'
import type { SplitStep } from '../pipeline/definition.ts'
import { scanners } from '../scanners/index.ts'

/** A split by a pattern in Rust syntax, or by the name of a scanner. @throws TokenfareError for a pattern that cannot be used. */
export function patternSplit(pattern: string): SplitStep {
  const name = scanners.has(pattern) ? pattern : knownScanner(pattern)
  if (name !== undefined) return { type: 'scanner', name }
  new Matcher(pattern, 'rust')
  // What the pattern does not match is no piece in tiktoken.
  return { type: 'pattern', pattern, syntax: 'rust', behavior: 'removed', invert: true }
}
