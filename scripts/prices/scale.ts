/** Exact scaling of decimal rates by a ratio of integers. */
import type { FileCard } from '../../src/pricing/file.ts'
import { rateUnits } from '../../src/pricing/units.ts'
import { changedRates } from './cards.ts'
import { decimal } from './rows.ts'

/** The keys of rates per token. */
export const tokenKeys: ReadonlySet<string> = new Set(
  rateUnits.filter(({ counts }) => counts === 'tokens').map(({ key }) => key),
)

/** Rates of cached input, read and written. */
export const cacheKeys = [
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'cacheWrite12h',
  'cacheReadAudio',
  'cacheReadImage',
  'cacheReadVideo',
] as const

/** `rate × numerator / denominator`, rounded to a millionth of a dollar. */
export function scaleRate(rate: string, numerator: number, denominator: number): string {
  return decimal(Math.round((Math.round(Number(rate) * 1e6) * numerator) / denominator) / 1e6)
}

/** A card with its token rates scaled; fees of tools do not change with the service tier or region. */
export function scaleCard(card: FileCard, numerator: number, denominator: number): FileCard {
  return changedRates(card, (rates) =>
    Object.fromEntries(
      Object.entries(rates).map(([key, rate]) => [
        key,
        rate === null || !tokenKeys.has(key) ? rate : scaleRate(rate, numerator, denominator),
      ]),
    ),
  )
}
