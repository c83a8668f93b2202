/**
 * How many tokens an unpublished (or not shipped) vocabulary needs for each token of the vocabulary that stands in for it, by
 * character class, and the bounds of what is left over: Anthropic's vocabulary of 2023 stands in for Claude, o200k_base for the
 * others. The evidence of each row stands beside it; docs/accuracy.md has the measured errors.
 */

import type { FamilyName } from '../../models/families.ts'
import type { CharClass } from '../../tokenizer/heuristic-classes.ts'

export interface TextCalibration {
  readonly families: readonly FamilyName[]
  readonly evidence: string
  /** Tokens per token of the stand-in; a class that is not named has `other`. */
  readonly ratios: Readonly<Partial<Record<CharClass, number>>>
  readonly other: number
  /** Whether each digit is a token of its own; o200k_base has groups of three. */
  readonly singleDigits?: boolean
  /** Tokens for each underscore before a letter and each apostrophe between letters, which o200k_base joins with the word and the true vocabulary does not. */
  readonly apart?: { readonly underscore: number; readonly apostrophe: number }
  /** Ratio of true to calibrated tokens: of 95 % of the measured texts, widened for classes without evidence. */
  readonly low: number
  readonly high: number
  /** The same for scripts of which there is no measured text. */
  readonly elsewhere?: { readonly low: number; readonly high: number }
}

const gemma3 = {
  latin: 1.0,
  extendedLatin: 0.927,
  cyrillic: 0.944,
  greek: 1.01,
  arabic: 0.966,
  hebrew: 1.223,
  indic: 0.843,
  thai: 0.759,
  han: 0.787,
  kana: 0.49,
  hangul: 0.935,
  otherLetters: 1.462,
  emoji: 0.622,
  whitespace: 1.606,
  dense: 1.079,
  capitals: 0.926,
  rareLetters: 0.372,
} as const
const gemma3Apart = { underscore: 1, apostrophe: 2 } as const

export function calibrations(): readonly TextCalibration[] {
  return [
    {
      families: ['gemini-2.0', 'gemini-2.5', 'gemini-3', 'gemma'],
      evidence:
        'fit-vocabulary.ts on the Gemma 3 vocabulary, which Google’s SDK uses to count for Gemini 2 and 3 and which bills the texts of all recorded calls to the token, over 28 languages, 16 kinds of content and the texts of the recorded calls (not their bills)',
      ratios: gemma3,
      singleDigits: true,
      apart: gemma3Apart,
      other: 1,
      low: 0.96,
      high: 1.04,
      elsewhere: { low: 0.82, high: 1.3 },
    },
    {
      families: ['gemini-1.5'],
      evidence: 'recorded bills of short English; other classes as Gemma 3, with wider bounds',
      ratios: gemma3,
      singleDigits: true,
      apart: gemma3Apart,
      other: 1,
      low: 0.8,
      high: 1.25,
    },
    {
      families: ['claude-3', 'claude-4'],
      evidence:
        'recorded bills of English and JSON, which lie within a few per cent of the vocabulary of 2023; published: 1.00 to 1.03 over prose, 1.10 over mixed text; other scripts without recordings',
      ratios: {},
      other: 1.1,
      low: 0.95,
      high: 1.05,
      elsewhere: { low: 0.6, high: 1.5 },
    },
    {
      families: ['claude-4.7'],
      evidence:
        'published ratios to the tokenizer before: prose 1.20 to 1.45, code 1.13 to 1.36, JSON 1.31, Cyrillic, CJK, Arabic and Hindi 1.00; recorded bills of English and JSON',
      ratios: {},
      other: 1.3,
      low: 0.88,
      high: 1.12,
      elsewhere: { low: 0.5, high: 1.5 },
    },
    {
      families: ['unknown'],
      evidence:
        'the spread of the vocabularies of this package, those of 2019 aside, to o200k_base over the texts of bench/corpora.ts: 0.98 to 1.48 for English, code and JSON, 0.82 to 3.65 for other scripts',
      ratios: {},
      other: 1.05,
      low: 0.9,
      high: 1.45,
      elsewhere: { low: 0.75, high: 3.5 },
    },
  ]
}

/** Families without a row: vocabularies of 100,000 to 260,000 tokens, close to o200k_base in English and further off elsewhere. */
export const genericCalibration: TextCalibration = {
  families: [],
  evidence: 'ratios of published vocabularies of this size; recorded bills of short English prompts',
  ratios: {},
  other: 1,
  low: 0.92,
  high: 1.15,
}

export function calibrationFor(family: FamilyName, rows: readonly TextCalibration[]): TextCalibration {
  return rows.find((row) => row.families.includes(family)) ?? genericCalibration
}
