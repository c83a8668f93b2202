/** An estimate as text. */
import type { CostEstimate } from '../estimate/index.ts'
import { formatCount, formatShare, formatUsd } from './format.ts'
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
    ...labelled('context', contextWords(estimate), screen),
    ...provenance(estimate.price, screen),
    ...notices(estimate.assumptions, estimate.warnings, screen),
    '',
  ].join('\n')
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
