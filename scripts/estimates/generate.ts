/**
 * Writes the data of `src/estimate/` from `pricing/output-priors.json` and `pricing/speeds.json`, after checking it:
 * `npm run estimates:generate`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, 'pricing', name), 'utf8'))

interface TaskRow {
  readonly task: string
  readonly unit: 'tokens' | 'input-share'
  readonly evidence: 'trace' | 'derived' | 'judged'
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
  readonly mean: number
  readonly source: string
}

interface PriorsFile {
  readonly tasks: readonly TaskRow[]
  readonly reasoning: { readonly perVisibleToken: number; readonly leastTokens: number }
  readonly effort: { readonly factors: Readonly<Record<string, number>> }
}

interface SpeedsFile {
  readonly origins: readonly {
    readonly origin: string
    readonly source: string
    readonly url: string
    readonly date: string
    readonly spread: number
  }[]
  readonly speeds: readonly {
    readonly seller: string
    readonly model: string
    readonly serviceTier?: string
    readonly tokensPerSecond?: number
    readonly atLeastTokensPerSecond?: number
    readonly firstTokenSeconds?: number
    readonly firstTokenAfterReasoning?: boolean
    readonly origin: string
  }[]
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** The module of the priors. @throws Error when quantiles do not ascend or a task comes twice. */
export function priorsModule(file: PriorsFile): string {
  const names = file.tasks.map(({ task }) => task)
  check(new Set(names).size === names.length, 'a task comes twice')
  const rows = file.tasks.map(({ task, unit, evidence, p10, p50, p90, p95, p99, mean, source }) => {
    const ascending = [p10, p50, p90, p95, p99]
    check(
      ascending.every((value, index) => value > 0 && value >= (ascending[index - 1] ?? 0)),
      `${task}: quantiles must ascend`,
    )
    check(p10 <= mean && mean <= p99, `${task}: the mean must lie among the quantiles`)
    return `    ['${task}', '${unit}', '${evidence}', ${[...ascending, mean].join(', ')}, ${literal(source)}],`
  })
  const factors = Object.entries(file.effort.factors).map(([name, factor]) => `    ['${name}', ${factor}],`)
  return [
    '// npm run estimates:generate',
    '',
    "import type { OutputPrior, OutputTask, ReasoningEffort } from './priors.ts'",
    '',
    '/** `[task, unit, evidence, p10, p50, p90, p95, p99, mean, source]`. */',
    'export type PriorRow = readonly [',
    "  ...[OutputTask, OutputPrior['unit'], OutputPrior['evidence']],",
    '  ...[number, number, number, number, number, number, string],',
    ']',
    '',
    'export function priorRows(): readonly PriorRow[] {',
    '  return [',
    ...rows,
    '  ]',
    '}',
    '',
    '/** `[effort, reasoning tokens relative to medium]`. */',
    'export function effortRows(): readonly (readonly [ReasoningEffort, number])[] {',
    '  return [',
    ...factors,
    '  ]',
    '}',
    '',
    `export const reasoningPerVisibleToken = ${file.reasoning.perVisibleToken}`,
    `export const leastReasoningTokens = ${file.reasoning.leastTokens}`,
    '',
  ].join('\n')
}

/** The module of the speeds. @throws Error when a row names no known origin, or comes twice. */
export function speedsModule(file: SpeedsFile): string {
  const seen = new Set<string>()
  const rows = file.speeds.map((row) => {
    const key = [row.seller, row.model, row.serviceTier ?? 'standard'].join(' ')
    check(!seen.has(key), `${key} comes twice`)
    seen.add(key)
    const origin = file.origins.findIndex((one) => one.origin === row.origin)
    check(origin >= 0, `${key}: no origin ${row.origin}`)
    const speed = row.tokensPerSecond ?? row.atLeastTokensPerSecond
    check(speed !== undefined && speed > 0, `${key}: no speed`)
    const kind = row.atLeastTokensPerSecond !== undefined ? 1 : 0
    const first = Math.round((row.firstTokenSeconds ?? 0) * 1000)
    const after = row.firstTokenAfterReasoning === true ? 1 : 0
    return `    ['${row.seller}', ${literal(row.model)}, '${row.serviceTier ?? 'standard'}', ${speed}, ${kind}, ${first}, ${after}, ${origin}],`
  })
  return [
    '// npm run estimates:generate',
    '',
    '/** `[source, url, date, spread]`. */',
    'export function speedOrigins(): readonly (readonly [string, string, string, number])[] {',
    '  return [',
    ...file.origins.map(
      ({ source, url, date, spread }) => `    [${literal(source)}, ${literal(url)}, '${date}', ${spread}],`,
    ),
    '  ]',
    '}',
    '',
    '/** `[seller, model, service tier, tokens per second, 1 = at least, first token ms or 0, 1 = after reasoning, origin]`. */',
    'export type SpeedRow = readonly [string, string, string, number, 0 | 1, number, 0 | 1, number]',
    '',
    'export function speedRows(): readonly SpeedRow[] {',
    '  return [',
    ...rows,
    '  ]',
    '}',
    '',
  ].join('\n')
}

if (import.meta.filename === process.argv[1]) {
  const folder = join(root, 'src/estimate')
  writeFileSync(join(folder, 'priors.gen.ts'), priorsModule(read('output-priors.json') as PriorsFile))
  writeFileSync(join(folder, 'speeds.gen.ts'), speedsModule(read('speeds.json') as SpeedsFile))
}
