/** From a request to what it will cost: count, plan the reply, price both at their bounds. */
import { type CountNotice, countRequest, type TokenCount } from '../counting/index.ts'
import { calcCost } from '../pricing/cost.ts'
import { findModel } from '../pricing/match.ts'
import type { ModelPrices, PriceTable } from '../pricing/table.ts'
import type { Usage } from '../pricing/types.ts'
import type { Encoding } from '../tokenizer/types.ts'
import { modelOf, serviceTierOf } from './body.ts'
import { planOutput } from './output.ts'
import type {
  ContextFit,
  CostEstimate,
  EstimateAssumption,
  EstimateOptions,
  EstimateWarning,
  OutputRange,
} from './types.ts'

/** What estimates stand on. */
export interface Foundation {
  readonly encodings: Iterable<Encoding>
  readonly prices: PriceTable
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** Counts a request for a priced model. A comparison passes one that remembers. */
export type CountFor = (request: unknown, row: ModelPrices, options: EstimateOptions) => TokenCount

/** The row that a request will be priced by. @throws TypeError when no model is named. @throws UnknownModelError */
export function rowFor(request: unknown, options: EstimateOptions, prices: PriceTable): ModelPrices {
  const model = options.model ?? modelOf(request)
  if (model === undefined) throw new TypeError('no model: name it as `model` in the request or in the options')
  return findModel(prices, model, options.seller).model
}

/** What one call will cost. @throws UnknownModelError, PriceNotFoundError, InvalidRequestError, TokenfareError `missing-encoding` */
export function estimate(
  request: unknown,
  row: ModelPrices,
  options: EstimateOptions,
  foundation: Foundation,
  count: CountFor,
): CostEstimate {
  const input = count(request, row, options)
  const assumptions: CountNotice<EstimateAssumption>[] = []
  const warnings: CountNotice<EstimateWarning>[] = []
  const output = planOutput(
    request,
    options.output ?? {},
    {
      writes: row.kind !== 'embedding' && row.kind !== 'rerank' && row.kind !== 'moderation',
      reasons: row.reasoning,
      maxOutputTokens: row.maxOutputTokens,
      contextTokens: row.contextTokens,
      inputLow: input.low,
    },
    { assumptions, warnings },
  )
  const context = contextFit(row, input, output, warnings)
  const serviceTier = options.serviceTier ?? serviceTierOf(request)
  const terms = {
    prices: foundation.prices,
    clock: foundation.clock,
    ...(options.at === undefined ? {} : { at: options.at }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(options.region === undefined ? {} : { region: options.region }),
  }
  const expected = calcCost(usageAt(input, 'tokens', output.expected), row, terms)
  const low = calcCost(usageAt(input, 'low', output.low), row, terms)
  const high = calcCost(usageAt(input, 'high', output.high), row, terms)
  for (const { part, reason } of high.unpriced) {
    warnings.push({ code: 'unpriced-part', message: `${part} is not in the cost: ${reason}` })
  }
  return Object.freeze({
    model: row.id,
    seller: row.seller,
    input,
    output,
    cost: Object.freeze({ low: low.total, expected: expected.total, high: high.total }),
    lines: expected.lines,
    complete: high.complete && input.bounded,
    unpriced: high.unpriced,
    price: expected.price,
    context,
    assumptions: frozenList([...input.assumptions, ...assumptions]),
    warnings: frozenList([...input.warnings, ...warnings, ...expected.warnings]),
  })
}

/** Counts with the vocabularies at hand, by the rules of the row's seller. */
export function countWith(foundation: Pick<Foundation, 'encodings'>): CountFor {
  return (request, row, options) =>
    countRequest(request, {
      model: row.id,
      seller: row.seller,
      encodings: foundation.encodings,
      ...(options.api === undefined ? {} : { api: options.api }),
      ...(options.at === undefined ? {} : { at: options.at }),
    })
}

/** Kinds of parts that some sellers price apart from text. */
const usageFieldOf: ReadonlyMap<string, 'inputImageTokens' | 'inputAudioTokens' | 'inputVideoTokens'> = new Map([
  ['images', 'inputImageTokens'],
  ['audio', 'inputAudioTokens'],
  ['video', 'inputVideoTokens'],
])

function usageAt(input: TokenCount, bound: 'low' | 'tokens' | 'high', outputTokens: number): Usage {
  const usage: { -readonly [Field in keyof Usage]: Usage[Field] } = { inputTokens: input[bound], outputTokens }
  for (const part of input.parts) {
    const field = usageFieldOf.get(part.kind)
    if (field !== undefined) usage[field] = part[bound]
  }
  return usage
}

function contextFit(
  row: ModelPrices,
  input: TokenCount,
  output: OutputRange,
  warnings: CountNotice<EstimateWarning>[],
): ContextFit {
  const limit = row.contextTokens
  const used = input.high + output.expected
  if (limit === null) {
    warnings.push({ code: 'context-unknown', message: 'the size of the context window is not known' })
  } else if (used > limit) {
    warnings.push({
      code: 'context-exceeded',
      message: `up to ${used} tokens are needed, the context window has ${limit}; the provider may refuse the call`,
    })
  }
  return Object.freeze({ limit, used, fits: limit === null ? null : used <= limit })
}

function frozenList<Item extends object>(items: readonly Item[]): readonly Item[] {
  return Object.freeze(items.map((item) => Object.freeze(item)))
}
