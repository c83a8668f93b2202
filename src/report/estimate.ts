/** An estimate as text. */
import type { CostEstimate } from '../index.ts'
import { explain, type VolumeCost } from '../index.ts'
import { formatCount, formatDuration, formatShare, formatUsd } from './format.ts'
import { labelled, notices, provenance, type Screen } from './screen.ts'
import { table } from './table.ts'

/** What limits the reply, in words. */
const basisWords: Readonly<Record<CostEstimate['output']['basis'], string>> = {
  given: 'limit as given',
  'request-limit': 'limit in the request',
  'model-limit': "limit of the model's replies",
  context: 'limit by what the context leaves',
  prior: 'no limit known',
  none: 'writes no tokens',
}

export function estimateText(estimate: CostEstimate, screen: Screen): string {
  const { styles, columns } = screen
  const { input, output, cost } = estimate
  const range = table(
    [
      { title: '', style: styles.faint },
      { title: 'low', align: 'right' },
      { title: 'expected', align: 'right', style: styles.strong },
      { title: 'high', align: 'right' },
      { title: '', style: styles.faint, shrinks: true },
    ],
    [
      ['input', ...[input.low, input.tokens, input.high].map(formatCount), `tokens, ${howCounted(input)}`],
      ['output', ...[output.low, output.expected, output.high].map(formatCount), `tokens, ${basisWords[output.basis]}`],
      [
        'cost',
        ...[cost.low, cost.expected, cost.high].map(formatUsd),
        estimate.complete ? '' : 'incomplete: a lower bound',
      ],
    ],
    columns,
    styles,
  )
  const lines = table(
    [{ title: '', style: styles.faint }, { title: '', align: 'right' }, { title: '' }, { title: '', align: 'right' }],
    estimate.lines.map((line) => [
      line.part,
      formatCount(line.quantity),
      `${line.unit} at $${line.rateUsd} per ${perWords(line.per)}`,
      formatUsd(line.amount),
    ]),
    columns,
    styles,
  )
  return [
    styles.strong(`${estimate.seller}/${estimate.model}`),
    '',
    ...range,
    '',
    ...lines,
    '',
    ...rangeParts(estimate, screen),
    ...labelled('context', contextWords(estimate), screen),
    ...provenance(estimate.price, screen),
    ...latencyLines(estimate, screen),
    ...notices(
      estimate.assumptions.filter(({ effect }) => effect === undefined),
      estimate.warnings,
      screen,
    ),
    '',
  ].join('\n')
}

/** What the range is made of: dollars that each uncertainty takes off or adds. */
function rangeParts(estimate: CostEstimate, { styles, columns }: Screen): string[] {
  const { parts } = explain(estimate)
  if (parts.length === 0) return []
  const rows = parts.map(({ message, low, high }) => [
    message,
    low.usd === 0 ? '' : formatUsd(low),
    high.usd === 0 ? '' : `+${formatUsd(high)}`,
  ])
  const header = [
    { title: 'the range', shrinks: true },
    { title: 'less', align: 'right' as const },
    { title: 'more', align: 'right' as const },
  ]
  return [...table(header, rows, columns, styles), '']
}

function latencyLines({ latency }: CostEstimate, screen: Screen): string[] {
  if (latency === null) return []
  const { totalMs, tokensPerSecond, timeToFirstTokenMs: first } = latency
  const words = [
    `about ${formatDuration(totalMs.expected)}, at most ${formatDuration(totalMs.high)}`,
    `${formatCount(tokensPerSecond.low)} to ${formatCount(tokensPerSecond.high)} tokens a second`,
    ...(first === null ? [] : [`first after about ${formatDuration(first.expected)}`]),
  ]
  return [
    ...labelled('time', words.join('; '), screen),
    ...labelled('', `published ${latency.date}: ${latency.source}`, screen),
  ]
}

/** What many calls cost, by the day, the first month and the year. */
export function volumeText(volume: VolumeCost, { styles, columns }: Screen): string {
  const rows = (['day', 'month', 'year'] as const).map((span) => {
    const { low, expected, high } = volume[span]
    return [`a ${span}`, ...[low, expected, high].map(formatUsd)]
  })
  const header = ['', 'low', 'expected', 'high'].map((title) => ({
    title,
    align: title === '' ? ('left' as const) : ('right' as const),
    ...(title === 'expected' ? { style: styles.strong } : {}),
  }))
  return `${[...table(header, rows, columns, styles), ''].join('\n')}\n`
}

export function howCounted({ method, encoding }: CostEstimate['input']): string {
  const how = {
    provider: 'counted by the provider',
    exact: 'exact',
    rule: 'by rule',
    calibrated: 'calibrated',
    heuristic: 'heuristic',
  }[method]
  return encoding === null ? how : `${how}, ${encoding}`
}

function perWords(per: number): string {
  return per === 1_000_000 ? 'million' : formatCount(per)
}

function contextWords({ context }: CostEstimate): string {
  if (context.limit === null) return `${formatCount(context.used)} tokens, limit not known`
  const share = formatShare(context.used / context.limit)
  const fits = context.fits ? 'fits' : 'does not fit'
  return `${formatCount(context.used)} of ${formatCount(context.limit)} tokens (${share}), ${fits}`
}
