import { asciiClasses, CharacterClass, LETTER, NOT_ASCII, WHITE_SPACE } from '../unicode.ts'
import { characterLength, classAt, codePointAt, endOfNumbers, endOfRun, type Scanner } from './scanner.ts'

const WORD: number = LETTER | CharacterClass.mark
const { newline, number, punctuationOrSymbol } = CharacterClass

/**
 * The splitting rule of DeepSeek V3, R1 and V4 (`tokenizer.json`): three splits, each within the pieces of the one before,
 *
 *     \p{N}{1,3}
 *     [一-龥぀-ゟ゠-ヿ]+
 *     [!-/:-~][A-Za-z]+ | [^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+ | ?[\p{P}\p{S}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
 *
 * (the class at the beginning of the third being the ASCII punctuation). Numbers, runs of Chinese or Japanese, and what lies
 * between these are texts of their own to the third, which sees no further than their ends. It leaves characters that no alternative takes,
 * such as controls, between its matches: they stand together as one piece.
 */
export function deepseekScanner(): Scanner {
  return function next(text, start, end) {
    const first = asciiClasses[text[start]]
    if (first !== NOT_ASCII && (first & LETTER) !== 0) return endOfWord(text, start, false)
    const firstClass = classAt(text, start)
    if (firstClass === number) return endOfNumbers(text, start, 3)
    return endOfThird(text, start, end, firstClass, isEastAsian(codePointAt(text, start)))
  }
}

/** CJK ideographs to U+9FA5 and kana, those of the second split. */
function isEastAsian(codePoint: number): boolean {
  return (codePoint >= 0x4e00 && codePoint <= 0x9fa5) || (codePoint >= 0x3040 && codePoint <= 0x30ff)
}

/** End of a piece of the third split; `east`: within a run of the second. */
function endOfThird(text: Uint8Array, start: number, end: number, firstClass: number, east: boolean): number {
  if ((firstClass & WORD) !== 0) return endOfWord(text, start, east)
  const second = start + characterLength(text[start])
  if (firstClass === punctuationOrSymbol) {
    const startsAsciiWord = text[start] < 0x80 && isAsciiLetter(text[second])
    return startsAsciiWord ? endOfAsciiLetters(text, second) : endOfPunctuation(text, start, end, east)
  }
  if (firstClass !== newline && is(WORD, text, second, east)) return endOfWord(text, second, east)
  if (text[start] === 0x20 && is(punctuationOrSymbol, text, second, east)) {
    return endOfPunctuation(text, second, end, east)
  }
  if ((firstClass & WHITE_SPACE) !== 0) return endOfSpace(text, start, end)
  return endOfLeftover(text, second, end, east)
}

/** Whether the character at `at` has one of the classes and is on the same side of the second split. */
function is(classes: number, text: Uint8Array, at: number, east: boolean): boolean {
  return (classAt(text, at) & classes) !== 0 && isEastAsian(codePointAt(text, at)) === east
}

/** `[\p{L}\p{M}]*` */
function endOfWord(text: Uint8Array, at: number, east: boolean): number {
  for (;;) {
    const found = asciiClasses[text[at]]
    if (found === NOT_ASCII ? !is(WORD, text, at, east) : east || (found & LETTER) === 0) return at
    at += characterLength(text[at])
  }
}

function isAsciiLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a
}

function endOfAsciiLetters(text: Uint8Array, at: number): number {
  while (isAsciiLetter(text[at])) at++
  return at
}

/** `[\p{P}\p{S}]+[\r\n]*` */
function endOfPunctuation(text: Uint8Array, start: number, end: number, east: boolean): number {
  let at = start
  while (at < end && is(punctuationOrSymbol, text, at, east)) at += characterLength(text[at])
  while (!east && (text[at] === 0x0a || text[at] === 0x0d)) at++
  return at
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+`, where a number or an East Asian character is the end of the text. */
function endOfSpace(text: Uint8Array, start: number, end: number): number {
  const at = endOfRun(text, start, WHITE_SPACE)
  let last = start
  let afterLineBreak = 0
  for (let space = start; space < at; space += characterLength(text[space])) {
    last = space
    if (text[space] === 0x0a || text[space] === 0x0d) afterLineBreak = space + 1
  }
  if (afterLineBreak > 0) return afterLineBreak
  const textEnds = at === end || classAt(text, at) === number || isEastAsian(codePointAt(text, at))
  return textEnds || last === start ? at : last
}

/** Characters that no alternative begins with, up to the next match: anything with a class, or a control before a word. */
function endOfLeftover(text: Uint8Array, from: number, end: number, east: boolean): number {
  let at = from
  while (at < end && classAt(text, at) === 0 && isEastAsian(codePointAt(text, at)) === east) {
    const next = at + characterLength(text[at])
    if (is(WORD, text, next, east)) break
    at = next
  }
  return at
}
