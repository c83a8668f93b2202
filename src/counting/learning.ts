/** Learns from bills: how much the counts of a model and template miss what was charged, within bounds and in plain sight. */
import { describe } from '../errors.ts'
import type { TokenCount } from './types.ts'

/** What is known about one model and template. Plain data: can be stored as JSON and read back. */
export interface CalibrationEntry {
  /** Pairs seen. */
  readonly pairs: number
  /** Pairs whose bill lay outside the range they were counted with. */
  readonly outside: number
  /** Ratios billed / counted of the last pairs, oldest first; at most 32. */
  readonly recentRatios: readonly number[]
  /** The ratio that later counts are corrected by: the median, between 0.5 and 2, and 1 until there are enough pairs. */
  readonly ratio: number
  /** Whether the newest ratios differ from the ones before by more than these scatter. */
  readonly drifted: boolean
}

export interface CalibrationState {
  readonly version: 1
  readonly entries: Readonly<Record<string, CalibrationEntry>>
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
/** Pairs that are remembered, and the newest of them that drift is seen by. */
const maxRatios = 32
const newest = 8
/** A correction never goes beyond these; more than that is a wrong rule, not a miss. */
const bounds: readonly [number, number] = [0.5, 2]
/** Keys that are remembered; the oldest is dropped. */
const maxKeys = 1000

interface Memory {
  pairs: number
  outside: number
  ratios: number[]
}

/**
 * @throws TypeError when the state is not one that `state()` gave.
 */
export function createCalibration(from?: CalibrationState): Calibration {
  const memories = new Map<string, Memory>()
  for (const [key, { pairs, outside, recentRatios }] of Object.entries(checked(from)))
    memories.set(key, { pairs, outside, ratios: recentRatios.slice(-maxRatios) })
  return {
    learn(count: TokenCount, billedInputTokens: number, key: CalibrationKey): void {
      if (!Number.isSafeInteger(billedInputTokens) || billedInputTokens < 1)
        throw new RangeError(
          `tokenfare: billedInputTokens must be a positive integer, got ${describe(billedInputTokens)}`,
        )
      if (count.tokens < 1) return
      const name = nameOf(key)
      const memory = memories.get(name) ?? { pairs: 0, outside: 0, ratios: [] }
      memory.pairs += 1
      memory.ratios = [...memory.ratios, billedInputTokens / count.tokens].slice(-maxRatios)
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
      const tokens = Math.round(count.tokens * ratio)
      let low = Math.min(tokens, Math.round(count.low * ratio))
      let high = Math.max(tokens, Math.round(count.high * ratio))
      if (!boundsHeld(memory)) {
        low = Math.min(low, Math.floor(clamped(quantile(memory.ratios, 0.025)) * count.tokens))
        high = Math.max(high, Math.ceil(clamped(quantile(memory.ratios, 0.975)) * count.tokens))
      }
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
      for (const [name, memory] of memories) entries[name] = entryOf(memory)
      return { version: 1, entries }
    },
  }
}

function nameOf({ model, template = '' }: CalibrationKey): string {
  return JSON.stringify([model, template])
}

function clamped(ratio: number): number {
  return Math.min(bounds[1], Math.max(bounds[0], ratio))
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.round(share * (sorted.length - 1))] ?? 1
}

/**
 * Whether no more bills lay outside their ranges than ranges of 95 % let through, and one that went another way. The ranges then
 * stay as wide as they are; else they are widened to the scatter of the bills.
 */
function boundsHeld({ pairs, outside }: Memory): boolean {
  return outside <= 1 + 0.05 * pairs
}

/** The median: a few bills that went another way, with hidden prompts or server tools, do not move it. */
function ratioOf({ ratios }: Memory): number {
  return ratios.length < minPairs ? 1 : clamped(quantile(ratios, 0.5))
}

function entryOf(memory: Memory): CalibrationEntry {
  const { pairs, outside, ratios } = memory
  return Object.freeze({
    pairs,
    outside,
    recentRatios: Object.freeze([...ratios]),
    ratio: ratioOf(memory),
    drifted: hasDrifted(ratios),
  })
}

/** The median of the newest lies outside the middle four fifths of the earlier ones, by more than two per cent. */
function hasDrifted(ratios: readonly number[]): boolean {
  const earlier = ratios.slice(0, -newest)
  if (earlier.length < minPairs) return false
  const now = quantile(ratios.slice(-newest), 0.5)
  return now < quantile(earlier, 0.1) * 0.98 || now > quantile(earlier, 0.9) * 1.02
}

function checked(state: CalibrationState | undefined): CalibrationState['entries'] {
  if (state === undefined) return {}
  const entries = state.version === 1 ? state.entries : undefined
  const isEntry = (entry: CalibrationState['entries'][string]): boolean =>
    [entry.pairs, entry.outside].every(Number.isSafeInteger) &&
    Array.isArray(entry.recentRatios) &&
    entry.recentRatios.every((ratio) => Number.isFinite(ratio) && ratio > 0)
  if (typeof entries !== 'object' || entries === null || !Object.values(entries).every(isEntry))
    throw new TypeError('tokenfare: the calibration state must be one that state() gave')
  return entries
}
