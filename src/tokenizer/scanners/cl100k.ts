import { asciiClasses, CharacterClass, LETTER, NOT_ASCII } from '../unicode.ts'
import { endOfLetters } from './ascii-runs.ts'
import { endOfAsciiNonWord, endOfSpaceOrPunctuation, type NonWordRule } from './non-words.ts'
import { characterLength, classAt, endOfContraction, endOfNumbers, endOfRun, type Scanner } from './scanner.ts'

/**
 * The splitting rule of cl100k_base (openai/tiktoken, `openai_public.py`), which Llama 3, Phi-4 and GLM share, and of Qwen 2
 * to 3, which takes numbers one by one:
 *
 *     (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}{1,3} | ?[^\s\p{L}\p{N}]+[\r\n]*
 *   | \s*[\r\n]+ | \s+(?!\S) | \s+
 */
function cl100kFamily(mostNumbers: number): Scanner {
  const rule: NonWordRule = { mostNumbers, takesSlashes: false }
  /** ASCII alone, which most text is; hands over to `general` where another character takes part. */
  return function next(text, start, end, view) {
    const firstClass = asciiClasses[text[start]]
    if (firstClass === NOT_ASCII) return general(text, start, end)
    let at = start
    if ((firstClass & LETTER) === 0) {
      const second = asciiClasses[text[start + 1]]
      if (second === NOT_ASCII) return general(text, start, end)
      if ((second & LETTER) === 0 || (firstClass & (CharacterClass.newline | CharacterClass.number)) !== 0) {
        return endOfAsciiNonWord(text, start, end, view, firstClass, rule)
      }
      const contraction = endOfContraction(text, start)
      if (contraction > start) return contraction
      at = start + 1
    }
    at = endOfLetters(view, at)
    return text[at] < 0x80 ? at : general(text, start, end)
  }

  /** Any piece, character by character. */
  function general(text: Uint8Array, start: number, end: number): number {
    const contraction = endOfContraction(text, start)
    if (contraction > start) return contraction
    const firstClass = classAt(text, start)
    if ((firstClass & LETTER) !== 0) return endOfRun(text, start, LETTER)
    if (firstClass === CharacterClass.number) return endOfNumbers(text, start, rule.mostNumbers)
    const second = start + characterLength(text[start])
    const secondClass = classAt(text, second)
    if (firstClass !== CharacterClass.newline && (secondClass & LETTER) !== 0) return endOfRun(text, second, LETTER)
    return endOfSpaceOrPunctuation(text, start, end, firstClass, second, secondClass, rule)
  }
}

/** Scanner of cl100k_base. */
export function cl100kScanner(): Scanner {
  return cl100kFamily(3)
}

/** Scanner of Qwen 2, 2.5 and 3. */
export function qwen2Scanner(): Scanner {
  return cl100kFamily(1)
}
