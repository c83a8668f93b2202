/** Prices of a model as text: in force, over time, and between two days. */
import { type RateDifference, rateDifferences, type TieredRates } from '../pricing/rate-changes.ts'
import type { TableCheck } from '../pricing/report-rows.ts'
import type { Allowance, Period, PriceEntry, Rates } from '../pricing/types.ts'
import { rateUnits } from '../pricing/units.ts'
import { formatCount, formatDay } from './format.ts'
import { ratePlot } from './price-plot.ts'
import { labelled, type Screen } from './screen.ts'
import { type Column, table } from './table.ts'

/** `cacheReadUsdPerMTok` → `cache read` and `per million tokens`. */
export function rateWords(name: string): { part: string; per: string } {
  const [part = name, per = ''] = name.split('Usd')
  const words = (text: string): string =>
    text
      .replace(/([A-Z0-9]+)/g, ' $1')
      .trim()
      .toLowerCase()
  return { part: words(part), per: perWords(name, per, words) }
}

/** What a rate is quoted for, with the thing that is counted where the name has only the number. */
function perWords(name: string, per: string, words: (text: string) => string): string {
  if (per === 'PerMTok') return 'per million tokens'
  if (per === 'PerMTokHour') return 'per million tokens and hour'
  if (per === 'PerGbDay') return 'per GB and day'
  if (per === 'PerThousand' || per === 'PerMillion') return `${words(per)} ${countedBy.get(name) ?? ''}`.trimEnd()
  return per === '' ? 'each' : words(per)
}

const countedBy: ReadonlyMap<string, string> = new Map(rateUnits.map(({ name, counts }) => [name, counts]))

function rateText(rate: string | null | undefined): string {
  return rate === undefined ? '' : rate === null ? 'unknown' : `$${rate}`
}

const rateColumns = ({ styles }: Screen): readonly Column[] => [
  { title: '' },
  { title: '', align: 'right', style: styles.strong },
  { title: '', style: styles.faint },
]

/** Rates of tokens first, then fees. */
function rateRows(rates: Rates): string[][] {
  const isFee = ([name]: [string, unknown]): number => (name.endsWith('PerMTok') ? 0 : 1)
  const ordered = Object.entries(rates).sort((a, b) => isFee(a) - isFee(b))
  return ordered.map(([name, rate]) => {
    const { part, per } = rateWords(name)
    return [part, rateText(rate), per]
  })
}

export function priceText(entry: PriceEntry, withSource: boolean, screen: Screen): string {
  const { styles, columns } = screen
  const terms = [
    entry.serviceTier,
    entry.region === null ? undefined : `region ${entry.region}`,
    `on ${entry.at.slice(0, 10)}`,
  ]
  const blocks = [[`${entry.seller}/${entry.model}`, terms.filter((term) => term !== undefined).join(', ')]].map(
    ([title = '', note = '']) => `${styles.strong(title)}  ${styles.faint(note)}`,
  )
  const tiers = entry.tiers.flatMap((tier) => [
    '',
    styles.faint(
      `from ${formatCount(tier.inputTokensAbove + (tier.inclusive ? 0 : 1))} input tokens, for the whole request`,
    ),
    ...table(rateColumns(screen), rateRows(tier.rates), columns, styles),
  ])
  return [
    ...blocks,
    '',
    ...table(rateColumns(screen), rateRows(entry.rates), columns, styles),
    ...tiers,
    ...variantLines(entry, screen),
    '',
    ...entry.allowances.flatMap((allowance) => labelled('free', freeWords(allowance), screen)),
    ...others('tiers', Object.keys(entry.modes), screen),
    ...others('regions', Object.keys(entry.regions), screen),
    ...hourLines(entry, screen),
    ...labelled('period', `${periodWords(entry)}, ${entry.status}`, screen),
    ...labelled('table', `${entry.table.version}, row ${entry.entry}, read on ${entry.checked}`, screen),
    ...(withSource ? labelled('digest', entry.table.sha256 ?? 'none: a table made in the program', screen) : []),
    ...labelled('source', entry.source, screen),
    ...(entry.note === null ? [] : labelled('note', entry.note, screen)),
    '',
  ].join('\n')
}

