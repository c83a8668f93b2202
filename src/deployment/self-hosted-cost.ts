/** What the time of GPUs costs, in dollars and in energy. */
import { amountOf } from '../money.ts'
import { mapRange, rangeOf } from './range.ts'
import { machinesFor, type ResolvedRent } from './rental.ts'
import type { Setup } from './roofline.ts'
import type { SelfHostedCost, SelfHostedEnergy } from './self-hosted-types.ts'
import type { LoadRange, SpeedRanges } from './throughput.ts'
import type { Range } from './types.ts'

const PER_MILLION = 1e6
const SECONDS_PER_HOUR = 3600
const WATTS_PER_KILOWATT = 1000
/** Share of the TDP that a GPU draws while it serves: decoding leaves the arithmetic idle, prefill does not. */
const POWER_SHARE: Range = { low: 0.45, expected: 0.7, high: 1 }

/** The rent of `gpus` GPUs, shared out among the tokens that they read and write in that time. */
export function costOf(
  rent: ResolvedRent,
  gpus: number,
  speeds: SpeedRanges,
  load: LoadRange,
  utilisation: number,
): SelfHostedCost {
  const { promptTokens, outputTokens, concurrency } = load
  const machines = machinesFor(rent, gpus)
  const perHour = amountOf(rent.picoUsdPerMachineHour * BigInt(machines))
  const usdPerBusySecond = perHour.usd / SECONDS_PER_HOUR / utilisation
  const secondsPerRequest = (point: keyof Range): number => outputTokens / speeds[point].outputTokensPerSecond
  /** Share of a request's time that goes to its prompt. */
  const prefillShare = (point: keyof Range): number => {
    const { prefillSecondsPerRequest, stepSeconds } = speeds[point]
    const decodeSeconds = (stepSeconds * outputTokens) / concurrency[point]
    return prefillSecondsPerRequest / (prefillSecondsPerRequest + decodeSeconds)
  }
  return Object.freeze({
    perHour,
    inputUsdPerMTok: rangeOf(
      (point) => (usdPerBusySecond * secondsPerRequest(point) * prefillShare(point) * PER_MILLION) / promptTokens,
    ),
    outputUsdPerMTok: rangeOf(
      (point) => (usdPerBusySecond * secondsPerRequest(point) * (1 - prefillShare(point)) * PER_MILLION) / outputTokens,
    ),
    usdPerRequest: rangeOf((point) => usdPerBusySecond * secondsPerRequest(point)),
    machines,
    rental: rent.row?.id ?? null,
    source: rent.row?.source ?? 'given by the caller',
    checked: rent.row?.checked ?? null,
  })
}

/** The least energy per token is drawn at the highest speed. */
export function energyOf(
  { gpu, count }: Setup,
  outputTokensPerSecond: Range,
  { promptTokens, outputTokens }: LoadRange,
): SelfHostedEnergy {
  const watts = mapRange(POWER_SHARE, (share) => share * gpu.tdpWatts * count)
  const tokensPerOutputToken = (promptTokens + outputTokens) / outputTokens
  const kWhPerMTok = (drawnWatts: number, tokensPerSecond: number): number =>
    (drawnWatts * PER_MILLION) / (tokensPerSecond * tokensPerOutputToken) / SECONDS_PER_HOUR / WATTS_PER_KILOWATT
  return Object.freeze({
    watts,
    kWhPerMTok: Object.freeze({
      low: kWhPerMTok(watts.low, outputTokensPerSecond.high),
      expected: kWhPerMTok(watts.expected, outputTokensPerSecond.expected),
      high: kWhPerMTok(watts.high, outputTokensPerSecond.low),
    }),
  })
}
