import { modelOf } from '../../estimate/body.ts'
import { countTokens, type ForecastPlan, forecast as forecastOf } from '../../index.ts'
import { forecastHeader, forecastRow, forecastText } from '../../report/forecast.ts'
import { forecastHtml } from '../../report/forecast-html.ts'
import { type Arguments, given, oneOf, wholeNumber } from '../args.ts'
import { type Command, worldOf } from '../command.ts'
import { readInput, requestOf } from '../input.ts'
import { type CliIo, type ExitCode, UsageError } from '../io.ts'
import { withinLimit } from '../limit.ts'
import { csvOption, dollarsOf, help, htmlOption, json, modelOption, placeOf, priceOptions } from '../options.ts'
import { formatOf, type Output, writeHtml, writeOutput } from '../output.ts'

export const forecast: Command = {
  name: 'forecast',
  usage: '[FILE] --model MODEL --turns N',
  summary: 'what a conversation or an agent loop costs, turn by turn',
  description:
    'Follows a conversation: each call sends all that went before. FILE, when given, is what stands before it (system prompt, tools); ' +
    'its tokens are counted. Shows the cost with the prompt cache and without, and from which turn on caching pays.',
  options: {
    model: { short: 'm', value: 'MODEL', help: 'the model; default: the one that the body in FILE names' },
    turns: { short: 'n', value: 'N', help: 'turns of the conversation; default 20' },
    system: { value: 'N', help: 'tokens that stand before the conversation; default: those of FILE, else 1000' },
    user: { value: 'N', help: 'tokens of a user message; default 100' },
    output: { value: 'N', help: 'tokens of a reply, reasoning included; default 300' },
    reasoning: { value: 'N', help: 'tokens of a reply that are not sent again; default 0' },
    'tool-rounds': { value: 'N', help: 'rounds of tool calls in a turn; default 0' },
    'tool-result': { value: 'N', help: 'tokens that the tools of a round answer; default 500' },
    pause: { value: 'SECONDS', help: 'time between turns; default 60' },
    ttl: { value: 'TIME', help: 'life of a cached prefix: 5m (default) or 1h' },
    context: { value: 'N', help: "tokens that a call may take; default: the model's window" },
    'compact-to': { value: 'N', help: 'tokens of the summary when a call would not fit; default 2000' },
    'max-cost': { value: 'USD', help: 'end with status 1 when the whole costs more than this' },
    ...priceOptions,
    ...htmlOption,
    ...json,
    ...csvOption,
    ...help,
  },
  examples: [
    'tokenfare forecast --model claude-sonnet-4-5 --turns 30 --system 8000 --tool-rounds 3',
    'tokenfare forecast system.md -m gpt-5 -n 50 --pause 600 --html forecast.html',
  ],
  run: runForecast,
}

async function runForecast(args: Arguments, io: CliIo): Promise<ExitCode> {
  const format = formatOf(args)
  const limit = dollarsOf(args, 'max-cost')
  if (args.positionals.length > 1) throw new UsageError(`one FILE was expected, got ${args.positionals.length}`)
  const [name] = args.positionals
  const request = name === undefined ? undefined : requestOf(await readInput(name, io), false)
  const model = modelOption(args) ?? modelOf(request)
  if (model === undefined) throw new UsageError('--model is missing')
  const place = { ...placeOf(args), ...worldOf(io) }
  const counted = request === undefined ? 1000 : (await countTokens(request, { model })).tokens
  const plan = planOf(args, wholeNumber(args, 'system') ?? counted)
  const result = forecastOf(model, plan, place)
  await writeHtml(args, io, () => forecastHtml(result))
  const output: Output = {
    text: (screen) => forecastText(result, screen),
    json: () => result,
    csv: () => ({ header: forecastHeader, rows: result.turns.map(forecastRow) }),
  }
  writeOutput(output, format, io)
  return withinLimit(result.total.withCache, limit, io)
}

function planOf(args: Arguments, systemTokens: number): ForecastPlan {
  const plan = {
    turns: wholeNumber(args, 'turns', 1) ?? 20,
    systemTokens,
    userTokensPerTurn: wholeNumber(args, 'user') ?? 100,
    outputTokensPerCall: wholeNumber(args, 'output') ?? 300,
    ...given({
      reasoningTokensPerCall: wholeNumber(args, 'reasoning'),
      toolRoundsPerTurn: wholeNumber(args, 'tool-rounds'),
      toolResultTokens: wholeNumber(args, 'tool-result'),
      secondsBetweenTurns: wholeNumber(args, 'pause'),
      contextTokens: wholeNumber(args, 'context'),
      compactToTokens: wholeNumber(args, 'compact-to'),
      ttl: oneOf(args, 'ttl', ['5m', '1h']),
    }),
  }
  if (plan.turns > 10_000) throw new UsageError('--turns takes a whole number up to 10000')
  if ((plan.reasoningTokensPerCall ?? 0) > plan.outputTokensPerCall)
    throw new UsageError('--reasoning is a part of --output and cannot be more')
  return plan
}
