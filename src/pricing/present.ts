/** From integer rates to the shapes that callers see. */
import { decimalOfMicro } from './bill-draft.ts'
import { isoOrNull } from './instant.ts'
import type { PricePeriod, RateCard, RateTier, RateVariant } from './table.ts'
import type { ContextTier, Period, PriceSchedule, Rates, RateVariantPrice } from './types.ts'
import { type RateName, rateUnits } from './units.ts'

/** Rates under their public names; a rate that the seller does not quote is left out. */
export function ratesOf(micro: RateCard['micro']): Rates {
  const rates: Partial<Record<RateName, string | null>> = {}
  rateUnits.forEach((unit, index) => {
    const rate = micro[index]
    if (rate !== undefined) rates[unit.name] = rate === null ? null : decimalOfMicro(rate)
  })
  return Object.freeze(rates)
}

/** The names under which any of some rates are quoted. */
export function rateNames(...quoted: readonly Rates[]): RateName[] {
  return [...new Set(quoted.flatMap((rates) => Object.keys(rates) as RateName[]))]
}

function tiersOf(tiers: readonly RateTier[]): readonly ContextTier[] {
  return Object.freeze(
    tiers.map((tier) =>
      Object.freeze({ inputTokensAbove: tier.above, inclusive: tier.inclusive, rates: ratesOf(tier.micro) }),
    ),
  )
}

/** Rates and context tiers of a card. */
export function cardOf(card: RateCard): { readonly rates: Rates; readonly tiers: readonly ContextTier[] } {
  return Object.freeze({ rates: ratesOf(card.micro), tiers: tiersOf(card.tiers) })
}

function modesOf(modes: ReadonlyMap<string, RateCard>): Period['modes'] {
  return Object.freeze(Object.fromEntries([...modes].map(([name, card]) => [name, cardOf(card)])))
}

const twoDigits = (n: number): string => String(n).padStart(2, '0')
const clockTime = (minute: number): string => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`

/** The hours with other rates; `null` where the rates hold all day. */
export function scheduleOf(period: PricePeriod): PriceSchedule | null {
  const schedule = period.schedule
  if (schedule === null) return null
  return Object.freeze({
    name: schedule.name,
    zone: schedule.zone,
    windows: Object.freeze(
      schedule.windows.map((window) =>
        Object.freeze({
          days: Object.freeze([...window.days]),
          from: clockTime(window.fromMinute),
          to: clockTime(window.toMinute),
        }),
      ),
    ),
    holidays: schedule.holidays,
    ...cardOf(schedule.card),
  })
}

/** Rates by size and quality. */
export function variantsOf(variants: readonly RateVariant[]): readonly RateVariantPrice[] {
  return Object.freeze(
    variants.map(({ unit, size, quality, micro }) =>
      Object.freeze({
        rate: rateUnits[unit].name,
        size: size === '' ? null : size,
        quality: quality === '' ? null : quality,
        usd: micro === null ? null : decimalOfMicro(micro),
      }),
    ),
  )
}

/** A whole period with everything it depends on. */
export function periodOf(period: PricePeriod): Period {
  return Object.freeze({
    from: isoOrNull(period.fromMs),
    until: isoOrNull(period.untilMs),
    guaranteedUntil: isoOrNull(period.guaranteedUntilMs),
    status: period.status,
    ...cardOf(period.card),
    modes: modesOf(period.modes),
    regions: Object.freeze(
      Object.fromEntries(
        [...period.regions].map(([name, region]) => [
          name,
          Object.freeze({ ...cardOf(region.card), modes: modesOf(region.modes) }),
        ]),
      ),
    ),
    schedule: scheduleOf(period),
    variants: variantsOf(period.card.variants ?? []),
    source: period.source,
    checked: period.checked,
    note: period.note,
  })
}
