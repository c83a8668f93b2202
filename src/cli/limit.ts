/** Limits on costs that a command line sets with `--max-cost`. */
import { type Amount, parseUsd } from '../money.ts'
import { formatUsd } from '../report/format.ts'
import { type CliIo, type ExitCode, exitCodes } from './io.ts'

/** The status for a worst case against a limit in picodollars; says so when it is exceeded. */
export function withinLimit(worst: Amount, limit: bigint | undefined, io: CliIo): ExitCode {
  if (limit === undefined || parseUsd(worst.exact) <= limit) return exitCodes.ok
  io.writeError(`tokenfare: the call can cost ${formatUsd(worst)}, more than the limit that was asked for\n`)
  return exitCodes.overLimit
}
