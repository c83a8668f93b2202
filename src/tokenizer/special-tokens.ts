import { describe } from '../errors.ts'
import type { SpecialTokenOptions } from './types.ts'

/** A stretch of a text: ordinary text, or one special token. */
export type Stretch = { readonly text: string } | { readonly special: number }

/** The special tokens that a call allows, by spelling. @throws RangeError for a spelling that the vocabulary does not have. */
export function allowedSpecialTokens(
  known: ReadonlyMap<string, number>,
  options: SpecialTokenOptions | undefined,
): ReadonlyMap<string, number> {
  const allowed = options?.allowedSpecial
  if (allowed === undefined) return new Map()
  if (allowed === 'all') return known
  if (!Array.isArray(allowed))
    throw new TypeError(`allowedSpecial: 'all' or a list of spellings was expected, got ${describe(allowed)}`)
  return new Map(
    (allowed as readonly string[]).map((spelling) => {
      const id = known.get(spelling)
      if (id === undefined) {
        throw new RangeError(
          `allowedSpecial: ${JSON.stringify(spelling)} is no special token of this vocabulary; it has ${[...known.keys()].join(', ')}`,
        )
      }
      return [spelling, id]
    }),
  )
}

/**
 * Cuts a text at the allowed special tokens: the leftmost first, of two at one place the longer. Each spelling is searched once
 * through the text, so time is linear in text × spellings.
 */
export function* stretches(text: string, allowed: ReadonlyMap<string, number>): Generator<Stretch> {
  const found = [...allowed].map(([spelling, id]) => ({ spelling, id, at: text.indexOf(spelling) }))
  let start = 0
  for (;;) {
    let first: (typeof found)[number] | undefined
    for (const candidate of found) {
      if (candidate.at >= 0 && candidate.at < start) candidate.at = text.indexOf(candidate.spelling, start)
      if (candidate.at < 0) continue
      if (
        first === undefined ||
        candidate.at < first.at ||
        (candidate.at === first.at && candidate.spelling.length > first.spelling.length)
      ) {
        first = candidate
      }
    }
    if (first === undefined) break
    if (first.at > start) yield { text: text.slice(start, first.at) }
    yield { special: first.id }
    start = first.at + first.spelling.length
  }
  if (start < text.length) yield { text: text.slice(start) }
}
