/** Which cards have the same rates, so that a comparison draws up one bill for all of them. */
import type { RateCard } from './table.ts'

const keys = new WeakMap<RateCard, string>()

/** Cards with the same key price every call alike. */
export function ratesKey(card: RateCard): string {
  let key = keys.get(card)
  if (key === undefined) {
    const tiers = card.tiers.map(({ firstTokens, micro }) => [firstTokens, written(micro)])
    key = JSON.stringify([written(card.micro), tiers, card.variants])
    keys.set(card, key)
  }
  return key
}

/** Rates as a text that tells unknown ones from those that are not quoted. */
function written(micro: RateCard['micro']): string {
  return Array.from(micro, String).join()
}
