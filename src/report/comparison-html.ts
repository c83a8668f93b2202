/** A comparison of estimates as one HTML page. */
import type { CostEstimate } from '../estimate/index.ts'
import { tierSuffix } from './comparison.ts'
import { formatCount, formatDuration, formatUsd } from './format.ts'
import { CHART_WIDTH, escaped, page, swatches, table } from './html.ts'

/** A comparison: bars of the expected cost with the range behind, and a table. */
export function comparisonHtml(estimates: readonly CostEstimate[]): string {
  const [first] = estimates
  const timed = estimates.some(({ latency }) => latency !== null)
  return page('Comparison of models', [
    '<h1>The same call on different models</h1>',
    `<p class="faint">${escaped(`${formatCount(estimates.length)} rows; price table ${first?.price.table ?? 'unknown'}`)}</p>`,
    '<h2>Expected cost, and that of nine replies out of ten</h2>',
    comparisonBars(estimates),
    '<h2>All rows</h2>',
    table(
      [
        { title: 'model' },
        { title: 'input', number: true },
        { title: 'output', number: true },
        { title: 'expected', number: true },
        { title: '90 of 100', number: true },
        { title: 'high', number: true },
        ...(timed ? [{ title: 'time', number: true }] : []),
        { title: 'price read', number: true },
      ],
      estimates.map((estimate) => [
        `${estimate.seller}/${estimate.model}${tierSuffix(estimate)}`,
        formatCount(estimate.input.tokens),
        formatCount(estimate.output.expected),
        `${estimate.complete ? '' : '≥ '}${formatUsd(estimate.cost.expected)}`,
        formatUsd(estimate.cost.p90),
        formatUsd(estimate.cost.high),
        ...(timed ? [estimate.latency === null ? '–' : formatDuration(estimate.latency.totalMs.expected)] : []),
        estimate.price.checked,
      ]),
    ),
  ])
}

const MOST_BARS = 30
/** Room for the names before the bars, and for the amounts behind them, in units of the drawing. */
const NAME_WIDTH = 250
const AMOUNT_WIDTH = 80
const LONGEST_NAME = 38
const ROW_HEIGHT = 26

function comparisonBars(all: readonly CostEstimate[]): string {
  const estimates = all.slice(0, MOST_BARS)
  const most = Math.max(...estimates.map(({ cost }) => Math.max(cost.p90.usd, cost.expected.usd)), Number.MIN_VALUE)
  const scale = (CHART_WIDTH - NAME_WIDTH - AMOUNT_WIDTH) / most
  const rows = estimates.map((estimate, index) => {
    const { expected, p90 } = estimate.cost
    const y = index * ROW_HEIGHT + 2
    const name = `${estimate.seller}/${estimate.model}${tierSuffix(estimate)}`
    const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
    const width = (usd: number): string => Math.max(1, usd * scale).toFixed(1)
    const end = NAME_WIDTH + Math.max(p90.usd, expected.usd) * scale + 6
    return [
      `<text x="0" y="${y + 14}">${escaped(short)}</text>`,
      `<rect class="soft" x="${NAME_WIDTH}" y="${y}" width="${width(p90.usd)}" height="18"/>`,
      `<rect class="main" x="${NAME_WIDTH}" y="${y + 4}" width="${width(expected.usd)}" height="10"/>`,
      `<text x="${end.toFixed(1)}" y="${y + 14}">${escaped(formatUsd(expected))}</text>`,
    ].join('')
  })
  const key = swatches([
    ['main', 'expected'],
    ['soft', '90 of 100 replies'],
  ])
  const rest = all.length > MOST_BARS ? `; the first ${MOST_BARS} of ${all.length} rows` : ''
  return `<figure><svg viewBox="0 0 ${CHART_WIDTH} ${estimates.length * ROW_HEIGHT + 4}" role="img" aria-label="expected cost by model">${rows.join('\n')}</svg><figcaption>${key}${rest}</figcaption></figure>`
}
