/** What fine-tuning costs at sellers that price training tokens. */
import { type Amount, amountOf, picoUsdPerUnit } from '../money.ts'
import { listTrainingRates } from './catalog.ts'
import { numberBetween, oneOf, optionsObject } from './check.ts'
import type { DeploymentNotice, DeploymentWarning } from './notice.ts'
import { resolveArchitecture } from './resolve.ts'
import { type Clock, staleWarnings } from './staleness.ts'
import { type TrainingSet, trainingSet } from './training-set.ts'
import type { Architecture, TrainingRate } from './types.ts'

export interface TrainingCost {
  /** Id of the training rate. */
  readonly rate: string
  readonly seller: string
  readonly total: Amount
  readonly source: string
  readonly checked: string
  readonly warnings: readonly DeploymentNotice<DeploymentWarning>[]
}

export interface TrainingCostOptions extends Clock, TrainingSet {
  /** The id of a model that a seller trains, such as `gpt-4.1-mini`, or an open model. */
  readonly model: string | Architecture
  /** Default: every method that is sold for the model. */
  readonly method?: 'full' | 'lora'
}

/** The rate of a model by name, else the smallest size class of each seller that holds the open model. */
function ratesFor(model: string | Architecture, method: 'full' | 'lora' | undefined): TrainingRate[] {
  const rates = listTrainingRates()
  const named = rates.filter((rate) => rate.model !== undefined && rate.model === model)
  if (named.length > 0) return named
  const billions = resolveArchitecture(model).totalParameters / 1e9
  const holding = rates.filter(
    (rate) => (rate.maxParametersBillions ?? 0) >= billions && (method === undefined || rate.method === method),
  )
  const smallest = new Map<string, TrainingRate>()
  for (const rate of holding) {
    const key = `${rate.seller}/${rate.method}`
    const known = smallest.get(key)
    if (known === undefined || (rate.maxParametersBillions as number) < (known.maxParametersBillions as number))
      smallest.set(key, rate)
  }
  return [...smallest.values()]
}

/**
 * Training cost where sellers price it: tokens × epochs × rate, exact, cheapest first. Empty when no seller of the data trains the model.
 *
 * @throws UnknownNameError, InvalidDeploymentError
 */
export function trainingCosts(options: TrainingCostOptions): readonly TrainingCost[] {
  optionsObject('trainingCosts', options)
  const { tokens, epochs } = trainingSet(options)
  if (options.method !== undefined) oneOf('method', options.method, ['full', 'lora'])
  numberBetween('tokens × epochs', tokens * epochs, 0, Number.MAX_SAFE_INTEGER)
  const costs = ratesFor(options.model, options.method).map((rate) => ({
    pico: picoUsdPerUnit(rate.usdPerMTok, 1_000_000) * BigInt(tokens * epochs),
    rate,
  }))
  return Object.freeze(
    costs
      .sort((a, b) => (a.pico < b.pico ? -1 : a.pico > b.pico ? 1 : 0))
      .map(({ pico, rate }) =>
        Object.freeze({
          rate: rate.id,
          seller: rate.seller,
          total: amountOf(pico),
          source: rate.source,
          checked: rate.checked,
          warnings: Object.freeze(staleWarnings([[`the training rate ${rate.id}`, rate]], options)),
        }),
      ),
  )
}
