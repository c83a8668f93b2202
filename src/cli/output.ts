/** Writing results: in the format that was asked for, and to files. */
import { type Cell, csv } from '../report/csv.ts'
import { jsonText } from '../report/json.ts'
import type { Screen } from '../report/screen.ts'
import type { Arguments } from './args.ts'
import { screenOf } from './command.ts'
import { reasonOf } from './input.ts'
import { type CliIo, InputError, UsageError } from './io.ts'

/** A result in each format that a command has; only the one that is asked for is made. */
export interface Output {
  readonly text: (screen: Screen) => string
  readonly json: () => unknown
  /** Left out by commands without rows, which do not have the option `--csv`. */
  readonly csv?: () => { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
}

/** The one of two exclusive formats that is asked for. @throws UsageError */
export function formatOf(args: Arguments): keyof Output {
  if (args.flag('json') && args.flag('csv')) throw new UsageError('--json and --csv exclude each other')
  return args.flag('json') ? 'json' : args.flag('csv') ? 'csv' : 'text'
}

/** Writes a result to standard output in a format; as text where it has no rows for CSV. */
export function writeOutput(output: Output, format: keyof Output, io: CliIo): void {
  if (format === 'json') io.writeOut(jsonText(output.json()))
  else if (format === 'csv' && output.csv !== undefined) {
    const { header, rows } = output.csv()
    io.writeOut(csv(header, rows))
  } else io.writeOut(output.text(screenOf(io)))
}

/** Writes a file; an existing one is replaced only with `--force`. @throws InputError when it cannot be written */
export async function writeFile(path: string, text: string, args: Arguments, io: CliIo): Promise<void> {
  try {
    await io.writeFile(path, text, args.flag('force'))
  } catch (error) {
    throw new InputError(`${path}: ${reasonOf(error)}`, { cause: error })
  }
}

/** Writes the report of `--html`, when asked for. @throws InputError when the file cannot be written */
export async function writeHtml(args: Arguments, io: CliIo, html: () => string): Promise<void> {
  const path = args.text('html')
  if (path === undefined) return
  if (path === '') throw new UsageError('--html takes the name of a file')
  await writeFile(path, html(), args, io)
}
