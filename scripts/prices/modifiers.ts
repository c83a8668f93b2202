/**
 * What no catalogue holds in one place: service tiers, regions and one-hour cache writes, written out as resolved rates by the rules of
 * `modifier-rules.ts`. Batch and fast rates are taken from rows that gateways list for the same model, and only where they stand in one
 * ratio to the maker's list price, so that a reseller's margin cannot slip in.
 */
import type { FileCard, FileModel, FilePeriod, FileRates } from '../../src/pricing/file.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import { changedRates, withRates } from './cards.ts'
import {
  batchRules,
  flexModels,
  gatewayVendors,
  isOfferedIn,
  LONG_CLAUDE,
  LONG_FAST,
  plainCacheWrites,
  plainTiers,
  priorityRules,
  regionRules,
  type TierRule,
  twelveHourWrites,
  ultrafastRules,
} from './modifier-rules.ts'
import { asOfPeriod } from './periods.ts'
import { scaleCard, scaleRate } from './scale.ts'
import { undatedId } from './twins.ts'

type Models = ReadonlyMap<string, ReadonlyMap<string, FileModel>>

/** Gateways write versions with a dot, some makers with a dash. */
const dotless = (id: string): string => id.replace(/(\d)\.(\d)/g, '$1-$2')

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
      rates.input == null ? rates : { ...rates, cacheWrite12h: scaleRate(rates.input, 5, 2) },
    )
  const claude =
    seller === 'anthropic' ||
    (seller === 'amazon-bedrock' && /claude-(?:.*-4-[5-9]|.*-5)/.test(id)) ||
    (seller === 'google-vertex' && /^claude-(?:4|.*-[45])/.test(id))
  if (!claude || period.rates.cacheWrite == null || period.rates.cacheWrite1h !== undefined) return period
  const add = (rates: FileRates): FileRates =>
    rates.input == null || rates.cacheWrite == null ? rates : { ...rates, cacheWrite1h: scaleRate(rates.input, 2, 1) }
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

const cacheKeys = [
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'cacheWrite12h',
  'cacheReadAudio',
  'cacheReadImage',
  'cacheReadVideo',
] as const

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

/** The card of a gateway's row for a service tier, when its input and output stand in one plausible ratio to the list price. */
function gatewayCard(
  seller: string,
  id: string,
  base: FileCard,
  gateways: readonly ReadonlyMap<string, FileModel>[],
  suffixes: readonly string[],
  plausible: (ratio: number) => boolean,
): FileCard | undefined {
  const candidates = gateways.flatMap((models) =>
    [...models.values()].flatMap((model) => {
      const other = model.id
      const slash = other.indexOf('/')
      const suffix = suffixes.find((end) => other.endsWith(end))
      if (suffix === undefined || !(gatewayVendors[seller] ?? []).includes(other.slice(0, slash))) return []
      if (dotless(other.slice(slash + 1, -suffix.length)) !== dotless(undatedId(id))) return []
      // A snapshot may have a price of its own, which the row of its model says nothing about.
      const isOwn = dotless(other.slice(slash + 1, -suffix.length)) === dotless(id)
      const plain = isOwn ? models.get(other.slice(0, -suffix.length))?.periods.at(-1)?.rates : undefined
      return [{ row: (model.periods.at(-1) as FilePeriod).rates, plain }]
    }),
  )
  for (const { row, plain } of candidates) {
    // A price that was corrected by hand stands in no ratio to the gateway's; the gateway's own two rows still do.
    for (const list of [base.rates, plain]) {
      const ratio = list === undefined ? undefined : ratioOf(row, list)
      if (ratio !== undefined && plausible(ratio.numerator / ratio.denominator))
        return atRatio(base, row, list as FileRates, ratio)
    }
  }
  return undefined
}

interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

/** The ratio of two rows, where it is the same for input and output. */
function ratioOf(rates: FileRates, list: FileRates): Ratio | undefined {
  if (rates.input == null || rates.output == null || list.input == null || list.output == null) return undefined
  const [numerator, denominator] = [Math.round(Number(rates.input) * 1e6), Math.round(Number(list.input) * 1e6)]
  const isOne = denominator > 0 && scaleRate(list.output, numerator, denominator) === rates.output
  return isOne ? { numerator, denominator } : undefined
}

/**
 * The base card at the ratio of a service tier; cache rates come from the gateway's row, since not every seller halves them.
 *
 * @param listed - the rates to which the gateway's stand in that ratio.
 */
function atRatio(base: FileCard, rates: FileRates, listed: FileRates, { numerator, denominator }: Ratio): FileCard {
  const scaled = scaleCard(base, numerator, denominator)
  const known = (own: FileRates, list: FileRates): FileRates => {
    const result: { [key in RateKey]?: string | null } = { ...own }
    for (const key of cacheKeys) {
      if (own[key] == null) continue
      const lifetime = longWrites.find((write) => write.key === key)
      const gatewayRate = lifetime === undefined ? rates[key] : longWrite(rates, lifetime)
      const halved =
        gatewayRate != null && listed[key] != null && scaleRate(listed[key], numerator, denominator) === gatewayRate
      const unchanged = gatewayRate != null && gatewayRate === listed[key]
      result[key] = halved ? own[key] : unchanged ? (list[key] ?? null) : null
    }
    return result
  }
  return changedRates(scaled, (own, tier) => known(own, (tier === undefined ? base : base.tiers?.[tier])?.rates ?? {}))
}

/** Gateways do not list writes that last for an hour, or for twelve; they stand in these ratios to the input of the same row. */
const longWrites = [
  { key: 'cacheWrite1h', numerator: 2, denominator: 1 },
  { key: 'cacheWrite12h', numerator: 5, denominator: 2 },
] as const

function longWrite(rates: FileRates, { numerator, denominator }: (typeof longWrites)[number]): string | undefined {
  return rates.input == null || rates.cacheWrite == null ? undefined : scaleRate(rates.input, numerator, denominator)
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
    const offered = Object.entries(modes).filter(([name]) => seller !== 'openai' || isOfferedIn(region, id, name))
    const own = Object.fromEntries(offered.map(([name, card]) => [name, scaled(card)]))
    return { ...list, ...(offered.length > 0 ? { modes: own } : {}) }
  }
  return Object.fromEntries(rule.regions.map((name) => [name, regionNamed(name)]))
}
