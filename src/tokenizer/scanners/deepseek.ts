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
 * (the class at the beginning of the third being the ASCII punctuation). A run of numbers and a run of Chinese or Japanese are
 * therefore ends of text to the third, which sees what lies between them; and it leaves characters that no alternative takes, such as
 * controls, between its matches: they stand together as one piece.
 */
export function deepseekScanner(): Scanner {
  const ascii = asciiClasses()

  return function next(text, start, end) {
    const first = ascii[text[start]]
    if (first !== NOT_ASCII && (first & LETTER) !== 0) return endOfWord(text, start)
    const firstClass = classAt(text, start)
    if (firstClass === number) return endOfNumbers(text, start, 3)
    if (isEastAsian(codePointAt(text, start))) return endOfEastAsian(text, start)
    return between(text, start, end, firstClass)
  }

  /** A piece of the third split. */
  function between(text: Uint8Array, start: number, end: number, firstClass: number): number {
    if ((firstClass & WORD) !== 0) return endOfWord(text, start)
    const second = start + characterLength(text[start])
    const asciiLetter = (text[second] | 0x20) >= 0x61 && (text[second] | 0x20) <= 0x7a
    if (firstClass === punctuationOrSymbol) {
      return text[start] < 0x80 && asciiLetter ? endOfAsciiLetters(text, second) : endOfPunctuation(text, start, end)
    }
    if (firstClass !== newline && startsWord(text, second)) return endOfWord(text, second)
    if (text[start] === 0x20 && startsPunctuation(text, second)) return endOfPunctuation(text, second, end)
    if ((firstClass & WHITE_SPACE) !== 0) return endOfSpace(text, start, end)
    return endOfLeftover(text, second, end)
  }

  /** Characters that no alternative begins with, up to the next match. */
  function endOfLeftover(text: Uint8Array, from: number, end: number): number {
    let at = from
    while (at < end && !isEastAsian(codePointAt(text, at))) {
      // Anything with a class begins a match; a control does where a word follows it.
      if (classAt(text, at) !== 0 || startsWord(text, at + characterLength(text[at]))) break
      at += characterLength(text[at])
    }
    return at
  }
}

/** CJK ideographs to U+9FA5 and kana, those of the second split. */
function isEastAsian(codePoint: number): boolean {
  return (codePoint >= 0x4e00 && codePoint <= 0x9fa5) || (codePoint >= 0x3040 && codePoint <= 0x30ff)
}

function endOfEastAsian(text: Uint8Array, start: number): number {
  let at = start
  while (isEastAsian(codePointAt(text, at))) at += 3
  return at
}

function startsWord(text: Uint8Array, at: number): boolean {
  return (classAt(text, at) & WORD) !== 0 && !isEastAsian(codePointAt(text, at))
}

function startsPunctuation(text: Uint8Array, at: number): boolean {
  return classAt(text, at) === punctuationOrSymbol && !isEastAsian(codePointAt(text, at))
}

/** `[\p{L}\p{M}]*` from `at`, up to the next East Asian character. */
function endOfWord(text: Uint8Array, at: number): number {
  const ascii = asciiClasses()
  for (;;) {
    const found = ascii[text[at]]
    if (found === NOT_ASCII ? !startsWord(text, at) : (found & LETTER) === 0) return at
    at += characterLength(text[at])
  }
}

function endOfAsciiLetters(text: Uint8Array, at: number): number {
  while ((text[at] | 0x20) >= 0x61 && (text[at] | 0x20) <= 0x7a) at++
  return at
}

/** `[\p{P}\p{S}]+[\r\n]*` */
function endOfPunctuation(text: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && startsPunctuation(text, at)) at += characterLength(text[at])
  while (text[at] === 0x0a || text[at] === 0x0d) at++
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
