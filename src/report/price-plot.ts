/** Prices over time as a plot: one column of blocks per stretch of time, as high as the price then. */
import type { Period } from '../pricing/types.ts'
import type { RateName } from '../pricing/units.ts'
import type { Screen } from './screen.ts'

const ROWS = 4
const EIGHTHS = ' ▁▂▃▄▅▆▇█'
const MOST_COLUMNS = 64
/** How much of the plot a period takes whose start is not known. */
const UNKNOWN_SHARE = 0.15

interface Step {
  readonly fromMs: number
  readonly untilMs: number
  readonly usd: number
}

/** Lines of a plot of one rate; none where it never changed. */
export function ratePlot(periods: readonly Period[], rate: RateName, nowMs: number, screen: Screen): string[] {
  const steps = stepsOf(periods, rate, nowMs)
  if (new Set(steps.map(({ usd }) => usd)).size < 2) return []
  const most = Math.max(...steps.map(({ usd }) => usd))
  const label = `$${most}`
  const columns = Math.min(MOST_COLUMNS, screen.columns - label.length - 1)
  const first = (steps[0] as Step).fromMs
  const span = (steps.at(-1) as Step).untilMs - first
  const heights = Array.from({ length: columns }, (_, column) => {
    const atMs = first + ((column + 0.5) / columns) * span
    const usd = steps.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)?.usd ?? 0
    return usd === 0 ? 0 : Math.max(1, Math.round((usd / most) * ROWS * 8))
  })
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const floor = (ROWS - 1 - row) * 8
    const blocks = heights.map((height) => EIGHTHS[Math.min(8, Math.max(0, height - floor))]).join('')
    return `${(row === 0 ? label : '').padStart(label.length)} ${screen.styles.accent(blocks.trimEnd())}`
  })
  const isStartKnown = periods[0]?.from != null
  const start = isStartKnown ? new Date(first).toISOString().slice(0, 10) : 'before'
  const end = new Date(nowMs).toISOString().slice(0, 10)
  const axis = `${start}${end.padStart(Math.max(end.length + 1, columns - start.length))}`
  return [...lines, `${''.padStart(label.length)} ${screen.styles.faint(axis)}`]
}

/** The stretches up to now in which the rate is known. */
function stepsOf(periods: readonly Period[], rate: RateName, nowMs: number): Step[] {
  const held = periods.filter(
    ({ status, from }) => status !== 'cancelled' && (from === null || Date.parse(from) < nowMs),
  )
  const dated = held.flatMap(({ from }) => (from === null ? [] : [Date.parse(from)]))
  const known = Math.min(...dated)
  const start = known - ((nowMs - known) * UNKNOWN_SHARE) / (1 - UNKNOWN_SHARE)
  return held.flatMap((period): Step[] => {
    const usd = period.rates[rate]
    const fromMs = period.from === null ? start : Date.parse(period.from)
    const untilMs = Math.min(nowMs, period.until === null ? nowMs : Date.parse(period.until))
    return usd == null || !Number.isFinite(fromMs) ? [] : [{ fromMs, untilMs, usd: Number(usd) }]
  })
}
