/** Token counts of inputs as a table, and as rows. */
import type { TokenCount } from '../counting/index.ts'
import type { Cell } from './csv.ts'
import { howCounted } from './estimate.ts'
import { formatCount } from './format.ts'
import { labelled, notices, type Screen } from './screen.ts'
import { table } from './table.ts'

export interface NamedCount {
  /** The path as given; `-` for standard input. */
  readonly file: string
  readonly count: TokenCount
}

export function countsText(model: string, counts: readonly NamedCount[], screen: Screen): string {
  const ranged = counts.some(({ count }) => count.low !== count.high)
  const sum = (bound: 'low' | 'tokens' | 'high'): number => counts.reduce((so, { count }) => so + count[bound], 0)
  const rows = counts.map(({ file, count }) => [[count.low, count.tokens, count.high], file] as const)
  if (counts.length > 1) rows.push([[sum('low'), sum('tokens'), sum('high')], 'total'])
  const { styles } = screen
  return [
    ...table(
      ranged
        ? [
            { title: 'low', align: 'right' },
            { title: 'tokens', align: 'right', style: styles.strong },
            { title: 'high', align: 'right' },
            { title: 'file', shrinks: true },
          ]
        : [
            { title: 'tokens', align: 'right', style: styles.strong },
            { title: 'file', shrinks: true },
          ],
      rows.map(([[low, tokens, high], file]) =>
        (ranged ? [low, tokens, high] : [tokens]).map((n) => formatCount(n as number)).concat(file),
      ),
      screen.columns,
      styles,
    ),
    '',
    ...labelled('model', `${model}: ${[...new Set(counts.map(({ count }) => howCounted(count)))].join('; ')}`, screen),
    ...notices(
      distinct(counts.flatMap(({ count }) => count.assumptions)),
      distinct(counts.flatMap(({ count }) => count.warnings)),
      screen,
    ),
    '',
  ].join('\n')
}

function distinct<Notice extends { readonly message: string }>(all: readonly Notice[]): Notice[] {
  return [...new Map(all.map((notice) => [notice.message, notice])).values()]
}

export const countsHeader: readonly string[] = ['file', 'tokens', 'low', 'high', 'method', 'encoding', 'bounded']

export function countsRow({ file, count }: NamedCount): Cell[] {
  return [file, count.tokens, count.low, count.high, count.method, count.encoding, count.bounded]
}
