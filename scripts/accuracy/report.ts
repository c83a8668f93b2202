/** Figures over recorded calls, as a table. */
import type { TokenCount } from '../../src/counting/index.ts'
import { endpointOf, type Recording } from './recordings.ts'

export interface Outcome {
  readonly recording: Recording
  readonly billed: number
  readonly counted: TokenCount
  /** What other methods say, by their names. */
  readonly others: Readonly<Record<string, number | undefined>>
}

export interface Group {
  readonly name: string
  readonly outcomes: readonly Outcome[]
}

/** All calls, then the groups with targets, then each API. */
export function groupsOf(outcomes: readonly Outcome[]): Group[] {
  const hasTools = ({ recording }: Outcome): boolean => {
    const tools = recording.request['tools']
    return Array.isArray(tools) && tools.length > 0
  }
  const isHosted = ({ counted }: Outcome): boolean => counted.warnings.some(({ code }) => code === 'hosted-tools')
  const isChat = ({ recording }: Outcome): boolean => recording.api === 'openai-chat-completions'
  const apis = [...new Set(outcomes.map(({ recording }) => labelOf(recording)))].sort()
  return [
    { name: '**all**', outcomes },
    {
      name: 'OpenAI Chat, text only',
      outcomes: outcomes.filter((one) => isChat(one) && !hasTools(one) && !isHosted(one)),
    },
    { name: 'OpenAI Chat, tools', outcomes: outcomes.filter((one) => isChat(one) && hasTools(one)) },
    {
      name: 'OpenAI Responses, no hosted tools',
      outcomes: outcomes.filter((one) => one.recording.api === 'openai-responses' && !isHosted(one)),
    },
    ...apis.map((name) => ({ name, outcomes: outcomes.filter(({ recording }) => labelOf(recording) === name) })),
  ]
}

function labelOf(recording: Recording): string {
  const { api, seller } = endpointOf(recording.api)
  return seller === undefined ? api : `${api}, ${seller}`
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export interface Figures {
  readonly n: number
  readonly exact: number
  readonly median: number
  readonly p90: number
  readonly covered: number
  readonly width: number
}

export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const errors = outcomes.map(({ billed, counted }) => Math.abs(counted.tokens - billed) / billed)
  const share = (test: (one: Outcome) => boolean): number => outcomes.filter(test).length / outcomes.length
  return {
    n: outcomes.length,
    exact: share(({ billed, counted }) => counted.tokens === billed),
    median: quantile(errors, 0.5),
    p90: quantile(errors, 0.9),
    covered: share(({ billed, counted }) => counted.low <= billed && billed <= counted.high),
    width: quantile(
      outcomes.map(({ billed, counted }) => (counted.high - counted.low) / billed),
      0.5,
    ),
  }
}

export function percent(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`
}

/** Median error of another method over the calls it takes, and how many of them it takes. */
function otherMedian(outcomes: readonly Outcome[], name: string): string {
  const taken = outcomes.filter(({ others }) => others[name] !== undefined)
  const errors = taken.map(({ others, billed }) => Math.abs(others[name]! - billed) / billed)
  if (errors.length === 0) return '–'
  return taken.length === outcomes.length
    ? percent(quantile(errors, 0.5))
    : `${percent(quantile(errors, 0.5))} of ${taken.length}`
}

export function table(groups: readonly Group[]): string {
  const names = [...new Set(groups.flatMap(({ outcomes }) => outcomes.flatMap(({ others }) => Object.keys(others))))]
  const head = ['calls', 'n', 'exact', 'median error', 'p90 error', 'bill in range', 'median width', ...names]
  const rows = groups
    .filter(({ outcomes }) => outcomes.length > 0)
    .map(({ name, outcomes }) => {
      const { n, exact, median, p90, covered, width } = figuresOf(outcomes)
      const own = [percent(exact), percent(median), percent(p90), percent(covered), percent(width)]
      return [name, `${n}`, ...own, ...names.map((other) => otherMedian(outcomes, other))]
    })
  const lines = [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
