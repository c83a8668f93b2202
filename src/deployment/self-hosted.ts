/** What an open model does and costs on rented or own GPUs. */
import { type Amount, amountOf } from '../money.ts'
import { numberBetween, oneOf, optionsObject, wholeNumber } from './check.ts'
import { efficiencyOf } from './efficiency.ts'
import { quantizationNames } from './formats.ts'
import { fullConcurrency, type Memory, MOST_CONCURRENT, MOST_GPUS, memoryOf } from './memory.ts'
import { mapRange, rangeOf } from './range.ts'
import { machinesFor, type Rent, resolveRent } from './rental.ts'
import { resolveArchitecture, resolveGpu } from './resolve.ts'
import { decodeStep, type Setup, type StepTime } from './roofline.ts'
import { assumptionsOf, notice, warningsOf } from './self-hosted-notices.ts'
import { type Clock, staleWarnings } from './staleness.ts'
import { type Speeds, speedsOf } from './throughput.ts'
import type {
  Architecture,
  Dated,
  DeploymentNotice,
  Engine,
  Gpu,
  KvFormat,
  Quantization,
  Range,
  Rental,
} from './types.ts'

export interface SelfHostedOptions extends Clock {
  /** An open model of the catalogue, or the shape of another one. */
  readonly model: string | Architecture
  readonly gpu: string | Gpu
  /** GPUs that hold the model together. Default: the fewest that hold it. */
  readonly count?: number
  /** How the weights are stored. Default: as they were published. */
  readonly quantization?: Quantization
  /** How keys and values are stored. Default `fp16`. */
  readonly kvFormat?: KvFormat
  readonly engine?: Engine
  /** Tokens of a prompt. Default 1,000. */
  readonly promptTokens?: number
  /** Tokens of a reply. Default 500. */
  readonly outputTokens?: number
  /** Requests answered at once; `max` for as many as the memory holds. Default 1. */
  readonly concurrency?: number | 'max'
  /** Share of the rented time in which requests at that concurrency are there. Default 1. */
  readonly utilisation?: number
  /** What the GPUs cost; without it there are no costs in the result. */
  readonly rental?: Rent
}

/** Cost of the tokens. Rent per hour is exact; what depends on speed is a range of doubles. */
export interface SelfHostedCost {
  /** Rent of all machines for an hour. */
  readonly perHour: Amount
  /** Rent ÷ time spent on prompts: US dollars per million input tokens. */
  readonly inputUsdPerMTok: Range
  /** Rent ÷ time spent on replies: US dollars per million output tokens. */
  readonly outputUsdPerMTok: Range
  /** Rent ÷ requests. */
  readonly usdPerRequest: Range
  readonly machines: number
  readonly rental: string | null
  readonly source: string
  readonly checked: string | null
}

export interface SelfHostedEstimate {
  readonly model: string
  readonly gpu: string
  readonly count: number
  readonly quantization: Quantization
  readonly kvFormat: KvFormat
  readonly engine: Engine
  readonly promptTokens: number
  readonly outputTokens: number
  /** Requests at once; less than asked for where the memory holds fewer. */
  readonly concurrency: Range
  readonly utilisation: number
  readonly memory: Memory
  /** Whether the weights and at least one request are held; what follows is `null` otherwise. */
  readonly fits: boolean
  readonly speed: {
    /** Time to the first token of a request that does not wait for others. */
    readonly timeToFirstTokenMs: Range
    /** Speed of one stream while it is written. */
    readonly tokensPerSecondPerUser: Range
    /** All streams together, reading of prompts included. */
    readonly outputTokensPerSecond: Range
    readonly prefillTokensPerSecond: Range
    readonly requestsPerHour: Range
    /** What a decoding step spends most time on. */
    readonly boundBy: 'weights' | 'attention' | 'compute' | 'overhead'
  } | null
  readonly cost: SelfHostedCost | null
  readonly energy: {
    /** Draw of the GPUs under load. */
    readonly watts: Range
    readonly kWhPerMTok: Range
  } | null
  readonly assumptions: readonly DeploymentNotice[]
  readonly warnings: readonly DeploymentNotice[]
}

const LONGEST_TOKENS = 10_000_000
/** Share of the TDP that a GPU draws while it serves: decoding leaves the arithmetic idle, prefill does not. */
const POWER_SHARE: Range = { low: 0.45, expected: 0.7, high: 1 }
const PER_MILLION = 1e6
const SECONDS_PER_HOUR = 3600

