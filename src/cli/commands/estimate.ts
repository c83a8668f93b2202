import { modelOf } from '../../estimate/body.ts'
import { type CallRate, estimateCost, volumeCost } from '../../index.ts'
import { estimateText, volumeText } from '../../report/estimate.ts'
import { estimateHtml } from '../../report/estimate-html.ts'
import { type Arguments, given, wholeNumber } from '../args.ts'
import { type Command, worldOf } from '../command.ts'
import { promptOf, readOnlyInput } from '../input.ts'
import { type CliIo, type ExitCode, UsageError } from '../io.ts'
import { withinLimit } from '../limit.ts'
import {
  dollarsOf,
  help,
  htmlOption,
  json,
  modelOption,
  outputOptions,
  priceOptions,
  requestOptions,
  termsOf,
} from '../options.ts'
import { formatOf, type Output, writeHtml, writeOutput } from '../output.ts'

export const estimate: Command = {
  name: 'estimate',
  usage: '[FILE|-] --model MODEL',
  summary: 'what one call will cost, as a range',
  description:
    'Estimates a call before it is made. A JSON file with a request body is priced as that request; any other file is the ' +
    'prompt of one user message. The low and high ends bound the bill: no reply at all, and the longest the limits allow.',
  options: {
    model: { short: 'm', value: 'MODEL', help: 'the model; default: the one that the body names' },
    ...outputOptions,
    'calls-per-day': { value: 'N', help: 'also what so many calls cost a day, a month and a year' },
    growth: { value: 'SHARE', help: 'more calls each month, such as 0.1 for ten percent; with --calls-per-day' },
    ...priceOptions,
    ...requestOptions,
    ...htmlOption,
    ...json,
    ...help,
  },
  examples: [
    'tokenfare estimate prompt.md --model gpt-5-mini --max-output 800',
    'tokenfare estimate request.json --json',
    'tokenfare estimate prompt.md -m claude-sonnet-4-5 --max-cost 0.05',
  ],
  run: runEstimate,
}

async function runEstimate(args: Arguments, io: CliIo): Promise<ExitCode> {
  const model = modelOption(args)
  const limit = dollarsOf(args, 'max-cost')
  const terms = termsOf(args)
  const request = promptOf(await readOnlyInput(args.positionals, io), args.flag('text'))
  if (model === undefined && modelOf(request) === undefined) throw new UsageError('--model is missing')
  const result = await estimateCost(request, { ...terms, ...worldOf(io), ...given({ model }) })
  const rate = rateOf(args)
  await writeHtml(args, io, () => estimateHtml(result))
  const volume = rate === undefined ? undefined : volumeCost(result, rate)
  const output: Output = {
    text: (screen) => estimateText(result, screen) + (volume === undefined ? '' : volumeText(volume, screen)),
    json: () => ({ ...result, ...given({ volume }) }),
  }
  writeOutput(output, formatOf(args), io)
  return withinLimit(result.cost.high, limit, io, result.complete)
}

/** How often the call is made. @throws UsageError */
function rateOf(args: Arguments): CallRate | undefined {
  const callsPerDay = wholeNumber(args, 'calls-per-day')
  const growth = args.text('growth')
  if (
    growth !== undefined &&
    (callsPerDay === undefined || !/^-?\d+(\.\d+)?$/.test(growth) || Math.abs(Number(growth)) > 1)
  )
    throw new UsageError('--growth takes a share from -1 to 1, such as 0.1, beside --calls-per-day')
  if (callsPerDay !== undefined && callsPerDay > 1e12) throw new UsageError('--calls-per-day is at most 10^12')
  return callsPerDay === undefined ? undefined : { callsPerDay, growthPerMonth: Number(growth ?? 0) }
}
