/**
 * Sorts the characters of a text into classes, in one pass, with tables instead of regular expressions. What is counted per class
 * is what tokens depend on; it serves the heuristic count and the calibration of unpublished vocabularies alike.
 */

/** Classes whose characters cost alike in byte-pair vocabularies. */
export const charClasses = [
  'latin',
  'extendedLatin',
  'cyrillic',
  'greek',
  'arabic',
  'hebrew',
  'indic',
  'thai',
  'han',
  'kana',
  'hangul',
  'otherLetters',
  'emoji',
  'digits',
  'whitespace',
  'punctuation',
  'dense',
  'joinedLatin',
  'capitals',
  'rareLetters',
] as const

export type CharClass = (typeof charClasses)[number]

const [latin, extendedLatin, cyrillic, greek, arabic, hebrew, indic, thai, han, kana, hangul, otherLetters] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
]
const [emoji, digits, whitespace, punctuation, dense, joinedLatin, capitals, rareLetters] = [
  12, 13, 14, 15, 16, 17, 18, 19,
]

/** Features of one class: runs (words, groups of digits, rows of signs), characters, and characters beyond the head of a run. */
export const featuresPerClass = 3

/** Characters of a run that its first token is likely to hold; those after it are its tail. */
const headChars = new Uint8Array(charClasses.length).fill(3)
headChars[latin] = 6
headChars[joinedLatin] = 5
headChars[capitals] = 4
headChars[punctuation] = 2
headChars[whitespace] = 1

/** A word is dense (base64, hashes, ids) when it is this long and a letter, a digit or a capital gives way this often. */
const minDenseChars = 12
const maxPlainStretch = 4

const asciiClass = new Uint8Array(128)
for (let code = 0; code < 128; code += 1) {
  const letter = (code | 32) >= 97 && (code | 32) <= 122
  asciiClass[code] = letter ? latin : code >= 48 && code <= 57 ? digits : code <= 32 ? whitespace : punctuation
}

/**
 * Features of a text, three per class in the order of {@link charClasses}. Time is linear in the length, memory constant.
 * A single space before a word is not counted: vocabularies hold words with their leading space.
 */
export function classFeatures(text: string): Float64Array {
  const features = new Float64Array(charClasses.length * featuresPerClass)
  let index = 0
  while (index < text.length) {
    const kind = classAt(text, index)
    if (kind <= extendedLatin || kind === digits) index = addWord(text, index, features)
    else index = addRun(text, index, kind, features)
  }
  return features
}

/** A run of one class other than Latin words and digits. */
function addRun(text: string, start: number, kind: number, features: Float64Array): number {
  let end = start + 1
  while (end < text.length && classAt(text, end) === kind) end += 1
  if (kind !== whitespace || end - start > 1 || text.charCodeAt(start) !== 32) add(features, kind, end - start)
  return end
}

function add(features: Float64Array, kind: number, chars: number): void {
  const at = kind * featuresPerClass
  features[at]! += 1
  features[at + 1]! += chars
  features[at + 2]! += Math.max(0, chars - headChars[kind]!)
}

/** A maximal run of Latin letters and digits: one dense word, or words parted at capitals and groups of three digits. */
function addWord(text: string, start: number, features: Float64Array): number {
  let end = start
  let changes = 0
  let before = 0
  for (; end < text.length; end += 1) {
    const kind = classAt(text, end)
    if (kind > extendedLatin && kind !== digits) break
    const shape = shapeOf(text.charCodeAt(end), kind)
    if (end > start && shape !== before && !(before === upper && shape === lower)) changes += 1
    before = shape
  }
  if (end - start >= minDenseChars && (changes + 1) * maxPlainStretch >= end - start) add(features, dense, end - start)
  else addPieces(text, start, end, features)
  return end
}

const [lower, upper, digit] = [1, 2, 3]

function shapeOf(code: number, kind: number): number {
  if (kind === digits) return digit
  return code >= 65 && code <= 90 ? upper : lower
}

function addPieces(text: string, start: number, end: number, features: Float64Array): void {
  let index = start
  while (index < end) {
    const first = index
    if (classAt(text, index) === digits) {
      while (index < end && index - first < 3 && classAt(text, index) === digits) index += 1
      add(features, digits, index - first)
      continue
    }
    let extended = false
    let shouted = true
    let before = upper
    while (index < end) {
      const kind = classAt(text, index)
      const shape = shapeOf(text.charCodeAt(index), kind)
      if (shape === digit || (shape === upper && before === lower)) break
      if (kind === extendedLatin) extended = true
      if (shape !== upper) shouted = false
      before = shape
      index += 1
    }
    add(features, extended ? extendedLatin : plainClass(text, first, index, shouted), index - first)
  }
}

/** Words in capitals are rarer in vocabularies than the same words in small letters. */
function plainClass(text: string, first: number, end: number, shouted: boolean): number {
  if (shouted && end - first > 1) return capitals
  return isJoined(text, first) ? joinedLatin : latin
}

/** Whether a word follows on another sign: `b` in `aB`, `a.b`, `"b"`; vocabularies hold fewer words without a leading space. */
function isJoined(text: string, first: number): boolean {
  return first > 0 && classAt(text, first - 1) !== whitespace
}

/** Class of the UTF-16 unit at a place. Both halves of a pair belong to the class of the pair. */
function classAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code < 128 ? asciiClass[code]! : wideClass(code)
}

/**
 * By blocks of Unicode. `thai` holds the scripts of South-East Asia that vocabularies know (Thai, Burmese, Khmer), `indic` those of India,
 * `otherLetters` Armenian and Georgian; `rareLetters` are written out in bytes, one to three tokens each (Ethiopic, Lao, Tibetan, Cherokee, …).
 */
function wideClass(code: number): number {
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
  if (code >= 0xd840 && code < 0xd8c0) return han
  if (code >= 0xd800 && code < 0xe000) return emoji
  if (code >= 0xf900 && code < 0xfb00) return han
  if (code >= 0xfb1d && code < 0xfb50) return hebrew
  if (code >= 0xfb50 && code < 0xff00) return code >= 0xfe00 && code < 0xfe10 ? emoji : arabic
  return code >= 0xff00 && code < 0xffe0 ? punctuation : otherLetters
}
