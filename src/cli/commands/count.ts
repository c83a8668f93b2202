import { modelOf } from '../../estimate/body.ts'
import { countTokens, InvalidRequestError } from '../../index.ts'
import { countsHeader, countsRow, countsText, type NamedCount } from '../../report/counts.ts'
import { printable } from '../../report/printable.ts'
import { type Arguments, given } from '../args.ts'
import type { Command } from '../command.ts'
import { readInput, requestOf } from '../input.ts'
import { type CliIo, type ExitCode, exitCodes, InputError, UsageError } from '../io.ts'
import { csvOption, help, instant, json, modelOption, requestOptions, termsOf } from '../options.ts'
import { formatOf, type Output, writeOutput } from '../output.ts'

export const count: Command = {
  name: 'count',
  usage: '[FILES…] --model MODEL',
  summary: 'count tokens of texts or request bodies',
  description:
    'Counts what a model is billed for. A JSON file with a request body counts as that request, frames and tools included; ' +
    'any other file counts as its text alone. Without FILES, or with -, standard input is read.',
  options: {
    model: { short: 'm', value: 'MODEL', help: 'whose tokens to count' },
    at: { value: 'DATE', help: 'the day of the call, for rules that change; default: today' },
    ...requestOptions,
    ...json,
    ...csvOption,
    ...help,
  },
  examples: ['tokenfare count README.md --model gpt-5', 'git diff | tokenfare count --model claude-sonnet-4-5'],
  run: runCount,
}

/** So many files are counted before anybody asks how long it takes. */
const FILES_WITHOUT_PROGRESS = 20

async function runCount(args: Arguments, io: CliIo): Promise<ExitCode> {
  const format = formatOf(args)
  const model = modelOption(args)
  if (args.positionals.length === 0 && io.stdinIsTerminal) throw new UsageError('no input: name FILES, or pipe text in')
  const files = args.positionals.length === 0 ? ['-'] : args.positionals
  const showsProgress = io.errorIsTerminal && files.length > FILES_WITHOUT_PROGRESS
  const terms = given({ model, api: termsOf(args).api, at: instant(args, 'at') })
  const counts: NamedCount[] = []
  let unreadable = 0
  for (const [index, file] of files.entries()) {
    if (showsProgress) io.writeError(`\r${index + 1}/${files.length} files`)
    try {
      const request = requestOf(await readInput(file, io), args.flag('text'))
      if (model === undefined && modelOf(request) === undefined) throw new UsageError('--model is missing')
      counts.push({ file, count: await countTokens(request, terms) })
    } catch (error) {
      // One bad file does not hide the counts of the others; the status tells.
      if (!(error instanceof InputError || error instanceof InvalidRequestError)) throw error
      unreadable += 1
      io.writeError(`tokenfare: ${printable(error.message.replace(/^tokenfare: /, ''))}\n`)
    }
  }
  if (showsProgress) io.writeError('\r\x1b[K')
  if (counts.length === 0) return exitCodes.unreadableInput
  const output: Output = {
    text: (screen) => countsText(model ?? 'as named in the bodies', counts, screen),
    json: () => counts.map(({ file, count }) => ({ file, ...count })),
    csv: () => ({ header: countsHeader, rows: counts.map(countsRow) }),
  }
  writeOutput(output, format, io)
  return unreadable === 0 ? exitCodes.ok : exitCodes.unreadableInput
}
