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
  /** Ratio of true to calibrated tokens: of 95 % of the measured texts, widened for classes without evidence. */
  readonly low: number
  readonly high: number
  /** The same for scripts of which there is no measured text. */
  readonly elsewhere?: { readonly low: number; readonly high: number }
}

const gemma3 = {
  latin: 1.0,
  extendedLatin: 0.86,
  cyrillic: 0.94,
  arabic: 1.01,
  hebrew: 1.23,
  indic: 0.74,
  thai: 0.78,
  han: 0.78,
  kana: 0.48,
  hangul: 0.93,
  emoji: 0.63,
  whitespace: 1.13,
  dense: 1.15,
} as const

export const calibrations: readonly TextCalibration[] = [
  {
    families: ['gemini-2.0', 'gemini-2.5', 'gemini-3', 'gemma'],
    evidence:
      'fit-vocabulary.ts on the Gemma 3 vocabulary, which Google’s SDK uses to count for Gemini 2 and 3, over 28 languages and 16 kinds of content; English set to 1.00 by recorded bills',
    ratios: gemma3,
    singleDigits: true,
    other: 1,
    low: 0.94,
    high: 1.08,
  },
  {
    families: ['gemini-1.5'],
    evidence: 'recorded bills of short English; other classes as Gemma 3, with wider bounds',
    ratios: gemma3,
    singleDigits: true,
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
]

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
