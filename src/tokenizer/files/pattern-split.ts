import { quote } from '../../errors.ts'
import { knownScanner } from '../patterns/known.ts'
import { Matcher } from '../patterns/matcher.ts'
import type { SplitStep } from '../pipeline/definition.ts'
import { scanners } from '../scanners/index.ts'
import { refuse } from './refuse.ts'

/** Encodings whose names people give for their patterns. */
const patternsByEncoding: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['o200k_base', 'o200k'],
  ['o200k_harmony', 'o200k'],
  ['cl100k_base', 'cl100k'],
  ['p50k_base', 'gpt2'],
  ['p50k_edit', 'gpt2'],
  ['r50k_base', 'gpt2'],
])

/** A split by a pattern in Rust syntax, or by the name of a scanner. @throws TokenfareError for a pattern that cannot be used. */
export function patternSplit(given: string): SplitStep {
  const pattern = patternsByEncoding.get(given) ?? given
  const name = scanners.has(pattern) ? pattern : knownScanner(pattern)
  // A name would be a pattern that matches itself alone: all other text would be no piece, and cost nothing.
  if (name === undefined && /^[\w-]*$/.test(pattern))
    refuse(
      `no pattern is called ${quote(pattern)}; known: ${[...scanners.keys()].join(', ')}, or give a regular expression`,
    )
  if (name !== undefined) return { type: 'scanner', name }
  new Matcher(pattern, 'rust')
  // What the pattern does not match is no piece in tiktoken.
  return { type: 'pattern', pattern, syntax: 'rust', behavior: 'removed', invert: true }
}
