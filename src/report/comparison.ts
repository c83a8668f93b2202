/** A comparison of estimates as a table with bars, and as rows. */
import type { CostEstimate } from '../estimate/index.ts'
import type { Cell } from './csv.ts'
import { bar, formatCount, formatDuration, formatUsd } from './format.ts'
import { labelled, type Screen } from './screen.ts'
import { table } from './table.ts'

const BAR_COLUMNS = 12

/** A model that was asked for and has no price. */
export interface UnpricedModel {
  readonly model: string
  readonly code: string
  readonly reason: string
}

/** Bars are drawn to the expected cost; the longest is the dearest row shown. */
export function comparisonText(
  estimates: readonly CostEstimate[],
  hidden: number,
  screen: Screen,
  unpriced: readonly UnpricedModel[] = [],
): string {
  const { styles, columns } = screen
  const dearest = Math.max(...estimates.map((estimate) => estimate.cost.expected.usd))
  const timed = estimates.some(({ latency }) => latency !== null)
  const rows = estimates.map((estimate) => [
    `${estimate.seller}/${estimate.model}${tierSuffix(estimate)}`,
    `${sureness(estimate)}${formatCount(estimate.input.tokens)}`,
    `${estimate.complete ? '' : '≥'}${formatUsd(estimate.cost.expected)}`,
    formatUsd(estimate.cost.high),
    ...(timed ? [estimate.latency === null ? '–' : formatDuration(estimate.latency.totalMs.expected)] : []),
    bar(dearest === 0 ? 0 : estimate.cost.expected.usd / dearest, BAR_COLUMNS),
  ])
  rows.push(...unpriced.map(({ model }) => [model, '', 'unpriced', '', '']))
  const prices = [...new Set(estimates.map((estimate) => estimate.price.table))]
  const output = estimates.map((estimate) => estimate.output.expected).filter((tokens) => tokens > 0)
  return [
    ...table(
      [
        { title: 'model', shrinks: true },
        { title: 'input', align: 'right', style: styles.faint },
        { title: 'expected', align: 'right', style: styles.strong },
        { title: 'high', align: 'right' },
        ...(timed ? [{ title: 'time', align: 'right' as const, style: styles.faint }] : []),
        { title: '', style: styles.accent },
      ],
      rows,
      columns,
      styles,
    ),
    '',
    ...(hidden > 0 ? labelled('more', `${formatCount(hidden)} dearer models; --all shows them`, screen) : []),
    ...(output.length > 0 ? labelled('output', `expected ${formatCount(Math.max(...output))} tokens`, screen) : []),
    ...(estimates.some((estimate) => sureness(estimate) !== '')
      ? labelled('~', 'a calibrated or heuristic count; --json has its bounds', screen)
      : []),
    ...(estimates.every((estimate) => estimate.complete)
      ? []
      : labelled('≥', 'a part of the call has no known price or no bound; the cost is a lower bound', screen)),
    ...labelled(
      'price',
      `table ${prices.join(', ')}; --json names each row's period, source and day of reading`,
      screen,
    ),
    '',
  ].join('\n')
}

function sureness({ input }: CostEstimate): string {
  return input.low === input.high ? '' : '~'
}

/** What a row differs by from the plain call: service tier, region, cached input. */
export function tierSuffix({ price, lines }: CostEstimate): string {
  const cached = lines.find(({ part }) => part === 'cacheRead')
  const terms = [
    ...(price.serviceTier === 'standard' ? [] : [price.serviceTier]),
    ...(price.region === null ? [] : [price.region]),
    ...(cached === undefined ? [] : ['cached']),
  ]
  return terms.length === 0 ? '' : ` (${terms.join(', ')})`
}

export const comparisonHeader: readonly string[] = [
  'seller',
  'model',
  'service_tier',
  'input_low',
  'input_tokens',
  'input_high',
  'input_method',
  'output_expected',
  'output_high',
  'low_usd',
  'expected_usd',
  'p90_usd',
  'high_usd',
  'region',
  'expected_ms',
  'tokens_per_second',
  'complete',
  'price_entry',
  'price_table',
  'price_checked',
  'price_source',
]

/** The row of a model without a price. */
export function unpricedRow({ model }: UnpricedModel): Cell[] {
  return comparisonHeader.map((column) => (column === 'model' ? model : column === 'complete' ? false : null))
}

/** The row under {@link comparisonHeader}; amounts are exact decimals. */
export function comparisonRow(estimate: CostEstimate): Cell[] {
  const { input, output, cost, price } = estimate
  return [
    estimate.seller,
    estimate.model,
    price.serviceTier,
    input.low,
    input.tokens,
    input.high,
    input.method,
    output.expected,
    output.high,
    cost.low.exact,
    cost.expected.exact,
    cost.p90.exact,
    cost.high.exact,
    price.region,
    estimate.latency?.totalMs.expected ?? null,
    estimate.latency?.tokensPerSecond.expected ?? null,
    estimate.complete,
    price.entry,
    price.table,
    price.checked,
    price.source,
  ]
}
