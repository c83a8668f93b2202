/** From a validated price file to rows in memory: the same rows that the packed form of the file gives. */
import { InvalidPriceTableError, quote } from '../errors.ts'
import { allowanceOf } from './allowances.ts'
import type {
  FileAllowance,
  FileCard,
  FilePeriod,
  FileRates,
  FileSchedule,
  FileVariant,
  PriceFile,
  UserModel,
  UserPriceFile,
} from './file.ts'
import { minuteOf } from './instant.ts'
import {
  type ModelPrices,
  type PricePeriod,
  type RateCard,
  type RateVariant,
  type ScheduleCard,
  type SellerPrices,
  sellerOf,
} from './table.ts'
import type { Allowance } from './types.ts'
import { unitIndex } from './units.ts'
import { sizeKey } from './variants.ts'

/** Source of user rows that name none. */
export const USER_SOURCE = 'user table'

export interface CompileOptions {
  /** US dollars per unit of each other currency, as decimal strings. */
  readonly usdPer?: Readonly<Record<string, string>>
  /** The day for rows without `checked`. */
  readonly checked: string
}

const MICRO = 1_000_000n
const DECIMAL = /^(\d{1,9})(?:\.(\d{1,9}))?$/

/** A decimal as an integer of billionths. */
function nano(decimal: string, path: string): bigint {
  const match = DECIMAL.exec(decimal)
  if (match === null) throw new InvalidPriceTableError(path, `expected a plain decimal, got ${JSON.stringify(decimal)}`)
  return BigInt(match[1] + (match[2] ?? '').padEnd(9, '0'))
}

/** Ten million dollars per unit, the bound of a rate in a file: far above it, millionths would not be exact numbers any more. */
const MOST_MICRO = 10n ** 13n

/** Millionths of a dollar of a rate, converted at `usdNano` billionths of a dollar, rounded half up to a millionth. */
function microOf(rate: string, usdNano: bigint): number {
  const product = nano(rate, 'rates') * usdNano
  const micro = (product * MICRO * 2n + 10n ** 18n) / (2n * 10n ** 18n)
  if (micro >= MOST_MICRO)
    throw new InvalidPriceTableError('usdPer', `makes ${quote(rate)} ten million dollars or more per unit`)
  return Number(micro)
}

function cardOf(card: FileCard, usdNano: bigint): RateCard {
  const rates = (given: FileRates): (number | null)[] => {
    const micro: (number | null)[] = []
    for (const [key, rate] of Object.entries(given)) {
      if (rate !== undefined) micro[unitIndex(key) as number] = rate === null ? null : microOf(rate, usdNano)
    }
    return micro
  }
  return {
    micro: rates(card.rates),
    tiers: (card.tiers ?? []).map(({ above, inclusive = false, rates: own }) => ({
      above,
      inclusive,
      firstTokens: inclusive ? above : above + 1,
      micro: rates(own),
    })),
    ...(card.variants === undefined ? {} : { variants: variantsOf(card.variants, usdNano) }),
  }
}

function modesOf(
  modes: Readonly<Record<string, FileCard>> | undefined,
  usdNano: bigint,
): ReadonlyMap<string, RateCard> {
  return new Map(Object.entries(modes ?? {}).map(([name, card]) => [name, cardOf(card, usdNano)]))
}

function variantsOf(variants: readonly FileVariant[], usdNano: bigint): readonly RateVariant[] {
  return variants.map(({ rate, size, quality, usd }) => {
    const unit = unitIndex(rate)
    return {
      unit,
      size: sizeKey(unit, size ?? ''),
      quality: quality?.toLowerCase() ?? '',
      micro: usd === null ? null : microOf(usd, usdNano),
    }
  })
}

function allowancesOf(names: readonly string[], file: UserPriceFile): readonly Allowance[] {
  return names.map((pool) => {
    const given = (file.allowances as Readonly<Record<string, FileAllowance>>)[pool] as FileAllowance
    return allowanceOf(pool, { ...given, source: sourceText(given.source, file) })
  })
}

