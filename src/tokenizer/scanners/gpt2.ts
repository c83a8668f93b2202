import { asciiClasses, CharacterClass, LETTER, NOT_ASCII, WHITE_SPACE } from '../unicode.ts'
import { endOfLetters } from './ascii-runs.ts'
import { classAt, endOfOthers, endOfPlainWhiteSpace, endOfRun, NOT_OTHER, type Scanner } from './scanner.ts'

/**
 * The splitting rule of GPT-2 (openai/gpt-2, `encoder.py`), r50k_base, p50k_base and the published Claude vocabulary:
 *
 *     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 */
export function gpt2Scanner(): Scanner {
  return function next(text, start, end, view) {
    const contraction = endOfLowerCaseContraction(text, start)
    if (contraction > start) return contraction
    const body = text[start] === 0x20 && start + 1 < end ? start + 1 : start
    let found = asciiClasses[text[body]]
    if (found !== NOT_ASCII && (found & LETTER) !== 0) {
      const at = endOfLetters(view, body)
      return text[at] < 0x80 ? at : endOfRun(text, at, LETTER)
    }
    found = classAt(text, body)
    if ((found & LETTER) !== 0) return endOfRun(text, body, LETTER)
    if (found === CharacterClass.number) return endOfRun(text, body, CharacterClass.number)
    if ((found & WHITE_SPACE) === 0 && (found & NOT_OTHER) === 0) return endOfOthers(text, body, end)
    return endOfPlainWhiteSpace(text, start, end)
  }
}

/** `'s|'t|'re|'ve|'m|'ll|'d` at `at`: its end, or `at` where it does not match. */
function endOfLowerCaseContraction(text: Uint8Array, at: number): number {
  if (text[at] !== 0x27) return at
  switch (text[at + 1]) {
    case 0x73: // s
    case 0x74: // t
    case 0x6d: // m
    case 0x64: // d
      return at + 2
    case 0x72: // re
    case 0x76: // ve
      return text[at + 2] === 0x65 ? at + 3 : at
    case 0x6c: // ll
      return text[at + 2] === 0x6c ? at + 3 : at
  }
  return at
}
