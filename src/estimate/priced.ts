/** What a call costs under rates: the bill that is expected, the range around it, and why. Whose rates they are does not matter. */
import type { CountNotice } from '../counting/index.ts'
import { amountOfPico } from '../pricing/amount.ts'
import { billUnder, isFeeVaried, textBill } from '../pricing/bill.ts'
import type { Bill } from '../pricing/bill-draft.ts'
import { tierOf } from '../pricing/lookup.ts'
import { ratesKey } from '../pricing/rates-key.ts'
import { type RateCard, rateOf } from '../pricing/table.ts'
import type { UnpricedPart } from '../pricing/types.ts'
import { type CacheOutlook, type CacheSplit, isSameCache } from './cache.ts'
import type { BilledInput } from './input-bounds.ts'
import { joined } from './joined.ts'
import { withMade } from './made-price.ts'
import type { Outlook } from './outlook.ts'
import { costRange, type PlannedCall, picoAt, usageAt } from './range.ts'
import type { CostEstimate, EstimateNotice, EstimateWarning } from './types.ts'

/** The part of an estimate that is equal for calls with the same outlook under the same rates. */
export type Priced = Pick<CostEstimate, 'cost' | 'lines' | 'unpriced' | 'assumptions' | 'warnings'>

/** Prices a call. A comparison passes one that remembers. */
export type PriceFor = (call: PlannedCall) => Priced

/** What a call costs, with what it makes besides text. */
export function priceOf(call: PlannedCall): Priced {
  return withMade(call, textPriceOf)
}

function textPriceOf(call: PlannedCall): Priced {
  const { outlook, cache, selected } = call
  const { inputs, output } = outlook
  const { card } = selected
  const { tokens } = inputs.expected
  const split = cache.expected(tokens)
  const bill = billOf(inputs.expected, output.expected, split, card)
  const range = costRange(picoAt(tierOf(card, tokens).micro, inputs.expected, output.expected, split), call)
  const unpriced = unpricedOf(bill, card, outlook)
  return {
    cost: Object.freeze({
      low: amountOfPico(range.low),
      expected: bill.total,
      high: amountOfPico(range.high),
      p90: amountOfPico(range.p90),
    }),
    lines: bill.lines,
    unpriced,
    assumptions: joined<EstimateNotice>(outlook.assumptions, range.effects),
    warnings: joined<CostEstimate['warnings'][number]>(
      outlook.warnings,
      cache.isUnpriced ? [cacheUnpriced] : [],
      unpriced.map(unpricedWarning),
      bill.warnings,
    ),
  }
}

function billOf(input: BilledInput, outputTokens: number, split: CacheSplit, card: RateCard): Bill {
  if (input.media !== undefined || split.ttl === '12h' || isFeeVaried(card))
    return billUnder(card, usageAt(input, outputTokens, split))
  const { read, write, ttl } = split
  return textBill(card, input.tokens, outputTokens, read, write, ttl === '1h' ? write : 0)
}

/** Unpriced parts, also those that only a longer reply than the expected would have. */
function unpricedOf(bill: Bill, card: RateCard, { inputs, output }: Outlook): readonly UnpricedPart[] {
  if (output.high === output.expected || output.expected > 0) return bill.unpriced
  if (rateOf(tierOf(card, inputs.high.tokens), 'output') != null) return bill.unpriced
  const part = { part: 'output', quantity: output.high, unit: 'tokens', reason: 'the table has no rate for it' }
  return Object.freeze([...bill.unpriced, Object.freeze(part)])
}

function unpricedWarning({ part, reason }: UnpricedPart): CountNotice<EstimateWarning> {
  return Object.freeze({ code: 'unpriced-part', message: `${part} is not in the cost: ${reason}` })
}

const cacheUnpriced: CountNotice<EstimateWarning> = /* @__PURE__ */ Object.freeze({
  code: 'cache-unpriced',
  message: 'the seller has no known rate for cached input; none is counted on',
})

/** A price, and what it depends on besides the rates. */
interface Remembered {
  readonly outlook: Outlook
  readonly cache: CacheOutlook
  readonly priced: Priced
}

/** Prices for many models of one request: sellers of one model often charge the same, and so do models of one family. */
export function rememberingPrice(): PriceFor {
  const byRates = new Map<string, Remembered[]>()
  return (call) => {
    const { outlook, cache, selected, otherHours } = call
    // The remarks on hours name the schedule of the seller.
    if (otherHours !== null) return priceOf(call)
    const key = ratesKey(selected.card)
    const known = byRates.get(key)
    if (known !== undefined)
      for (const one of known) if (one.outlook === outlook && isSameCache(one.cache, cache)) return one.priced
    const priced = priceOf(call)
    if (known !== undefined) known.push({ outlook, cache, priced })
    else byRates.set(key, [{ outlook, cache, priced }])
    return priced
  }
}
