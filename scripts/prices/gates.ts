/**
 * What a price may not do without a written reason: change by more than a factor of two, swap input and output, be off by a unit,
 * fall to nothing, lose a rate, or vanish in numbers. Every gate compares with the price before, with sibling rows of the same
 * model, or with what rates of this kind cost at all.
 */
import type { FileCard, FileModel, FilePeriod, PriceFile } from '../../src/pricing/file.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import { asOfPeriod } from './periods.ts'

export type GateKind = 'change' | 'swap' | 'unit' | 'zero' | 'shrink'

export interface GateAlarm {
  readonly seller: string
  readonly model: string
  readonly gate: GateKind
  readonly text: string
}

/** No change above this factor, either way, without an override. */
const MOST_CHANGE = 2
/** A seller may lose at most this share of its models. */
const MOST_LOST = 0.05
/** Dollars per million tokens that no chat model has asked, either way: beyond them the unit is wrong. */
const HIGHEST = { input: 200, output: 700 } as const
const LOWEST = { input: 0.002, output: 0.002 } as const
/** Words for a small model, whose input nobody has sold above {@link HIGHEST_SMALL} dollars per million tokens. */
const SMALL = /(?<![a-z])(?:flash|mini|nano|lite|haiku|small|\d{1,2}b)(?![a-z])/i
const HIGHEST_SMALL = 15
/** How far a row may stand from the median of its siblings, the same model at other sellers: hosts undercut each other by less. */
const MOST_FROM_SIBLINGS = 30
const FEWEST_SIBLINGS = 3
/** Nobody writes tokens cheaper than this share of reading them, except where input is media. */
const LEAST_OUTPUT_SHARE = 0.9
/** Above this multiple of the input, output is taken for another unit. */
const MOST_OUTPUT_MULTIPLE = 100

const number = (rate: string | null | undefined): number | undefined => (rate == null ? undefined : Number(rate))

/** The same model at any seller: the last path segment, without case, dates, tags and cloud prefixes. */
export function siblingKey(id: string): string {
  return (id.toLowerCase().split('/').at(-1) as string)
    .replace(/^(?:us|eu|au|jp|in|apac|global)\./, '')
    .replace(/^[a-z0-9]+\.(?=[a-z])/, '')
    .replace(/:.*$/, '')
    .replace(/-v\d+$/, '')
    .replace(/[-@]20\d{2}-?\d{2}-?\d{2}$/, '')
    .replace(/[^a-z0-9]/g, '')
}

/** Input rates of every model key over all sellers, for the comparison of siblings. */
export function siblingRates(files: readonly PriceFile[], day: string): ReadonlyMap<string, readonly Rated[]> {
  const byKey = new Map<string, Rated[]>()
  for (const file of files) {
    for (const model of file.models) {
      const rates = asOfPeriod(model.periods, day)?.rates
      const [input, output] = [number(rates?.input), number(rates?.output)]
      if (!input || !output) continue
      const key = siblingKey(model.id)
      byKey.set(key, [...(byKey.get(key) ?? []), { seller: file.seller, id: model.id, input, output }])
    }
  }
  return byKey
}

interface Rated {
  readonly seller: string
  readonly id: string
  readonly input: number
  readonly output: number
}

export interface GateContext {
  /** The day for which dated prices are read. */
  readonly day: string
  /** The table before, for changes; `undefined` at the very first import. */
  readonly before: PriceFile | undefined
  readonly siblings: ReadonlyMap<string, readonly Rated[]>
  /** Models whose price a person has set or confirmed in the overrides, with a reason. */
  readonly confirmed: ReadonlySet<string>
  /** Rates of a model that have a source of their own in `pricing/tools.json`. */
  readonly explained?: (model: FileModel) => ReadonlySet<RateKey>
}

/** Models on offer before which a seller's new file lacks without a written reason. One that is now listed under its whole path is not lost. */
export function lostModels(file: PriceFile, { before, confirmed, day }: GateContext): FileModel[] {
  const here = new Set(file.models.flatMap(({ id }) => [id, id.slice(id.lastIndexOf('/') + 1)]))
  return (before?.models ?? []).filter(
    ({ id, periods }) => !here.has(id) && !confirmed.has(id) && asOfPeriod(periods, day)?.status !== 'retired',
  )
}

