/** Changing the rates of a price card and of its context tiers alike. */
import type { FileCard, FileRates } from '../../src/pricing/file.ts'

/** Gives other rates for some; `tier` is the position of their context tier, `undefined` for the rates of the card itself. */
export type RateChange = (rates: FileRates, tier: number | undefined) => FileRates

/** The changed rates and tiers of a card and nothing else of it. */
export function changedRates({ rates, tiers }: FileCard, change: RateChange): Pick<FileCard, 'rates' | 'tiers'> {
  return {
    rates: change(rates, undefined),
    ...(tiers ? { tiers: tiers.map((tier, index) => ({ ...tier, rates: change(tier.rates, index) })) } : {}),
  }
}

/** A card, or a period, with other rates. */
export function withRates<Card extends FileCard>(card: Card, change: RateChange): Card {
  return { ...card, ...changedRates(card, change) }
}
