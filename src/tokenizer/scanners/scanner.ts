import { asciiClasses, CharacterClass, characterClasses, NOT_ASCII, WHITE_SPACE } from '../unicode.ts'
import { endOfDigits } from './ascii-runs.ts'

/**
 * A splitting rule, written by hand in place of its regular expression: the end of the piece that begins at `start`.
 *
 * `text` is valid UTF-8 and continues with at least {@link PADDING} zero bytes after `end`; `start` is at a character and
 * below `end`; `view` is of the same memory as `text`, from its beginning. A scanner looks at bytes from `start` on only, so pieces follow one another without looking back.
 */
export type Scanner = (text: Uint8Array, start: number, end: number, view: DataView) => number

/** Zero bytes that must follow a text, so that looking ahead needs no bounds check: NUL is in no class that runs on. */
export const PADDING = 32

/** Number of bytes of the character that begins with `lead`, in valid UTF-8. */
export function characterLength(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

/** The code point at `at`, in valid UTF-8. */
export function codePointAt(text: Uint8Array, at: number): number {
  const lead = text[at]
  if (lead < 0x80) return lead
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | (text[at + 1] & 0x3f)
  const middle = ((text[at + 1] & 0x3f) << 6) | (text[at + 2] & 0x3f)
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | middle
  return ((lead & 0x07) << 18) | (middle << 6) | (text[at + 3] & 0x3f)
}

/** The class of the character at `at`. */
export function classAt(text: Uint8Array, at: number): number {
  return characterClasses()[codePointAt(text, at)]
}

/** End of the run of characters from `at` whose class is in `mask`; class 0 is never in a mask. */
export function endOfRun(text: Uint8Array, at: number, mask: number): number {
  const classes = characterClasses()
  while ((classes[codePointAt(text, at)] & mask) !== 0) at += characterLength(text[at])
  return at
}

/** The classes that `[^\s\p{L}\p{N}]` excludes; marks are not among them. */
export const NOT_OTHER: number =
  WHITE_SPACE | CharacterClass.upper | CharacterClass.lower | CharacterClass.otherLetter | CharacterClass.number

/** End of `[^\s\p{L}\p{N}]*` from `at`. NUL is such a character, so the end of the text has to be asked for. */
export function endOfOthers(text: Uint8Array, at: number, end: number): number {
  const classes = characterClasses()
  while (at < end && (classes[codePointAt(text, at)] & NOT_OTHER) === 0) at += characterLength(text[at])
  return at
}

/** {@link endOfOthers}, fast over ASCII. */
export function endOfAsciiOthers(text: Uint8Array, start: number, end: number): number {
  let at = start
  while ((asciiClasses[text[at]] & NOT_OTHER) === 0 && at < end) at++
  return text[at] < 0x80 ? at : endOfOthers(text, at, end)
}

/** {@link endOfNumbers} with at most 4, fast over ASCII. */
export function endOfAsciiNumbers(text: Uint8Array, start: number, view: DataView, most: number): number {
  const at = endOfDigits(view, start, most)
  return text[at] < 0x80 || at - start === most ? at : endOfNumbers(text, at, most - (at - start))
}

/** {@link endOfWhiteSpace}, fast over ASCII. */
export function endOfAsciiWhiteSpace(text: Uint8Array, start: number, end: number): number {
  let at = start
  let afterLineBreak = 0
  for (;;) {
    const found = asciiClasses[text[at]]
    if ((found & WHITE_SPACE) === 0) break
    if (found === NOT_ASCII) return endOfWhiteSpace(text, start, end)
    at++
    if (found === CharacterClass.newline) afterLineBreak = at
  }
  if (afterLineBreak > 0) return afterLineBreak
  return at === end || at === start + 1 ? at : at - 1
}

/** End of the numbers from `at`, at most `most` of them. */
export function endOfNumbers(text: Uint8Array, at: number, most: number): number {
  const classes = characterClasses()
  for (let n = 0; n < most && (classes[codePointAt(text, at)] & CharacterClass.number) !== 0; n++) {
    at += characterLength(text[at])
  }
  return at
}

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+` at a white-space character: up to the last line break of the run; else the whole run where the
 * text ends; else all but its last character, which belongs to what follows.
 */
export function endOfWhiteSpace(text: Uint8Array, start: number, end: number): number {
  const classes = characterClasses()
  let at = start
  let last = start
  let afterLineBreak = 0
  for (;;) {
    const found = classes[codePointAt(text, at)]
    if ((found & WHITE_SPACE) === 0) break
    last = at
    at += characterLength(text[at])
    if (found === CharacterClass.newline) afterLineBreak = at
  }
  if (afterLineBreak > 0) return afterLineBreak
  return at === end || last === start ? at : last
}

/** `\s+(?!\S)|\s+`: as {@link endOfWhiteSpace}, where line breaks are white space like any other. */
export function endOfPlainWhiteSpace(text: Uint8Array, start: number, end: number): number {
  const classes = characterClasses()
  let at = start
  let last = start
  while ((classes[codePointAt(text, at)] & WHITE_SPACE) !== 0) {
    last = at
    at += characterLength(text[at])
  }
  return at === end || last === start ? at : last
}

const APOSTROPHE = 0x27

/**
 * `(?i:'s|'t|'re|'ve|'m|'ll|'d)` at `at`: its end, or `at` where it does not match. Ignoring case, `s` has a third
 * form, ſ (U+017F, bytes C5 BF).
 */
export function endOfContraction(text: Uint8Array, at: number): number {
  if (text[at] !== APOSTROPHE) return at
  const first = text[at + 1] | 0x20
  const second = text[at + 2] | 0x20
  switch (first) {
    case 0x73: // s
    case 0x74: // t
    case 0x6d: // m
    case 0x64: // d
      return at + 2
    case 0x72: // re
    case 0x76: // ve
      return second === 0x65 ? at + 3 : at
    case 0x6c: // ll
      return second === 0x6c ? at + 3 : at
  }
  return text[at + 1] === 0xc5 && text[at + 2] === 0xbf ? at + 3 : at
}
