import { getPrice, listModels, PriceNotFoundError, type ResolvedModel } from '../../index.ts'
import { parseUsd } from '../../money.ts'
import { packedModalities as modalities, packedKinds as modelKinds } from '../../pricing/packed.ts'
import { modelsHeader, modelsRow, modelsText, type PricedModel, tokenRate } from '../../report/models.ts'
import { type Arguments, given, oneOf, wholeNumber } from '../args.ts'
import { type Command, worldOf } from '../command.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import { csvOption, dollarsOf, help, json } from '../options.ts'
import { formatOf, type Output, writeOutput } from '../output.ts'

const SHOWN_BY_DEFAULT = 40

export const models: Command = {
  name: 'models',
  usage: '[QUERY]',
  summary: 'models with their limits and rates',
  description: `Lists models whose id or name contains QUERY. On a terminal the first ${SHOWN_BY_DEFAULT} are shown, with --json and --csv all.`,
  options: {
    seller: { value: 'NAME', help: 'only models of this seller' },
    kind: { value: 'KIND', help: modelKinds.join(', ') },
    input: { value: 'WHAT', help: `only models that accept ${modalities.join(', ')}` },
    'min-context': { value: 'N', help: 'only models with a context window of at least N tokens' },
    'max-price': { value: 'USD', help: 'only models that neither read nor write above USD per million tokens' },
    sort: { value: 'WHAT', help: 'name (default: sellers, then ids), input, output or context' },
    limit: { value: 'N', help: `show at most N; default ${SHOWN_BY_DEFAULT}` },
    deprecated: { help: 'also models that are deprecated' },
    marketplaces: { help: 'also marketplaces, which repeat the models of others' },
    ...json,
    ...csvOption,
    ...help,
  },
  examples: [
    'tokenfare models haiku',
    'tokenfare models --seller groq --sort output',
    'tokenfare models --kind embedding --csv',
  ],
  run: runModels,
}

async function runModels(args: Arguments, io: CliIo): Promise<ExitCode> {
  const format = formatOf(args)
  const [query, ...more] = args.positionals
  if (more.length > 0) throw new UsageError(`one QUERY was expected, got ${args.positionals.length}`)
  const input = oneOf(args, 'input', modalities)
  const filter = given({
    query,
    kind: oneOf(args, 'kind', modelKinds),
    inputModalities: input && [input],
    minContextTokens: wholeNumber(args, 'min-context'),
    seller: args.text('seller'),
    prices: io.prices,
  })
  const sort = oneOf(args, 'sort', ['name', 'input', 'output', 'context'])
  const maxPrice = dollarsOf(args, 'max-price')
  const limit = wholeNumber(args, 'limit', 1) ?? (format === 'text' ? SHOWN_BY_DEFAULT : Number.MAX_SAFE_INTEGER)
  const found = listModels({
    ...filter,
    includeDeprecated: args.flag('deprecated'),
    includeMarketplaces: args.flag('marketplaces'),
  })
    .map((model) => priced(model, io))
    .filter((model) => maxPrice === undefined || isWithin(model, maxPrice))
  const sorted = sort === undefined || sort === 'name' ? found : found.sort(order(sort))
  const shown = sorted.slice(0, limit)
  const output: Output = {
    text: (screen) => modelsText(shown, found.length - shown.length, screen),
    json: () => shown,
    csv: () => ({ header: modelsHeader, rows: shown.map(modelsRow) }),
  }
  if (shown.length > 0 || format !== 'text') writeOutput(output, format, io)
  else io.writeError('tokenfare: no model fits; --deprecated and --marketplaces look further\n')
  return shown.length === 0 ? exitCodes.unknownModel : exitCodes.ok
}

/** Whether a model has rates for tokens, and none of them is above a limit. */
function isWithin(model: PricedModel, limit: bigint): boolean {
  const rates = [tokenRate(model, 'input'), tokenRate(model, 'output')].filter((rate) => rate !== null)
  return rates.length > 0 && rates.every((rate) => parseUsd(rate) <= limit)
}

function priced(model: ResolvedModel, io: CliIo): PricedModel {
  try {
    return { ...model, price: getPrice(model, worldOf(io)) }
  } catch (error) {
    if (error instanceof PriceNotFoundError) return { ...model, price: null }
    throw error
  }
}

/** Cheapest first, largest context first; what is unknown comes last. */
function order(by: 'input' | 'output' | 'context'): (a: PricedModel, b: PricedModel) => number {
  const key = (model: PricedModel): number =>
    by === 'context' ? -(model.contextTokens ?? 0) : Number(tokenRate(model, by) ?? Number.POSITIVE_INFINITY)
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)
}
