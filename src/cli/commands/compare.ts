import { compareModels, type EstimateOptions, getPrice, PriceNotFoundError, UnknownModelError } from '../../index.ts'
import { parseUsd } from '../../money.ts'
import {
  comparisonHeader,
  comparisonRow,
  comparisonText,
  type UnpricedModel,
  unpricedRow,
} from '../../report/comparison.ts'
import { csv } from '../../report/csv.ts'
import { formatUsd } from '../../report/format.ts'
import { jsonText } from '../../report/json.ts'
import { type Arguments, list, oneOf } from '../args.ts'
import { type Command, screenOf, worldOf } from '../command.ts'
import { promptOf, readOnlyInput } from '../input.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import {
  csvOption,
  dollarsOf,
  formatOf,
  help,
  json,
  outputOptions,
  priceOptions,
  requestOptions,
  termsOf,
} from '../options.ts'
import { withinLimit } from './estimate.ts'

const SHOWN_BY_DEFAULT = 20

export const compare: Command = {
  name: 'compare',
  usage: '[FILE|-] [--models A,B,C]',
  summary: 'the same call on many models, cheapest first',
  description:
    'Estimates one request for several models. Each model counts with its own vocabulary and frames, so token counts differ. ' +
    "Without --models: every current chat model of a maker, the cheapest 20. With --max-cost the dearest row's high end counts. " +
    'A model of --models without a known price is listed as unpriced; then the exit status is 3.',
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
  const limit = dollarsOf(args, 'max-cost')
  const terms = termsOf(args)
  const sort = oneOf(args, 'sort', ['expected', 'high'])
  const models = list(args, 'models')
  if (models?.length === 0) throw new UsageError('--models takes model ids, separated by commas')
  const request = promptOf(await readOnlyInput(args.positionals, io), args.flag('text'))
  const options = { ...terms, ...worldOf(io) }
  const { priced, unpriced } = models === undefined ? { priced: undefined, unpriced: [] } : split(models, options)
  const results = priced?.length === 0 ? [] : await compareModels(request, priced, options)
  if (sort === 'high')
    results.sort((a, b) => Number(b.complete) - Number(a.complete) || a.cost.high.usd - b.cost.high.usd)
  const shown = models !== undefined || args.flag('all') ? results : results.slice(0, SHOWN_BY_DEFAULT)
  if (format === 'json') io.writeOut(jsonText([...shown, ...unpriced]))
  else if (format === 'csv')
    io.writeOut(csv(comparisonHeader, [...shown.map(comparisonRow), ...unpriced.map(unpricedRow)]))
  else if (shown.length > 0) io.writeOut(comparisonText(shown, results.length - shown.length, screenOf(io), unpriced))
  for (const { reason } of unpriced) io.writeError(`${reason}\n`)
  if (shown.length === 0) return exitCodes.unknownModel
  const worst = shown.reduce((a, b) => (parseUsd(b.cost.high.exact) > parseUsd(a.cost.high.exact) ? b : a))
  const status = withinLimit(parseUsd(worst.cost.high.exact), limit, formatUsd(worst.cost.high), io)
  return status === exitCodes.ok && unpriced.length > 0 ? exitCodes.unknownModel : status
}

/** The models that can be priced, and those that cannot: one of them does not keep the others from being compared. */
function split(
  models: readonly string[],
  options: EstimateOptions & ReturnType<typeof worldOf>,
): { readonly priced: string[]; readonly unpriced: UnpricedModel[] } {
  const priced: string[] = []
  const unpriced: UnpricedModel[] = []
  for (const model of models) {
    try {
      getPrice(model, options)
      priced.push(model)
    } catch (error) {
      if (!(error instanceof PriceNotFoundError || error instanceof UnknownModelError)) throw error
      unpriced.push({ model, code: error.code, reason: error.message })
    }
  }
  return { priced, unpriced }
}
