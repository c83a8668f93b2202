/**
 * Quantiles of a stream of positive numbers in bounded memory, old ones forgotten exponentially.
 *
 * Values are counted in buckets whose bounds grow by a constant factor, so that a quantile is off by at most 2 % of itself
 * (Masson et al., DDSketch, VLDB 2019). Instead of shrinking old counts, new ones weigh more.
 */

const GROWTH = 1.04
const LOG_GROWTH = Math.log(GROWTH)
/** Bucket of 2^53; a value beyond has the same. */
const LAST_BUCKET = Math.ceil(Math.log(Number.MAX_SAFE_INTEGER) / LOG_GROWTH)
/** Weights are scaled down before they leave the exact range of a double. */
const HEAVIEST = 1e12

/** A sketch as JSON: `[bucket, weight]` ascending, the weight of the next value, sums. */
export interface SketchState {
  readonly buckets: readonly (readonly [bucket: number, weight: number])[]
  readonly next: number
  readonly weightedSum: number
}

export class DecayingSketch {
  readonly #buckets: Map<number, number> = new Map()
  readonly #factor: number
  #next = 1
  #total = 0
  #weightedSum = 0

  /** @param memory - after so many further values, one counts for 1/e of a new one. */
  constructor(memory: number, state?: SketchState) {
    this.#factor = Math.exp(1 / memory)
    if (state === undefined) return
    this.#next = state.next
    this.#weightedSum = state.weightedSum
    for (const [bucket, weight] of state.buckets) {
      this.#buckets.set(bucket, weight)
      this.#total += weight
    }
  }

  add(value: number): void {
    const bucket = value <= 1 ? 0 : Math.min(LAST_BUCKET, Math.ceil(Math.log(value) / LOG_GROWTH))
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + this.#next)
    this.#total += this.#next
    this.#weightedSum += value * this.#next
    this.#next *= this.#factor
    if (this.#next > HEAVIEST) this.#scaleDown()
  }

  /** The smallest bucket that this share of the weight does not lie above; `undefined` while empty. */
  quantile(share: number): number | undefined {
    let left = share * this.#total
    let last: number | undefined
    for (const [bucket, weight] of this.#sorted()) {
      last = bucket
      left -= weight
      if (left <= this.#total * 1e-12) break
    }
    // The middle of a bucket is within 2 % of everything in it.
    return last === undefined ? undefined : last === 0 ? 1 : (2 * GROWTH ** last) / (GROWTH + 1)
  }

  get mean(): number {
    return this.#total === 0 ? 0 : this.#weightedSum / this.#total
  }

  toJSON(): SketchState {
    return { buckets: this.#sorted(), next: this.#next, weightedSum: this.#weightedSum }
  }

  #sorted(): [number, number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b)
  }

  /** Forgets what no longer weighs anything, so that a sketch never holds more buckets than its memory has seen. */
  #scaleDown(): void {
    const scale = 1 / this.#next
    this.#total = 0
    for (const [bucket, weight] of this.#buckets) {
      const scaled = weight * scale
      if (scaled < 1e-9) this.#buckets.delete(bucket)
      else {
        this.#buckets.set(bucket, scaled)
        this.#total += scaled
      }
    }
    this.#weightedSum *= scale
    this.#next = 1
  }
}
