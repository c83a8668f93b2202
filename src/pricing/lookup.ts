/** Which rates are in force: the period of an instant, then its service tier, region, time of day and context tier. */
import { PriceNotFoundError } from '../errors.ts'
import { isoOrNull, wallClock } from './instant.ts'
import type { ModelPrices, PricePeriod, RateCard, ScheduleCard } from './table.ts'

/** The rates of a context, before the size of the input picks a tier. */
export interface Selected {
  readonly period: PricePeriod
  readonly card: RateCard
  readonly serviceTier: string
  readonly region: string | null
  readonly schedule: ScheduleCard | null
}

/** Spellings of service tiers that mean the same on a bill. */
const tierSpellings: ReadonlyMap<string, string> = new Map([
  ['default', 'standard'],
  ['auto', 'standard'],
  ['on_demand', 'standard'],
  ['standard_only', 'standard'],
  ['unspecified', 'standard'],
])

/** The key of rates that hold in every region alike, where only the global endpoint costs less. */
const ANY_REGION = 'regional'

/** The period that holds at an instant; cancelled announcements never do. */
export function periodAt(model: ModelPrices, atMs: number): PricePeriod | undefined {
  let found: PricePeriod | undefined
  for (const period of model.periods) {
    if (period.status !== 'cancelled' && period.fromMs <= atMs && atMs < period.untilMs) found = period
  }
  return found
}

/**
 * The rates of a model in a context.
 *
 * @throws PriceNotFoundError when no period covers the instant, the price is on request, or the tier or region is not offered.
 */
export function select(
  model: ModelPrices,
  atMs: number,
  serviceTier: string | undefined,
  region: string | undefined,
): Selected {
  const period = periodAt(model, atMs)
  if (period === undefined) throw notFound(model, atMs, noPeriodReason(model, atMs))
  if (period.status === 'on-request') throw notFound(model, atMs, 'the seller quotes a price only on request')
  const tier = tierNamed(serviceTier)
  if (region === undefined || region === 'global') {
    const schedule = tier === 'standard' ? activeSchedule(period, atMs) : null
    const card = tier === 'standard' ? (schedule?.card ?? period.card) : modeCard(model, atMs, period.modes, tier)
    return { period, card: withVariantsOf(period.card, card), serviceTier: tier, region: null, schedule }
  }
  const regional = period.regions.get(region) ?? period.regions.get(ANY_REGION)
  if (regional === undefined) {
    throw notFound(model, atMs, `no rates for region ${JSON.stringify(region)}; ${known('regions', period.regions)}`)
  }
  const card = tier === 'standard' ? regional.card : modeCard(model, atMs, regional.modes, tier)
  return { period, card: withVariantsOf(period.card, card), serviceTier: tier, region, schedule: null }
}

/** Cards that were given variants, by the card as the table has it. */
const completed = new WeakMap<RateCard, RateCard>()

/**
 * A card of a context with the sizes and qualities of the standard one for each rate that is the same in both: the fees of tools do not
 * change with the tier, the region or the hour.
 */
function withVariantsOf(base: RateCard, card: RateCard): RateCard {
  if (card === base || base.variants === undefined) return card
  const known = completed.get(card)
  if (known !== undefined) return known
  const own = card.variants ?? []
  const shared = base.variants.filter(
    ({ unit }) => card.micro[unit] === base.micro[unit] && !own.some((variant) => variant.unit === unit),
  )
  const whole = shared.length === 0 ? card : { ...card, variants: [...own, ...shared] }
  completed.set(card, whole)
  return whole
}

function tierNamed(serviceTier: string | undefined): string {
  return serviceTier === undefined ? 'standard' : (tierSpellings.get(serviceTier) ?? serviceTier)
}

/** Whether calls of a service tier can be had of a seller where there are these modes. */
export function hasTier(
  seller: string,
  modes: ReadonlyMap<string, RateCard>,
  serviceTier: string | undefined,
): boolean {
  const tier = tierNamed(serviceTier)
  return tier === 'standard' || modeOf(seller, modes, tier) !== undefined
}

/** Who sells OpenAI's priority tier, which OpenAI renamed to fast on 2026-07-30. Anthropic has both, and they are two things. */
const oneTierByTwoNames: ReadonlySet<string> = /* @__PURE__ */ new Set(['openai', 'azure'])

function modeOf(seller: string, modes: ReadonlyMap<string, RateCard>, tier: string): RateCard | undefined {
  const twin = tier === 'fast' ? 'priority' : tier === 'priority' ? 'fast' : undefined
  return modes.get(tier) ?? (twin === undefined || !oneTierByTwoNames.has(seller) ? undefined : modes.get(twin))
}

function modeCard(model: ModelPrices, atMs: number, modes: ReadonlyMap<string, RateCard>, tier: string): RateCard {
  const card = modeOf(model.seller, modes, tier)
  if (card === undefined) {
    throw notFound(
      model,
      atMs,
      `no ${JSON.stringify(tier)} rates here; ${known('service tiers besides standard', modes)}`,
    )
  }
  return card
}

/** The hours with other rates that an instant falls into. */
export function activeSchedule(period: PricePeriod, atMs: number): ScheduleCard | null {
  const schedule = period.schedule
  if (schedule === null) return null
  const { weekday, minute } = wallClock(atMs, schedule.zone)
  const active = schedule.windows.some(
    (window) => window.days.includes(weekday) && window.fromMinute <= minute && minute < window.toMinute,
  )
  return active ? schedule : null
}

/** Whether the rates of a schedule apply at some hour of the day that begins at an instant: in its zone, of parts of two days. */
export function hasHoursOn({ zone, windows }: ScheduleCard, dayMs: number): boolean {
  const { weekday, minute } = wallClock(dayMs, zone)
  const next = (weekday % 7) + 1
  return windows.some(
    ({ days, fromMinute, toMinute }) =>
      (days.includes(weekday) && toMinute > minute) || (days.includes(next) && fromMinute < minute),
  )
}

/** The rates that apply to a request with this many input tokens, and the tier's edge. */
export function tierOf(card: RateCard, inputTokens: number): { micro: RateCard['micro']; above: number | null } {
  let micro = card.micro
  let above: number | null = null
  for (const tier of card.tiers) {
    if (inputTokens < tier.firstTokens) break
    micro = tier.micro
    above = tier.above
  }
  return { micro, above }
}

function notFound(model: ModelPrices, atMs: number, reason: string): PriceNotFoundError {
  return new PriceNotFoundError(`${model.seller}/${model.id}`, isoOrNull(atMs) as string, reason)
}

function noPeriodReason(model: ModelPrices, atMs: number): string {
  const first = model.periods.find((period) => period.status !== 'cancelled')
  if (first === undefined) return 'no rate is known'
  return atMs < first.fromMs ? `it was first priced at ${isoOrNull(first.fromMs)}` : 'no later rate is known'
}

function known(what: string, map: ReadonlyMap<string, unknown>): string {
  return map.size === 0 ? `the table has no ${what} for it` : `known ${what}: ${[...map.keys()].join(', ')}`
}
