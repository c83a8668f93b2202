/** Learning how long replies are from the replies that came: per application, template, model and effort. */
import { describe, InvalidUsageError } from '../errors.ts'
import type { Usage } from '../pricing/types.ts'
import type { ExpectedLength } from './priors.ts'
import { DecayingSketch, type SketchState } from './sketch.ts'

/** What replies have in common. Fields that are left out are not told apart. */
export interface OutputKey {
  readonly application?: string
  /** The prompt's template or purpose. */
  readonly template?: string
  readonly model?: string
  readonly effort?: string
}

/** What is known of the next reply. Fits `output.learned` of an estimate. */
export interface OutputForecast extends ExpectedLength {
  /**
   * The next reply stays within this with the model's `confidence`, also while lengths drift: the bound moves after every
   * reply so that in the long run exactly that share lies within (adaptive conformal inference, Gibbs & Candès 2021).
   */
  readonly bound: number
  /** Replies learned under the key that was used. */
  readonly samples: number
  /** Fields of the asked key that had to be left out for want of replies. */
  readonly without: readonly (keyof OutputKey)[]
}

export interface OutputModelOptions {
  /** Share of replies within `bound`. Default 0.9. */
  readonly confidence?: number
  /** Replies needed before a forecast is made. Default 30. */
  readonly minSamples?: number
  /** After so many further replies, one counts for 1/e of a new one. Default 300. */
  readonly memory?: number
  /** Keys kept; the longest unused go first. Default 1,000. */
  readonly maxKeys?: number
  /** What an earlier model's `toJSON()` gave. */
  readonly state?: OutputModelState
}

export interface OutputModelState {
  readonly version: 1
  readonly keys: readonly {
    readonly key: string
    readonly samples: number
    readonly offset: number
    readonly total: SketchState
    readonly reasoning: number
  }[]
}

export interface OutputModel {
  /** Learns from a reply: its usage, or its output tokens alone. @throws InvalidUsageError */
  learn(key: OutputKey, reply: Usage | number): void
  /** What the next reply will be like; `undefined` until enough replies were learned. */
  predict(key: OutputKey): OutputForecast | undefined
  /** Keys that are kept. */
  readonly size: number
  toJSON(): OutputModelState
}

/** What was learned under one key. */
interface Entry {
  samples: number
  /** Natural logarithm of the factor between the sketch's quantile and the bound. */
  offset: number
  readonly total: DecayingSketch
  /** Share of reasoning in recent output, smoothed. */
  reasoning: number
}

/** How far one reply moves the bound, on a logarithmic scale. Larger follows drift sooner, and makes a wider bound. */
const STEP = 0.15
/** The sketch alone is too rough for a bound before that. */
const FIRST_BOUND = 5
const LARGEST_OFFSET = 20

const fields = ['application', 'template', 'model', 'effort'] as const satisfies (keyof OutputKey)[]
/** What is left out, step by step, when a key has too few replies. */
const fallbacks: readonly (readonly (keyof OutputKey)[])[] = [[], ['template'], ['template', 'application']]

