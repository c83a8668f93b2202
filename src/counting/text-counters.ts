/** Ways to count a text: exactly, or scaled from another vocabulary. */

import { tokensByClass } from '../tokenizer/heuristic.ts'
import { type CharClass, charClasses, classFeatures, featuresPerClass } from '../tokenizer/heuristic-classes.ts'
import type { Encoding } from '../tokenizer/types.ts'
import type { TextCounter } from './meter.ts'
import type { TextCalibration } from './rules/calibrations.ts'
import type { TokenRange } from './types.ts'

export function exactCounter(encoding: Encoding): TextCounter {
  return {
    encoding: encoding.name,
    method: 'exact',
    count(text: string): TokenRange {
      const tokens = encoding.count(text)
      return { tokens, low: tokens, high: tokens }
    },
  }
}

/** Counts with a stand-in vocabulary and scales by the character classes of the text. */
export function calibratedCounter(encoding: Encoding, calibration: TextCalibration): TextCounter {
  const { low, high, elsewhere = { low, high } } = calibration
  const ratios = charClasses.map((name) => calibration.ratios[name] ?? calibration.other)
  const lows = charClasses.map((name, at) => ratios[at]! * (isScript(name) ? elsewhere.low : low))
  const highs = charClasses.map((name, at) => ratios[at]! * (isScript(name) ? elsewhere.high : high))
  return {
    encoding: encoding.name,
    method: 'calibrated',
    count(text: string): TokenRange {
      const { features, shares } = classesOf(text, encoding)
      const extra = calibration.singleDigits === true ? moreDigits(features) : 0
      const tokens = encoding.count(text)
      return {
        tokens: tokens * weightedMean(ratios, shares) + extra,
        low: tokens * weightedMean(lows, shares) + extra * low,
        high: tokens * weightedMean(highs, shares) + extra * high,
      }
    },
  }
}

/** What a text is made of, by class of characters. */
interface TextClasses {
  readonly features: Float64Array
  readonly shares: Float64Array
}

/** Classes of texts by the encodings of {@link rememberTexts}. */
const rememberedClasses = new WeakMap<Encoding, Map<string, TextClasses>>()

function classesOf(text: string, encoding: Encoding): TextClasses {
  const known = rememberedClasses.get(encoding)
  const found = known?.get(text)
  if (found !== undefined) return found
  const features = classFeatures(text)
  const fresh = { features, shares: tokensByClass(features) }
  known?.set(text, fresh)
  return fresh
}

/**
 * The same encoding, which looks at a text only the first time, for counting one request under many rules. It keeps all texts
 * and must not outlive the request.
 */
export function rememberTexts(encoding: Encoding): Encoding {
  const known = new Map<string, number>()
  const count: Encoding['count'] = (text, options) => {
    if (typeof text !== 'string' || options !== undefined) return encoding.count(text, options)
    const tokens = known.get(text) ?? encoding.count(text)
    known.set(text, tokens)
    return tokens
  }
  const remembering = Object.create(encoding, { count: { value: count } }) as Encoding
  rememberedClasses.set(remembering, new Map())
  return remembering
}

/** Classes of letters outside English, and emoji. */
const scripts: ReadonlySet<CharClass> = new Set<CharClass>([
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
  'rareLetters',
  'emoji',
])

function isScript(name: CharClass): boolean {
  return scripts.has(name)
}

const digitsAt = charClasses.indexOf('digits') * featuresPerClass

/** Digits beyond one per group. */
function moreDigits(features: Float64Array): number {
  return features[digitsAt + 1]! - features[digitsAt]!
}

/** Mean of a figure per class, each weighed by the tokens that its class is likely to take. */
function weightedMean(values: readonly number[], shares: Float64Array): number {
  let weight = 0
  let sum = 0
  shares.forEach((tokens, at) => {
    weight += tokens
    sum += tokens * values[at]!
  })
  return weight === 0 ? 1 : sum / weight
}
