/**
 * The range of a cost and what it is made of. From the expected call, one thing after the other is moved to its end: the
 * counted input, the context tier that this falls into, the cache, the reply, the time of day. What each step adds is its
 * effect; so the effects add up to the range exactly.
 */
import type { CountPartKind, TokenCount } from '../counting/index.ts'
import { amountOfPico, type Pico, picoDifference, picoUnder, textSum } from '../pricing/amount.ts'
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
  // Where the lower bound of the whole takes tokens off the frame, it may be below that of a picture.
  let left = input[bound]
  for (const part of input.parts) {
    const field = usageFieldOf(part.kind)
    if (field === undefined) continue
    const tokens = Math.min(part[bound], left)
    usage[field] = tokens
    left -= tokens
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
  const low = walkTo('low', expected, terms)
  const high = walkTo('high', expected, terms)
  const effects: EstimateNotice[] = []
  for (const code of stepCodes) {
    const below = stepOf(low, code, terms)
    const above = stepOf(high, code, terms)
    if (below === 0 && above === 0) continue
    const effect: CostEffect = Object.freeze({ low: amountOfPico(below), high: amountOfPico(above) })
    effects.push(Object.freeze({ code, message: messageOf(code, terms), effect }))
  }
  const { p90 } = output.quantiles
  const { micro } = tierOf(selected.card, input.tokens)
  return {
    low: low.at,
    high: high.at,
    p90: p90 === output.expected ? expected : picoAt(micro, input, 'tokens', p90, cache.expected(input.tokens)),
    effects,
  }
}

/** The steps in their order, by the code of the assumption that each stands for. */
const stepCodes = [
  'input-bounds',
  'context-tier',
  'cache',
  'output-length',
  'schedule',
] as const satisfies EstimateAssumption[]
type StepCode = (typeof stepCodes)[number]

/** On the way from the expected call to one end of its cost: what it costs so far, and under which rates and cache. */
interface Walk {
  readonly end: 'low' | 'high'
  at: Pico
  tier: Micro
  split: CacheSplit
}

function walkTo(end: 'low' | 'high', expected: Pico, { input, cache, selected }: RangeTerms): Walk {
  return { end, at: expected, tier: tierOf(selected.card, input.tokens).micro, split: cache.expected(input[end]) }
}

/** Takes a step and returns what it adds. */
function stepOf(walk: Walk, code: StepCode, terms: RangeTerms): Pico {
  const before = walk.at
  takeStep(walk, code, terms)
  return walk.at === before ? 0 : picoDifference(walk.at, before)
}

function takeStep(walk: Walk, code: StepCode, terms: RangeTerms): void {
  const { input, output, cache, selected, otherHours } = terms
  const { end, split } = walk
  switch (code) {
    case 'input-bounds':
      if (input[end] !== input.tokens) move(walk, picoAt(walk.tier, input, end, output.expected, split))
      return
    case 'context-tier':
      if (selected.card.tiers.length === 0 || input[end] === input.tokens) return
      walk.tier = farthestTier(walk, terms)
      move(walk, picoAt(walk.tier, input, end, output.expected, split))
      return
    case 'cache':
      if (!cache.uncertain) return
      for (const candidate of cache.candidates(input[end]))
        if (move(walk, picoAt(walk.tier, input, end, output.expected, candidate))) walk.split = candidate
      return
    case 'output-length':
      if (output[end] !== output.expected) move(walk, picoAt(walk.tier, input, end, output[end], split))
      return
    case 'schedule':
      if (otherHours !== null) move(walk, picoAt(tierOf(otherHours, input[end]).micro, input, end, output[end], split))
  }
}

/** Goes on to a cost, unless it leads away from the end: so low ≤ expected ≤ high whatever the rates. */
function move(walk: Walk, next: Pico): boolean {
  if (!isBetter(next, walk.at, walk.end)) return false
  walk.at = next
  return true
}

function isBetter(one: Pico, other: Pico, end: 'low' | 'high'): boolean {
  return end === 'low' ? one < other : one > other
}

/** The rates that lead farthest, of all tiers that an input between what is expected and the end can fall into. */
function farthestTier({ end, split }: Walk, { input, output, selected }: RangeTerms): Micro {
  const [first, last] = end === 'low' ? [input.low, input.tokens] : [input.tokens, input.high]
  const touched = [tierOf(selected.card, first).micro]
  for (const tier of selected.card.tiers)
    if (tier.firstTokens > first && tier.firstTokens <= last) touched.push(tier.micro)
  const at = (tier: Micro): Pico => picoAt(tier, input, end, output.expected, split)
  return touched.reduce((a, b) => (isBetter(at(b), at(a), end) ? b : a))
}

/** What the call costs with its input at a bound. */
export function picoAt(micro: Micro, input: TokenCount, bound: Bound, outputTokens: number, split: CacheSplit): Pico {
  if (!hasMedia(input)) {
    const { read, write, ttl } = split
    const sum = textSum(micro, input[bound], outputTokens, read, write, ttl === '1h' ? write : 0)
    if (sum <= Number.MAX_SAFE_INTEGER) return sum
  }
  return picoUnder(micro, usageAt(input, bound, outputTokens, split))
}

/** Asked many times a comparison; parts are frozen, and the iterator of a frozen list is slow. */
export function hasMedia({ parts }: TokenCount): boolean {
  for (let at = 0; at < parts.length; at++) if (usageFieldOf(parts[at]!.kind) !== undefined) return true
  return false
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
