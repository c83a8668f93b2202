import { asciiClassList, classRuns } from './unicode.gen.ts'

/**
 * Classes of characters that pre-tokenizers tell apart, one bit each so that a set of them is a mask; a character has at
 * most one. No bit set: controls, format characters, unassigned and private-use code points.
 */
export const CharacterClass = {
  /** Lu and Lt */
  upper: 1,
  /** Ll */
  lower: 2,
  /** Lm and Lo */
  otherLetter: 4,
  /** M */
  mark: 8,
  /** N */
  number: 16,
  /** White_Space but CR and LF: with U+0085, without U+FEFF (JavaScript's `\s` has it the other way round) */
  space: 32,
  /** CR and LF */
  newline: 64,
  /** P and S */
  punctuationOrSymbol: 128,
} as const

/** Masks of classes that many splitting rules use. */
export const LETTER: number = CharacterClass.upper | CharacterClass.lower | CharacterClass.otherLetter
export const WHITE_SPACE: number = CharacterClass.space | CharacterClass.newline

const CODE_POINTS = 0x110000
let table: Uint8Array | undefined

/**
 * The class of every code point, by code point. Built on first use: pages of code points without a class stay untouched
 * zero memory, so of the 1.1 MB only about 300 kB become resident.
 */
export function characterClasses(): Uint8Array {
  table ??= expandRuns(classRuns)
  return table
}

function expandRuns(runs: string): Uint8Array {
  const classes = new Uint8Array(CODE_POINTS)
  let codePoint = 0
  for (let i = 0; codePoint < CODE_POINTS; ) {
    const letter = runs.charCodeAt(i++)
    let length = 0
    for (; i < runs.length; i++) {
      const digit = base36Digit(runs.charCodeAt(i))
      if (digit < 0) break
      length = length * 36 + digit
    }
    const end = codePoint + (length || 1)
    if (letter !== 0x5f) classes.fill(1 << (letter - 65), codePoint, end)
    codePoint = end
  }
  return classes
}

/** Value of `0`–`9` and `a`–`z`; −1 for anything else, which starts the next run. */
function base36Digit(charCode: number): number {
  if (charCode >= 0x30 && charCode <= 0x39) return charCode - 0x30
  return charCode >= 0x61 && charCode <= 0x7a ? charCode - 0x61 + 10 : -1
}

/** In {@link asciiClasses}, the class of the bytes 128–255, which begin or continue a longer character. */
export const NOT_ASCII = 255

/** The class of every byte as an ASCII character; {@link NOT_ASCII} from 128 on. A constant, which V8 compiles into the loops that read it. */
export const asciiClasses: Uint8Array = /* @__PURE__ */ new Uint8Array(
  /* @__PURE__ */ asciiClassList.concat(/* @__PURE__ */ new Array(128).fill(NOT_ASCII)),
)