/** All alarms of one seller's new prices. A row whose price a person has explained raises none. */
export function gateAlarms(file: PriceFile, context: GateContext): GateAlarm[] {
  const alarms: GateAlarm[] = []
  const raise = (model: string, gate: GateKind, text: string): void => {
    alarms.push({ seller: file.seller, model, gate, text })
  }
  const previous = new Map(context.before?.models.map((model) => [model.id, model]))
  const lost = lostModels(file, context)
  if (lost.length > previous.size * MOST_LOST) {
    raise(
      '*',
      'shrink',
      `${file.models.length} models, there were ${previous.size}; lost without a reason: ${lost.map(({ id }) => id).join(', ')}`,
    )
  }
  for (const model of file.models) {
    if (context.confirmed.has(model.id)) continue
    const period = asOfPeriod(model.periods, context.day)
    if (period === undefined || (model.kind ?? 'chat') !== 'chat') continue
    const old = previous.get(model.id)
    for (const [gate, text] of [
      ...(old === undefined
        ? []
        : changeAlarms(asOfPeriod(old.periods, context.day), period, {
            explained: context.explained?.(model) ?? new Set(),
            // Marketplaces change hosts, which do not all have the same rates.
            mayLoseRates: file.kind === 'marketplace',
          })),
      ...levelAlarms(model, period),
      ...siblingAlarms(file.seller, model, period, context.siblings),
    ]) {
      raise(model.id, gate, text)
    }
  }
  return alarms
}

type Alarm = readonly [GateKind, string]

interface Allowed {
  readonly explained: ReadonlySet<RateKey>
  readonly mayLoseRates: boolean
}

function changeAlarms(before: FileCard | undefined, after: FileCard, { explained, mayLoseRates }: Allowed): Alarm[] {
  if (before === undefined) return []
  const [a, b] = [before.rates, after.rates]
  if (a.input != null && a.output != null && a.input !== a.output && a.input === b.output && a.output === b.input) {
    return [['swap', `input and output ${a.input}/${a.output} have changed places`]]
  }
  return (Object.keys(a) as (keyof typeof a)[]).flatMap((key): Alarm[] => {
    const [from, to] = [number(a[key]), number(b[key])]
    if (from === undefined || from === to || explained.has(key)) return []
    if (to === undefined) return mayLoseRates ? [] : [['zero', `${key} ${from} is not quoted any more`]]
    if (to === 0) return [['zero', `${key} fell from ${from} to 0`]]
    const factor = from === 0 ? Number.POSITIVE_INFINITY : Math.max(to / from, from / to)
    return factor > MOST_CHANGE ? [['change', `${key} ${from} → ${to}, a factor of ${factor.toPrecision(3)}`]] : []
  })
}

function levelAlarms(model: FileModel, period: FilePeriod): Alarm[] {
  const alarms: Alarm[] = []
  const [input, output] = [number(period.rates.input), number(period.rates.output)]
  const media = period.rates.outputImage != null || period.rates.outputAudio != null || period.rates.inputAudio != null
  for (const [key, rate] of [
    ['input', input],
    ['output', output],
  ] as const) {
    if (rate !== undefined && rate > HIGHEST[key])
      alarms.push(['unit', `${key} ${rate} is above anything sold per million tokens`])
    if (rate !== undefined && rate > 0 && rate < LOWEST[key])
      alarms.push(['unit', `${key} ${rate} is below anything sold per million tokens`])
  }
  if (input !== undefined && input > HIGHEST_SMALL && SMALL.test(model.id)) {
    alarms.push(['unit', `input ${input} is far above any small model`])
  }
  if (input === undefined || output === undefined || input === 0) return alarms
  if (output === 0 && !isInputOnly(model.id)) alarms.push(['zero', `output is free while input costs ${input}`])
  if (output > 0 && output < input * LEAST_OUTPUT_SHARE && !media)
    alarms.push(['swap', `output ${output} is cheaper than input ${input}`])
  if (output > input * MOST_OUTPUT_MULTIPLE)
    alarms.push(['unit', `output ${output} is more than ${MOST_OUTPUT_MULTIPLE} × input ${input}`])
  const read = number(period.rates.cacheRead)
  if (read !== undefined && read > input) alarms.push(['swap', `cached input ${read} costs more than input ${input}`])
  return alarms
}

/** Embeddings, rerankers, classifiers and readers bill no output. */
function isInputOnly(id: string): boolean {
  return /embed|rerank|moderation|guard|ocr|bge-|gte-|e5-|voyage|classif|ada-002|m2-bert|whisper|transcribe/i.test(id)
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number

function siblingAlarms(
  seller: string,
  model: FileModel,
  period: FilePeriod,
  siblings: GateContext['siblings'],
): Alarm[] {
  const others = (siblings.get(siblingKey(model.id)) ?? []).filter((row) => row.seller !== seller)
  if (others.length < FEWEST_SIBLINGS) return []
  return (['input', 'output'] as const).flatMap((key): Alarm[] => {
    const rate = number(period.rates[key])
    if (!rate) return []
    const usual = median(others.map((row) => row[key]))
    const factor = Math.max(rate / usual, usual / rate)
    return factor > MOST_FROM_SIBLINGS
      ? [['unit', `${key} ${rate} is ${factor.toPrecision(3)} × away from ${usual} at ${others.length} other sellers`]]
      : []
  })
}
