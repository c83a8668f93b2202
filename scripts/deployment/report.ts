/** Fills the tables of docs/deployment.md: `npm run deployment:report`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { efficiencyNames } from '../../src/deployment/efficiency.ts'
import { type Accuracy, measureAccuracy, type Outcome, type Summary, summarise } from './accuracy.ts'
import { root } from './files.ts'

const page = join(root, 'docs/deployment.md')

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    `| ${header.join(' | ')} |`,
    `|${header.map(() => ' --- |').join('')}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
}

function summaryCells({ rows, inside, medianError, ninthError }: Summary): string[] {
  return [`${rows}`, `${inside} (${percent(inside / rows)})`, percent(medianError), percent(ninthError)]
}

const columns = ['measurements', 'inside the range', 'median error', 'nine of ten within']

function overview({ all, leftOut }: Accuracy): string {
  return table(
    ['', ...columns],
    [
      ['factors fitted on all sources', ...summaryCells(summarise(all))],
      ['each source predicted from the others', ...summaryCells(summarise(leftOut))],
    ],
  )
}

function bySource({ file, all, leftOut }: Accuracy): string {
  const of = (outcomes: readonly Outcome[], source: string): Summary =>
    summarise(outcomes.filter(({ measurement }) => measurement.source === source))
  const rows = Object.entries(file.sources).map(([source, { date, what }]) => {
    const [own, other] = [of(all, source), of(leftOut, source)]
    return [
      `\`${source}\``,
      `${date}; ${what}`,
      `${own.rows}`,
      `${percent(own.medianError)}, ${own.inside} inside`,
      `${percent(other.medianError)}, ${other.inside} inside`,
    ]
  })
  return table(['source', 'date; rows taken', 'rows', 'fitted on all', 'fitted on the others'], rows)
}

const groups: readonly (readonly [string, (outcome: Outcome) => boolean])[] = [
  [
    'decode of one stream',
    ({ measurement: m }) =>
      m.concurrency === 1 && m.metric.endsWith('TokensPerSecond') && m.metric !== 'prefillTokensPerSecond',
  ],
  ['full or shared server', ({ measurement: m }) => m.concurrency !== 1],
  [
    'prefill and time to the first token',
    ({ measurement: m }) => m.metric === 'prefillTokensPerSecond' || m.metric === 'timeToFirstTokenMs',
  ],
  ['weights of 16 bits', ({ measurement: m }) => m.quantization === 'fp16'],
  ['FP8, INT8, Q8', ({ measurement: m }) => ['fp8', 'int8', 'q8_0'].includes(m.quantization)],
  ['4 bits', ({ measurement: m }) => /4/.test(m.quantization)],
  ['7 to 13 billion parameters', ({ measurement: m }) => /-(7|8|13)b$/.test(m.model) && !m.model.startsWith('mixtral')],
  ['70 to 405 billion, dense', ({ measurement: m }) => /-(70|405)b$/.test(m.model)],
  ['with experts', ({ measurement: m }) => /^(mixtral|qwen3-|deepseek|gpt-oss)/.test(m.model)],
  ['one GPU', ({ measurement: m }) => m.count === 1],
  ['several GPUs', ({ measurement: m }) => m.count > 1],
]

function byKind({ all, leftOut }: Accuracy): string {
  const rows = groups.map(([name, holds]) => {
    const [own, other] = [summarise(all.filter(holds)), summarise(leftOut.filter(holds))]
    return [name, ...summaryCells(own), percent(other.medianError), percent(other.inside / other.rows)]
  })
  return table(['', ...columns, 'median error, left out', 'inside, left out'], rows)
}

const metricWords: Readonly<Record<string, string>> = {
  outputTokensPerSecond: 'output t/s',
  decodeTokensPerSecond: 'decode t/s',
  prefillTokensPerSecond: 'prefill t/s',
  timeToFirstTokenMs: 'first token ms',
}

function allRows({ all, leftOut }: Accuracy): string {
  const others = new Map(leftOut.map((outcome) => [outcome.measurement.id, outcome]))
  const rows = all.map(({ measurement: m, predicted, ratio, inside }) => {
    const other = others.get(m.id) as Outcome
    return [
      `\`${m.id}\``,
      m.model,
      `${m.count} × ${m.gpu}`,
      `${m.quantization}${m.kvFormat === 'fp8' ? ', KV fp8' : ''}`,
      `${m.promptTokens}/${m.outputTokens}`,
      `${m.concurrency}`,
      metricWords[m.metric],
      figure(m.value),
      `${figure(predicted.low)} … **${figure(predicted.expected)}** … ${figure(predicted.high)}`,
      `${ratio.toFixed(2)}${inside ? '' : ' outside'}`,
      `${other.ratio.toFixed(2)}${other.inside ? '' : ' outside'}`,
    ]
  })
  return table(
    [
      'measurement',
      'model',
      'GPUs',
      'weights',
      'prompt/reply',
      'at once',
      'metric',
      'measured',
      'predicted',
      'ratio',
      'ratio, source left out',
    ],
    rows,
  )
}

function factors({ fitted }: Accuracy): string {
  const rows = efficiencyNames.map((name) => [
    `\`${name}\``,
    ...(['serving', 'llama.cpp'] as const).map((engine) => {
      const { low, expected, high } = fitted[engine]
      return low[name] === high[name] ? `${expected[name]}` : `${low[name]} … **${expected[name]}** … ${high[name]}`
    }),
  ])
  return table(['factor', 'serving', 'llama.cpp'], rows)
}

function filled(text: string, marker: string, content: string): string {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`]
  const from = text.indexOf(open) + open.length
  const to = text.indexOf(close)
  if (from < open.length || to < from) throw new Error(`docs/deployment.md has no ${open} … ${close}`)
  return `${text.slice(0, from)}\n${content}\n${text.slice(to)}`
}

/** The page with its tables made anew. */
export function reported(text: string, accuracy: Accuracy): string {
  const parts = { overview, factors, kinds: byKind, sources: bySource, measurements: allRows }
  return Object.entries(parts).reduce((page, [marker, make]) => filled(page, marker, make(accuracy)), text)
}

if (process.argv[1]?.endsWith('report.ts')) writeFileSync(page, reported(readFileSync(page, 'utf8'), measureAccuracy()))
