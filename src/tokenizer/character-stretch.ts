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

/**
 * The characters of a stretch of text, each with its token where merging may start from that, and the borders at which the text may
 * be cut. All is read in a first pass, in arrays, so that the look-ups of neighbouring characters do not wait for one another.
 */
export class CharacterStretch {
  /** Where each character begins; after the last, where the stretch ends. */
  readonly starts: Int32Array
  /** Token of each character; `NO_MERGE` where it has none, or is at a border at risk: it is then taken byte by byte. */
  readonly tokens: Int32Array
  private readonly codePoints: Int32Array
  /** {@link hashOfPair} of the border before each character, and what is known of it: {@link JOINABLE}, {@link PARTIAL}. */
  private readonly pairs: Int32Array
  private readonly borders: Uint8Array
  private readonly characters: Characters
  private readonly mostCharacters: number

  constructor(characters: Characters, mostCharacters: number = MOST_CHARACTERS) {
    this.characters = characters
    this.mostCharacters = mostCharacters
    this.starts = new Int32Array(mostCharacters + 1)
    this.tokens = new Int32Array(mostCharacters)
    this.codePoints = new Int32Array(mostCharacters + 1)
    this.pairs = new Int32Array(mostCharacters)
    this.borders = new Uint8Array(mostCharacters + 1)
  }

  /**
   * Reads the characters of `text[start … end)`, which begins at a cut or at the beginning of a piece. Returns how many have a border after
   * them that can be decided; all, where the stretch reaches the end.
   */
  read(text: Uint8Array, start: number, end: number): number {
    const { starts, codePoints, tokens, pairs, borders, mostCharacters } = this
    const { tokens: tokenOf, pairs: joinable, hasPartialMerge, partialMerges } = this.characters
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
      starts[count] = at
      codePoints[count] = codePoint
      tokens[count] = token
      const pair = hashOfPair(codePointBefore, codePoint)
      const bit = pair & (PAIR_FILTER_BITS - 1)
      pairs[count] = pair
      borders[count] = (joinable[bit >>> 5] >>> (bit & 31)) & JOINABLE
      if (count > 0 && hasPartialMerge[(text[at - 1] << 8) | lead] !== 0) {
        const last = text[at - 1]
        const merge =
          partialMerges[borderKey(last < 0x80 ? 0 : text[at - 2], last, lead, lead < 0x80 ? 0 : text[at + 1])]
        if (merge !== NO_MERGE) borders[count] |= PARTIAL
        // At risk: the merge is done before one of the two characters is complete.
        if (merge < tokenBefore || merge < token) {
          tokens[count - 1] = NO_MERGE
          tokens[count] = NO_MERGE
        }
      }
      codePointBefore = codePoint
      tokenBefore = token
      at += length
      count++
    }
    starts[count] = at
    codePoints[count] = NO_CHARACTER
    // Nothing crosses the end. Short of it, the last border waits for the character after the one behind it.
    borders[count] = 0
    return at === end ? count : count - 2
  }

  /** Whether no merge crosses the border before character `i`, the last cut being before character `first`. */
  isCut(i: number, first: number): boolean {
    const { codePoints, tokens, borders } = this
    const border = borders[i]
    if (border === 0) return true
    // Where both characters complete first, no part of one is left to be merged.
    if (border >= PARTIAL && (tokens[i - 1] === NO_MERGE || tokens[i] === NO_MERGE)) return false
    if ((border & JOINABLE) === 0) return true
    if (codePoints[i - 1] >= FIRST_OF_MANY || codePoints[i] >= FIRST_OF_MANY) return false
    const outerBefore = i - 1 > first ? codePoints[i - 2] : NO_CHARACTER
    return !this.characters.mayJoinBetween(outerBefore, this.pairs[i], codePoints[i + 1])
  }
}
