import { asciiClasses, CharacterClass, WHITE_SPACE } from '../unicode.ts'
import { endOfAsciiNumbers, endOfAsciiOthers, endOfAsciiWhiteSpace, endOfWhiteSpace, NOT_OTHER } from './scanner.ts'

/** What cl100k_base, o200k_base and those after them do otherwise with what is no word. */
export interface NonWordRule {
  /** Numbers in a piece, at most: 1 to 4. */
  readonly mostNumbers: number
  /** Whether punctuation takes slashes along with the line breaks after it. */
  readonly takesSlashes: boolean
}

/** `\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+` from an ASCII character whose successor is ASCII, too. */
export function endOfAsciiNonWord(
  text: Uint8Array,
  start: number,
  end: number,
  view: DataView,
  firstClass: number,
  rule: NonWordRule,
): number {
  if (firstClass === CharacterClass.number) return endOfAsciiNumbers(text, start, view, rule.mostNumbers)
  if ((firstClass & WHITE_SPACE) === 0) return endOfPunctuation(text, start, end, rule)
  if (text[start] === 0x20 && start + 1 < end && (asciiClasses[text[start + 1]] & NOT_OTHER) === 0) {
    return endOfPunctuation(text, start + 1, end, rule)
  }
  return endOfAsciiWhiteSpace(text, start, end)
}

/** The same without numbers, from any character; `second` is the one after it. */
export function endOfSpaceOrPunctuation(
  text: Uint8Array,
  start: number,
  end: number,
  firstClass: number,
  second: number,
  secondClass: number,
  rule: NonWordRule,
): number {
  if ((firstClass & WHITE_SPACE) === 0) return endOfPunctuation(text, start, end, rule)
  if (text[start] === 0x20 && second < end && (secondClass & NOT_OTHER) === 0)
    return endOfPunctuation(text, second, end, rule)
  return endOfWhiteSpace(text, start, end)
}

/** `[^\s\p{L}\p{N}]+[\r\n]*` or, with slashes, `[^\s\p{L}\p{N}]+[\r\n/]*` */
function endOfPunctuation(text: Uint8Array, start: number, end: number, { takesSlashes }: NonWordRule): number {
  let at = endOfAsciiOthers(text, start, end)
  while (text[at] === 0x0a || text[at] === 0x0d || (takesSlashes && text[at] === 0x2f)) at++
  return at
}
