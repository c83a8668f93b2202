import { Matcher } from '../../src/tokenizer/patterns/matcher.ts'
import type { PatternSyntax } from '../../src/tokenizer/patterns/syntax.ts'
import { PADDING } from '../../src/tokenizer/scanners/scanner.ts'

/** Texts of all matches of a pattern, from left to right; empty matches are stepped over. */
export function matchTexts(pattern: string, text: string, syntax: PatternSyntax = 'oniguruma'): string[] {
  const matcher = new Matcher(pattern, syntax)
  const utf8 = new TextEncoder().encode(text)
  const padded = new Uint8Array(utf8.length + PADDING)
  padded.set(utf8)
  matcher.begin()
  const found: string[] = []
  for (let from = 0; from <= utf8.length && matcher.find(padded, 0, from, utf8.length); ) {
    const { matchStart, matchEnd } = matcher
    found.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8.subarray(matchStart, matchEnd)))
    from = matchEnd
    if (matchStart === matchEnd)
      do from++
      while (((utf8[from] ?? 0) & 0xc0) === 0x80)
  }
  return found
}
