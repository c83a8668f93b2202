/** What a command is. */

import type { Screen } from '../report/screen.ts'
import { stylesFor } from '../report/table.ts'
import { type Arguments, given, type Options } from './args.ts'
import type { CliIo, ExitCode } from './io.ts'

export interface Command {
  readonly name: string
  /** Arguments after the name, as the help shows them. */
  readonly usage: string
  /** One sentence for the list of commands. */
  readonly summary: string
  /** A paragraph for the command's own help. */
  readonly description: string
  readonly options: Options
  readonly examples: readonly string[]
  readonly run: (args: Arguments, io: CliIo) => Promise<ExitCode>
}

/** What the verbs of the library take from the world. */
export function worldOf({ clock, prices }: CliIo): Pick<CliIo, 'clock' | 'prices'> {
  return { clock, ...given({ prices }) }
}

export function screenOf(io: CliIo): Screen {
  return { columns: Math.max(40, Math.min(io.columns, 120)), styles: stylesFor(io.color) }
}