/** Which hours have other rates, and what those are. */
function hourLines({ schedule, otherHours }: PriceEntry, screen: Screen): string[] {
  if (schedule === null) return []
  const hours = schedule.windows.map(({ days, from, to }) => `${dayWords(days)} ${from} to ${to}`).join(', ')
  const named = `${schedule.name} is ${hours} (${schedule.zone})${schedule.holidays === 'unknown' ? ', holidays apart' : ''}`
  const which = otherHours === null ? 'then' : `this is ${schedule.name}; at other hours`
  const { rates } = otherHours ?? schedule
  const words = rateRows(rates).map(([part, rate]) => `${part} ${rate}`)
  return [...labelled('hours', named, screen), ...labelled('', `${which}: ${words.join(', ')}`, screen)]
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function dayWords(days: readonly number[]): string {
  if (days.length === 7) return 'daily'
  const isRow = days.length > 2 && days.every((day, index) => day === (days[0] as number) + index)
  const names = days.map((day) => dayNames[day - 1])
  return isRow ? `${names[0]} to ${names.at(-1)}` : names.join(', ')
}

/** Rates by size and quality, one table per rate. */
function variantLines({ variants }: PriceEntry, screen: Screen): string[] {
  const { styles, columns } = screen
  return [...new Set(variants.map(({ rate }) => rate))].flatMap((rate) => {
    const { part, per } = rateWords(rate)
    const rows = variants.filter((variant) => variant.rate === rate)
    // Without qualities, the first size is what holds where the usage names none.
    const hasQualities = rows.some(({ quality }) => quality !== null)
    const cells = rows.map(({ size, quality, usd }, position) => [
      size ?? 'any size',
      quality ?? (hasQualities || position === 0 ? 'default' : ''),
      rateText(usd),
    ])
    const header: readonly Column[] = [
      { title: '' },
      { title: '', style: styles.faint },
      rateColumns(screen)[1] as Column,
    ]
    return ['', styles.faint(`${part}, ${per}`), ...table(header, cells, columns, styles)]
  })
}

const freeThings: Readonly<Partial<Record<Allowance['covers'], string>>> = {
  webSearches: 'web searches',
  fileSearches: 'file searches',
  mapsQueries: 'maps queries',
  codeSeconds: 'seconds of a code container',
  fileStorageGbDays: 'GB-days of file storage',
}

function freeWords({ covers, amount, per, scope, note }: Allowance): string {
  return `${formatCount(amount)} ${freeThings[covers] ?? covers} per ${per} and ${scope}${note === null ? '' : `: ${note}`}`
}

function others(label: string, names: readonly string[], screen: Screen): string[] {
  return names.length === 0 ? [] : labelled(label, names.join(', '), screen)
}

function periodWords(period: Period): string {
  return `${formatDay(period.from, 'start unknown')} to ${formatDay(period.until, 'now')}`
}

/** One row per period, then a plot of each rate that changed. */
export function historyText(model: string, periods: readonly Period[], nowMs: number, screen: Screen): string {
  const { styles, columns } = screen
  return [
    styles.strong(model),
    '',
    ...table(
      [
        { title: 'from' },
        { title: 'until' },
        { title: 'input', align: 'right' },
        { title: 'cache read', align: 'right' },
        { title: 'output', align: 'right' },
        { title: 'status', style: styles.faint },
        { title: 'read on', style: styles.faint },
      ],
      periods.map((period) => [
        formatDay(period.from, 'unknown'),
        formatDay(period.until, Date.parse(period.from ?? '') > nowMs ? '–' : 'now'),
        rateText(period.rates.inputUsdPerMTok),
        rateText(period.rates.cacheReadUsdPerMTok),
        rateText(period.rates.outputUsdPerMTok),
        period.status,
        period.checked,
      ]),
      columns,
      styles,
    ),
    ...(['input', 'output'] as const).flatMap((part) => {
      const plot = ratePlot(periods, `${part}UsdPerMTok`, nowMs, screen)
      return plot.length === 0 ? [] : ['', styles.faint(part), ...plot]
    }),
    '',
    ...labelled('rates', 'dollars per million tokens; --json has all rates, tiers and sources', screen),
    '',
  ].join('\n')
}

export interface RateChange extends RateDifference {
  /** `after / before − 1`; `null` when either is unknown or `before` is free. */
  readonly change: number | null
}

/** The rates that differ between two entries, those of either, context tiers included. */
export function changedRates(before: TieredRates, after: TieredRates): RateChange[] {
  return rateDifferences(before, after).map((found) => ({
    ...found,
    change: relativeChange(found.before, found.after),
  }))
}

function relativeChange(before: string | null, after: string | null): number | null {
  return before === null || after === null || Number(before) === 0 ? null : Number(after) / Number(before) - 1
}

export function diffText(before: PriceEntry, after: PriceEntry, screen: Screen): string {
  const { styles, columns } = screen
  const changes = changedRates(before, after)
  const head = `${styles.strong(`${after.seller}/${after.model}`)}  ${styles.faint(`${before.at.slice(0, 10)} and ${after.at.slice(0, 10)}`)}`
  if (changes.length === 0) return `${head}\n\nno rate changed; ${periodWords(after)}\n`
  const header: readonly Column[] = [
    { title: '' },
    { title: before.at.slice(0, 10), align: 'right' },
    { title: after.at.slice(0, 10), align: 'right', style: styles.strong },
    { title: 'change', align: 'right' },
    { title: '', style: styles.faint },
  ]
  const sizes = [...new Set(changes.map(({ inputTokensAbove }) => inputTokensAbove))]
  const tables = sizes.flatMap((size) => [
    '',
    ...(size === null ? [] : [styles.faint(`above ${formatCount(size)} input tokens, for the whole request`)]),
    ...table(
      header,
      changes.filter(({ inputTokensAbove }) => inputTokensAbove === size).map(changeCells),
      columns,
      styles,
    ),
  ])
  return [
    head,
    ...tables,
    '',
    ...labelled('before', `${before.entry}, ${before.source}`, screen),
    ...labelled('after', `${after.entry}, ${after.source}`, screen),
    ...labelled('table', `${after.table.version}, read on ${after.checked}`, screen),
    '',
  ].join('\n')
}

function changeCells({ rate, before, after, change }: RateChange): string[] {
  const { part, per } = rateWords(rate)
  return [part, rateText(before), rateText(after), change === null ? '' : signedPercent(change), per]
}

function signedPercent(change: number): string {
  return `${change > 0 ? '+' : '−'}${Math.abs(Math.round(change * 1000) / 10)} %`
}

/** How old a table is, and which of its prices time has caught up with. */
export function tableCheckText(state: TableCheck, screen: Screen): string {
  const { styles } = screen
  const age = `${formatCount(state.ageDays)} days old (limit ${formatCount(state.maxAgeDays)})`
  return [
    `${styles.strong(`table ${state.version}`)}  ${state.stale ? styles.warn(age) : age}`,
    '',
    ...labelled('as of', state.asOf, screen),
    ...labelled(
      'holds',
      `${formatCount(state.sellers)} sellers, ${formatCount(state.models)} models, ${formatCount(state.periods)} dated prices`,
      screen,
    ),
    ...state.dueForReview.flatMap(({ seller, model, reason }, index) =>
      labelled(index === 0 ? 'look at' : '', `${seller}/${model}: ${reason}`, screen),
    ),
    '',
  ].join('\n')
}