function countOf(options: SelfHostedOptions, setup: Setup, tokens: number): number {
  if (options.count !== undefined) return wholeNumber('count', options.count, 1, MOST_GPUS)
  const wanted = options.concurrency === undefined || options.concurrency === 'max' ? 1 : options.concurrency
  return memoryOf(setup, wanted, tokens).gpusNeeded ?? MOST_GPUS
}

/**
 * Memory, speed, cost and energy of an open model on GPUs, each as a range.
 *
 * Formulas (docs/deployment.md has them with their sources and the measured errors): weights = parameters × bits ÷ 8; keys and
 * values = 2 × layers × KV heads × head size × bytes per token; a decoding step takes the longer of reading the touched weights and
 * multiplying by them, plus reading keys and values, plus launches and exchanges; prefill the same with all tokens of the prompt.
 * Dollars per million tokens are the rent of the time that the tokens take, divided by `utilisation`.
 *
 * @throws InvalidDeploymentError for an impossible option, UnknownNameError for an unknown model, GPU or rental
 */
export function estimateSelfHosted(options: SelfHostedOptions): SelfHostedEstimate {
  optionsObject('estimateSelfHosted', options)
  const model = resolveArchitecture(options.model)
  const gpu = resolveGpu(options.gpu)
  const quantization = oneOf('quantization', options.quantization ?? model.nativeFormat, quantizationNames)
  const kvFormat = oneOf('kvFormat', options.kvFormat ?? 'fp16', ['fp16', 'fp8'])
  const engine = oneOf('engine', options.engine ?? engineFor(quantization), ['serving', 'llama.cpp'])
  const promptTokens = wholeNumber('promptTokens', options.promptTokens ?? 1000, 1, LONGEST_TOKENS)
  const outputTokens = wholeNumber('outputTokens', options.outputTokens ?? 500, 1, LONGEST_TOKENS)
  const utilisation = numberBetween('utilisation', options.utilisation ?? 1, 0, 1)
  const asked = options.concurrency ?? 1
  if (asked !== 'max') wholeNumber('concurrency', asked, 1, MOST_CONCURRENT)
  const tokens = promptTokens + outputTokens
  const single: Setup = { model, gpu, count: 1, quantization, kvFormat, engine }
  const setup: Setup = { ...single, count: countOf(options, single, tokens) }
  const memory = memoryOf(setup, asked === 'max' ? 1 : asked, tokens)
  const fits = memory.maxConcurrency.expected >= 1
  const full = fullConcurrency(setup, promptTokens, outputTokens)
  const concurrency = mapRange(full, (most) => Math.max(1, asked === 'max' ? most : Math.min(asked, most)))
  const rent = options.rental === undefined ? undefined : resolveRent(options.rental)
  const { speeds, speed } = fits
    ? speedOf(setup, concurrency, promptTokens, outputTokens)
    : { speeds: undefined, speed: null }
  const machines = rent === undefined ? 0 : machinesFor(rent, setup.count)
  return Object.freeze({
    model: model.id,
    gpu: gpu.id,
    count: setup.count,
    quantization,
    kvFormat,
    engine,
    promptTokens,
    outputTokens,
    concurrency,
    utilisation,
    memory,
    fits,
    speed,
    cost:
      rent === undefined || speeds === undefined
        ? null
        : costOf(speeds, concurrency, promptTokens, outputTokens, utilisation, {
            pico: rent.picoUsdPerMachineHour * BigInt(machines),
            machines,
            row: rent.row,
          }),
    energy: speed === null ? null : energyOf(setup, speed.outputTokensPerSecond, promptTokens, outputTokens),
    assumptions: Object.freeze(assumptionsOf(options, setup)),
    warnings: Object.freeze([
      ...warningsOf(setup, asked, memory, concurrency, tokens),
      ...(rent?.row != null && rent.row.gpu !== gpu.id
        ? [notice('other-gpu', `the rental ${rent.row.id} is for ${rent.row.gpu ?? 'no GPU'}, not for ${gpu.id}`)]
        : []),
      ...staleWarnings(usedRows(gpu, model, rent?.row ?? null), options),
    ]),
  })
}

function usedRows(gpu: Gpu, model: Architecture, rental: Rental | null): (readonly [string, Dated])[] {
  const rows: (readonly [string, Dated])[] = [
    [`the GPU ${gpu.id}`, gpu],
    [`the model ${model.id}`, model],
  ]
  return rental === null ? rows : [...rows, [`the rental ${rental.id}`, rental]]
}

