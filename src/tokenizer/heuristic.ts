/** Token counts without a vocabulary: by character class with measured bounds, and the field's rules of thumb. */
import { classFeatures } from './class-features.ts'
import { charClasses, featuresPerClass } from './heuristic-classes.ts'
import { classWeights, type RuleOfThumb, ruleBounds } from './heuristic-weights.ts'

/** How to estimate: `character-class` is the best; the others are the rules of thumb that everybody uses. */
export type HeuristicMethod = 'character-class' | RuleOfThumb

export interface HeuristicCount {
  readonly tokens: number
  /** `[low, high]` held the o200k_base count of at least 95 % of the measured texts (docs/accuracy.md). */
  readonly low: number
  readonly high: number
  readonly method: HeuristicMethod
}

let madeWeights: Float64Array | undefined

/** Weights in the order of the features. */
function flatWeights(): Float64Array {
  madeWeights ??= Float64Array.from(
    charClasses.flatMap((name) => {
      const { perRun, perChar, perTail } = classWeights[name]
      return [perRun, perChar, perTail]
    }),
  )
  return madeWeights
}

/** The bounds were measured on texts of about 200 tokens; shorter ones scatter more, as sums of few words do. */
const slackPerRootToken = 0.75

/**
 * Estimates the tokens of a text for vocabularies of the size of o200k_base, in one pass over it.
 *
 * The bounds hold for o200k_base; older and smaller vocabularies need more tokens, most of all outside Latin scripts.
 *
 * @throws TypeError when the text is no string.
 */
export function estimateTokens(text: string, method: HeuristicMethod = 'character-class'): HeuristicCount {
  if (typeof text !== 'string') throw new TypeError(`tokenfare: text must be a string, got ${typeof text}`)
  if (method === 'character-class') return byCharacterClass(text)
  if (text === '') return { tokens: 0, low: 0, high: 0, method }
  const bounds = Object.hasOwn(ruleBounds, method) ? ruleBounds[method] : undefined
  if (bounds === undefined) throw new RangeError(`tokenfare: unknown heuristic ${JSON.stringify(method)}`)
  const tokens = method === 'four-characters' ? text.length / 4 : wordCount(text) / 0.75
  return rounded(tokens, tokens * bounds.low, tokens * bounds.high, method)
}

/** Estimated o200k_base tokens per character class, from the features of a text; fractions. */
export function tokensByClass(
  features: Float64Array,
  tokens: Float64Array = new Float64Array(charClasses.length),
): Float64Array {
  const weights = flatWeights()
  for (let at = 0, first = 0; at < tokens.length; at += 1, first += featuresPerClass) {
    const runs = features[first]!
    tokens[at] =
      runs === 0
        ? 0
        : weights[first]! * runs +
          weights[first + 1]! * features[first + 1]! +
          weights[first + 2]! * features[first + 2]!
  }
  return tokens
}

/** The estimate that {@link estimateTokens} makes unless a rule of thumb is asked for. */
export function byCharacterClass(text: string): HeuristicCount {
  if (text === '') return { tokens: 0, low: 0, high: 0, method: 'character-class' }
  let tokens = 0
  let low = 0
  let high = 0
  tokensByClass(classFeatures(text)).forEach((own, at) => {
    tokens += own
    const bounds = classWeights[charClasses[at]!]
    low += own * bounds.low
    high += own * bounds.high
  })
  return rounded(tokens, low, high, 'character-class')
}

/** Whole numbers; a text that is not empty has at least one token. */
function rounded(tokens: number, low: number, high: number, method: HeuristicMethod): HeuristicCount {
  const middle = Math.max(1, Math.round(tokens))
  const slack = Math.max(1, slackPerRootToken * Math.sqrt(tokens))
  return {
    tokens: middle,
    low: Math.max(1, Math.min(middle, Math.floor(low - slack))),
    high: Math.max(middle, Math.ceil(high + slack)),
    method,
  }
}

/** Words as spaces and line breaks part them. */
export function wordCount(text: string): number {
  let words = 0
  let inside = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const blank = code <= 32 || code === 0xa0 || code === 0x3000
    if (!blank && !inside) words += 1
    inside = !blank
  }
  return words
}
