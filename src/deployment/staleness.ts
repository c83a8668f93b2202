/** Warnings on rows that were read too long ago. */
import { type DeploymentNotice, notice } from './notice.ts'
import type { Dated } from './types.ts'

const DAY_MS = 86_400_000

export interface Clock {
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number
}

/** Whole days since a row was read at its source. */
export function ageDays({ checked }: Dated, { clock = Date.now }: Clock = {}): number {
  return Math.floor((clock() - Date.parse(checked)) / DAY_MS)
}

/** One warning for each row that is older than it may be. @param name of the row, for the message */
export function staleWarnings(
  rows: readonly (readonly [name: string, row: Dated])[],
  clock: Clock,
): DeploymentNotice<'stale-row'>[] {
  return rows
    .filter(([, row]) => ageDays(row, clock) > row.staleAfterDays)
    .map(([name, row]) =>
      notice(
        'stale-row',
        `${name} was read on ${row.checked}, ${ageDays(row, clock)} days ago, and is trusted for ${row.staleAfterDays}; look at its source: ${row.source}`,
      ),
    )
}
