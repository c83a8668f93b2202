/** From a request to what it will cost: count, plan the reply, price both with their bounds. */
import { type CountOptions, countRequest, type TokenCount } from '../counting/index.ts'
import { instantOf, isDay, nowOf } from '../pricing/instant.ts'
import { hasHoursOn, hasTier, periodAt, type Selected, select } from '../pricing/lookup.ts'
import { findModel } from '../pricing/match.ts'
import { contextNotices } from '../pricing/notices.ts'
import { referenceOf } from '../pricing/references.ts'
import type { ModelPrices, PriceTable, RateCard } from '../pricing/table.ts'
import type { Encoding } from '../tokenizer/types.ts'
import { modelOf } from './body.ts'
import { cacheOutlook } from './cache.ts'
import { joined } from './joined.ts'
import { latencyOf } from './latency.ts'
import { type OutlookFor, outlookOf } from './outlook.ts'
import { type PriceFor, priceOf } from './priced.ts'
import { type RequestFacts, requestFacts } from './request-facts.ts'
import type { CostEstimate, EstimateOptions } from './types.ts'

/** What estimates stand on. */
export interface Foundation {
  readonly encodings: readonly Encoding[]
  readonly missingEncoding: 'throw' | 'heuristic'
  readonly prices: PriceTable
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** What counts stand on. */
export type CountFoundation = Pick<Foundation, 'encodings' | 'missingEncoding'>

/** Counts a request for a priced model. A comparison passes one that remembers. */
export type CountFor = (request: unknown, row: ModelPrices, options: EstimateOptions) => TokenCount

/** The row that a request will be priced by. @throws TypeError when no model is named. @throws UnknownModelError */
export function rowFor(request: unknown, options: EstimateOptions, prices: PriceTable): ModelPrices {
  const model = options.model ?? modelOf(request)
  if (model === undefined) throw new TypeError('no model: name it as `model` in the request or in the options')
  return findModel(prices, model, options.seller).model
}

/** The steps of an estimate. Those of a comparison remember what they found for the models before. */
export interface Steps {
  readonly count: CountFor
  readonly outlook: OutlookFor
  readonly price: PriceFor
}

/** The steps of a single estimate. */
export function stepsWith(foundation: CountFoundation): Steps {
  return { count: countWith(foundation), outlook: outlookOf, price: priceOf }
}

const noPlan = {}

/** What one call will cost. @throws UnknownModelError, PriceNotFoundError, InvalidRequestError, TokenfareError `missing-encoding` */
export function estimate(
  request: unknown,
  row: ModelPrices,
  options: EstimateOptions,
  foundation: Foundation,
  steps: Steps,
  facts: RequestFacts = requestFacts(request),
): CostEstimate {
  const input = steps.count(request, row, options)
  const outlook = steps.outlook(facts, options.output ?? noPlan, row, input)
  const { output, context } = outlook
  const { prices, clock } = foundation
  const atMs = options.at === undefined ? nowOf(clock) : instantOf({ at: options.at })
  const region = options.region ?? regionFor(row, facts)
  const selected = select(row, atMs, options.serviceTier ?? facts.serviceTier, region)
  const cache = cacheOutlook(row.seller, selected.card, options.cache, facts.cache)
  const priced = steps.price({ outlook, cache, selected, otherHours: otherHoursOf(selected, options, atMs) })
  const price = referenceOf(prices, row, selected, input.tokens)
  return Object.freeze({
    model: row.id,
    seller: row.seller,
    input,
    output,
    cost: priced.cost,
    lines: priced.lines,
    complete: priced.unpriced.length === 0 && input.bounded,
    unpriced: priced.unpriced,
    price,
    context,
    latency: latencyOf(row, output, price.serviceTier),
    assumptions: priced.assumptions,
    warnings: joined<CostEstimate['warnings'][number]>(
      priced.warnings,
      contextNotices(prices, row, selected, atMs, clock),
    ),
  })
}

/** Whether a seller has the service tier and region that a body asks for. */
export function offers(row: ModelPrices, options: EstimateOptions, facts: RequestFacts, nowMs: number): boolean {
  const period = periodAt(row, options.at === undefined ? nowMs : instantOf({ at: options.at }))
  if (period === undefined) return true
  const region = options.region ?? regionFor(row, facts)
  const place = region === undefined ? period : period.regions.get(region)
  return place !== undefined && hasTier(row.seller, place.modes, options.serviceTier ?? facts.serviceTier)
}

/** The body's region is a parameter of Anthropic's own API; others that sell its models are asked in other ways. */
function regionFor({ seller }: ModelPrices, { region }: RequestFacts): string | undefined {
  return seller === 'anthropic' ? region : undefined
}

/** The rates outside the hours of the call, when the call may come at any hour: only standard calls have a schedule. */
function otherHoursOf(selected: Selected, { at }: EstimateOptions, atMs: number): RateCard | null {
  const { schedule } = selected.period
  if (schedule === null || selected.region !== null || selected.serviceTier !== 'standard') return null
  if (at !== undefined && !(isDay(at) && hasHoursOn(schedule, atMs))) return null
  return selected.schedule === null ? schedule.card : selected.period.card
}

/** Counts with the vocabularies at hand, by the rules of the row's seller. */
export function countWith(foundation: CountFoundation): CountFor {
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
