/** A forecast as a plot and a table, and as rows. */
import type { Forecast, ForecastTurn } from '../estimate/index.ts'
import type { Cell } from './csv.ts'
import { formatCount, formatShare, formatUsd } from './format.ts'
import { labelled, type Screen } from './screen.ts'
import { table } from './table.ts'

const PLOT_ROWS = 10
const SHOWN_TURNS = 12

export function forecastText(forecast: Forecast, screen: Screen): string {
  const { styles, columns } = screen
  const { total, turns } = forecast
  const rows = shownTurns(turns).map((turn) => [
    formatCount(turn.turn),
    formatCount(turn.inputTokens),
    forecast.caching ? formatCount(turn.cacheReadTokens) : '–',
    formatCount(turn.outputTokens),
    formatUsd(turn.cost.withCache),
    formatUsd(turn.total.withCache),
    formatUsd(turn.total.withoutCache),
    [turn.compacted ? 'compacted' : '', turn.cacheExpired ? 'expired' : ''].filter(Boolean).join(', '),
  ])
  return [
    styles.strong(`${forecast.seller}/${forecast.model}, ${formatCount(turns.length)} turns`),
    '',
    ...plot(turns, screen),
    '',
    ...table(
      [
        { title: 'turn', align: 'right', style: styles.faint },
        { title: 'input', align: 'right' },
        { title: 'cached', align: 'right', style: styles.accent },
        { title: 'output', align: 'right' },
        { title: 'cost', align: 'right' },
        { title: 'so far', align: 'right', style: styles.strong },
        { title: 'uncached', align: 'right' },
        { title: '', style: styles.faint, shrinks: true },
      ],
      rows,
      columns,
      styles,
    ),
    '',
    ...labelled('total', totalWords(forecast), screen),
    ...(forecast.complete ? [] : labelled('warning', 'a rate is not known; the costs are lower bounds', screen)),
    ...labelled('price', `${forecast.price}, table ${forecast.table}`, screen),
    ...(rows.length < turns.length
      ? labelled('more', `${formatCount(turns.length - rows.length)} turns; --json has all`, screen)
      : []),
    ...(total.withCache.usd > total.withoutCache.usd
      ? labelled('note', 'the writes to the cache cost more than its reads save', screen)
      : []),
    '',
  ].join('\n')
}

function totalWords({ total, caching, cachePaysFromTurn }: Forecast): string {
  const { withCache, withoutCache } = total
  if (!caching) return `${formatUsd(withoutCache)}; the seller has no known rate for cached input`
  const saved = withoutCache.usd === 0 ? 0 : 1 - withCache.usd / withoutCache.usd
  const share = saved > 0 ? `, ${formatShare(saved)} less` : ''
  const pays = cachePaysFromTurn === null ? 'caching does not pay' : `caching pays from turn ${cachePaysFromTurn}`
  return `${formatUsd(withCache)} with the cache, ${formatUsd(withoutCache)} without${share}; ${pays}`
}

/** The first turns, the last, and between them the ones where something happens. */
function shownTurns(turns: readonly ForecastTurn[]): readonly ForecastTurn[] {
  if (turns.length <= SHOWN_TURNS) return turns
  const step = (turns.length - 1) / (SHOWN_TURNS - 1)
  const picked = new Set(Array.from({ length: SHOWN_TURNS }, (_, index) => Math.round(index * step)))
  return turns.filter((_, index) => picked.has(index))
}

/** The cost so far over the turns: with the cache as a filled area, without it as a line above. */
function plot(turns: readonly ForecastTurn[], { columns, styles }: Screen): string[] {
  const most = Math.max(...turns.map(({ total }) => Math.max(total.withCache.usd, total.withoutCache.usd)))
  if (most === 0) return []
  const last = turns.at(-1) as ForecastTurn
  const top = last.total.withoutCache.usd >= last.total.withCache.usd ? last.total.withoutCache : last.total.withCache
  const labels = [formatUsd(top), '$0']
  const gutter = Math.max(...labels.map((label) => label.length))
  const width = Math.min(columns - gutter - 3, Math.max(turns.length * 2, 24), 100)
  const at = (column: number): ForecastTurn =>
    turns[Math.min(turns.length - 1, Math.floor((column / width) * turns.length))] as ForecastTurn
  const height = (usd: number): number => (usd / most) * PLOT_ROWS
  const rows: string[] = []
  for (let row = PLOT_ROWS - 1; row >= 0; row--) {
    let line = ''
    for (let column = 0; column < width; column++) {
      const { withCache, withoutCache } = at(column).total
      const filled = height(withCache.usd) - row
      const other = height(withoutCache.usd) - row
      if (filled >= 0.5) line += styles.accent('█')
      else if (other > 0 && other <= 1) line += styles.warn(other > 0.5 ? '▔' : '▁')
      else if (filled > 0) line += styles.accent('▄')
      else line += ' '
    }
    const label = row === PLOT_ROWS - 1 ? labels[0] : ''
    rows.push(`${styles.faint((label ?? '').padStart(gutter))} ${styles.faint('│')}${line.trimEnd()}`)
  }
  const axis = `${'$0'.padStart(gutter)} └${'─'.repeat(width)}`
  const end = `turn ${turns.length}`
  const scale = `${' '.repeat(gutter + 2)}1${end.padStart(width - 1)}`
  const legend = `${' '.repeat(gutter + 2)}${styles.accent('█')} with the cache   ${styles.warn('▔')} without`
  return [...rows, styles.faint(axis), styles.faint(scale), legend]
}

export const forecastHeader: readonly string[] = [
  'turn',
  'calls',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'context_tokens',
  'compacted',
  'cache_expired',
  'usd',
  'uncached_usd',
  'total_usd',
  'total_uncached_usd',
]

export function forecastRow(turn: ForecastTurn): Cell[] {
  return [
    turn.turn,
    turn.calls,
    turn.inputTokens,
    turn.outputTokens,
    turn.cacheReadTokens,
    turn.cacheWriteTokens,
    turn.contextTokens,
    turn.compacted,
    turn.cacheExpired,
    turn.cost.withCache.exact,
    turn.cost.withoutCache.exact,
    turn.total.withCache.exact,
    turn.total.withoutCache.exact,
  ]
}
