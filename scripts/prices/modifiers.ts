/**
 * What no catalogue holds in one place: service tiers, regions and cache writes that last for long, written out as resolved rates by the
 * rules of `modifier-rules.ts`, batch and fast rates by `gateway-tiers.ts`.
 */
import type { FileCard, FileModel, FilePeriod, FileRates } from '../../src/pricing/file.ts'
import { changedRates, withRates } from './cards.ts'
import { gatewayCard } from './gateway-tiers.ts'
import {
  batchRules,
  flexModels,
  isOfferedIn,
  LONG_CLAUDE,
  LONG_FAST,
  longWriteRatios,
  plainCacheWrites,
  plainTiers,
  priorityRules,
  regionRules,
  type TierRule,
  twelveHourWrites,
  ultrafastRules,
} from './modifier-rules.ts'
import { asOfPeriod } from './periods.ts'
import { cacheKeys, scaleCard, scaleRate } from './scale.ts'
import { undatedId } from './twins.ts'

type Models = ReadonlyMap<string, ReadonlyMap<string, FileModel>>

/** The models with modifiers on the period in force on a day. */
export function withModifiers(models: Models, day: string): Map<string, Map<string, FileModel>> {
  const gateways = [models.get('vercel-ai-gateway'), models.get('openrouter')].filter((own) => own !== undefined)
  return new Map(
    [...models].map(([seller, own]) => [
      seller,
      new Map([...own].map(([id, model]) => [id, modify(seller, model, own, gateways, day)])),
    ]),
  )
}

function modify(
  seller: string,
  model: FileModel,
  own: ReadonlyMap<string, FileModel>,
  gateways: readonly ReadonlyMap<string, FileModel>[],
  day: string,
): FileModel {
  const inForce = asOfPeriod(model.periods, day)
  if (inForce === undefined || inForce.rates.input == null || (model.kind ?? 'chat') !== 'chat') return model
  const writes = withLongWrites(seller, model.id, withPlainWrites(seller, model.id, withLongContext(model.id, inForce)))
  const base = inRegion(seller, model.id, writes, own, day)
  const modes = inForce.modes ?? modesOf(seller, model.id, base, gateways)
  const regions = inForce.regions ?? regionsOf(seller, model.id, base, modes)
  const period: FilePeriod = {
    ...base,
    ...(Object.keys(modes).length > 0 ? { modes } : {}),
    ...(Object.keys(regions).length > 0 ? { regions } : {}),
  }
  return { ...model, periods: model.periods.map((other) => (other === inForce ? period : other)) }
}

function withLongContext(id: string, period: FilePeriod): FilePeriod {
  if (!LONG_CLAUDE.test(id) || period.tiers !== undefined) return period
  const doubled = scaleCard({ rates: period.rates }, 2, 1).rates
  const output = period.rates.output == null ? {} : { output: scaleRate(period.rates.output, 3, 2) }
  return { ...period, tiers: [{ above: 200_000, rates: { ...doubled, ...output } }] }
}

/** Where a cache is written to at the price of the input. */
function withPlainWrites(seller: string, id: string, period: FilePeriod): FilePeriod {
  const { input, cacheRead, cacheWrite } = period.rates
  if (input == null || cacheRead == null || cacheWrite != null || !plainCacheWrites[seller]?.test(id)) return period
  return { ...period, rates: { ...period.rates, cacheWrite: input } }
}

/** Writing to the one-hour cache costs twice the input at Anthropic, on Bedrock and on Vertex; to that of twelve hours 2.5 times at OpenAI. */
function withLongWrites(seller: string, id: string, period: FilePeriod): FilePeriod {
  if (seller === 'openai' && twelveHourWrites.test(id) && period.rates.cacheWrite12h === undefined)
    return withRates(period, (rates) =>
      rates.input == null
        ? rates
        : { ...rates, cacheWrite12h: scaleRate(rates.input, ...longWriteRatios.cacheWrite12h) },
    )
  const claude =
    seller === 'anthropic' ||
    (seller === 'amazon-bedrock' && /claude-(?:.*-4-[5-9]|.*-5)/.test(id)) ||
    (seller === 'google-vertex' && /^claude-(?:4|.*-[45])/.test(id))
  if (!claude || period.rates.cacheWrite == null || period.rates.cacheWrite1h !== undefined) return period
  const add = (rates: FileRates): FileRates =>
    rates.input == null || rates.cacheWrite == null
      ? rates
      : { ...rates, cacheWrite1h: scaleRate(rates.input, ...longWriteRatios.cacheWrite1h) }
  return withRates(period, add)
}