/** A model of reply lengths. It holds numbers only: no text, no ids of calls. */
export function createOutputModel(options: OutputModelOptions = {}): OutputModel {
  const { confidence = 0.9, minSamples = 30, memory = 300, maxKeys = 1000, state } = options
  checkShare(confidence, 'confidence')
  checkCount(minSamples, 'minSamples')
  checkCount(memory, 'memory')
  checkCount(maxKeys, 'maxKeys')
  const entries = restored(state, memory, maxKeys)

  function entryOf(key: string): Entry {
    const known = entries.get(key)
    const entry = known ?? { samples: 0, offset: 0, total: new DecayingSketch(memory), reasoning: 0 }
    // A Map keeps the order of insertion: the first key is the longest unused.
    entries.delete(key)
    entries.set(key, entry)
    if (entries.size > maxKeys) entries.delete(entries.keys().next().value as string)
    return entry
  }

  function learnUnder(key: string, tokens: number, reasoningShare: number): void {
    const entry = entryOf(key)
    if (entry.samples >= FIRST_BOUND) {
      const missed = tokens > boundOf(entry, confidence) ? 1 : 0
      const moved = entry.offset + STEP * (missed - (1 - confidence))
      entry.offset = Math.max(-LARGEST_OFFSET, Math.min(LARGEST_OFFSET, moved))
    }
    entry.samples++
    entry.reasoning += (reasoningShare - entry.reasoning) / Math.min(entry.samples, memory)
    entry.total.add(tokens)
  }

  return {
    learn(key, reply) {
      const { tokens, reasoning } = lengthOfReply(reply)
      const names = new Set(fallbacks.map((without) => keyText(key, without)))
      for (const name of names) learnUnder(name, tokens, tokens === 0 ? 0 : reasoning / tokens)
    },
    predict(key) {
      for (const without of fallbacks) {
        const entry = entries.get(keyText(key, without))
        if (entry !== undefined && entry.samples >= minSamples) return forecast(entry, confidence, key, without)
      }
      return undefined
    },
    get size() {
      return entries.size
    },
    toJSON: () => ({
      version: 1,
      keys: [...entries].map(([key, { samples, offset, total, reasoning }]) => ({
        key,
        samples,
        offset,
        total: total.toJSON(),
        reasoning,
      })),
    }),
  }
}

function boundOf({ total, offset }: Entry, confidence: number): number {
  return Math.ceil((total.quantile(confidence) as number) * Math.exp(offset))
}

function forecast(
  entry: Entry,
  confidence: number,
  key: OutputKey,
  without: readonly (keyof OutputKey)[],
): OutputForecast {
  const at = (share: number): number => Math.round(entry.total.quantile(share) as number)
  const mean = Math.round(entry.total.mean)
  return Object.freeze({
    p10: at(0.1),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    mean,
    reasoning: Math.min(mean, Math.round(mean * entry.reasoning)),
    bound: boundOf(entry, confidence),
    samples: entry.samples,
    without: Object.freeze(without.filter((field) => key[field] !== undefined)),
  })
}

/** An unambiguous text of a key: JSON tells a missing field from an empty one. */
function keyText(key: OutputKey, without: readonly (keyof OutputKey)[]): string {
  return JSON.stringify(fields.map((field) => (without.includes(field) ? null : (key[field] ?? null))))
}

function lengthOfReply(reply: Usage | number): { tokens: number; reasoning: number } {
  const tokens = typeof reply === 'number' ? reply : reply.outputTokens
  const reasoning = typeof reply === 'number' ? 0 : (reply.reasoningTokens ?? 0)
  const whole = (value: unknown): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
  if (!whole(tokens)) throw new InvalidUsageError('outputTokens', tokens, 'a whole number from 0 to 2^53 - 1')
  if (!whole(reasoning) || reasoning > tokens)
    throw new InvalidUsageError('reasoningTokens', reasoning, `a whole number up to outputTokens (${tokens})`)
  return { tokens, reasoning }
}

function restored(state: OutputModelState | undefined, memory: number, maxKeys: number): Map<string, Entry> {
  if (state === undefined) return new Map()
  if (state.version !== 1 || !Array.isArray(state.keys))
    throw new TypeError('state must be what toJSON() of an output model gave, version 1')
  return new Map(
    state.keys.slice(-maxKeys).map(({ key, samples, offset, total, reasoning }) => {
      for (const number of [samples, offset, reasoning, total?.next, total?.weightedSum]) {
        if (typeof number !== 'number' || !Number.isFinite(number))
          throw new TypeError(`state holds ${describe(number)} where a number should be`)
      }
      return [String(key), { samples, offset, total: new DecayingSketch(memory, total), reasoning }]
    }),
  )
}

function checkShare(value: unknown, name: string): void {
  if (typeof value !== 'number' || !(value > 0 && value < 1))
    throw new RangeError(`${name} must be a share between 0 and 1, got ${describe(value)}`)
}

function checkCount(value: unknown, name: string): void {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} must be a whole number from 1 up, got ${describe(value)}`)
}
