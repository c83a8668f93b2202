/** Ways to count a text: exactly, or scaled from another vocabulary. */

import { classFeatures, newFeatures } from '../tokenizer/class-features.ts'
import { byCharacterClass, tokensByClass } from '../tokenizer/heuristic.ts'
import { type CharClass, charClasses, classIndex, featuresPerClass } from '../tokenizer/heuristic-classes.ts'
import type { Encoding } from '../tokenizer/types.ts'
import type { TextCounter } from './meter.ts'
import { recalling } from './recall.ts'
import type { TextCalibration } from './rules/calibrations.ts'
import type { TokenRange } from './types.ts'

/** Counters by what they count with, since each keeps what it will be asked for again. */
const exactCounters = new WeakMap<Encoding, TextCounter>()
const calibratedCounters = new WeakMap<TextCalibration, WeakMap<Encoding, TextCounter>>()

export function exactCounter(encoding: Encoding): TextCounter {
  let counter = exactCounters.get(encoding)
  if (counter === undefined) {
    counter = recalling({
      encoding: encoding.name,
      method: 'exact',
      count(text: string): TokenRange {
        const tokens = encoding.count(text)
        return { tokens, low: tokens, high: tokens }
      },
    })
    exactCounters.set(encoding, counter)
  }
  return counter
}

/** Counts with a stand-in vocabulary and scales by the character classes of the text. */
export function calibratedCounter(encoding: Encoding, calibration: TextCalibration): TextCounter {
  const known = calibratedCounters.get(calibration) ?? new WeakMap<Encoding, TextCounter>()
  calibratedCounters.set(calibration, known)
  let counter = known.get(encoding)
  if (counter === undefined) {
    counter = recalling(scaledCounter(encoding, calibration))
    known.set(encoding, counter)
  }
  return counter
}

/** Counts without a vocabulary; a calibration widens the bounds by its least and its greatest ratio. */
export function heuristicCounter(calibration: TextCalibration | undefined): TextCounter {
  const figures = calibration === undefined ? undefined : figuresOf(calibration)
  const ratio = calibration?.other ?? 1
  const least = figures === undefined ? 1 : Math.min(...figures.lows)
  const most = figures === undefined ? 1 : Math.max(...figures.highs)
  return recalling({
    encoding: null,
    method: 'heuristic',
    count(text: string): TokenRange {
      const { tokens, low, high } = byCharacterClass(text)
      return { tokens: tokens * ratio, low: low * Math.min(ratio, least), high: high * Math.max(ratio, most) }
    },
  })
}

/** Scales by the mean of the class ratios, each weighed by the tokens that its class is likely to take. */
function scaledCounter(encoding: Encoding, calibration: TextCalibration): Omit<TextCounter, 'recall'> {
  const { low, high } = calibration
  const { ratios, lows, highs, uniform } = figuresOf(calibration)
  const scratch = newClasses()
  return {
    encoding: encoding.name,
    method: 'calibrated',
    count(text: string): TokenRange {
      const tokens = encoding.count(text)
      if (uniform) return { tokens: tokens * ratios[0]!, low: tokens * lows[0]!, high: tokens * highs[0]! }
      const { features, shares } = classesOf(text, encoding, scratch)
      let weight = 0
      let middle = 0
      let below = 0
      let above = 0
      for (let at = 0; at < shares.length; at += 1) {
        const share = shares[at]!
        if (share === 0) continue
        weight += share
        middle += share * ratios[at]!
        below += share * lows[at]!
        above += share * highs[at]!
      }
      if (weight === 0) return { tokens, low: tokens, high: tokens }
      const scale = tokens / weight
      const digits = calibration.singleDigits === true ? moreDigits(features) : 0
      const extra = digits + (calibration.apart === undefined ? 0 : signsApart(text, calibration.apart))
      return { tokens: middle * scale + extra, low: below * scale + extra * low, high: above * scale + extra * high }
    },
  }
}

interface Figures {
  readonly ratios: Float64Array
  readonly lows: Float64Array
  readonly highs: Float64Array
  /** Whether all classes have the same, so that nobody needs to know which ones a text has. */
  readonly uniform: boolean
}

const figures = new WeakMap<TextCalibration, Figures>()

/** The ratio of each class and its bounds. */
function figuresOf(calibration: TextCalibration): Figures {
  const known = figures.get(calibration)
  if (known !== undefined) return known
  const { low, high, elsewhere = { low, high } } = calibration
  const ratios = Float64Array.from(charClasses, (name) => calibration.ratios[name] ?? calibration.other)
  const lows = ratios.map((ratio, at) => ratio * (isScript(charClasses[at]!) ? elsewhere.low : low))
  const highs = ratios.map((ratio, at) => ratio * (isScript(charClasses[at]!) ? elsewhere.high : high))
  const isUniform = [ratios, lows, highs].every((list) => list.every((value) => value === list[0]))
  const made = {
    ratios,
    lows,
    highs,
    uniform: isUniform && calibration.singleDigits !== true && calibration.apart === undefined,
  }
  figures.set(calibration, made)
  return made
}

/** What a text is made of, by class of characters. */
interface TextClasses {
  readonly features: Float64Array
  readonly shares: Float64Array
}

/** Classes of texts by the encodings of {@link rememberTexts}. */
const rememberedClasses = new WeakMap<Encoding, Map<string, TextClasses>>()

/** @param scratch - Where to write them, when nobody is to remember them. */
function classesOf(text: string, encoding: Encoding, scratch: TextClasses): TextClasses {
  const known = rememberedClasses.get(encoding)
  const found = known?.get(text)
  if (found !== undefined) return found
  const classes = known === undefined ? scratch : newClasses()
  classFeatures(text, classes.features.fill(0))
  tokensByClass(classes.features, classes.shares)
  known?.set(text, classes)
  return classes
}

function newClasses(): TextClasses {
  return { features: newFeatures(), shares: new Float64Array(charClasses.length) }
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

/** Classes of English text, of code and of what both have; the others are letters of other languages, and emoji. */
const commonClasses: ReadonlySet<CharClass> = new Set<CharClass>([
  'latin',
  'joinedLatin',
  'capitals',
  'digits',
  'whitespace',
  'punctuation',
  'dense',
])

function isScript(name: CharClass): boolean {
  return !commonClasses.has(name)
}

/** Tokens for signs that the stand-in joins with the word after them. */
export function signsApart(text: string, { underscore, apostrophe }: NonNullable<TextCalibration['apart']>): number {
  let tokens = 0
  for (let at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1))
    if (isAsciiLetter(text.charCodeAt(at + 1))) tokens += underscore
  for (const sign of ["'", '\u2019'])
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1))
      if (isAsciiLetter(text.charCodeAt(at + 1)) && isAsciiLetter(text.charCodeAt(at - 1))) tokens += apostrophe
  return tokens
}

function isAsciiLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122
}

/** Digits beyond one per group. */
function moreDigits(features: Float64Array): number {
  const digitsAt = classIndex.digits * featuresPerClass
  return features[digitsAt + 1]! - features[digitsAt]!
}
