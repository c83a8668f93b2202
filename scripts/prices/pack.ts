/** Price files → the compact form inside the package; `src/pricing/packed.ts` is the reader. */
import type { FileCard, FileModel, FilePeriod, FileRates, PriceFile } from '../../src/pricing/file.ts'
import { minuteOf } from '../../src/pricing/instant.ts'
import {
  type PackedAllowance,
  type PackedCard,
  type PackedModel,
  type PackedModes,
  type PackedPeriod,
  type PackedSeller,
  type PackedVariant,
  packedKinds,
  packedModalities,
  packedStatus,
} from '../../src/pricing/packed.ts'
import { PACKED_QUOTE, ROW_MARK } from '../../src/pricing/packed-rows.ts'
import { rateUnits, unitIndex } from '../../src/pricing/units.ts'
import { sizeKey } from '../../src/pricing/variants.ts'
import { abbreviated } from './phrases.ts'

function packRates(rates: FileRates): (number | null)[] {
  return rateUnits.flatMap(({ key }, index) => {
    const rate = (rates as Record<string, string | null | undefined>)[key]
    return rate === undefined ? [] : [index, rate === null ? null : Number(rate)]
  })
}

function packCard(card: FileCard): PackedCard {
  const tiers = (card.tiers ?? []).map((tier) => [tier.above, tier.inclusive ? 1 : 0, ...packRates(tier.rates)])
  const variants = (card.variants ?? []).map(({ rate, size, quality, usd }): PackedVariant => {
    const unit = unitIndex(rate)
    return [quality?.toLowerCase() ?? '', sizeKey(unit, size ?? ''), unit, usd === null ? null : Number(usd)]
  })
  return [...packRates(card.rates), ...tiers, ...variants]
}

function packModes(modes: Readonly<Record<string, FileCard>> | undefined): PackedModes | 0 {
  return modes === undefined
    ? 0
    : Object.fromEntries(Object.entries(modes).map(([name, card]) => [name, packCard(card)]))
}

function packPeriod(period: FilePeriod, origin: number): PackedPeriod {
  const { schedule, regions } = period
  return trimmed([
    packCard(period),
    origin,
    period.from ?? 0,
    period.until ?? 0,
    packedStatus.indexOf(period.status ?? 'actual'),
    period.note ?? 0,
    period.guaranteedUntil ?? 0,
    packModes(period.modes),
    regions === undefined
      ? 0
      : Object.fromEntries(
          Object.entries(regions).map(([name, region]) => [name, [packCard(region), packModes(region.modes)]]),
        ),
    schedule === undefined
      ? 0
      : [
          schedule.name,
          schedule.zone,
          schedule.windows.map(({ days, from, to }) => [days, minuteOf(from), minuteOf(to)]),
          schedule.holidays === 'unknown' ? 1 : 0,
          packCard(schedule),
        ],
  ]) as PackedPeriod
}

/** Without the zeros at the end: what is usual comes last and costs nothing. */
function trimmed(packed: unknown[]): unknown {
  while (packed.at(-1) === 0) packed.pop()
  return packed
}

/** Bits of the modalities that a model takes; 0 for text alone. */
function modalityBits(input: FileModel['input'] = ['text']): number {
  if (input.length === 1 && input[0] === 'text') return 0
  return input.reduce((bits, modality) => bits | (1 << packedModalities.indexOf(modality)), 0)
}

/** JSON text in the characters of a packed seller: those that have a meaning of their own, and all beyond ASCII, as escapes. */
function packText(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[^ -~]|['`!|]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('"', PACKED_QUOTE)
}

/** A row's beginning up to its id, by which it is found, and which therefore has no phrases in it. */
const ROW_START = new RegExp(`^\\[${PACKED_QUOTE}[^${PACKED_QUOTE}]*${PACKED_QUOTE},`)

/** One seller as text. */
export function packSeller(file: PriceFile): string {
  const [head = '', ...rows] = plainParts(file)
  const starts = rows.map((row) => ROW_START.exec(row)?.[0] ?? '')
  const ends = rows.map((row, index) => row.slice(starts[index]?.length))
  const { phrases, parts } = abbreviated([head, ...ends])
  return [phrases, ...parts.map((part, index) => (starts[index - 1] ?? '') + part)].join(ROW_MARK)
}

/** What is said about a seller, and of each of its models, without phrases. */
export function plainParts(file: PriceFile): string[] {
  const origins: [string, string][] = []
  const originOf = ({ source, checked }: FilePeriod): number => {
    const text = file.sources?.[source] ?? source
    const index = origins.findIndex(([known, day]) => known === text && day === checked)
    return index >= 0 ? index : origins.push([text, checked]) - 1
  }
  const pools = Object.keys(file.allowances ?? {})
  const packModel = (model: FileModel): PackedModel =>
    trimmed([
      model.id,
      model.periods.map((period) => packPeriod(period, originOf(period))),
      model.name ?? 0,
      model.context ?? 0,
      model.maxOutput ?? 0,
      modalityBits(model.input),
      model.reasoning ? 1 : 0,
      packedKinds.indexOf(model.kind ?? 'chat'),
      model.deprecated === true ? 1 : model.deprecated || 0,
      model.allowances === undefined ? 0 : model.allowances.map((name) => pools.indexOf(name)),
    ]) as PackedModel
  const models = file.models.map(packModel)
  const allowances = Object.entries(file.allowances ?? {}).map(([pool, given]): PackedAllowance => {
    const { rate, amount, per, scope, source, checked, note } = given
    return [pool, rate, amount, per, scope, file.sources?.[source] ?? source, checked, note ?? 0]
  })
  const aliases = file.models.flatMap(({ id, aliases = [] }): PackedSeller[4] =>
    aliases.length === 0 ? [] : [[id, ...aliases]],
  )
  const seller: PackedSeller = [file.seller, file.name ?? file.seller, file.kind ?? 'host', origins, aliases]
  if (allowances.length > 0) seller.push(allowances)
  return [seller, ...models].map(packText)
}
