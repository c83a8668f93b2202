/** Learns from bills: how much the counts of a model and template miss what was charged, within bounds and in plain sight. */
import { describe } from '../errors.ts'
import type { TokenCount } from './types.ts'

/** What is known about one model and template. Plain data: can be stored as JSON and read back. */
export interface CalibrationEntry {
  /** Pairs seen. */
  readonly pairs: number
  /** Mean of the logarithm of billed / counted, newer pairs weighing more. */
  readonly meanLogRatio: number
  /** Mean square of its deviation. */
  readonly variance: number
  /** Pairs whose bill lay outside the range they were counted with. */
  readonly outside: number
  /** The ratio that later counts are corrected by: between 0.5 and 2, and 1 until there are enough pairs. */
  readonly ratio: number
  /** Whether the last pairs differ from the ones before by more than their scatter explains. */
  readonly drifted: boolean
}

export interface CalibrationState {
  readonly version: 1
  readonly entries: Readonly<Record<string, CalibrationEntry & { readonly recentLogRatio: number }>>
}

export interface CalibrationKey {
  readonly model: string
  /** Name of the caller's prompt template; requests of one template miss alike. */
  readonly template?: string
}

export interface Calibration {
  /** Takes the count of a request and the input tokens that were billed for it. */
  learn(count: TokenCount, billedInputTokens: number, key: CalibrationKey): void
  /** The count with what was learnt applied; unchanged for exact counts and for models without enough pairs. */
  apply(count: TokenCount, key: CalibrationKey): TokenCount
  /** What is known about a model and template. */
  entry(key: CalibrationKey): CalibrationEntry | undefined
  /** Everything that was learnt, to be stored. */
  state(): CalibrationState
}

/** Pairs before a correction is made. */
const minPairs = 5
/** Weight of a new pair once there are many: the last fifty or so count. */
const minWeight = 0.02
/** Weight in the short memory that drift is seen by. */
const recentWeight = 0.2
/** A correction never goes beyond these; more than that is a wrong rule, not a miss. */
const bounds: readonly [number, number] = [0.5, 2]
/** Keys that are remembered; the oldest is dropped. */
const maxKeys = 1000

interface Memory {
  pairs: number
  mean: number
  variance: number
  recent: number
  outside: number
}

/**
 * @throws TypeError when the state is not one that `state()` gave.
 */
export function createCalibration(from?: CalibrationState): Calibration {
  const memories = new Map<string, Memory>()
  for (const [key, entry] of Object.entries(checked(from))) {
    const { pairs, meanLogRatio: mean, variance, recentLogRatio: recent, outside } = entry
    memories.set(key, { pairs, mean, variance, recent, outside })
  }
  return {
    learn(count: TokenCount, billedInputTokens: number, key: CalibrationKey): void {
      if (!Number.isSafeInteger(billedInputTokens) || billedInputTokens < 1)
        throw new RangeError(
          `tokenfare: billedInputTokens must be a positive integer, got ${describe(billedInputTokens)}`,
        )
      if (count.tokens < 1) return
      const name = nameOf(key)
      const memory = memories.get(name) ?? { pairs: 0, mean: 0, variance: 0, recent: 0, outside: 0 }
      const value = Math.log(Math.min(8, Math.max(1 / 8, billedInputTokens / count.tokens)))
      const weight = Math.max(minWeight, 1 / (memory.pairs + 1))
      const before = memory.mean
      memory.mean += weight * (value - before)
      memory.variance += weight * ((value - before) * (value - memory.mean) - memory.variance)
      memory.recent += (memory.pairs === 0 ? 1 : recentWeight) * (value - memory.recent)
      memory.pairs += 1
      if (billedInputTokens < count.low || billedInputTokens > count.high) memory.outside += 1
      memories.delete(name)
      memories.set(name, memory)
      if (memories.size > maxKeys) memories.delete(memories.keys().next().value as string)
    },
    apply(count: TokenCount, key: CalibrationKey): TokenCount {
      const memory = memories.get(nameOf(key))
      if (memory === undefined || memory.pairs < minPairs || count.method === 'exact' || count.method === 'provider')
        return count
      const ratio = ratioOf(memory)
      const scatter = 2 * Math.sqrt(memory.variance)
      const tokens = Math.round(count.tokens * ratio)
      const low = Math.min(tokens, Math.floor(tokens * Math.exp(-scatter)))
      const high = Math.max(tokens, Math.ceil(tokens * Math.exp(scatter)))
      const message = `${memory.pairs} bills of this model and template give a ratio of ${ratio.toFixed(3)}`
      return Object.freeze({
        ...count,
        tokens,
        low,
        high,
        assumptions: Object.freeze([
          ...count.assumptions,
          Object.freeze({ code: 'learned-correction', message } as const),
        ]),
      })
    },
    entry(key: CalibrationKey): CalibrationEntry | undefined {
      const memory = memories.get(nameOf(key))
      return memory === undefined ? undefined : entryOf(memory)
    },
    state(): CalibrationState {
      const entries: Record<string, CalibrationState['entries'][string]> = Object.create(null) as Record<string, never>
      for (const [name, memory] of memories) entries[name] = { ...entryOf(memory), recentLogRatio: memory.recent }
      return { version: 1, entries }
    },
  }
}

function nameOf({ model, template = '' }: CalibrationKey): string {
  return JSON.stringify([model, template])
}

function ratioOf({ pairs, mean }: Memory): number {
  return pairs < minPairs ? 1 : Math.min(bounds[1], Math.max(bounds[0], Math.exp(mean)))
}

function entryOf(memory: Memory): CalibrationEntry {
  const { pairs, mean, variance, recent, outside } = memory
  const drifted = pairs >= 2 * minPairs && Math.abs(recent - mean) > Math.max(0.02, 1.5 * Math.sqrt(variance))
  return Object.freeze({ pairs, meanLogRatio: mean, variance, outside, ratio: ratioOf(memory), drifted })
}

function checked(state: CalibrationState | undefined): CalibrationState['entries'] {
  if (state === undefined) return {}
  const entries = state.version === 1 ? state.entries : undefined
  const isEntry = (entry: CalibrationState['entries'][string]): boolean =>
    [entry.pairs, entry.meanLogRatio, entry.variance, entry.recentLogRatio, entry.outside].every(Number.isFinite)
  if (typeof entries !== 'object' || entries === null || !Object.values(entries).every(isEntry))
    throw new TypeError('tokenfare: the calibration state must be one that state() gave')
  return entries
}
