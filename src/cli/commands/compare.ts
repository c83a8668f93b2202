import { compareModels } from '../../index.ts'
import { parseUsd } from '../../money.ts'
import { comparisonHeader, comparisonRow, comparisonText } from '../../report/comparison.ts'
import { csv } from '../../report/csv.ts'
import { formatUsd } from '../../report/format.ts'
import { jsonText } from '../../report/json.ts'
import { type Arguments, list, oneOf } from '../args.ts'
import { type Command, screenOf, worldOf } from '../command.ts'
import { promptOf, readOnlyInput } from '../input.ts'
import { type CliIo, type ExitCode, UsageError } from '../io.ts'
import { csvOption, formatOf, help, json, outputOptions, priceOptions, requestOptions, termsOf } from '../options.ts'
import { maxCost, withinLimit } from './estimate.ts'

const SHOWN_BY_DEFAULT = 20

export const compare: Command = {
  name: 'compare',
  usage: '[FILE|-] [--models A,B,C]',
  summary: 'the same call on many models, cheapest first',
  description:
    'Estimates one request for several models. Each model counts with its own vocabulary and frames, so token counts differ. ' +
    "Without --models: every current chat model of a maker, the cheapest 20. With --max-cost the dearest row's high end counts.",
  options: {
    models: { short: 'm', value: 'LIST', help: 'models, separated by commas; seller/model picks a seller' },
    all: { help: 'show all rows, not only the cheapest 20' },
    sort: { value: 'WHAT', help: 'expected (default) or high cost' },
    ...outputOptions,
    ...priceOptions,
    ...requestOptions,
    ...json,
    ...csvOption,
    ...help,
  },
  examples: [
    'tokenfare compare prompt.md --models gpt-5-mini,gemini-2.5-flash',
    'tokenfare compare request.json --csv',
  ],
  run: runCompare,
}

async function runCompare(args: Arguments, io: CliIo): Promise<ExitCode> {
  const format = formatOf(args)
  const limit = maxCost(args)
  const terms = termsOf(args)
  const sort = oneOf(args, 'sort', ['expected', 'high'])
  const models = list(args, 'models')
  if (models?.length === 0) throw new UsageError('--models takes model ids, separated by commas')
  const request = promptOf(await readOnlyInput(args.positionals, io), args.flag('text'))
  const results = await compareModels(request, models, { ...terms, ...worldOf(io) })
  if (sort === 'high')
    results.sort((a, b) => Number(b.complete) - Number(a.complete) || a.cost.high.usd - b.cost.high.usd)
  const shown = models !== undefined || args.flag('all') ? results : results.slice(0, SHOWN_BY_DEFAULT)
  if (format === 'json') io.writeOut(jsonText(shown))
  else if (format === 'csv') io.writeOut(csv(comparisonHeader, shown.map(comparisonRow)))
  else io.writeOut(comparisonText(shown, results.length - shown.length, screenOf(io)))
  const worst = shown.reduce((a, b) => (parseUsd(b.cost.high.exact) > parseUsd(a.cost.high.exact) ? b : a))
  return withinLimit(parseUsd(worst.cost.high.exact), limit, formatUsd(worst.cost.high), io)
}
