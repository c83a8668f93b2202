/** The change of costs between two versions of prompts, as Markdown for a pull request. */
import type { CostEstimate } from '../estimate/index.ts'
import { type Amount, amountOf, parseUsd } from '../money.ts'
import { formatCount, formatUsd } from './format.ts'
import { printable } from './printable.ts'

/** One version of a file: what a call with it costs, or why that is not known. */
export type PricedVersion =
  | {
      readonly model: string
      readonly inputTokens: number
      readonly cost: CostEstimate['cost']
      /** False where the cost is a lower bound. */
      readonly complete: boolean
    }
  | { readonly error: string }

/** A file that differs; `null` where there is none at that revision. */
export interface FileChange {
  readonly path: string
  readonly before: PricedVersion | null
  readonly after: PricedVersion | null
}

export interface DiffReport {
  readonly base: string
  readonly head: string
  readonly callsPerMonth: number
  readonly unchanged: number
  readonly changes: readonly FileChange[]
}

/** Expected cost of a month of calls with the changed files that could be priced at both revisions. */
export function sumOf(changes: readonly FileChange[], callsPerMonth: number): { before: Amount; after: Amount } {
  const calls = BigInt(callsPerMonth)
  let before = 0n
  let after = 0n
  for (const change of changes) {
    const pair = pairOf(change)
    if (pair === undefined) continue
    before += pair.before * calls
    after += pair.after * calls
  }
  return { before: amountOf(before), after: amountOf(after) }
}

/** Picodollars of one call before and after; a file that is new or gone costs nothing at the other revision. */
function pairOf({ before, after }: FileChange): { before: bigint; after: bigint } | undefined {
  const pico = (version: PricedVersion | null): bigint | undefined =>
    version === null ? 0n : 'cost' in version ? parseUsd(version.cost.expected.exact) : undefined
  const [old, now] = [pico(before), pico(after)]
  return old === undefined || now === undefined ? undefined : { before: old, after: now }
}

/** The rise as a share; infinite when there was nothing before. */
export function rise(before: Amount, after: Amount): number {
  return before.usd === 0 ? (after.usd === 0 ? 0 : Number.POSITIVE_INFINITY) : after.usd / before.usd - 1
}

export function diffMarkdown(report: DiffReport): string {
  const { base, head, callsPerMonth, unchanged, changes } = report
  const title = `### Cost of prompts: ${code(base)} → ${code(head)}`
  if (changes.length === 0) return `${title}\n\nNo prompt changed (${formatCount(unchanged)} unchanged).\n`
  const { before, after } = sumOf(changes, callsPerMonth)
  const failed = changes.filter((change) => pairOf(change) === undefined)
  return [
    title,
    '',
    `**${formatUsd(before)} → ${formatUsd(after)} a month** (${signed(before, after)}), expected, at ${formatCount(callsPerMonth)} calls of each file; ${formatCount(unchanged)} unchanged.`,
    '',
    '| file | model | input tokens | per call | change | per month |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...changes.map((change) => row(change, callsPerMonth)),
    ...(failed.length === 0 ? [] : ['', `${failed.length} not priced; the sums leave them out.`]),
    '',
  ].join('\n')
}

function row(change: FileChange, callsPerMonth: number): string {
  const { path, before, after } = change
  const pair = pairOf(change)
  if (pair === undefined) {
    const reason = [before, after].map((version) => (version !== null && 'error' in version ? version.error : ''))
    return `| ${code(path)} | ${text(reason.find((part) => part !== '') ?? '')} | | | | |`
  }
  const shown = (version: PricedVersion | null): { model: string; inputTokens: string; cost: string } =>
    version !== null && 'cost' in version
      ? {
          model: version.model,
          inputTokens: formatCount(version.inputTokens),
          cost: `${version.complete ? '' : '≥'}${formatUsd(version.cost.expected)}`,
        }
      : { model: '', inputTokens: '–', cost: '–' }
  const [old, now] = [shown(before), shown(after)]
  const models = [...new Set([old.model, now.model].filter((name) => name !== ''))].map(code).join(' → ')
  const monthly = amountOf((pair.after - pair.before) * BigInt(callsPerMonth))
  const word = before === null ? 'new' : after === null ? 'gone' : signed(amountOf(pair.before), amountOf(pair.after))
  return `| ${code(path)} | ${models} | ${old.inputTokens} → ${now.inputTokens} | ${old.cost} → ${now.cost} | ${word} | ${monthly.usd > 0 ? '+' : ''}${formatUsd(monthly)} |`
}

function signed(before: Amount, after: Amount): string {
  const share = rise(before, after)
  if (share === 0) return 'no change'
  if (!Number.isFinite(share)) return 'new'
  const percent = Math.round(Math.abs(share) * 1000) / 10
  return `${share > 0 ? '+' : '−'}${percent === 0 ? '<0.1' : percent} %`
}

/** A name as inline code of a table: no name can close the code, the cell or the line. */
function code(name: string): string {
  const safe = printable(name).replaceAll('|', '\\|')
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${safe}${pad}${fence}`
}

/** Prose as plain text of a table. */
function text(prose: string): string {
  return printable(prose).replace(/[\\`*_{}[\]<>()#+!|~&@-]/g, (char) => `&#${char.charCodeAt(0)};`)
}
