/** The cost of a call under the built-in table, or under one that the caller passes. */
import { type CostOptions, costUnder } from './bill.ts'
import { tableGiven } from './builtin.ts'
import type { ModelReference } from './match.ts'
import type { Cost, Usage } from './types.ts'

/**
 * What a call cost, from its real usage.
 *
 * Usage without a known rate does not count as zero: it is listed in `unpriced`, `complete` is false, and `total` is then a
 * lower bound. A context tier applies to the whole request.
 *
 * @throws UnknownModelError, PriceNotFoundError, InvalidUsageError
 */
export function calcCost(usage: Usage, model: ModelReference, options: CostOptions = {}): Cost {
  return costUnder(tableGiven(options.prices), usage, model, options)
}
