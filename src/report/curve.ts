/** Cost curves in a terminal: both axes logarithmic, one glyph per offer. */
import type { CurvePoint } from '../deployment/offers.ts'
import type { Amount } from '../money.ts'
import { formatCount } from './format.ts'
import type { Screen } from './screen.ts'

const GLYPHS = ['•', '+', '×', 'o', '#', '*']
const ROWS = 14
const LABEL_COLUMNS = 9

/** `0.00123` → `$0.0012`, `1234567` → `$1.2M`: for axes, where two digits are enough. */
export function axisUsd(usd: number): string {
  const units: readonly [number, string][] = [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ]
  const [size, unit] = units.find(([least]) => usd >= least * 0.9995) ?? [1, '']
  const value = usd / size
  return `$${value >= 9.95 ? Math.round(value) : Number(value.toPrecision(2))}${unit}`
}

/** `1500` → `1.5k`. */
export function axisCount(count: number): string {
  return axisUsd(count).slice(1)
}

/** The number of columns that the curve itself has on a screen: take so many points. */
export function curveColumns({ columns }: Screen): number {
  return Math.max(20, columns - LABEL_COLUMNS - 2)
}

export interface CurveText {
  readonly curve: readonly CurvePoint[]
  readonly names: readonly string[]
  /** What the horizontal axis counts, for example `calls per day`. */
  readonly unit: string
}

/** Lines of a plot. Points are spread over the columns in their order. */
export function curveText({ curve, names, unit }: CurveText, screen: Screen): string[] {
  const width = Math.min(curveColumns(screen), curve.length)
  const costs = curve.flatMap(({ costs }) => costs).filter((cost): cost is Amount => cost !== null && cost.usd > 0)
  if (costs.length === 0 || width < 2) return []
  const low = Math.log10(Math.min(...costs.map(({ usd }) => usd)))
  const span = Math.max(1e-9, Math.log10(Math.max(...costs.map(({ usd }) => usd))) - low)
  const rowOf = (usd: number): number => Math.round((ROWS - 1) * (1 - (Math.log10(usd) - low) / span))
  const cells = Array.from({ length: ROWS }, () => new Array<string>(width).fill(' '))
  names.forEach((_, series) => {
    let before: number | undefined
    for (let column = 0; column < width; column++) {
      const point = curve[Math.round((column * (curve.length - 1)) / (width - 1))]
      const cost = point.costs[series]
      if (cost == null || cost.usd <= 0) {
        before = undefined
        continue
      }
      const row = rowOf(cost.usd)
      const from = before === undefined ? row : before + Math.sign(row - before)
      for (let filled = Math.min(from, row); filled <= Math.max(from, row); filled++)
        cells[filled][column] = GLYPHS[series % GLYPHS.length]
      before = row
    }
  })
  const { styles } = screen
  const label = (row: number): string =>
    row % 4 === 0 || row === ROWS - 1 ? axisUsd(10 ** (low + span * (1 - row / (ROWS - 1)))) : ''
  const first = axisCount(curve[0].calls)
  const middle = axisCount(curve[Math.floor((curve.length - 1) / 2)].calls)
  const last = axisCount(curve[curve.length - 1].calls)
  const gap = (taken: number): string => ' '.repeat(Math.max(1, taken))
  const half = Math.floor(width / 2)
  const axis = `${first}${gap(half - first.length - Math.floor(middle.length / 2))}${middle}`
  return [
    ...cells.map(
      (row, index) => `${styles.faint(`${label(index).padStart(LABEL_COLUMNS)} │`)}${row.join('').trimEnd()}`,
    ),
    styles.faint(`${' '.repeat(LABEL_COLUMNS)} └${'─'.repeat(width)}`),
    styles.faint(`${' '.repeat(LABEL_COLUMNS + 2)}${axis}${gap(width - axis.length - last.length)}${last}`),
    styles.faint(`${' '.repeat(LABEL_COLUMNS + 2)}${unit}`),
  ]
}

/** `• API   + 1 × h100`. */
export function curveLegend(names: readonly string[]): string {
  return names.map((name, index) => `${GLYPHS[index % GLYPHS.length]} ${name}`).join('   ')
}

/** A number of calls in words. */
export function callsText(calls: number | null): string {
  return calls === null ? 'never' : formatCount(calls)
}
