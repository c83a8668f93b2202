/** The world as the command line sees it. Passed in, so that tests run commands without a process. */
import type { PriceTable } from '../pricing/table.ts'

export interface CliIo {
  readonly stdin: AsyncIterable<Uint8Array>
  /** False when something is piped in. */
  readonly stdinIsTerminal: boolean
  /** Bytes of a file. Rejects with an error that has a `code` such as `ENOENT`. */
  readonly readFile: (path: string) => Promise<Uint8Array>
  /** Creates a file. Rejects with the code `EEXIST` when there is one, also a link, unless it may be replaced. */
  readonly writeFile: (path: string, text: string, replace: boolean) => Promise<void>
  /** Runs git in the working folder and gives what it writes; rejects when it fails. Without it, `diff` cannot be run. */
  readonly git?: (args: readonly string[]) => Promise<Uint8Array>
  readonly writeOut: (text: string) => void
  readonly writeError: (text: string) => void
  /** Width of the terminal; 80 when there is none. */
  readonly columns: number
  readonly color: boolean
  /** Whether a person watches stderr: progress is shown only then. */
  readonly errorIsTerminal: boolean
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** The price table. Default: the built-in one. */
  readonly prices?: PriceTable
}

/** Statuses of the process. */
export const exitCodes = {
  ok: 0,
  /** A limit that was asked for is exceeded. */
  overLimit: 1,
  usage: 2,
  /** No such model, or no price for it. */
  unknownModel: 3,
  unreadableInput: 4,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Arguments that no command accepts. The message ends the program with status 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** An input that cannot be read, or is not what it should be. The message ends the program with status 4. */
export class InputError extends Error {
  override name = 'InputError'
}
