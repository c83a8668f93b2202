/**
 * Reports as one HTML file: no script, no network, readable in light and dark, everything that came from outside escaped.
 * Charts are inline SVG drawn with the colours of the page.
 */
import type { CostEstimate, Forecast, ForecastTurn } from '../estimate/index.ts'
import { explain } from '../estimate/index.ts'
import { tierSuffix } from './comparison.ts'
import { formatCount, formatDuration, formatShare, formatUsd } from './format.ts'
import { printable } from './printable.ts'

/** Text as HTML shows it. Control and bidi characters become visible escapes first. */
export function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const style = `
:root { color-scheme: light dark; --text: #1b1f24; --faint: #57606a; --line: #d0d7de; --page: #ffffff; --panel: #f6f8fa;
  --main: #0969da; --soft: #b6d4f7; --other: #bc4c00; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --faint: #9198a1; --line: #3d444d; --page: #0d1117;
  --panel: #151b23; --main: #4493f8; --soft: #1f4a86; --other: #f0883e; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 3rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } .faint, figcaption { color: var(--faint); font-size: .875rem; } figcaption { margin: .25rem 0 1rem; } figure { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .3rem .6rem; text-align: left; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--faint); font-weight: 500; } .number { text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; } .big { font-size: 1.8rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; min-width: 8rem; }
svg { display: block; width: 100%; height: auto; } svg text { fill: var(--faint); font: 12px system-ui, sans-serif; }
.main { fill: var(--main); } .soft { fill: var(--soft); } .axis { stroke: var(--line); fill: none; }
.area { fill: var(--soft); } .stroke { stroke: var(--main); fill: none; stroke-width: 2; }
.stroke2 { stroke: var(--other); fill: none; stroke-width: 2; stroke-dasharray: 5 4; } .key { font-size: .875rem; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .35em; }
`

/** A whole page. @param extraStyle rules of one kind of report, after those of all */
export function page(title: string, body: readonly string[], extraStyle = ''): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}${extraStyle}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

interface Column {
  readonly title: string
  readonly number?: boolean
}

/** A table of plain texts, which are escaped here. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cell = (tag: 'td' | 'th', text: string, column: Column | undefined): string =>
    `<${tag}${column?.number === true ? ' class="number"' : ''}>${escaped(text)}</${tag}>`
  const head = `<tr>${columns.map((column) => cell('th', column.title, column)).join('')}</tr>`
  const body = rows.map((row) => `<tr>${row.map((text, index) => cell('td', text, columns[index])).join('')}</tr>`)
  return `<div class="scroll"><table><thead>${head}</thead><tbody>${body.join('\n')}</tbody></table></div>`
}

function card(label: string, value: string): string {
  return `<div class="card"><div class="faint">${escaped(label)}</div><div class="big">${escaped(value)}</div></div>`
}

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

const CHART_WIDTH = 720

/** Bars from the expected cost to both sides, one for each thing that is uncertain. */
function effectBars(estimate: CostEstimate): string {
  const { parts } = explain(estimate)
  if (parts.length === 0) return '<p>Nothing: the cost is certain.</p>'
  const least = Math.min(...parts.map(({ low }) => low.usd))
  const most = Math.max(...parts.map(({ high }) => high.usd))
  const scale = (CHART_WIDTH - 150) / (most - least || 1)
  const zero = 140 - least * scale
  const rows = parts.map(({ code, low, high }, index) => {
    const y = index * 28 + 4
    const bar = (from: number, to: number, kind: string): string =>
      to - from < 0.01
        ? ''
        : `<rect class="${kind}" x="${from.toFixed(1)}" y="${y}" width="${(to - from).toFixed(1)}" height="18"/>`
    return `<text x="0" y="${y + 13}">${escaped(code)}</text>${bar(zero + low.usd * scale, zero, 'soft')}${bar(zero, zero + high.usd * scale, 'main')}`
  })
  const height = parts.length * 28
  const axis = `<line class="axis" x1="${zero.toFixed(1)}" x2="${zero.toFixed(1)}" y1="0" y2="${height}"/>`
  return `<figure><svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="effects on the cost">${rows.join('')}${axis}</svg><figcaption>from the expected cost: less on the left, more on the right</figcaption></figure>`
}

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

