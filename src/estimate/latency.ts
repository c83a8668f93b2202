/** How long an answer takes, from published speeds. The data and its sources: `pricing/speeds.json`. */
import type { ModelPrices } from '../pricing/table.ts'
import { type SpeedRow, speedOrigins, speedRows } from './speeds.gen.ts'
import type { OutputRange } from './types.ts'

/** `low ≤ expected ≤ high`. Where only a lower bound of a speed is published, it is both `low` and `expected`. */
export interface LatencyRange {
  readonly low: number
  readonly expected: number
  readonly high: number
}

/** Published speed of a model at a seller, and what it means for one answer. Milliseconds are rounded to whole ones. */
export interface Latency {
  /** Output tokens per second once the reply has begun. */
  readonly tokensPerSecond: LatencyRange
  /** Until the first visible token, reasoning included; `null` when no source says it. */
  readonly timeToFirstTokenMs: LatencyRange | null
  /** From sending to the last token of the reply: of no reply, the expected and the longest. Queues and networks come on top. */
  readonly totalMs: LatencyRange
  readonly source: string
  readonly url: string
  /** The day the values were published or read, `YYYY-MM-DD`. */
  readonly date: string
}

let byModel: Map<string, SpeedRow[]> | undefined
let origins: ReturnType<typeof speedOrigins> | undefined

function speedOf(seller: string, model: string, serviceTier: string): SpeedRow | undefined {
  if (byModel === undefined) {
    byModel = new Map()
    for (const row of speedRows()) byModel.set(row[1], [...(byModel.get(row[1]) ?? []), row])
  }
  return byModel.get(model)?.find((row) => row[0] === seller && row[2] === serviceTier)
}

/** The latency of a call; `null` when no speed is published for the model at this seller and tier. Batches have none. */
export function latencyOf(row: ModelPrices, output: OutputRange, serviceTier: string): Latency | null {
  const speed = speedOf(row.seller, row.id, serviceTier === 'priority' ? 'fast' : serviceTier)
  if (speed === undefined) return null
  const [, , , published, atLeast, firstTokenMs, afterReasoning, originIndex] = speed
  const [source, url, date, spread] = (origins ??= speedOrigins())[originIndex]!
  const slow = atLeast === 1 ? published : published / spread
  const fast = published * spread
  const first = firstTokenRange(firstTokenMs, afterReasoning === 1, spread, output, [slow, published, fast])
  const writing = (tokens: number, perSecond: number): number => (tokens / perSecond) * 1000
  // A first token that comes after the reasoning has its time in it already.
  const visible = output.expected - (afterReasoning === 1 ? output.reasoning : 0)
  return Object.freeze({
    tokensPerSecond: range(slow, published, fast),
    timeToFirstTokenMs: first,
    totalMs: range(
      (first?.low ?? 0) + writing(output.low, fast),
      (first?.expected ?? 0) + writing(visible, published),
      (first?.high ?? 0) + writing(output.high, slow),
    ),
    source,
    url,
    date,
  })
}

/** The published time holds for the publisher's problems; with less reasoning expected, the first token comes sooner. */
function firstTokenRange(
  publishedMs: number,
  afterReasoning: boolean,
  spread: number,
  output: OutputRange,
  [, speed]: readonly [number, number, number],
): LatencyRange | null {
  if (publishedMs === 0) return null
  if (!afterReasoning) return range(publishedMs / spread, publishedMs, publishedMs * spread)
  const reasoningMs = (output.reasoning / speed) * 1000
  return range(0, Math.min(publishedMs, reasoningMs), publishedMs * spread)
}

function range(low: number, expected: number, high: number): LatencyRange {
  const middle = Math.max(low, expected)
  return Object.freeze({
    low: Math.round(low),
    expected: Math.round(middle),
    high: Math.round(Math.max(middle, high)),
  })
}
