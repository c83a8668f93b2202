/** What two cards of rates differ in, the rates of every context tier included. */
import { rateNames } from './present.ts'
import type { ContextTier, Rates } from './types.ts'
import type { RateName } from './units.ts'

/** Rates with their context tiers, as entries and periods have them. */
export interface TieredRates {
  readonly rates: Rates
  readonly tiers: readonly ContextTier[]
}

export interface RateDifference {
  readonly rate: RateName
  /** The tier that has the rate on either side; `null` for short requests. */
  readonly inputTokensAbove: number | null
  /** `null` where the rate is unknown or not quoted. */
  readonly before: string | null
  readonly after: string | null
}

/** The rates of requests of some size: those of the last tier that begins at or below it. */
function ratesAbove({ rates, tiers }: TieredRates, tokens: number | null): Rates {
  return tokens === null ? rates : (tiers.filter((tier) => tier.inputTokensAbove <= tokens).at(-1)?.rates ?? rates)
}

/** Every rate that differs, first for short requests, then above each threshold that either side has. */
export function rateDifferences(before: TieredRates, after: TieredRates): readonly RateDifference[] {
  const thresholds = [...before.tiers, ...after.tiers].map((tier) => tier.inputTokensAbove)
  const steps = [null, ...[...new Set(thresholds)].sort((a, b) => a - b)]
  return steps.flatMap((inputTokensAbove) => {
    const [old, fresh] = [ratesAbove(before, inputTokensAbove), ratesAbove(after, inputTokensAbove)]
    return rateNames(old, fresh)
      .map((rate) => ({ rate, inputTokensAbove, before: old[rate] ?? null, after: fresh[rate] ?? null }))
      .filter((difference) => difference.before !== difference.after)
  })
}
