/** Ways to count a text: exactly, or scaled from another vocabulary. */

import { tokensByClass } from '../tokenizer/heuristic.ts'
import { charClasses, classFeatures, featuresPerClass } from '../tokenizer/heuristic-classes.ts'
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
  const ratios = charClasses.map((name) => calibration.ratios[name] ?? calibration.other)
  return {
    encoding: encoding.name,
    method: 'calibrated',
    count(text: string): TokenRange {
      const features = classFeatures(text)
      const extra = calibration.singleDigits === true ? moreDigits(features) : 0
      const tokens = encoding.count(text) * meanRatio(features, ratios) + extra
      return { tokens, low: tokens * calibration.low, high: tokens * calibration.high }
    },
  }
}

const digitsAt = charClasses.indexOf('digits') * featuresPerClass

/** Digits beyond one per group. */
function moreDigits(features: Float64Array): number {
  return features[digitsAt + 1]! - features[digitsAt]!
}

/** Mean of the class ratios, each weighed by the tokens that its class is likely to take. */
function meanRatio(features: Float64Array, ratios: readonly number[]): number {
  let weight = 0
  let sum = 0
  tokensByClass(features).forEach((tokens, at) => {
    weight += tokens
    sum += tokens * ratios[at]!
  })
  return weight === 0 ? 1 : sum / weight
}
