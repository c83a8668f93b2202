/**
 * The range of a cost and what it is made of. From the expected call, one thing after the other is moved to its end: the
 * counted input, the context tier that this falls into, the cache, the reply, the time of day. What each step adds is its
 * effect; so the effects add up to the range exactly.
 */
import { amountOfPico, type Pico, picoDifference, picoUnder, textSum } from '../pricing/amount.ts'
import { type Selected, tierOf } from '../pricing/lookup.ts'
import type { RateCard } from '../pricing/table.ts'
import type { Usage } from '../pricing/types.ts'
import type { CacheOutlook, CacheSplit } from './cache.ts'
import type { BilledInput } from './input-bounds.ts'
import type { Outlook } from './outlook.ts'
import type { CostEffect, EstimateAssumption, EstimateNotice } from './types.ts'

type Micro = RateCard['micro']

/** A call and the rates that it will be charged by. */
export interface PlannedCall {
  readonly outlook: Outlook
  readonly cache: CacheOutlook
  readonly selected: Selected
  /** The rates of the other time of day, when the hour of the call is not said. */
  readonly otherHours: RateCard | null
}

/** What a call consumes. */
export function usageAt(input: BilledInput, outputTokens: number, cache: CacheSplit): Usage {
  const usage: { -readonly [Field in keyof Usage]: Usage[Field] } = {
    inputTokens: input.tokens,
    outputTokens,
    ...input.media,
  }
  if (cache.read > 0) usage.cacheReadTokens = cache.read
  if (cache.write > 0) {
    usage.cacheWriteTokens = cache.write
    if (cache.ttl === '1h') usage.cacheWrite1hTokens = cache.write
    if (cache.ttl === '12h') usage.cacheWrite12hTokens = cache.write
  }
  return usage
}

/** What a call costs. */
export function picoAt(micro: Micro, input: BilledInput, outputTokens: number, cache: CacheSplit): Pico {
  if (input.media === undefined && cache.ttl !== '12h') {
    const { read, write, ttl } = cache
    const sum = textSum(micro, input.tokens, outputTokens, read, write, ttl === '1h' ? write : 0)
    if (sum <= Number.MAX_SAFE_INTEGER) return sum
  }
  return picoUnder(micro, usageAt(input, outputTokens, cache))
}

export interface CostRange {
  readonly low: Pico
  readonly high: Pico
  readonly p90: Pico
  readonly effects: readonly EstimateNotice[]
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
type End = 'low' | 'high'

/** The range around the expected cost. */
export function costRange(expected: Pico, call: PlannedCall): CostRange {
  const { outlook, cache, selected } = call
  const lows = stepsTo('low', expected, call)
  const highs = stepsTo('high', expected, call)
  let low = expected
  let high = expected
  const effects: EstimateNotice[] = []
  for (let step = 0; step < stepCodes.length; step++) {
    const below = lows[step]!
    const above = highs[step]!
    if (below === low && above === high) continue
    const code = stepCodes[step]!
    const effect: CostEffect = Object.freeze({
      low: amountOfPico(picoDifference(below, low)),
      high: amountOfPico(picoDifference(above, high)),
    })
    effects.push(Object.freeze({ code, message: messageOf(code, call), effect }))
    low = below
    high = above
  }
  const { p90 } = outlook.output.quantiles
  const { tokens } = outlook.inputs.expected
  const { micro } = tierOf(selected.card, tokens)
  return {
    low,
    high,
    p90:
      p90 === outlook.output.expected ? expected : picoAt(micro, outlook.inputs.expected, p90, cache.expected(tokens)),
    effects,
  }
}

/** What the call costs after each of the steps to one end. */
function stepsTo(end: End, expected: Pico, { outlook, cache, selected, otherHours }: PlannedCall): readonly Pico[] {
  const { inputs, output } = outlook
  const input = inputs[end]
  const isBounded = input.tokens !== inputs.expected.tokens
  let split = cache.expected(input.tokens)
  let { micro } = tierOf(selected.card, inputs.expected.tokens)
  const counted = isBounded ? farther(end, expected, picoAt(micro, input, output.expected, split)) : expected
  let tiered = counted
  if (isBounded && selected.card.tiers.length > 0) {
    micro = farthestTier(end, selected.card, outlook, split)
    tiered = farther(end, counted, picoAt(micro, input, output.expected, split))
  }
  let cached = tiered
  for (const other of cache.others(input.tokens)) {
    const next = picoAt(micro, input, output.expected, other)
    if (farther(end, cached, next) === cached) continue
    cached = next
    split = other
  }
  const written =
    output[end] === output.expected ? cached : farther(end, cached, picoAt(micro, input, output[end], split))
  if (otherHours === null) return [counted, tiered, cached, written, written]
  const timed = picoAt(tierOf(otherHours, input.tokens).micro, input, output[end], split)
  return [counted, tiered, cached, written, farther(end, written, timed)]
}

/** A step never leads away from its end, so that low ≤ expected ≤ high whatever the rates. */
function farther(end: End, at: Pico, next: Pico): Pico {
  return (end === 'low' ? next < at : next > at) ? next : at
}

/** The rates that lead farthest, of all tiers that an input between what is expected and the end can fall into. */
function farthestTier(end: End, card: RateCard, { inputs, output }: Outlook, split: CacheSplit): Micro {
  const first = Math.min(inputs[end].tokens, inputs.expected.tokens)
  const last = Math.max(inputs[end].tokens, inputs.expected.tokens)
  const touched = [tierOf(card, first).micro]
  for (const tier of card.tiers) if (tier.firstTokens > first && tier.firstTokens <= last) touched.push(tier.micro)
  const at = (micro: Micro): Pico => picoAt(micro, inputs[end], output.expected, split)
  return touched.reduce((a, b) => (farther(end, at(a), at(b)) === at(a) ? a : b))
}

function messageOf(code: StepCode, { outlook, selected }: PlannedCall): string {
  switch (code) {
    case 'input-bounds':
      return outlook.inputBounds
    case 'context-tier':
      return 'the bounds of the input lie on both sides of a limit from which the whole call has other rates'
    case 'cache':
      return 'how much of the input the cache holds is not known; the ends have all of it read, or none'
    case 'output-length':
      return outlook.outputBounds
    case 'schedule':
      return `${selected.schedule?.name ?? 'the usual'} rates now; at other hours of the day the rates differ`
  }
}
