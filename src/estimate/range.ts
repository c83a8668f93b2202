/**
 * The range of a cost and what it is made of. From the expected call, one thing after the other is moved to its end: the
 * counted input, the context tier that this falls into, the cache, the reply, the time of day. What each step adds is its
 * effect; so the effects add up to the range exactly.
 */
import type { CountPartKind, TokenCount } from '../counting/index.ts'
import { amountOfPico, type Pico, picoDifference, picoUnder } from '../pricing/amount.ts'
import { type Selected, tierOf } from '../pricing/lookup.ts'
import type { RateCard } from '../pricing/table.ts'
import type { Usage } from '../pricing/types.ts'
import type { CacheOutlook, CacheSplit } from './cache.ts'
import type { CostEffect, EstimateAssumption, EstimateNotice, OutputRange } from './types.ts'

type Bound = 'low' | 'tokens' | 'high'
type Micro = RateCard['micro']

/** The usage field of the kinds of parts that some sellers price apart from text. */
function usageFieldOf(kind: CountPartKind): 'inputImageTokens' | 'inputAudioTokens' | 'inputVideoTokens' | undefined {
  if (kind === 'images') return 'inputImageTokens'
  if (kind === 'audio') return 'inputAudioTokens'
  return kind === 'video' ? 'inputVideoTokens' : undefined
}

/** What a call consumes with its input at a bound. */
export function usageAt(input: TokenCount, bound: Bound, outputTokens: number, cache: CacheSplit): Usage {
  const usage: { -readonly [Field in keyof Usage]: Usage[Field] } = { inputTokens: input[bound], outputTokens }
  if (cache.read > 0) usage.cacheReadTokens = cache.read
  if (cache.write > 0) {
    usage.cacheWriteTokens = cache.write
    if (cache.ttl === '1h') usage.cacheWrite1hTokens = cache.write
  }
  for (const part of input.parts) {
    const field = usageFieldOf(part.kind)
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
    effects.push(Object.freeze({ code, message: messageOf(code, terms), effect }))
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
  const better = end === 'low' ? isLess : isMore
  const moved: Pico[] = [0, 0, 0, 0, 0]
  let at = expected
  const move = (step: number, next: Pico): void => {
    if (!better(next, at)) return
    moved[step] = picoDifference(moved[step] as Pico, picoDifference(at, next))
    at = next
  }
  let tier = tierOf(selected.card, input.tokens).micro
  let split = cache.expected(input[end])
  if (input[end] !== input.tokens) {
    const counted = usageAt(input, end, output.expected, split)
    move(0, picoUnder(tier, counted))
    const tiers = tiersWithin(selected.card, input, end)
    if (tiers.length > 1) {
      tier = tiers.reduce((a, b) => (better(picoUnder(b, counted), picoUnder(a, counted)) ? b : a))
      move(1, picoUnder(tier, counted))
    }
  }
  if (cache.uncertain) {
    for (const candidate of cache.candidates(input[end])) {
      const next = picoUnder(tier, usageAt(input, end, output.expected, candidate))
      if (!better(next, at)) continue
      move(2, next)
      split = candidate
    }
  }
  if (output[end] !== output.expected) move(3, picoUnder(tier, usageAt(input, end, output[end], split)))
  if (otherHours !== null) {
    const other = tierOf(otherHours, input[end]).micro
    move(4, picoUnder(other, usageAt(input, end, output[end], split)))
  }
  return { end: at, moved }
}

function isLess(a: Pico, b: Pico): boolean {
  return a < b
}

function isMore(a: Pico, b: Pico): boolean {
  return a > b
}

/** Rates of all tiers that an input between what is expected and a bound can fall into. */
function tiersWithin(card: RateCard, input: TokenCount, bound: 'low' | 'high'): Micro[] {
  if (card.tiers.length === 0) return [card.micro]
  const [first, last] = bound === 'low' ? [input.low, input.tokens] : [input.tokens, input.high]
  const touched = [tierOf(card, first).micro]
  for (const tier of card.tiers) if (tier.firstTokens > first && tier.firstTokens <= last) touched.push(tier.micro)
  return touched
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
