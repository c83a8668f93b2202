/** From a request to what it will cost: count, plan the reply, price both with their bounds. */
import { type CountNotice, type CountOptions, countRequest, type TokenCount } from '../counting/index.ts'
import { amountOfPico, picoUnder } from '../pricing/amount.ts'
import { billSelected } from '../pricing/bill.ts'
import { instantOf } from '../pricing/instant.ts'
import { type Selected, select, tierOf } from '../pricing/lookup.ts'
import { findModel } from '../pricing/match.ts'
import { type ModelPrices, type PriceTable, type RateCard, rateOf } from '../pricing/table.ts'
import type { Cost, UnpricedPart } from '../pricing/types.ts'
import type { Encoding } from '../tokenizer/types.ts'
import { modelOf } from './body.ts'
import { cacheOutlook } from './cache.ts'
import { latencyOf } from './latency.ts'
import { type OutlookFor, outlookOf } from './outlook.ts'
import { costRange, usageAt } from './range.ts'
import { type RequestFacts, requestFacts } from './request-facts.ts'
import type { CostEstimate, EstimateNotice, EstimateOptions, EstimateWarning, OutputRange } from './types.ts'

/** What estimates stand on. */
export interface Foundation {
  readonly encodings: Iterable<Encoding>
  readonly missingEncoding: 'throw' | 'heuristic'
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

const noPlan = {}

const cacheUnpriced: CountNotice<EstimateWarning> = Object.freeze({
  code: 'cache-unpriced',
  message: 'the seller has no known rate for cached input; none is counted on',
})

/** What one call will cost. @throws UnknownModelError, PriceNotFoundError, InvalidRequestError, TokenfareError `missing-encoding` */
export function estimate(
  request: unknown,
  row: ModelPrices,
  options: EstimateOptions,
  foundation: Foundation,
  count: CountFor,
  facts: RequestFacts = requestFacts(request),
  outlookFor: OutlookFor = outlookOf,
): CostEstimate {
  const input = count(request, row, options)
  const { output, context, assumptions, warnings } = outlookFor(facts, options.output ?? noPlan, row, input)
  const serviceTier = options.serviceTier ?? facts.serviceTier
  const atMs = options.at === undefined ? foundation.clock() : instantOf({ at: options.at })
  const selected = select(row, atMs, serviceTier, options.region)
  const cache = cacheOutlook(row.seller, selected.card, options.cache)
  const priceWarnings: CountNotice<EstimateWarning>[] = []
  if (
    options.cache !== undefined &&
    !cache.uncertain &&
    options.cache.hitRate > 0 &&
    cache.expected(1 << 20).read === 0
  )
    priceWarnings.push(cacheUnpriced)
  const usage = usageAt(input, 'tokens', output.expected, cache.expected(input.tokens))
  const expected = billSelected(foundation.prices, usage, row, selected, atMs, foundation)
  const range = costRange(picoUnder(tierOf(selected.card, input.tokens).micro, usage), {
    input,
    output,
    cache,
    selected,
    otherHours: otherHoursOf(selected, options),
  })
  const unpriced = unpricedOf(expected, output, selected, input)
  for (const { part, reason } of unpriced) {
    const message = `${part} is not in the cost: ${reason}`
    priceWarnings.push(Object.freeze({ code: 'unpriced-part', message }))
  }
  return Object.freeze({
    model: row.id,
    seller: row.seller,
    input,
    output,
    cost: Object.freeze({
      low: amountOfPico(range.low),
      expected: expected.total,
      high: amountOfPico(range.high),
      p90: amountOfPico(range.p90),
    }),
    lines: expected.lines,
    complete: unpriced.length === 0 && input.bounded,
    unpriced,
    price: expected.price,
    context,
    latency: latencyOf(row, output, expected.price.serviceTier),
    assumptions: joined<EstimateNotice>(input.assumptions, assumptions, range.effects),
    warnings: joined<CostEstimate['warnings'][number]>(input.warnings, warnings, priceWarnings, expected.warnings),
  })
}

/** The rates outside the hours of the call, when the call may come at any hour: only standard calls have a schedule. */
function otherHoursOf(selected: Selected, options: EstimateOptions): RateCard | null {
  const { schedule } = selected.period
  if (schedule === null || options.at !== undefined || options.region !== undefined) return null
  if (selected.serviceTier !== 'standard') return null
  return selected.schedule === null ? schedule.card : selected.period.card
}

/** Unpriced parts, also those that only a longer reply than the expected would have. */
function unpricedOf(
  expected: Cost,
  output: OutputRange,
  { card }: Selected,
  input: TokenCount,
): readonly UnpricedPart[] {
  if (output.high === output.expected || output.expected > 0) return expected.unpriced
  if (rateOf(tierOf(card, input.high), 'output') != null) return expected.unpriced
  const part = { part: 'output', quantity: output.high, unit: 'tokens', reason: 'the table has no rate for it' }
  return Object.freeze([...expected.unpriced, Object.freeze(part)])
}

/** Counts with the vocabularies at hand, by the rules of the row's seller. */
export function countWith(foundation: Pick<Foundation, 'encodings' | 'missingEncoding'>): CountFor {
  const { encodings, missingEncoding } = foundation
  return (request, { id, seller }, { api, at }) => {
    const terms: { -readonly [Name in keyof CountOptions]: CountOptions[Name] } = {
      model: id,
      seller,
      encodings,
      missingEncoding,
    }
    if (api !== undefined) terms.api = api
    if (at !== undefined) terms.at = at
    return countRequest(request, terms)
  }
}

const nothing: readonly never[] = Object.freeze([])

/** One list of several, whose items are frozen. */
function joined<Item extends object>(...lists: readonly (readonly Item[])[]): readonly Item[] {
  const all: Item[] = []
  for (const list of lists) for (const item of list) all.push(item)
  return all.length === 0 ? nothing : Object.freeze(all)
}
