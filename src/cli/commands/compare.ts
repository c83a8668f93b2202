import {
  type CompareOptions,
  compareModels,
  type EstimateOptions,
  getPrice,
  PriceNotFoundError,
  UnknownModelError,
} from '../../index.ts'
import { parseUsd } from '../../money.ts'
import { packedModalities as modalities } from '../../pricing/packed.ts'
import {
  comparisonHeader,
  comparisonRow,
  comparisonText,
  type UnpricedModel,
  unpricedRow,
} from '../../report/comparison.ts'
import { comparisonHtml } from '../../report/comparison-html.ts'
import { type Arguments, given, list, listOf, oneOf, wholeNumber } from '../args.ts'
import { type Command, worldOf } from '../command.ts'
import { promptOf, readOnlyInput } from '../input.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import { withinLimit } from '../limit.ts'
import {
  csvOption,
  dollarsOf,
  help,
  htmlOption,
  json,
  outputOptions,
  priceOptions,
  requestOptions,
  termsOf,
} from '../options.ts'
import { formatOf, type Output, writeHtml, writeOutput } from '../output.ts'

/** What the rows are multiplied by, filtered and ranked by. @throws UsageError */
function spreadOf(args: Arguments): CompareOptions {
  const seconds = numberUpTo(Number.MAX_VALUE, args.text('max-latency'), 'max-latency')
  const reasoning = oneOf(args, 'reasoning', ['yes', 'no'])
  const filter = given({
    minTokensPerSecond: wholeNumber(args, 'min-speed'),
    maxLatencyMs: seconds === undefined ? undefined : seconds * 1000,
    minContextTokens: wholeNumber(args, 'min-context'),
    reasoning: reasoning === undefined ? undefined : reasoning === 'yes',
    inputModalities: listOf(args, 'input', modalities),
  })
  return given({
    sort: oneOf(args, 'sort', ['expected', 'p90', 'high', 'latency']),
    filter: Object.keys(filter).length === 0 ? undefined : filter,
    serviceTiers: list(args, 'service-tiers'),
    regions: list(args, 'regions')?.map((region) => (region === 'base' ? null : region)),
    cacheHitRates: list(args, 'cached')?.map((text) => numberUpTo(1, text, 'cached')),
    everySeller: args.flag('every-seller') || undefined,
  })
}

/** A number from 0 up to a limit, which is 1 for shares. @throws UsageError */
function numberUpTo(most: number, text: string, name: string): number
function numberUpTo(most: number, text: string | undefined, name: string): number | undefined
function numberUpTo(most: number, text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0 && value <= most) return value
  const wanted = most === 1 ? 'shares from 0 to 1' : 'a number from 0 up'
  throw new UsageError(`--${name} takes ${wanted}, got ${JSON.stringify(text)}`)
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
  const { priced, unpriced } = models === undefined ? { priced: undefined, unpriced: [] } : byPrice(models, options)
  const results = priced?.length === 0 ? [] : await compareModels(request, priced, { ...options, ...spreadOf(args) })
  if (results.length === 0 && unpriced.length === 0) throw new UsageError('no model meets the conditions')
  const shown = models !== undefined || args.flag('all') ? results : results.slice(0, SHOWN_BY_DEFAULT)
  if (shown.length > 0) await writeHtml(args, io, () => comparisonHtml(shown))
  const output: Output = {
    text: (screen) => comparisonText(shown, results.length - shown.length, screen, unpriced),
    json: () => [...shown, ...unpriced],
    csv: () => ({ header: comparisonHeader, rows: [...shown.map(comparisonRow), ...unpriced.map(unpricedRow)] }),
  }
  if (shown.length > 0 || format !== 'text') writeOutput(output, format, io)
  for (const { reason } of unpriced) io.writeError(`${reason}\n`)
  if (shown.length === 0) return exitCodes.unknownModel
  const worst = shown.reduce((a, b) => (parseUsd(b.cost.high.exact) > parseUsd(a.cost.high.exact) ? b : a))
  const isComplete = shown.every(({ complete }) => complete)
  const status = withinLimit(worst.cost.high, limit, io, isComplete)
  return status === exitCodes.ok && unpriced.length > 0 ? exitCodes.unknownModel : status
}

/** The models that can be priced, and those that cannot: one of them does not keep the others from being compared. */
function byPrice(
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
