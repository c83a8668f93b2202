/** Offers of `plan compare`: `gpt-4o-mini`, `gpt-4o-mini@batch`, `llama-3.3-70b@2xh100:fp8`. */

import { picoUsdPerHour } from '../../deployment/rental.ts'
import {
  breakEvenRent,
  type DeploymentNotice,
  estimateSelfHosted,
  listRentals,
  type Offer,
  type SelfHostedEstimate,
} from '../../deployment.ts'
import { calcCost, type Notice as PriceNotice } from '../../index.ts'
import { type Arguments, given } from '../args.ts'
import { worldOf } from '../command.ts'
import { type CliIo, UsageError } from '../io.ts'
import { lengthsOf, numberOption, setupOf } from './plan-options.ts'

/** Tiers of sellers; every other word after the `@` is a GPU. */
const tiers = ['batch', 'flex', 'priority', 'fast', 'standard']
const CONCURRENCY_TO_COMPARE = 32

export interface PlannedOffer {
  readonly offer: Offer
  /** The open model on GPUs, where the offer is one. */
  readonly estimate: SelfHostedEstimate | null
  readonly notes: readonly string[]
  /** Remarks on the price of an API, or on the data and the set-up of GPUs. */
  readonly warnings: readonly (PriceNotice | DeploymentNotice)[]
}

/** @throws UsageError, UnknownModelError, UnknownNameError, InvalidDeploymentError */
export function plannedOffer(text: string, args: Arguments, io: CliIo): PlannedOffer {
  const at = text.lastIndexOf('@')
  const [model, place] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
  if (model === '') throw new UsageError(`an offer is MODEL, MODEL@batch or MODEL@GPU, got ${JSON.stringify(text)}`)
  return place === undefined || tiers.includes(place)
    ? apiOffer(text, model, place, args, io)
    : gpuOffer(text, model, place, args, io)
}

function apiOffer(name: string, model: string, tier: string | undefined, args: Arguments, io: CliIo): PlannedOffer {
  const { promptTokens, outputTokens } = lengthsOf(args)
  const cost = calcCost({ inputTokens: promptTokens, outputTokens }, model, {
    ...worldOf(io),
    ...given({ serviceTier: tier }),
  })
  if (!cost.complete)
    throw new UsageError(`${name}: the price of a part is not known; compare a model with known prices`)
  return {
    offer: { name, usdPerCall: cost.total },
    estimate: null,
    notes: [
      `${name}: $${cost.total.exact} per call, price of ${cost.price.seller}/${cost.price.model} read on ${cost.price.checked}`,
    ],
    warnings: cost.warnings,
  }
}

/** The cheapest rental on demand of a GPU, per GPU. */
function cheapestRental(gpu: string): string {
  const [cheapest] = listRentals(gpu)
    .filter(({ commitment, gpus }) => commitment === 'on-demand' && gpus === 1)
    .sort((a, b) => Number(picoUsdPerHour(a) - picoUsdPerHour(b)))
  if (cheapest === undefined)
    throw new UsageError(`no rental on demand of one ${gpu} is known; name one with --rental or --usd-per-hour`)
  return cheapest.id
}

function gpuOffer(name: string, model: string, place: string, args: Arguments, io: CliIo): PlannedOffer {
  const match = /^(?:(\d{1,3})x)?([^:]+)(?::(.+))?$/.exec(place)
  if (match === null) throw new UsageError(`after the @ comes GPU, 2xGPU or GPU:FORMAT, got ${JSON.stringify(place)}`)
  const [, count, gpu, quantization] = match
  const setup = setupOf(args, io.clock)
  const estimate = estimateSelfHosted({
    concurrency: CONCURRENCY_TO_COMPARE,
    rental: setup.rental ?? cheapestRental(gpu),
    ...setup,
    model,
    gpu,
    ...given({
      count: count === undefined ? undefined : Number(count),
      // A format that does not exist is refused by the library.
      quantization: quantization as typeof setup.quantization,
    }),
  })
  if (estimate.cost === null)
    throw new UsageError(`${name}: ${estimate.warnings[0]?.message ?? 'the model does not fit'}`)
  const { rented } = breakEvenRent({
    estimate,
    apiUsdPerCall: '0',
    ...given({ hoursPerDay: numberOption(args, 'hours') }),
  })
  const { requestsPerHour } = estimate.speed as NonNullable<SelfHostedEstimate['speed']>
  return {
    offer: { ...rented, name },
    estimate,
    notes: [
      `${name}: ${estimate.count} × ${estimate.gpu}, ${estimate.quantization}, ${estimate.cost.rental ?? 'your own rent'}, $${estimate.cost.perHour.exact} per hour, ${Math.round(requestsPerHour.low)} to ${Math.round(requestsPerHour.high)} requests per hour`,
    ],
    warnings: estimate.warnings,
  }
}
