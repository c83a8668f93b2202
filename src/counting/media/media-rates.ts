/** Tokens per second and per page, by family. Sources: Gemini "Tokens" and "Media resolution", OpenAI audio pages, Anthropic PDF page; recordings. */
import type { FamilyName } from '../../models/families.ts'
import type { TokenRange } from '../types.ts'

export interface MediaRates {
  /** Tokens per second. */
  readonly audio: TokenRange
  /** Tokens per second, at one frame a second, sound included. */
  readonly video: TokenRange
  /** Tokens per page of a PDF, its text included where that is billed. */
  readonly page: TokenRange
}

/** By family; `other` is for all that have none. */
type Rates = Readonly<Partial<Record<FamilyName, MediaRates>>> & { readonly other: MediaRates }

let rates: Rates | undefined

function allRates(): Rates {
  const gemini2: MediaRates = {
    audio: { tokens: 32, low: 31, high: 33 },
    video: { tokens: 290, low: 258, high: 300 },
    page: { tokens: 258, low: 258, high: 258 },
  }
  const gemini3: MediaRates = {
    audio: { tokens: 25, low: 24, high: 26 },
    video: { tokens: 91, low: 64, high: 305 },
    page: { tokens: 532, low: 500, high: 1800 },
  }
  const other: MediaRates = {
    audio: { tokens: 10, low: 8, high: 35 },
    video: { tokens: 200, low: 50, high: 400 },
    page: { tokens: 1500, low: 300, high: 4500 },
  }
  return {
    other,
    'gpt-4o': { ...other, audio: { tokens: 10, low: 9.5, high: 10.5 } },
    'gpt-5': { ...other, audio: { tokens: 10, low: 9.5, high: 10.5 } },
    'gemini-1.5': gemini2,
    'gemini-2.0': gemini2,
    'gemini-2.5': gemini2,
    'gemini-3': gemini3,
    'claude-3': { ...other, page: { tokens: 3500, low: 1600, high: 4700 } },
    'claude-4': { ...other, page: { tokens: 3500, low: 1600, high: 4700 } },
    'claude-4.7': { ...other, page: { tokens: 5000, low: 2000, high: 8000 } },
  }
}

export function mediaRatesFor(family: FamilyName): MediaRates {
  rates ??= allRates()
  return rates[family] ?? rates.other
}
