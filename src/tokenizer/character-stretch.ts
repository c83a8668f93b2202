import {
  borderKey,
  type Characters,
  FIRST_OF_MANY,
  hashOfPair,
  KNOWN_CODE_POINTS,
  NO_CHARACTER,
  PAIR_FILTER_BITS,
} from './characters.ts'
import { NO_MERGE } from './pair-table.ts'

/** Characters that are read at a time; a stretch of as many without a cut is hardly text. */
const MOST_CHARACTERS = 1024

/** What is known of a border: some merge joins the two characters there, or one crosses it with a part of a character. */
const JOINABLE = 1
const PARTIAL = 2

/*
 * The characters of the stretch that was read last. The arrays are constants of the module and not of an object, since V8 compiles their
 * addresses and lengths into the loops that use them; one set is enough, as reading never waits for anything.
 */

/** Where each character begins; after the last, where the stretch ends. */
export const characterStarts: Int32Array = /* @__PURE__ */ new Int32Array(MOST_CHARACTERS + 1)
/** Token of each character; `NO_MERGE` where it has none, or is at a border at risk: it is then taken byte by byte. */
export const characterTokens: Int32Array = /* @__PURE__ */ new Int32Array(MOST_CHARACTERS)
const codePoints = /* @__PURE__ */ new Int32Array(MOST_CHARACTERS + 1)
/** {@link hashOfPair} of the border before each character, and what is known of it: {@link JOINABLE}, {@link PARTIAL}. */
const pairs = /* @__PURE__ */ new Int32Array(MOST_CHARACTERS)
const borders = /* @__PURE__ */ new Uint8Array(MOST_CHARACTERS + 1)

/**
 * Reads the characters of a stretch of text, each with its token where merging may start from that, and the borders at which the text may
 * be cut: a pass of its own, so that the look-ups of neighbouring characters do not wait for one another. The stretch is `text[start … end)`,
 * which begins at a cut or at the beginning of a piece, or as much of it as there is room for. Returns how many characters have a border after
 * them that can be decided; all, where the stretch reaches the end.
 */
export function readCharacters(
  characters: Characters,
  text: Uint8Array,
  start: number,
  end: number,
  mostCharacters: number = MOST_CHARACTERS,
): number {
  const { tokens: tokenOf, pairs: joinable, hasPartialMerge, partialMerges } = characters
  let at = start
  let count = 0
  let codePointBefore = NO_CHARACTER
  let tokenBefore = NO_MERGE
  while (at < end && count < mostCharacters) {
    const lead = text[at]
    let codePoint = lead
    let length = 1
    if (lead >= 0xe0) {
      codePoint = ((lead & 0x0f) << 12) | ((text[at + 1] & 0x3f) << 6) | (text[at + 2] & 0x3f)
      length = 3
      if (lead >= 0xf0) {
        codePoint = ((codePoint & 0x7fff) << 6) | (text[at + 3] & 0x3f)
        length = 4
      }
    } else if (lead >= 0x80) {
      codePoint = ((lead & 0x1f) << 6) | (text[at + 1] & 0x3f)
      length = 2
    }
    const token = codePoint < KNOWN_CODE_POINTS ? tokenOf[codePoint] : NO_MERGE
    characterStarts[count] = at
    codePoints[count] = codePoint
    characterTokens[count] = token
    const pair = hashOfPair(codePointBefore, codePoint)
    const bit = pair & (PAIR_FILTER_BITS - 1)
    pairs[count] = pair
    borders[count] = (joinable[bit >>> 5] >>> (bit & 31)) & JOINABLE
    if (count > 0 && hasPartialMerge[(text[at - 1] << 8) | lead] !== 0) {
      const last = text[at - 1]
      const merge = partialMerges[borderKey(last < 0x80 ? 0 : text[at - 2], last, lead, lead < 0x80 ? 0 : text[at + 1])]
      if (merge !== NO_MERGE) borders[count] |= PARTIAL
      // At risk: the merge is done before one of the two characters is complete.
      if (merge < tokenBefore || merge < token) {
        characterTokens[count - 1] = NO_MERGE
        characterTokens[count] = NO_MERGE
      }
    }
    codePointBefore = codePoint
    tokenBefore = token
    at += length
    count++
  }
  characterStarts[count] = at
  codePoints[count] = NO_CHARACTER
  // Nothing crosses the end. Short of it, the last border waits for the character after the one behind it.
  borders[count] = 0
  return at === end ? count : count - 2
}

/** Whether no merge crosses the border before character `i`, the last cut being before character `first`. */
export function isCut(characters: Characters, i: number, first: number): boolean {
  const border = borders[i]
  if (border === 0) return true
  // Where both characters complete first, no part of one is left to be merged.
  if (border >= PARTIAL && (characterTokens[i - 1] === NO_MERGE || characterTokens[i] === NO_MERGE)) return false
  if ((border & JOINABLE) === 0) return true
  if (codePoints[i - 1] >= FIRST_OF_MANY || codePoints[i] >= FIRST_OF_MANY) return false
  const outerBefore = i - 1 > first ? codePoints[i - 2] : NO_CHARACTER
  return !characters.mayJoinBetween(outerBefore, pairs[i], codePoints[i + 1])
}
