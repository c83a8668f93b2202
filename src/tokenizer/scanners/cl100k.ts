import { asciiClasses, CharacterClass, LETTER, NOT_ASCII, WHITE_SPACE } from '../unicode.ts'
import { endOfLetters } from './ascii-runs.ts'
import {
  characterLength,
  classAt,
  endOfAsciiNumbers,
  endOfAsciiOthers,
  endOfAsciiWhiteSpace,
  endOfContraction,
  endOfNumbers,
  endOfRun,
  endOfWhiteSpace,
  isOther,
  type Scanner,
} from './scanner.ts'

/**
 * The splitting rule of cl100k_base (openai/tiktoken, `openai_public.py`), which Llama 3, Phi-4 and GLM share, and of Qwen 2
 * to 3, which takes numbers one by one:
 *
 *     (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}{1,3} | ?[^\s\p{L}\p{N}]+[\r\n]*
 *   | \s*[\r\n]+ | \s+(?!\S) | \s+
 */
function cl100kFamily(options: { mostNumbers: number }): Scanner {
  const { mostNumbers } = options
  const ascii = asciiClasses()

  /** ASCII alone, which most text is; hands over to `general` where another character takes part. */
  return function next(text, start, end, view) {
    const firstClass = ascii[text[start]]
    if (firstClass === NOT_ASCII) return general(text, start, end)
    let at = start
    if ((firstClass & LETTER) === 0) {
      const second = ascii[text[start + 1]]
      if (second === NOT_ASCII) return general(text, start, end)
      if ((second & LETTER) === 0 || (firstClass & (CharacterClass.newline | CharacterClass.number)) !== 0) {
        return noWord(text, start, end, view, firstClass)
      }
      const contraction = endOfContraction(text, start)
      if (contraction > start) return contraction
      at = start + 1
    }
    at = endOfLetters(view, at)
    return text[at] < 0x80 ? at : general(text, start, end)
  }

  /** A piece that begins with an ASCII character and is no word. */
  function noWord(text: Uint8Array, start: number, end: number, view: DataView, firstClass: number): number {
    if (firstClass === CharacterClass.number) return endOfAsciiNumbers(text, start, view, mostNumbers)
    if ((firstClass & WHITE_SPACE) === 0) return endOfPunctuation(text, start, end)
    if (text[start] === 0x20 && start + 1 < end && isOther(ascii[text[start + 1]])) {
      return endOfPunctuation(text, start + 1, end)
    }
    return endOfAsciiWhiteSpace(text, start, end, ascii)
  }

  /** Any piece, character by character. */
  function general(text: Uint8Array, start: number, end: number): number {
    const contraction = endOfContraction(text, start)
    if (contraction > start) return contraction
    const firstClass = classAt(text, start)
    if ((firstClass & LETTER) !== 0) return endOfRun(text, start, LETTER)
    if (firstClass === CharacterClass.number) return endOfNumbers(text, start, mostNumbers)
    const second = start + characterLength(text[start])
    const secondClass = classAt(text, second)
    if (firstClass !== CharacterClass.newline && (secondClass & LETTER) !== 0) return endOfRun(text, second, LETTER)
    if ((firstClass & WHITE_SPACE) === 0) return endOfPunctuation(text, start, end)
    if (text[start] === 0x20 && second < end && isOther(secondClass)) return endOfPunctuation(text, second, end)
    return endOfWhiteSpace(text, start, end)
  }
}

/** `[^\s\p{L}\p{N}]+[\r\n]*` */
function endOfPunctuation(text: Uint8Array, start: number, end: number): number {
  let at = endOfAsciiOthers(text, start, end, asciiClasses())
  while (text[at] === 0x0a || text[at] === 0x0d) at++
  return at
}

/** Scanner of cl100k_base. */
export function cl100kScanner(): Scanner {
  return cl100kFamily({ mostNumbers: 3 })
}

/** Scanner of Qwen 2, 2.5 and 3. */
export function qwen2Scanner(): Scanner {
  return cl100kFamily({ mostNumbers: 1 })
}