function sourceText(source: string, { sources = {} }: UserPriceFile): string {
  return Object.hasOwn(sources, source) ? (sources[source] as string) : source
}

function scheduleOf(schedule: FileSchedule, usdNano: bigint): ScheduleCard {
  return {
    name: schedule.name,
    zone: schedule.zone,
    windows: schedule.windows.map(({ days, from, to }) => ({
      days: [...days],
      fromMinute: minuteOf(from),
      toMinute: minuteOf(to),
    })),
    holidays: schedule.holidays ?? 'none',
    card: cardOf(schedule, usdNano),
  }
}

function periodOf(
  period: Omit<FilePeriod, 'source' | 'checked'> & Partial<FilePeriod>,
  file: UserPriceFile,
  checked: string,
  usdNano: bigint,
): PricePeriod {
  return {
    fromMs: period.from === undefined ? -Infinity : Date.parse(period.from),
    untilMs: period.until === undefined ? Infinity : Date.parse(period.until),
    guaranteedUntilMs: period.guaranteedUntil === undefined ? null : Date.parse(period.guaranteedUntil),
    status: period.status ?? 'actual',
    card: cardOf(period, usdNano),
    modes: modesOf(period.modes, usdNano),
    regions: new Map(
      Object.entries(period.regions ?? {}).map(([name, region]) => [
        name,
        { card: cardOf(region, usdNano), modes: modesOf(region.modes, usdNano) },
      ]),
    ),
    schedule: period.schedule === undefined ? null : scheduleOf(period.schedule, usdNano),
    source: sourceText(period.source ?? USER_SOURCE, file),
    checked: period.checked ?? checked,
    note: period.note ?? null,
  }
}

/**
 * Rows of a validated file.
 *
 * @param under - the seller that the file is laid over: what a model of the file does not say of itself is taken from there.
 * @throws InvalidPriceTableError when its currency has no rate in `usdPer`.
 */
export function compileSeller(
  file: PriceFile | UserPriceFile,
  options: CompileOptions,
  under?: SellerPrices,
): SellerPrices {
  const { currency = 'USD' } = file
  const given = options.usdPer ?? {}
  const usdPerUnit = currency === 'USD' ? '1' : Object.hasOwn(given, currency) ? given[currency] : undefined
  if (usdPerUnit === undefined) {
    throw new InvalidPriceTableError(
      'currency',
      `pass usdPer: { ${currency}: '…' } to convert ${currency} to US dollars`,
    )
  }
  const usdNano = nano(usdPerUnit, 'usdPer')
  if (usdNano === 0n) throw new InvalidPriceTableError('usdPer', `expected more than 0 dollars per ${currency}`)
  const models = file.models.map((model: UserModel): ModelPrices => {
    const { rates = {}, tiers = [], variants = [] } = model
    const known = under?.models.get(model.id)
    const periods = model.periods ?? [{ rates, tiers, ...(variants.length > 0 ? { variants } : {}) }]
    return {
      seller: file.seller,
      id: model.id,
      aliases: [...(model.aliases ?? [])],
      name: model.name ?? known?.name ?? null,
      kind: model.kind ?? known?.kind ?? 'chat',
      contextTokens: model.context ?? known?.contextTokens ?? null,
      maxOutputTokens: model.maxOutput ?? known?.maxOutputTokens ?? null,
      inputModalities: [...(model.input ?? known?.inputModalities ?? ['text'])],
      reasoning: model.reasoning ?? known?.reasoning ?? false,
      deprecated: model.deprecated ?? known?.deprecated ?? false,
      allowances: allowancesOf(model.allowances ?? [], file),
      periods: periods.map((period) => periodOf(period, file, options.checked, usdNano)),
    }
  })
  return sellerOf(file.seller, file.name ?? file.seller, file.kind ?? 'host', models)
}
