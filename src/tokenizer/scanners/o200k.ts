import { asciiClasses, CharacterClass, characterClasses, LETTER, NOT_ASCII } from '../unicode.ts'
import { endOfLowerCase } from './ascii-runs.ts'
import { endOfAsciiNonWord, endOfSpaceOrPunctuation, type NonWordRule } from './non-words.ts'
import {
  characterLength,
  classAt,
  codePointAt,
  endOfContraction,
  endOfNumbers,
  endOfRun,
  type Scanner,
} from './scanner.ts'

/**
 * The splitting rule of o200k_base (openai/tiktoken, `openai_public.py`), which Llama 4 and gpt-oss share, and of Tekken,
 * which has no contractions and takes numbers one by one:
 *
 *     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *   | [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *   | \p{N}{1,3} | ?[^\s\p{L}\p{N}]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
 */
function o200kFamily(contractions: boolean, mostNumbers: number): Scanner {
  const rule: NonWordRule = { mostNumbers, takesSlashes: true }
  /** ASCII alone, which most text is; hands over to `general` where another character takes part. */
  return function next(text, start, end, view) {
    const first = text[start]
    const firstClass = asciiClasses[first]
    if (firstClass === NOT_ASCII) return general(text, start, end)
    let at = start
    if ((firstClass & LETTER) === 0) {
      const second = asciiClasses[text[start + 1]]
      if (second === NOT_ASCII) return general(text, start, end)
      if ((second & LETTER) === 0 || (firstClass & (CharacterClass.newline | CharacterClass.number)) !== 0) {
        return endOfAsciiNonWord(text, start, end, view, firstClass, rule)
      }
      at = start + 1
    }
    while (asciiClasses[text[at]] === CharacterClass.upper) at++
    at = endOfLowerCase(view, at)
    const stop = text[at]
    if (stop >= 0x80) return general(text, start, end)
    return stop === 0x27 && contractions ? endOfContraction(text, at) : at
  }

  /** Any piece, character by character. */
  function general(text: Uint8Array, start: number, end: number): number {
    const firstClass = classAt(text, start)
    if ((firstClass & LETTER) !== 0) return endOfWord(text, start, contractions)
    const second = start + characterLength(text[start])
    if (firstClass === CharacterClass.mark) {
      // The mark may be the optional first character or part of the word itself; as the former only if a lower-case ending follows.
      return endOfWord(text, hasLowerEnding(text, second) ? second : start, contractions)
    }
    if (firstClass === CharacterClass.number) return endOfNumbers(text, start, rule.mostNumbers)
    const secondClass = classAt(text, second)
    if (firstClass !== CharacterClass.newline && (secondClass & (LETTER | CharacterClass.mark)) !== 0) {
      return endOfWord(text, second, contractions)
    }
    return endOfSpaceOrPunctuation(text, start, end, firstClass, second, secondClass, rule)
  }
}

const UPPER_PART: number = CharacterClass.upper | CharacterClass.otherLetter | CharacterClass.mark
const LOWER_PART: number = CharacterClass.lower | CharacterClass.otherLetter | CharacterClass.mark

/** `[\p{Lu}…]*[\p{Ll}…]+` or, failing that, `[\p{Lu}…]+[\p{Ll}…]*`, and a contraction, from a letter or mark. */
function endOfWord(text: Uint8Array, start: number, contractions: boolean): number {
  const classes = characterClasses()
  let at = start
  let afterCaseless = 0
  let found = 0
  for (;;) {
    const lead = text[at]
    let length = 1
    if (lead < 0x80) {
      found = classes[lead]
    } else if (lead < 0xe0) {
      found = classes[((lead & 0x1f) << 6) | (text[at + 1] & 0x3f)]
      length = 2
    } else {
      found = classes[codePointAt(text, at)]
      length = characterLength(lead)
    }
    if ((found & UPPER_PART) === 0) break
    at += length
    if (found !== CharacterClass.upper) afterCaseless = at
  }
  if (found === CharacterClass.lower) at = endOfRun(text, at, LOWER_PART)
  // Without a lower-case ending the regex gives characters back until a caseless one can be the ending.
  else if (afterCaseless > 0) at = afterCaseless
  return contractions ? endOfContraction(text, at) : at
}

/** Whether `[\p{Lu}…]*[\p{Ll}…]+` matches from `at`. */
function hasLowerEnding(text: Uint8Array, at: number): boolean {
  const afterUpper = endOfRun(text, at, CharacterClass.upper)
  return (classAt(text, afterUpper) & LOWER_PART) !== 0
}

/** Scanner of o200k_base. */
export function o200kScanner(): Scanner {
  return o200kFamily(true, 3)
}

/** Scanner of Mistral's Tekken. */
export function tekkenScanner(): Scanner {
  return o200kFamily(false, 1)
}
