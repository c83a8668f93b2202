/**
 * What a price that begins after the day of the table takes over from the one in force: fees that do not depend on it, and service tiers and
 * regions in the ratio to the list price that they have today. Without that, a call of next week would have no batch price.
 */
import type { FileCard, FileModel, FilePeriod, FileRates } from '../../src/pricing/file.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import { withRates } from './cards.ts'
import { asOfPeriod } from './periods.ts'
import { scaleRate, tokenKeys } from './scale.ts'

type Models = ReadonlyMap<string, ReadonlyMap<string, FileModel>>

export function withLaterPeriods(models: Models, day: string): Map<string, Map<string, FileModel>> {
  return new Map(
    [...models].map(([seller, own]) => [
      seller,
      new Map([...own].map(([id, model]) => [id, { ...model, periods: carried(model.periods, day) }])),
    ]),
  )
}

function carried(periods: readonly FilePeriod[], day: string): readonly FilePeriod[] {
  const today = asOfPeriod(periods, day)
  if (today === undefined) return periods
  return periods.map((period) =>
    (period.from ?? '') > day && (period.status ?? 'actual') !== 'cancelled' && period.rates.input != null
      ? after(today, period)
      : period,
  )
}

/** A later period with what it does not say itself. */
function after(today: FilePeriod, later: FilePeriod): FilePeriod {
  const fees = feesOf(today.rates)
  const card: FilePeriod = {
    ...withRates(later, (rates) => ({
      ...rates,
      ...Object.fromEntries(Object.entries(fees).filter(([key]) => !(key in rates))),
    })),
    ...(later.variants === undefined && today.variants !== undefined ? { variants: today.variants } : {}),
  }
  const scaled = (mode: FileCard): FileCard => inRatio(today, mode, card)
  const all = <Card extends FileCard>(
    cards: Readonly<Record<string, Card>> | undefined,
    change: (card: Card) => Card,
  ) =>
    cards === undefined
      ? undefined
      : Object.fromEntries(Object.entries(cards).map(([name, own]) => [name, change(own)]))
  const modes = later.modes ?? all(today.modes, scaled)
  const regions =
    later.regions ??
    all(today.regions, (region) => {
      const own = all(region.modes, scaled)
      return { ...scaled(region), ...(own === undefined ? {} : { modes: own }) }
    })
  return { ...card, ...(modes === undefined ? {} : { modes }), ...(regions === undefined ? {} : { regions }) }
}

/** Fees of tools and whatever else is not counted in tokens. */
function feesOf(rates: FileRates): FileRates {
  return Object.fromEntries(Object.entries(rates).filter(([key]) => !tokenKeys.has(key)))
}

/** A card that stands to `later` as `mode` does to `today`; what cannot be told is unknown. */
function inRatio(today: FileCard, mode: FileCard, later: FileCard): FileCard {
  const rates = (list: FileRates, own: FileRates, next: FileRates): FileRates => ({
    ...feesOf(own),
    ...Object.fromEntries(
      Object.entries(next).flatMap(([key, rate]) => {
        if (!tokenKeys.has(key)) return []
        const [from, to] = [list[key as RateKey], own[key as RateKey]]
        if (from === undefined && to === undefined) return []
        const isKnown = rate != null && from != null && to != null && Number(from) > 0
        return [[key, isKnown ? scaleRate(rate, Math.round(Number(to) * 1e6), Math.round(Number(from) * 1e6)) : null]]
      }),
    ),
  })
  return {
    rates: rates(today.rates, mode.rates, later.rates),
    ...(later.tiers
      ? {
          tiers: later.tiers.map((tier, index) => ({
            ...tier,
            rates: rates(today.tiers?.[index]?.rates ?? {}, mode.tiers?.[index]?.rates ?? {}, tier.rates),
          })),
        }
      : {}),
  }
}