/** llama.cpp's formats run in llama.cpp. */
function engineFor(quantization: Quantization): Engine {
  return quantization.startsWith('q') ? 'llama.cpp' : 'serving'
}

type SpeedRanges = Readonly<Record<keyof Range, Speeds>>

function speedOf(
  setup: Setup,
  concurrency: Range,
  promptTokens: number,
  outputTokens: number,
): { speeds: SpeedRanges; speed: NonNullable<SelfHostedEstimate['speed']> } {
  const efficiency = efficiencyOf(setup.engine)
  const at = (point: keyof Range): Speeds =>
    speedsOf(setup, { concurrency: concurrency[point], promptTokens, outputTokens }, efficiency[point])
  const speeds: SpeedRanges = { low: at('low'), expected: at('expected'), high: at('high') }
  const range = (of: (speed: Speeds) => number): Range => rangeOf((point) => of(speeds[point]))
  const step = decodeStep(setup, concurrency.expected, promptTokens + outputTokens / 2, efficiency.expected)
  return {
    speeds,
    speed: Object.freeze({
      timeToFirstTokenMs: range((speed) => speed.timeToFirstTokenSeconds * 1000),
      tokensPerSecondPerUser: range((speed) => 1 / speed.stepSeconds),
      outputTokensPerSecond: range((speed) => speed.outputTokensPerSecond),
      prefillTokensPerSecond: range((speed) => speed.prefillTokensPerSecond),
      requestsPerHour: range((speed) => (speed.outputTokensPerSecond / outputTokens) * SECONDS_PER_HOUR),
      boundBy: longestPart(step),
    }),
  }
}

function longestPart(step: StepTime): 'weights' | 'attention' | 'compute' | 'overhead' {
  const parts = ['weights', 'attention', 'compute', 'overhead'] as const
  return parts.reduce((longest, part) => (step[part] > step[longest] ? part : longest))
}

function costOf(
  speeds: SpeedRanges,
  concurrency: Range,
  promptTokens: number,
  outputTokens: number,
  utilisation: number,
  rent: { pico: bigint; machines: number; row: Rental | null },
): SelfHostedCost {
  const perHour = amountOf(rent.pico)
  const perBusySecond = perHour.usd / SECONDS_PER_HOUR / utilisation
  const secondsPerRequest = (point: keyof Range): number => outputTokens / speeds[point].outputTokensPerSecond
  /** Share of a request's time that goes to its prompt. */
  const prefillShare = (point: keyof Range): number => {
    const { prefillSecondsPerRequest, stepSeconds } = speeds[point]
    const decode = (stepSeconds * outputTokens) / concurrency[point]
    return prefillSecondsPerRequest / (prefillSecondsPerRequest + decode)
  }
  return Object.freeze({
    perHour,
    inputUsdPerMTok: rangeOf(
      (point) => (perBusySecond * secondsPerRequest(point) * prefillShare(point) * PER_MILLION) / promptTokens,
    ),
    outputUsdPerMTok: rangeOf(
      (point) => (perBusySecond * secondsPerRequest(point) * (1 - prefillShare(point)) * PER_MILLION) / outputTokens,
    ),
    usdPerRequest: rangeOf((point) => perBusySecond * secondsPerRequest(point)),
    machines: rent.machines,
    rental: rent.row?.id ?? null,
    source: rent.row?.source ?? 'given by the caller',
    checked: rent.row?.checked ?? null,
  })
}

function energyOf(
  { gpu, count }: Setup,
  outputTokensPerSecond: Range,
  promptTokens: number,
  outputTokens: number,
): NonNullable<SelfHostedEstimate['energy']> {
  const watts = mapRange(POWER_SHARE, (share) => share * gpu.tdpWatts * count)
  const tokensPerOutput = (promptTokens + outputTokens) / outputTokens
  const kWh = (power: number, rate: number): number =>
    (power * PER_MILLION) / (rate * tokensPerOutput) / SECONDS_PER_HOUR / 1000
  return Object.freeze({
    watts,
    kWhPerMTok: Object.freeze({
      low: kWh(watts.low, outputTokensPerSecond.high),
      expected: kWh(watts.expected, outputTokensPerSecond.expected),
      high: kWh(watts.high, outputTokensPerSecond.low),
    }),
  })
}