function comparisonBars(all: readonly CostEstimate[]): string {
  const estimates = all.slice(0, MOST_BARS)
  const most = Math.max(...estimates.map(({ cost }) => Math.max(cost.p90.usd, cost.expected.usd)), Number.MIN_VALUE)
  const left = 250
  const scale = (CHART_WIDTH - left - 80) / most
  const rows = estimates.map((estimate, index) => {
    const { expected, p90 } = estimate.cost
    const y = index * 26 + 2
    const name = `${estimate.seller}/${estimate.model}${tierSuffix(estimate)}`
    const short = name.length > 38 ? `${name.slice(0, 37)}…` : name
    const width = (usd: number): string => Math.max(1, usd * scale).toFixed(1)
    const end = left + Math.max(p90.usd, expected.usd) * scale + 6
    return [
      `<text x="0" y="${y + 14}">${escaped(short)}</text>`,
      `<rect class="soft" x="${left}" y="${y}" width="${width(p90.usd)}" height="18"/>`,
      `<rect class="main" x="${left}" y="${y + 4}" width="${width(expected.usd)}" height="10"/>`,
      `<text x="${end.toFixed(1)}" y="${y + 14}">${escaped(formatUsd(expected))}</text>`,
    ].join('')
  })
  const key = swatches([
    ['main', 'expected'],
    ['soft', '90 of 100 replies'],
  ])
  const rest = all.length > MOST_BARS ? `; the first ${MOST_BARS} of ${all.length} rows` : ''
  return `<figure><svg viewBox="0 0 ${CHART_WIDTH} ${estimates.length * 26 + 4}" role="img" aria-label="expected cost by model">${rows.join('\n')}</svg><figcaption>${key}${rest}</figcaption></figure>`
}

function swatches(keys: readonly (readonly [string, string])[]): string {
  return keys
    .map(([name, label]) => `<span class="swatch" style="background: var(--${name})"></span>${escaped(label)} `)
    .join(' ')
}

/** A forecast: the cost so far with and without the cache, and all turns. */
export function forecastHtml(forecast: Forecast): string {
  const { total, turns } = forecast
  const saved = total.withoutCache.usd === 0 ? 0 : 1 - total.withCache.usd / total.withoutCache.usd
  const name = `${forecast.seller}/${forecast.model}`
  return page(`${name}: ${turns.length} turns`, [
    `<h1>${escaped(name)}: ${formatCount(turns.length)} turns</h1>`,
    '<div class="cards">',
    card('with the cache', formatUsd(total.withCache)),
    card('without', formatUsd(total.withoutCache)),
    card('saved', saved > 0 ? formatShare(saved) : 'nothing'),
    card('caching pays from turn', forecast.cachePaysFromTurn === null ? 'never' : String(forecast.cachePaysFromTurn)),
    '</div>',
    ...(forecast.complete ? [] : ['<p>A rate is not known: the costs are lower bounds.</p>']),
    '<h2>Cost so far</h2>',
    curves(turns),
    '<h2>Turns</h2>',
    table(
      [
        { title: 'turn', number: true },
        { title: 'calls', number: true },
        { title: 'input', number: true },
        { title: 'cached', number: true },
        { title: 'output', number: true },
        { title: 'cost', number: true },
        { title: 'so far', number: true },
        { title: 'so far, uncached', number: true },
        { title: '' },
      ],
      turns.map((turn) => [
        String(turn.turn),
        String(turn.calls),
        formatCount(turn.inputTokens),
        formatCount(turn.cacheReadTokens),
        formatCount(turn.outputTokens),
        formatUsd(turn.cost.withCache),
        formatUsd(turn.total.withCache),
        formatUsd(turn.total.withoutCache),
        [turn.compacted ? 'compacted' : '', turn.cacheExpired ? 'cache expired' : ''].filter(Boolean).join(', '),
      ]),
    ),
    `<p class="faint">${escaped(`Price: table ${forecast.table}, row ${forecast.price}`)}</p>`,
  ])
}

function curves(turns: readonly ForecastTurn[]): string {
  const [width, height, left, bottom] = [CHART_WIDTH, 280, 80, 26]
  const most = Math.max(...turns.map(({ total }) => Math.max(total.withCache.usd, total.withoutCache.usd))) || 1
  const x = (index: number): string => (left + (index / turns.length) * (width - left - 10)).toFixed(1)
  const y = (usd: number): string => (height - bottom - (usd / most) * (height - bottom - 14)).toFixed(1)
  const points = (usd: (turn: ForecastTurn) => number): string =>
    [`${x(0)},${y(0)}`, ...turns.map((turn, index) => `${x(index + 1)},${y(usd(turn))}`)].join(' ')
  const cached = points(({ total }) => total.withCache.usd)
  const plain = points(({ total }) => total.withoutCache.usd)
  const last = turns.at(-1) as ForecastTurn
  const dearest =
    last.total.withCache.usd > last.total.withoutCache.usd ? last.total.withCache : last.total.withoutCache
  return [
    `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="cost over the turns">`,
    `<polygon class="area" points="${x(0)},${y(0)} ${cached} ${x(turns.length)},${y(0)}"/>`,
    `<polyline class="stroke" points="${cached}"/><polyline class="stroke2" points="${plain}"/>`,
    `<path class="axis" d="M${left},10 V${height - bottom} H${width - 10}"/>`,
    `<text x="${left - 6}" y="18" text-anchor="end">${escaped(formatUsd(dearest))}</text>`,
    `<text x="${left - 6}" y="${height - bottom}" text-anchor="end">$0</text>`,
    `<text x="${left}" y="${height - 8}">start</text>`,
    `<text x="${width - 10}" y="${height - 8}" text-anchor="end">turn ${turns.length}</text>`,
    `</svg><figcaption>${swatches([
      ['main', 'with the cache'],
      ['other', 'without (dashed)'],
    ])}</figcaption></figure>`,
  ].join('')
}
