/** An estimate as one HTML page. */
import { type CostEstimate, explain } from '../index.ts'
import { tierSuffix } from './comparison.ts'
import { formatCount, formatDuration, formatUsd } from './format.ts'
import { CHART_WIDTH, card, escaped, page, table } from './html.ts'

function provenance({ price }: CostEstimate): string {
  const text = `Price: table ${price.table}, row ${price.entry}, read on ${price.checked} at ${price.source}`
  return `<p class="faint">${escaped(text)}</p>`
}

/** One estimate: the range, what it is made of, the bill of the expected call. */
export function estimateHtml(estimate: CostEstimate): string {
  const { cost, input, output, latency } = estimate
  const name = `${estimate.seller}/${estimate.model}${tierSuffix(estimate)}`
  const { parts } = explain(estimate)
  return page(`${name}: ${formatUsd(cost.expected)}`, [
    `<h1>${escaped(name)}</h1>`,
    `<p class="faint">${escaped(`${formatCount(input.tokens)} input tokens (${formatCount(input.low)} to ${formatCount(input.high)}), ${formatCount(output.expected)} output tokens expected, ${formatCount(output.high)} at most`)}</p>`,
    '<div class="cards">',
    card('low', formatUsd(cost.low)),
    card('expected', formatUsd(cost.expected)),
    card('90 of 100 replies', formatUsd(cost.p90)),
    card('high', formatUsd(cost.high)),
    ...(latency === null ? [] : [card('time, expected', formatDuration(latency.totalMs.expected))]),
    '</div>',
    ...(estimate.complete
      ? []
      : ['<p>A part of the call has no known price or no bound: the costs are lower bounds.</p>']),
    '<h2>What the range is made of</h2>',
    effectBars(estimate),
    table(
      [{ title: 'uncertain' }, { title: 'less', number: true }, { title: 'more', number: true }],
      parts.map(({ message, low, high }) => [message, formatUsd(low), formatUsd(high)]),
    ),
    '<h2>The expected call</h2>',
    table(
      [{ title: 'part' }, { title: 'quantity', number: true }, { title: 'rate' }, { title: 'cost', number: true }],
      estimate.lines.map((line) => [
        line.part,
        `${formatCount(line.quantity)} ${line.unit}`,
        `$${line.rateUsd} per ${formatCount(line.per)}`,
        formatUsd(line.amount),
      ]),
    ),
    ...remarks(estimate),
    provenance(estimate),
  ])
}

function remarks({ assumptions, warnings }: CostEstimate): string[] {
  const plain = assumptions.filter(({ effect }) => effect === undefined)
  const list = (items: readonly { readonly message: string }[]): string =>
    `<ul>${items.map(({ message }) => `<li>${escaped(message)}</li>`).join('')}</ul>`
  return [
    ...(plain.length === 0 ? [] : ['<h2>Assumed</h2>', list(plain)]),
    ...(warnings.length === 0 ? [] : ['<h2>Warnings</h2>', list(warnings)]),
  ]
}

/** Room for the codes before the bars, and after the longest bar, in units of the drawing. */
const LABEL_WIDTH = 140
const MARGIN = 10
const ROW_HEIGHT = 28
const BAR_HEIGHT = 18

/** Bars from the expected cost to both sides, one for each thing that is uncertain. */
function effectBars(estimate: CostEstimate): string {
  const { parts } = explain(estimate)
  if (parts.length === 0) return '<p>Nothing: the cost is certain.</p>'
  const least = Math.min(...parts.map(({ low }) => low.usd))
  const most = Math.max(...parts.map(({ high }) => high.usd))
  const scale = (CHART_WIDTH - LABEL_WIDTH - MARGIN) / (most - least || 1)
  const zero = LABEL_WIDTH - least * scale
  const rows = parts.map(({ code, low, high }, index) => {
    const y = index * ROW_HEIGHT + 4
    const bar = (from: number, to: number, kind: string): string =>
      to - from < 0.01
        ? ''
        : `<rect class="${kind}" x="${from.toFixed(1)}" y="${y}" width="${(to - from).toFixed(1)}" height="${BAR_HEIGHT}"/>`
    return `<text x="0" y="${y + 13}">${escaped(code)}</text>${bar(zero + low.usd * scale, zero, 'soft')}${bar(zero, zero + high.usd * scale, 'main')}`
  })
  const height = parts.length * ROW_HEIGHT
  const axis = `<line class="axis" x1="${zero.toFixed(1)}" x2="${zero.toFixed(1)}" y1="0" y2="${height}"/>`
  return `<figure><svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="effects on the cost">${rows.join('')}${axis}</svg><figcaption>from the expected cost: less on the left, more on the right</figcaption></figure>`
}
