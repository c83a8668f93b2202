import { FIRST_MERGE } from '../merges.ts'
import { characterLength, codePointAt, type Scanner } from '../scanners/scanner.ts'
import type { Vocabulary } from './definition.ts'

/** ▁, which SentencePiece writes for a space. */
export const SPACE_MARK = '▁'
const MARK = 0x2581

/** A cut is looked for this far back from the end of a chunk. */
const CHUNK_UNITS = 1 << 15

/**
 * Places where text without a splitting rule can be cut all the same: before a ▁, after any character that no token has before a ▁.
 * Merging never joins across such a place, so the parts are counted one by one, and known ones looked up.
 */
export interface WordCuts {
  readonly scanner: Scanner
  /** Whether a ▁ after this code point begins a new part. */
  readonly cutsAfter: (codePoint: number) => boolean
  readonly endOfChunk: (text: string, start: number, units?: number) => number
}

/** The cuts that a vocabulary of characters allows. */
export function wordCuts(vocabulary: Vocabulary): WordCuts {
  const before = charactersBeforeMark(vocabulary)

  /** Beyond the Basic Multilingual Plane no cut is made, so that UTF-16 units can be asked as well. */
  function cutsAfter(codePoint: number): boolean {
    return codePoint < 0xd800 || (codePoint > 0xdfff && codePoint <= 0xffff) ? !before.has(codePoint) : false
  }

  return {
    cutsAfter,
    scanner(text, start, end) {
      let previous = codePointAt(text, start)
      for (let at = start + characterLength(text[start]); at < end; ) {
        const codePoint = codePointAt(text, at)
        if (codePoint === MARK && cutsAfter(previous)) return at
        previous = codePoint
        at += characterLength(text[at])
      }
      return end
    },
    endOfChunk(text, start, units = CHUNK_UNITS) {
      for (let limit = start + units; limit < text.length; limit += units) {
        for (let at = limit; at > limit - units; at--) {
          if (text.charCodeAt(at) === MARK && cutsAfter(text.charCodeAt(at - 1))) return at
        }
      }
      return text.length
    },
  }
}

/** Characters that some token has directly before a ▁. */
function charactersBeforeMark({ merges, characters, runs }: Vocabulary): ReadonlySet<number> {
  const before = new Set<number>()
  if (runs !== undefined) before.add(runs.codePoint)
  const firstMerge = FIRST_MERGE + characters.length
  const { left, right, size } = merges
  for (let token = firstMerge; token < size; token++) {
    let first = right[token]
    while (first >= firstMerge) first = left[first]
    if (characters[first - FIRST_MERGE] !== MARK) continue
    let last = left[token]
    while (last >= firstMerge) last = right[last]
    if (last >= FIRST_MERGE) before.add(characters[last - FIRST_MERGE])
  }
  return before
}
