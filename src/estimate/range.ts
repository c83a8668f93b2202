/**
 * The range of a cost and what it is made of. From the expected call, one thing after the other is moved to its end: the
 * counted input, the context tier that this falls into, the cache, the reply, the time of day. What each step adds is its
 * effect; so the effects add up to the range exactly.
 */
import type { TokenCount } from '../counting/index.ts'
import { amountOfPico, type Pico, picoDifference, picoUnder } from '../pricing/amount.ts'
import { type Selected, tierOf } from '../pricing/lookup.ts'
import type { RateCard } from '../pricing/table.ts'
import type { Usage } from '../pricing/types.ts'
import type { CacheOutlook, CacheSplit } from './cache.ts'
import type { CostEffect, EstimateAssumption, EstimateNotice, OutputRange } from './types.ts'

type Bound = 'low' | 'tokens' | 'high'
type Micro = RateCard['micro']

/** Kinds of parts that some sellers price apart from text. */
const usageFieldOf: ReadonlyMap<string, 'inputImageTokens' | 'inputAudioTokens' | 'inputVideoTokens'> = new Map([
  ['images', 'inputImageTokens'],
  ['audio', 'inputAudioTokens'],
  ['video', 'inputVideoTokens'],
])

/** What a call consumes with its input at a bound. */
export function usageAt(input: TokenCount, bound: Bound, outputTokens: number, cache: CacheSplit): Usage {
  const usage: { -readonly [Field in keyof Usage]: Usage[Field] } = { inputTokens: input[bound], outputTokens }
  if (cache.read > 0) usage.cacheReadTokens = cache.read
  if (cache.write > 0) {
    usage.cacheWriteTokens = cache.write
    if (cache.ttl === '1h') usage.cacheWrite1hTokens = cache.write
  }
  for (const part of input.parts) {
    const field = usageFieldOf.get(part.kind)
    if (field !== undefined) usage[field] = part[bound]
  }
  return usage
}

export interface CostRange {
  readonly low: Pico
  readonly high: Pico
  readonly p90: Pico
  readonly effects: readonly EstimateNotice[]
}

/** What the range of a call depends on. */
export interface RangeTerms {
  readonly input: TokenCount
  readonly output: OutputRange
  readonly cache: CacheOutlook
  readonly selected: Selected
  /** The rates of the other time of day, when the hour of the call is not said. */
  readonly otherHours: RateCard | null
}

const END = { low: 'low', high: 'high' } as const

/** The range around the expected cost. */
export function costRange(expected: Pico, terms: RangeTerms): CostRange {
  const { input, output, cache, selected } = terms
  const low = steps(expected, 'low', terms)
  const high = steps(expected, 'high', terms)
  const expectedSplit = cache.expected(input.tokens)
  const { micro } = tierOf(selected.card, input.tokens)
  const p90 =
    output.quantiles.p90 === output.expected
      ? expected
      : picoUnder(micro, usageAt(input, 'tokens', output.quantiles.p90, expectedSplit))
  const effects: EstimateNotice[] = []
  for (const [index, code] of stepCodes.entries()) {
    const [below, above] = [low.moved[index] as Pico, high.moved[index] as Pico]
    if (Number(below) === 0 && Number(above) === 0) continue
    const effect: CostEffect = Object.freeze({ low: amountOfPico(below), high: amountOfPico(above) })
    effects.push({ code, message: messageOf(code, terms), effect })
  }
  return { low: low.end, high: high.end, p90, effects }
}

const stepCodes = [
  'input-bounds',
  'context-tier',
  'cache',
  'output-length',
  'schedule',
] as const satisfies EstimateAssumption[]

/** The five steps to one end. A step never leads away from its end, so that low ≤ expected ≤ high whatever the rates. */
function steps(expected: Pico, end: 'low' | 'high', terms: RangeTerms): { end: Pico; moved: readonly Pico[] } {
  const { input, output, cache, selected, otherHours } = terms
  const bound = END[end]
  const better = end === 'low' ? (a: Pico, b: Pico): boolean => a < b : (a: Pico, b: Pico): boolean => a > b
  const moved: Pico[] = []
  let at = expected
  const moveTo = (next: Pico): void => {
    const target = better(next, at) ? next : at
    moved.push(picoDifference(target, at))
    at = target
  }
  const expectedTier = tierOf(selected.card, input.tokens).micro
  const ranged = input[bound] !== input.tokens
  const split = cache.expected(input[bound])
  const counted = usageAt(input, bound, output.expected, split)
  moveTo(ranged ? picoUnder(expectedTier, counted) : at)
  const tiers = ranged ? tiersWithin(selected.card, input, bound) : [expectedTier]
  const tier = tiers.length === 1 ? expectedTier : best(tiers, counted, better)
  moveTo(tiers.length === 1 ? at : picoUnder(tier, counted))
  let chosen = split
  if (cache.uncertain) {
    for (const candidate of cache.candidates(input[bound])) {
      const next = picoUnder(tier, usageAt(input, bound, output.expected, candidate))
      if (better(next, picoUnder(tier, usageAt(input, bound, output.expected, chosen)))) chosen = candidate
    }
  }
  moveTo(chosen === split ? at : picoUnder(tier, usageAt(input, bound, output.expected, chosen)))
  const whole = usageAt(input, bound, output[bound], chosen)
  moveTo(output[bound] === output.expected ? at : picoUnder(tier, whole))
  moveTo(otherHours === null ? at : picoUnder(tierOf(otherHours, input[bound]).micro, whole))
  return { end: at, moved }
}

/** Rates of all tiers that an input between what is expected and a bound can fall into. */
function tiersWithin(card: RateCard, input: TokenCount, bound: 'low' | 'high'): Micro[] {
  if (card.tiers.length === 0) return [card.micro]
  const [first, last] = bound === 'low' ? [input.low, input.tokens] : [input.tokens, input.high]
  const touched = [tierOf(card, first).micro]
  for (const tier of card.tiers) if (tier.firstTokens > first && tier.firstTokens <= last) touched.push(tier.micro)
  return touched
}

function best(tiers: readonly Micro[], usage: Usage, better: (a: Pico, b: Pico) => boolean): Micro {
  return tiers.reduce((a, b) => (better(picoUnder(b, usage), picoUnder(a, usage)) ? b : a))
}

function messageOf(code: (typeof stepCodes)[number], { input, output, selected }: RangeTerms): string {
  switch (code) {
    case 'input-bounds':
      return `the input has ${input.low} to ${input.high} tokens`
    case 'context-tier':
      return 'the bounds of the input lie on both sides of a limit from which the whole call has other rates'
    case 'cache':
      return 'how much of the input the cache holds is not known; the ends have all of it read, or none'
    case 'output-length':
      return `the reply has ${output.low} to ${output.high} tokens`
    case 'schedule':
      return `${selected.schedule?.name ?? 'the usual'} rates now; at other hours of the day the rates differ`
  }
}
