/**
 * The compact form of one seller's prices inside the package, that `scripts/prices/pack.ts` writes and `unpackSeller` reads: the
 * phrases that are abbreviated in what follows, a JSON array about the seller, then one for each model, a mark before each of
 * these. The text is ASCII, has `'` for JSON's quotes, and neither `"` nor `\` beyond escapes within strings. Numbers are dollars
 * as in the price files; scaled to millionths they are exact integers.
 */
import { allowanceOf } from './allowances.ts'
import type { AllowanceKey } from './file.ts'
import { PackedRows, parsePacked, ROW_MARK } from './packed-rows.ts'
import { phrasesOf } from './phrases.ts'
import type { ModelPrices, PricePeriod, RateCard, RateVariant, RegionCards, SellerPrices } from './table.ts'
import type { Allowance, Modality, PriceStatus, SellerKind } from './types.ts'

export const packedStatus: readonly PriceStatus[] = ['actual', 'announced', 'cancelled', 'on-request', 'retired']
export const packedModalities: readonly Modality[] = ['text', 'image', 'audio', 'video', 'pdf']
export const packedKinds: readonly ModelPrices['kind'][] = [
  'chat',
  'embedding',
  'image',
  'audio',
  'video',
  'rerank',
  'ocr',
  'moderation',
  'other',
]

/**
 * `[unit, dollars, unit, dollars, …, [above, inclusive, unit, dollars, …]…, [quality, size, unit, dollars]…]`: rates, then one
 * array per context tier, then one per size and quality.
 */
export type PackedCard = (number | null | (number | null)[] | PackedVariant)[]
export type PackedVariant = [quality: string, size: string, unit: number, dollars: number | null]
/** `[pool, rate key, amount, per, scope, source, checked, note]`. */
export type PackedAllowance = [
  string,
  AllowanceKey,
  number,
  Allowance['per'],
  Allowance['scope'],
  string,
  string,
  string | 0,
]
export type PackedModes = Record<string, PackedCard>
/**
 * `[card, origin, from, until, status, note, guaranteedUntil, modes, regions, schedule]`, trailing zeros left out; instants are ISO
 * strings or 0, `origin` points into the seller's list of `[source, checked]`.
 */
export type PackedPeriod = [
  card: PackedCard,
  origin?: number,
  from?: string | 0,
  until?: string | 0,
  status?: number,
  note?: string | 0,
  guaranteedUntil?: string | 0,
  modes?: PackedModes | 0,
  regions?: Record<string, [PackedCard, PackedModes | 0]> | 0,
  schedule?: [string, string, [number[], number, number][], 0 | 1, PackedCard] | 0,
]
/**
 * `[id, periods, name, context, maxOutput, modalities, reasoning, kind, deprecated, allowances]`, trailing zeros left out;
 * modalities are bits, 0 standing for text alone, and allowances point into the seller's list.
 */
export type PackedModel = [
  id: string,
  periods: PackedPeriod[],
  name?: string | 0,
  context?: number,
  maxOutput?: number,
  modalities?: number,
  reasoning?: 0 | 1,
  kind?: number,
  deprecated?: string | 0 | 1,
  allowances?: number[] | 0,
]
/** What stands before the rows: what they point at, and the aliases of each model that has some, after its id. */
export type PackedSeller = [
  seller: string,
  name: string,
  kind: SellerKind,
  origins: [string, string][],
  aliases: [id: string, ...aliases: string[]][],
  allowances?: PackedAllowance[],
]

/** Dollars from JSON to whole millionths. Exact: the files allow six decimals, and rates stay far below 2^53 millionths. */
function micro(dollars: number | null): number | null {
  return dollars === null ? null : Math.round(dollars * 1_000_000)
}

function microOf(packed: readonly (number | null)[], start: number): (number | null | undefined)[] {
  const rates: (number | null | undefined)[] = []
  for (let i = start; i < packed.length; i += 2) rates[packed[i] as number] = micro(packed[i + 1] as number | null)
  return rates
}

function unpackCard(packed: PackedCard): RateCard {
  const firstList = packed.findIndex((item) => Array.isArray(item))
  const rates = (firstList < 0 ? packed : packed.slice(0, firstList)) as (number | null)[]
  const lists = firstList < 0 ? [] : (packed.slice(firstList) as ((number | null)[] | PackedVariant)[])
  const variants = lists.filter((list): list is PackedVariant => typeof list[0] === 'string')
  return {
    micro: microOf(rates, 0),
    ...(variants.length === 0 ? {} : { variants: variants.map(unpackVariant) }),
    tiers: (lists.slice(0, lists.length - variants.length) as (number | null)[][]).map((tier) => {
      const [above, inclusive] = tier as [number, number]
      return {
        above,
        inclusive: inclusive === 1,
        firstTokens: inclusive === 1 ? above : above + 1,
        micro: microOf(tier, 2),
      }
    }),
  }
}

