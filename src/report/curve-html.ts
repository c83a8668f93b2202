/** Cost curves as one HTML page: a drawing on logarithmic axes, and its table. */
import type { CurvePoint } from '../deployment/offers.ts'
import type { Amount } from '../money.ts'
import { axisCount, axisUsd } from './curve.ts'
import { formatCount, formatUsd } from './format.ts'
import { escaped, page, table } from './html.ts'

export interface CurvePage {
  readonly title: string
  /** Paragraphs above the drawing. */
  readonly remarks: readonly string[]
  readonly curve: readonly CurvePoint[]
  readonly names: readonly string[]
  readonly unit: string
  /** Places to mark, with their words. */
  readonly marks: readonly { readonly calls: number; readonly label: string }[]
  /** Where the figures come from; set small below. */
  readonly notes: readonly string[]
}

const WIDTH = 760
const HEIGHT = 380
const LEFT = 64
const RIGHT = 16
const TOP = 16
const BOTTOM = 48

const style = `:root{--s0:#0b62b8;--s1:#b3470b;--s2:#1d7a3e;--s3:#7d3bb0;--s4:#a3195b;--s5:#5c6b00}
@media (prefers-color-scheme:dark){:root{--s0:#6cb1ff;--s1:#ff9d5c;--s2:#6ed391;--s3:#c99bff;--s4:#ff8ab8;--s5:#ccd66a}}
figure{overflow-x:auto}svg{min-width:36rem}.line{fill:none;stroke-width:2.5}.grid{stroke:var(--line)}
.mark{stroke:var(--text);stroke-dasharray:4 3}svg text.mark-text{fill:var(--text)}
ul.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;list-style:none;padding:0}`

/** Whole powers of ten between two values, and the ends where there are none. */
function ticks(low: number, high: number): number[] {
  const powers: number[] = []
  for (let power = Math.ceil(low - 1e-9); power <= high + 1e-9; power++) powers.push(power)
  return powers.length > 1 ? powers : [low, high]
}

function drawing({ curve, names, unit, marks }: CurvePage): string {
  const costs = curve.flatMap(({ costs }) => costs).filter((cost): cost is Amount => cost !== null && cost.usd > 0)
  if (costs.length === 0 || curve.length < 2) return ''
  const x0 = Math.log10(curve[0].calls)
  const x1 = Math.log10(curve[curve.length - 1].calls)
  const y0 = Math.log10(Math.min(...costs.map(({ usd }) => usd)))
  const y1 = Math.max(y0 + 1e-9, Math.log10(Math.max(...costs.map(({ usd }) => usd))))
  const x = (log: number): number => LEFT + ((log - x0) / Math.max(1e-9, x1 - x0)) * (WIDTH - LEFT - RIGHT)
  const y = (log: number): number => TOP + (1 - (log - y0) / (y1 - y0)) * (HEIGHT - TOP - BOTTOM)
  const place = (value: number): string => value.toFixed(1)
  const grid = [
    ...ticks(y0, y1).map(
      (log) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${place(y(log))}" y2="${place(y(log))}"/><text x="${LEFT - 8}" y="${place(y(log) + 4)}" text-anchor="end">${axisUsd(10 ** log)}</text>`,
    ),
    ...ticks(x0, x1).map(
      (log) =>
        `<line class="grid" y1="${TOP}" y2="${HEIGHT - BOTTOM}" x1="${place(x(log))}" x2="${place(x(log))}"/><text x="${place(x(log))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${axisCount(10 ** log)}</text>`,
    ),
  ]
  const lines = names.map((_, series) => {
    let drawn = false
    const steps = curve.map(({ calls, costs }) => {
      const cost = costs[series]
      if (cost == null || cost.usd <= 0) {
        drawn = false
        return ''
      }
      const step = `${drawn ? 'L' : 'M'}${place(x(Math.log10(calls)))} ${place(y(Math.log10(cost.usd)))}`
      drawn = true
      return step
    })
    return `<path class="line" stroke="var(--s${series % 6})" d="${steps.join('')}"/>`
  })
  const marked = marks
    .filter(({ calls }) => Math.log10(calls) >= x0 && Math.log10(calls) <= x1)
    .map(({ calls, label }, index) => {
      const at = x(Math.log10(calls))
      const right = at > WIDTH / 2
      return `<line class="mark" x1="${place(at)}" x2="${place(at)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text class="mark-text" x="${place(at + (right ? -6 : 6))}" y="${TOP + 14 + 16 * index}" text-anchor="${right ? 'end' : 'start'}">${escaped(label)}</text>`
    })
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="costs of ${escaped(names.join(', '))}">${grid.join('')}${lines.join('')}${marked.join('')}<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(unit)}</text></svg>`
}

const TABLE_ROWS = 13

function valueTable({ curve, names, unit }: CurvePage): string {
  const every = Math.max(1, Math.floor((curve.length - 1) / (TABLE_ROWS - 1)))
  const rows = curve.filter((_, index) => index % every === 0 || index === curve.length - 1)
  return table(
    [unit, ...names].map((title) => ({ title, number: true })),
    rows.map(({ calls, costs }) => [
      formatCount(calls),
      ...costs.map((cost) => (cost === null ? '–' : formatUsd(cost))),
    ]),
  )
}

/** The whole page. */
export function curveHtml(shown: CurvePage): string {
  const paragraphs = (texts: readonly string[], kind: string): string[] =>
    texts.map((text) => `<p${kind}>${escaped(text)}</p>`)
  const legend = shown.names.map(
    (name, index) => `<li><span class="swatch" style="background:var(--s${index % 6})"></span>${escaped(name)}</li>`,
  )
  return page(
    shown.title,
    [
      `<h1>${escaped(shown.title)}</h1>`,
      ...paragraphs(shown.remarks, ''),
      `<figure>${drawing(shown)}<figcaption><ul class="legend">${legend.join('')}</ul></figcaption></figure>`,
      valueTable(shown),
      ...paragraphs(shown.notes, ' class="faint"'),
    ],
    style,
  )
}