/** On Bedrock, Claude 4.5 and later costs 10 % more in a region than through the global profile; some catalogues list both alike. */
function inRegion(
  seller: string,
  id: string,
  period: FilePeriod,
  own: ReadonlyMap<string, FileModel>,
  day: string,
): FilePeriod {
  if (seller !== 'amazon-bedrock' || !/^anthropic\.claude-(?:.*-4-[5-9]|.*-5)/.test(id)) return period
  const globalTwin = own.get(`global.${id}`)
  const globalRates = globalTwin === undefined ? undefined : asOfPeriod(globalTwin.periods, day)?.rates
  return globalRates?.input === period.rates.input ? { ...period, ...scaleCard(period, 11, 10) } : period
}

function modesOf(
  seller: string,
  id: string,
  base: FileCard,
  gateways: readonly ReadonlyMap<string, FileModel>[],
): Record<string, FileCard> {
  const modes: Record<string, FileCard> = {}
  const batch = gatewayCard(seller, id, base, gateways, [':batch', '-batch'], (ratio) => batchRatios.includes(ratio))
  const halved = batchRules[seller]
  if (batch !== undefined) modes['batch'] = batch
  else if (halved?.models.test(id))
    modes['batch'] = halved.cached ? scaleCard(base, 1, 2) : withoutCache(scaleCard(base, 1, 2))
  if (flexModels[seller]?.test(undatedId(id))) modes['flex'] = scaleCard(base, 1, 2)
  for (const tier of plainTiers[seller] ?? []) modes[tier] = changedRates(base, (rates) => rates)
  const fast = gatewayCard(seller, id, base, gateways, ['-fast'], (ratio) => ratio > 1)
  if (fast !== undefined)
    modes[seller === 'openai' ? 'priority' : 'fast'] =
      seller === 'openai' && !LONG_FAST.test(id) ? shortOnly(fast) : fast
  const rule = priorityRules[seller]?.find(({ models }) => models.test(id) || models.test(undatedId(id)))
  if (fast === undefined && rule !== undefined) modes['priority'] = tierCard(base, rule)
  const ultrafast = seller === 'openai' ? ultrafastRules.find(({ models }) => models.test(id)) : undefined
  if (ultrafast !== undefined) modes['ultrafast'] = tierCard(base, ultrafast)
  return modes
}

function tierCard(base: FileCard, rule: TierRule): FileCard {
  const card = scaleCard(base, rule.numerator, rule.denominator)
  return rule.shortOnly === true ? shortOnly(card) : card
}

/** What batches cost of the list price: xAI takes a fifth off, all others half. */
const batchRatios: readonly number[] = [0.5, 0.8]

/** A card whose cache rates are not known. */
function withoutCache(card: FileCard): FileCard {
  const unknown = (rates: FileRates): FileRates => {
    const caches = cacheKeys.filter((key) => rates[key] != null).map((key) => [key, null])
    return { ...rates, ...Object.fromEntries(caches) }
  }
  return changedRates(card, unknown)
}

/** A tier that is not offered above the long-context threshold, or not priced: its rates there are unknown, not the standard ones. */
function shortOnly(card: FileCard): FileCard {
  if (card.tiers === undefined) return card
  return {
    rates: card.rates,
    tiers: card.tiers.map((tier) => ({
      ...tier,
      rates: Object.fromEntries(Object.keys(tier.rates).map((key) => [key, null])),
    })),
  }
}

function regionsOf(
  seller: string,
  id: string,
  base: FileCard,
  modes: Readonly<Record<string, FileCard>>,
): Record<string, FileCard & { readonly modes?: Readonly<Record<string, FileCard>> }> {
  const rule = regionRules[seller]
  if (rule === undefined || !rule.models.test(id)) return {}
  const scaled = (card: FileCard): FileCard => scaleCard(card, rule.numerator, rule.denominator)
  const list = scaled({ rates: base.rates, ...(base.tiers ? { tiers: base.tiers } : {}) })
  const regionNamed = (region: string) => {
    const offered = Object.entries(modes).filter(([name]) => isOfferedIn(seller, region, id, name))
    const own = Object.fromEntries(offered.map(([name, card]) => [name, scaled(card)]))
    return { ...list, ...(offered.length > 0 ? { modes: own } : {}) }
  }
  return Object.fromEntries(rule.regions.map((name) => [name, regionNamed(name)]))
}
