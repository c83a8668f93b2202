/** Limits on costs that a command line sets with `--max-cost`. */
import { type Amount, parseUsd } from '../money.ts'
import { formatUsd } from '../report/format.ts'
import { type CliIo, type ExitCode, exitCodes } from './io.ts'

/**
 * The status for a worst case against a limit in picodollars; says so when it is exceeded.
 *
 * @param complete - false where the worst case is a lower bound, which keeps no limit.
 */
export function withinLimit(worst: Amount, limit: bigint | undefined, io: CliIo, complete = true): ExitCode {
  if (limit === undefined || (complete && parseUsd(worst.exact) <= limit)) return exitCodes.ok
  const why = complete
    ? `the call can cost ${formatUsd(worst)}, more than the limit that was asked for`
    : 'no limit can be kept: a part of the call has no known price or no bound'
  io.writeError(`tokenfare: ${why}\n`)
  return exitCodes.overLimit
}
