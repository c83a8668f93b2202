/** From arguments to an exit status. Every error ends here. */
import packageJson from '../../package.json' with { type: 'json' }
import { InvalidRequestError, isTokenfareError, PriceNotFoundError, UnknownModelError } from '../index.ts'
import { printable } from '../report/printable.ts'
import { readArguments } from './args.ts'
import type { Command } from './command.ts'
import { compare } from './commands/compare.ts'
import { count } from './commands/count.ts'
import { diff } from './commands/diff.ts'
import { estimate } from './commands/estimate.ts'
import { forecast } from './commands/forecast.ts'
import { models } from './commands/models.ts'
import { pack } from './commands/pack.ts'
import { plan } from './commands/plan.ts'
import { price } from './commands/price.ts'
import { commandHelp, generalHelp } from './help.ts'
import { type CliIo, type ExitCode, exitCodes, InputError, UsageError } from './io.ts'

const commands: readonly Command[] = [estimate, compare, forecast, count, models, price, plan, diff, pack]

/** A status besides those of DESIGN: a fault of this program (EX_SOFTWARE of sysexits.h). */
const INTERNAL_FAULT = 70

/** Runs a command line. Resolves with the exit status; never rejects. */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode | typeof INTERNAL_FAULT> {
  const [name, ...rest] = argv
  if (name === '--version' || name === '-v') {
    io.writeOut(`${packageJson.version}\n`)
    return exitCodes.ok
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const asked = commands.find((candidate) => candidate.name === rest[0])
    const text = asked === undefined ? generalHelp(commands, io.color) : commandHelp(asked, io.color)
    if (name === undefined) io.writeError(text)
    else io.writeOut(text)
    return name === undefined ? exitCodes.usage : exitCodes.ok
  }
  const command = commands.find((candidate) => candidate.name === name)
  try {
    if (command === undefined) {
      throw new UsageError(
        `no command ${JSON.stringify(name)}; there are ${commands.map((known) => known.name).join(', ')}`,
      )
    }
    const args = readArguments(rest, command.options)
    if (args.flag('help')) {
      io.writeOut(commandHelp(command, io.color))
      return exitCodes.ok
    }
    return await command.run(args, io)
  } catch (error) {
    return fail(error, command, io)
  }
}

function fail(error: unknown, command: Command | undefined, io: CliIo): ExitCode | typeof INTERNAL_FAULT {
  const status = statusOf(error)
  const message = error instanceof Error ? error.message : String(error)
  // Node's remarks on arguments go on for lines.
  const said = error instanceof UsageError ? (message.split('\n', 1)[0] as string) : message
  io.writeError(`tokenfare: ${printable(said.replace(/^tokenfare: /, ''))}\n`)
  if (status === exitCodes.usage) {
    io.writeError(`Try: tokenfare ${command === undefined ? '--help' : `${command.name} --help`}\n`)
  }
  if (error instanceof UnknownModelError && error.suggestions.length === 0)
    io.writeError('Try: tokenfare models QUERY\n')
  // Only what a shell takes as it is: hints are pasted.
  if (error instanceof PriceNotFoundError && /^[\w@%+:,./-]+$/.test(error.model))
    io.writeError(`Try: tokenfare price ${error.model} --history\n`)
  if (status === INTERNAL_FAULT && error instanceof Error) io.writeError(`${printableLines(error.stack ?? '')}\n`)
  return status
}

function statusOf(error: unknown): ExitCode | typeof INTERNAL_FAULT {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof InputError || error instanceof InvalidRequestError) return exitCodes.unreadableInput
  if (!isTokenfareError(error)) return INTERNAL_FAULT
  if (error.code === 'invalid-deployment') return exitCodes.usage
  if (error.code === 'unknown-model' || error.code === 'price-not-found' || error.code === 'unknown-name')
    return exitCodes.unknownModel
  return error.code === 'cost-limit-exceeded' ? exitCodes.overLimit : exitCodes.unreadableInput
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