function unpackVariant([quality, size, unit, dollars]: PackedVariant): RateVariant {
  return { unit, size, quality, micro: micro(dollars) }
}

const noModes: ReadonlyMap<string, RateCard> = new Map()
const noRegions: ReadonlyMap<string, RegionCards> = new Map()

function unpackModes(packed: PackedModes | 0 | undefined): ReadonlyMap<string, RateCard> {
  return packed ? new Map(Object.entries(packed).map(([name, card]) => [name, unpackCard(card)])) : noModes
}

function unpackPeriod(packed: PackedPeriod, origins: readonly [string, string][]): PricePeriod {
  const [card, origin = 0, from = 0, until = 0, status = 0, note = 0, guaranteed = 0, modes, regions, schedule] = packed
  const [source, checked] = origins[origin] as [string, string]
  return {
    fromMs: from === 0 ? -Infinity : Date.parse(from),
    untilMs: until === 0 ? Infinity : Date.parse(until),
    guaranteedUntilMs: guaranteed === 0 ? null : Date.parse(guaranteed),
    status: packedStatus[status] as PriceStatus,
    card: unpackCard(card),
    modes: unpackModes(modes),
    regions: regions
      ? new Map(
          Object.entries(regions).map(([name, [base, own]]) => [
            name,
            { card: unpackCard(base), modes: unpackModes(own) },
          ]),
        )
      : noRegions,
    schedule: schedule
      ? {
          name: schedule[0],
          zone: schedule[1],
          windows: schedule[2].map(([days, fromMinute, toMinute]) => ({ days, fromMinute, toMinute })),
          holidays: schedule[3] === 1 ? 'unknown' : 'none',
          card: unpackCard(schedule[4]),
        }
      : null,
    source,
    checked,
    note: note === 0 ? null : note,
  }
}

const noAllowances: readonly Allowance[] = []
const noAliases: readonly string[] = []
const textOnly: readonly Modality[] = ['text']

function unpackAllowance([pool, rate, amount, per, scope, source, checked, note]: PackedAllowance): Allowance {
  return allowanceOf(pool, { rate, amount, per, scope, source, checked, ...(note === 0 ? {} : { note }) })
}

/** Reads a packed seller; its models are read when they are asked for. */
export function unpackSeller(packed: string): SellerPrices {
  const phrasesEnd = packed.indexOf(ROW_MARK)
  const phrases = phrasesOf(packed.slice(0, phrasesEnd))
  const found = packed.indexOf(ROW_MARK, phrasesEnd + 1)
  const headEnd = found < 0 ? packed.length : found
  const head = parsePacked(packed.slice(phrasesEnd + 1, headEnd), phrases) as PackedSeller
  const [seller, name, kind, origins, aliasLists, allowances = []] = head
  const granted = allowances.map(unpackAllowance)
  const aliasesOf = new Map<string, readonly string[]>()
  const aliases = new Map<string, string>()
  for (const [id, ...own] of aliasLists) {
    aliasesOf.set(id, own)
    for (const alias of own) aliases.set(alias, id)
  }
  const models = new PackedRows(packed.slice(headEnd), (row): ModelPrices => {
    const [id, periods, title = 0, context = 0, maxOutput = 0, bits = 0, reasoning, kindIndex = 0, ...rest] =
      parsePacked(row, phrases) as PackedModel
    const [deprecated = 0, pools = 0] = rest
    return {
      seller,
      id,
      aliases: aliasesOf.get(id) ?? noAliases,
      name: title === 0 ? null : title,
      kind: packedKinds[kindIndex] as ModelPrices['kind'],
      contextTokens: context === 0 ? null : context,
      maxOutputTokens: maxOutput === 0 ? null : maxOutput,
      inputModalities: bits === 0 ? textOnly : packedModalities.filter((_, bit) => (bits & (1 << bit)) !== 0),
      reasoning: reasoning === 1,
      deprecated: typeof deprecated === 'string' ? deprecated : deprecated === 1,
      allowances: pools === 0 ? noAllowances : pools.map((index) => granted[index] as Allowance),
      periods: periods.map((period) => unpackPeriod(period, origins)),
    }
  })
  return { seller, name, kind, models, aliases }
}
