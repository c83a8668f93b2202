/**
 * Classes of characters that cost alike in byte-pair vocabularies. They serve the heuristic count and the calibration of
 * unpublished vocabularies alike.
 */

export const classIndex = {
  latin: 0,
  extendedLatin: 1,
  cyrillic: 2,
  greek: 3,
  arabic: 4,
  hebrew: 5,
  indic: 6,
  thai: 7,
  han: 8,
  kana: 9,
  hangul: 10,
  otherLetters: 11,
  emoji: 12,
  digits: 13,
  whitespace: 14,
  punctuation: 15,
  dense: 16,
  joinedLatin: 17,
  capitals: 18,
  rareLetters: 19,
} as const

export type CharClass = keyof typeof classIndex

/** In the order of their numbers. */
export const charClasses: readonly CharClass[] = /* @__PURE__ */ Object.keys(classIndex) as CharClass[]

/** Features of one class: runs (words, groups of digits, rows of signs), characters, and characters beyond the head of a run. */
export const featuresPerClass = 3

/** Characters of a run that its first token is likely to hold; those after it are its tail. */
export const headChars: Uint8Array = /* @__PURE__ */ headTable()

function headTable(): Uint8Array {
  const { latin, joinedLatin, capitals, punctuation, whitespace } = classIndex
  const chars = new Uint8Array(charClasses.length).fill(3)
  chars[latin] = 6
  chars[joinedLatin] = 5
  chars[capitals] = 4
  chars[punctuation] = 2
  chars[whitespace] = 1
  return chars
}

/** Class of each ASCII character. */
export const asciiClasses: Uint8Array = /* @__PURE__ */ asciiTable()

function asciiTable(): Uint8Array {
  const { latin, digits, whitespace, punctuation } = classIndex
  return new Uint8Array(128)
    .fill(punctuation)
    .fill(whitespace, 0, 33)
    .fill(digits, 48, 58)
    .fill(latin, 65, 91)
    .fill(latin, 97, 123)
}

/**
 * Class of a character from U+0080 on, by blocks of Unicode. `thai` holds the scripts of South-East Asia that vocabularies know (Thai, Burmese, Khmer), `indic` those of India,
 * `otherLetters` Armenian and Georgian; `rareLetters` are written out in bytes, one to three tokens each (Ethiopic, Lao, Tibetan, Cherokee, …).
 */
export function wideClass(code: number): number {
  const { extendedLatin, greek, cyrillic, hebrew, arabic, indic, thai, hangul, kana, han } = classIndex
  const { otherLetters, rareLetters, emoji, whitespace, punctuation } = classIndex
  if (code < 0x0250) return code < 0x00c0 ? (code === 0xa0 || code === 0x85 ? whitespace : punctuation) : extendedLatin
  if (code < 0x0370) return extendedLatin
  if (code < 0x0400) return greek
  if (code < 0x0530) return cyrillic
  if (code < 0x0590) return otherLetters
  if (code < 0x0600) return hebrew
  if (code < 0x0700 || (code >= 0x0750 && code < 0x0780) || (code >= 0x08a0 && code < 0x0900)) return arabic
  if (code < 0x0900) return rareLetters
  if (code < 0x0e00) return indic
  if (code < 0x0e80) return thai
  if (code < 0x1000) return rareLetters
  if (code < 0x10a0) return thai
  if (code < 0x1100) return otherLetters
  if (code < 0x1780) return code < 0x1200 ? hangul : rareLetters
  if (code < 0x1800) return thai
  if (code < 0x1d00) return rareLetters
  if (code >= 0x1e00 && code < 0x1f00) return extendedLatin
  if (code >= 0x1f00 && code < 0x2000) return greek
  if (code >= 0x2000 && code < 0x2070)
    return code <= 0x200a || code === 0x2028 || code === 0x2029 ? whitespace : punctuation
  if (code < 0x2000) return otherLetters
  if (code < 0x2600) return punctuation
  if (code < 0x2800) return emoji
  if (code >= 0x2c00 && code < 0x2e00) return rareLetters
  if (code < 0x3000) return punctuation
  if (code < 0x3040) return code === 0x3000 ? whitespace : punctuation
  if (code < 0x3100) return kana
  if (code >= 0x3130 && code < 0x3190) return hangul
  if (code < 0xa000) return han
  if (code < 0xac00) return rareLetters
  if (code >= 0xac00 && code < 0xd7b0) return hangul
  if (code >= 0x10000) return code >= 0x20000 && code < 0x40000 ? han : emoji
  if (code >= 0xf900 && code < 0xfb00) return han
  if (code >= 0xfb1d && code < 0xfb50) return hebrew
  if (code >= 0xfb50 && code < 0xff00) return code >= 0xfe00 && code < 0xfe10 ? emoji : arabic
  return code >= 0xff00 && code < 0xffe0 ? punctuation : otherLetters
}
