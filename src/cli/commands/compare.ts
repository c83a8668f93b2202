import {
  type CompareOptions,
  compareModels,
  type EstimateOptions,
  getPrice,
  PriceNotFoundError,
  UnknownModelError,
} from '../../index.ts'
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
import { comparisonHtml } from '../../report/html.ts'
import { jsonText } from '../../report/json.ts'
import { type Arguments, list, oneOf, wholeNumber } from '../args.ts'
import { type Command, screenOf, worldOf } from '../command.ts'
import { promptOf, readOnlyInput } from '../input.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import {
  csvOption,
  dollarsOf,
  formatOf,
  help,
  htmlOption,
  json,
  outputOptions,
  priceOptions,
  requestOptions,
  termsOf,
  writeHtml,
} from '../options.ts'
import { withinLimit } from './estimate.ts'

const modalities = ['text', 'image', 'audio', 'video', 'pdf'] as const

/** What the rows are multiplied by, filtered and ranked by. @throws UsageError */
function spreadOf(args: Arguments): CompareOptions {
  const sort = oneOf(args, 'sort', ['expected', 'p90', 'high', 'latency'])
  const speed = wholeNumber(args, 'min-speed')
  const seconds = share(args.text('max-latency'), 'max-latency', Number.MAX_VALUE)
  const context = wholeNumber(args, 'min-context')
  const reasoning = oneOf(args, 'reasoning', ['yes', 'no'])
  const input = list(args, 'input')?.map((word) => {
    const known = modalities.find((modality) => modality === word)
    if (known === undefined) throw new UsageError(`--input takes ${modalities.join(', ')}; got ${JSON.stringify(word)}`)
    return known
  })
  const filter = {
    ...(speed === undefined ? {} : { minTokensPerSecond: speed }),
    ...(seconds === undefined ? {} : { maxLatencyMs: seconds * 1000 }),
    ...(context === undefined ? {} : { minContextTokens: context }),
    ...(reasoning === undefined ? {} : { reasoning: reasoning === 'yes' }),
    ...(input === undefined ? {} : { inputModalities: input }),
  }
  const [serviceTiers, regions, cached] = [list(args, 'service-tiers'), list(args, 'regions'), list(args, 'cached')]
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
    ...(serviceTiers === undefined ? {} : { serviceTiers }),
    ...(regions === undefined ? {} : { regions: regions.map((region) => (region === 'base' ? null : region)) }),
    ...(cached === undefined ? {} : { cacheHitRates: cached.map((text) => share(text, 'cached', 1) as number) }),
    ...(args.flag('every-seller') ? { everySeller: true } : {}),
  }
}

/** A number from 0 up to a limit. @throws UsageError */
function share(text: string | undefined, name: string, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0 && value <= most) return value
  throw new UsageError(
    `--${name} takes ${most === 1 ? 'shares from 0 to 1' : 'a number from 0 up'}, got ${JSON.stringify(text)}`,
  )
}

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
    sort: { value: 'WHAT', help: 'expected (default), p90 or high cost, or latency' },
    'service-tiers': {
      value: 'LIST',
      help: 'every model at each of these tiers it is sold at: standard,batch,flex,priority',
    },
    regions: { value: 'LIST', help: "every model in each of these regions; base is the seller's own" },
    cached: { value: 'LIST', help: 'every model with these shares of cache hits, such as 0,0.9' },
    'every-seller': { help: 'every model at all sellers that have it' },
    'min-speed': { value: 'N', help: 'only models with at least N published output tokens a second' },
    'max-latency': { value: 'SECONDS', help: 'only models that are expected to answer within that time' },
    'min-context': { value: 'N', help: 'only models with a context window of at least N tokens' },
    input: { value: 'LIST', help: 'only models that read all of these: text,image,audio,video,pdf' },
    reasoning: { value: 'YES|NO', help: 'only models that can reason, or that cannot' },
    ...outputOptions,
    ...priceOptions,
    ...requestOptions,
    ...htmlOption,
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
  const models = list(args, 'models')
  if (models?.length === 0) throw new UsageError('--models takes model ids, separated by commas')
  const request = promptOf(await readOnlyInput(args.positionals, io), args.flag('text'))
  const options = { ...terms, ...worldOf(io) }
  const { priced, unpriced } = models === undefined ? { priced: undefined, unpriced: [] } : split(models, options)
  const results = priced?.length === 0 ? [] : await compareModels(request, priced, { ...options, ...spreadOf(args) })
  if (results.length === 0 && unpriced.length === 0) throw new UsageError('no model meets the conditions')
  const shown = models !== undefined || args.flag('all') ? results : results.slice(0, SHOWN_BY_DEFAULT)
  if (shown.length > 0) await writeHtml(args, io, () => comparisonHtml(shown))
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
