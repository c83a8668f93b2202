/**
 * What tokens depend on, counted per class of characters in one pass over a text. The text is read as UTF-8, which takes a third of
 * the time that reading a string unit by unit takes.
 */
import { asciiClasses, charClasses, classIndex, featuresPerClass, headChars, wideClass } from './heuristic-classes.ts'
import { endOfLowerCase } from './scanners/ascii-runs.ts'
import { characterLength, codePointAt } from './scanners/scanner.ts'
import { endOfChunk, TextBuffer } from './text-chunks.ts'

/** A word is dense (base64, hashes, ids) when it is this long and a letter, a digit or a capital gives way this often. */
const minDenseChars = 12
const maxPlainStretch = 4

/** What a byte is inside a word: nothing, a small letter, a capital, a digit, or the beginning of a longer character. */
const lower = 1
const upper = 2
const digit = 3
const wide = 4
const shapes: Uint8Array = /* @__PURE__ */ shapeTable()

function shapeTable(): Uint8Array {
  return new Uint8Array(256).fill(digit, 48, 58).fill(upper, 65, 91).fill(lower, 97, 123).fill(wide, 128)
}

/** ASCII characters that are no white space. */
const visible: Uint8Array = /* @__PURE__ */ visibleTable()

function visibleTable(): Uint8Array {
  return new Uint8Array(256).fill(1, 33, 128)
}

/** Room for features, all zero. */
export function newFeatures(): Float64Array {
  return new Float64Array(charClasses.length * featuresPerClass)
}

/** Made on first use and kept, since most texts are short. */
let buffer: TextBuffer | undefined

/**
 * Features of a text, three per class in the order of the list of classes; characters are UTF-16 units. Time is linear in the
 * length, memory constant.
 * A single space before a word is not counted: vocabularies hold words with their leading space.
 *
 * @param features - Where to add them up; who counts many texts keeps one and clears it.
 */
export function classFeatures(text: string, features: Float64Array = newFeatures()): Float64Array {
  buffer ??= new TextBuffer()
  for (let start = 0; start < text.length; ) {
    const end = endOfChunk(text, start)
    buffer.write(text, start, end)
    addChunk(buffer, features)
    start = end
  }
  return features
}

/**
 * Chunks begin with the text, after a line break or before a space: never within a word, nor joined to one. What most text is made of,
 * words and the spaces between them, is done here; the zero bytes after the text end words.
 */
function addChunk({ bytes, view, length }: TextBuffer, features: Float64Array): void {
  let joined = false
  for (let at = 0; at < length; ) {
    const byte = bytes[at]!
    if (byte === 32 && visible[bytes[at + 1]!] === 1) {
      at += 1
      joined = false
      continue
    }
    const shape = shapes[byte]!
    if (shape === lower || shape === upper) {
      const start = at
      at = endOfLowerCase(view, at + 1)
      if (shapes[bytes[at]!] === 0) add(features, joined ? classIndex.joinedLatin : classIndex.latin, at - start)
      else at = addWord(bytes, start, joined, features)
      joined = true
      continue
    }
    const kind = byte < 128 ? asciiClasses[byte]! : wideClass(codePointAt(bytes, at))
    if (kind === classIndex.extendedLatin || kind === classIndex.digits) {
      at = addWord(bytes, at, joined, features)
      joined = true
    } else {
      at = addRun(bytes, at, length, kind, features)
      joined = kind !== classIndex.whitespace
    }
  }
}

/** A run of one class other than Latin words and digits. */
function addRun(bytes: Uint8Array, start: number, length: number, kind: number, features: Float64Array): number {
  let at = start
  let units = 0
  while (at < length) {
    const byte = bytes[at]!
    if (byte < 128) {
      if (asciiClasses[byte] !== kind) break
      at += 1
      units += 1
    } else {
      if (wideClass(codePointAt(bytes, at)) !== kind) break
      at += characterLength(byte)
      units += byte < 0xf0 ? 1 : 2
    }
  }
  if (units > 1 || bytes[start] !== 32) add(features, kind, units)
  return at
}

function add(features: Float64Array, kind: number, chars: number): void {
  const at = kind * featuresPerClass
  const tail = chars - headChars[kind]!
  features[at]! += 1
  features[at + 1]! += chars
  if (tail > 0) features[at + 2]! += tail
}

/** A maximal run of Latin letters and digits: one dense word, or words parted at capitals and groups of three digits. */
function addWord(bytes: Uint8Array, start: number, joined: boolean, features: Float64Array): number {
  let at = start
  let changes = 0
  let before = 0
  let wideBytes = 0
  for (;;) {
    let shape = shapes[bytes[at]!]!
    let size = 1
    if (shape === wide) {
      size = wideLetterLength(bytes, at)
      shape = size === 0 ? 0 : lower
      wideBytes += Math.max(0, size - 1)
    }
    if (shape === 0) break
    at += size
    if (shape === before) continue
    if (before !== 0 && (before !== upper || shape !== lower)) changes += 1
    before = shape
  }
  const units = at - start - wideBytes
  if (units >= minDenseChars && (changes + 1) * maxPlainStretch >= units) add(features, classIndex.dense, units)
  else addPieces(bytes, start, at, joined, features)
  return at
}

/** Bytes of a Latin letter beyond ASCII, or 0 when another character stands there. They count as small ones. */
function wideLetterLength(bytes: Uint8Array, at: number): number {
  return wideClass(codePointAt(bytes, at)) === classIndex.extendedLatin ? characterLength(bytes[at]!) : 0
}

function addPieces(
  bytes: Uint8Array,
  start: number,
  end: number,
  joinedAtStart: boolean,
  features: Float64Array,
): void {
  let joined = joinedAtStart
  for (let at = start; at < end; joined = true) {
    const first = at
    if (shapes[bytes[at]!] === digit) {
      while (at < end && at - first < 3 && shapes[bytes[at]!] === digit) at += 1
      add(features, classIndex.digits, at - first)
      continue
    }
    let shouted = true
    let wideBytes = 0
    let before = upper
    while (at < end) {
      const found = shapes[bytes[at]!]!
      const shape = found === wide ? lower : found
      if (shape === digit || (shape === upper && before === lower)) break
      if (shape !== upper) shouted = false
      before = shape
      const size = characterLength(bytes[at]!)
      wideBytes += size - 1
      at += size
    }
    const units = at - first - wideBytes
    add(features, wideBytes > 0 ? classIndex.extendedLatin : plainClass(joined, shouted && units > 1), units)
  }
}

/**
 * Vocabularies hold fewer words in capitals, and fewer without a leading space: a word is joined when it follows on another sign,
 * as `b` in `aB`, `a.b` and `"b"`.
 */
function plainClass(joined: boolean, shouted: boolean): number {
  if (shouted) return classIndex.capitals
  return joined ? classIndex.joinedLatin : classIndex.latin
}
