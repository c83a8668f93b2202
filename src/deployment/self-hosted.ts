/** What an open model does and costs on rented or own GPUs. */
import { numberBetween, oneOf, optionsObject, wholeNumber } from './check.ts'
import { efficiencyOf } from './efficiency.ts'
import { quantizationNames } from './formats.ts'
import { fullConcurrency, MOST_CONCURRENT, MOST_GPUS, memoryOf } from './memory.ts'
import { mapRange, rangeOf } from './range.ts'
import { type ResolvedRent, resolveRent } from './rental.ts'
import { resolveArchitecture, resolveGpu } from './resolve.ts'
import { decodeStep, type Setup, type StepTime } from './roofline.ts'
import { costOf, energyOf } from './self-hosted-cost.ts'
import { assumptionsOf, warningsOf } from './self-hosted-notices.ts'
import type { SelfHostedEstimate, SelfHostedOptions, SelfHostedSpeed } from './self-hosted-types.ts'
import { type Lengths, type LoadRange, type SpeedRanges, type Speeds, speedsOf } from './throughput.ts'
import type { Engine, Quantization, Range } from './types.ts'

const LONGEST_TOKENS = 10_000_000
const SECONDS_PER_HOUR = 3600

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
  const plan = planOf(options)
  const { setup, lengths, asked, utilisation, rent } = plan
  const memory = memoryOf(setup, asked === 'max' ? 1 : asked, lengths.promptTokens + lengths.outputTokens)
  const load: LoadRange = { ...lengths, concurrency: concurrencyOf(plan) }
  const speeds = memory.maxConcurrency.expected >= 1 ? speedRanges(setup, load) : null
  const speed = speeds && speedOf(setup, load, speeds)
  return Object.freeze({
    model: setup.model.id,
    gpu: setup.gpu.id,
    count: setup.count,
    quantization: setup.quantization,
    kvFormat: setup.kvFormat,
    engine: setup.engine,
    promptTokens: lengths.promptTokens,
    outputTokens: lengths.outputTokens,
    concurrency: load.concurrency,
    utilisation,
    memory,
    fits: speeds !== null,
    speed,
    cost: speeds && rent ? costOf(rent, setup.count, speeds, load, utilisation) : null,
    energy: speed && energyOf(setup, speed.outputTokensPerSecond, load),
    assumptions: Object.freeze(assumptionsOf(options, setup)),
    warnings: Object.freeze(warningsOf({ ...plan, memory, load, clock: options })),
  })
}

/** The options, checked, with the defaults put in. */
interface Plan {
  readonly setup: Setup
  readonly lengths: Lengths
  /** Requests at once that were asked for. */
  readonly asked: number | 'max'
  readonly utilisation: number
  readonly rent: ResolvedRent | undefined
}

/** @throws InvalidDeploymentError, UnknownNameError */
function planOf(options: SelfHostedOptions): Plan {
  const model = resolveArchitecture(options.model)
  const gpu = resolveGpu(options.gpu)
  const quantization = oneOf('quantization', options.quantization ?? model.nativeFormat, quantizationNames)
  const kvFormat = oneOf('kvFormat', options.kvFormat ?? 'fp16', ['fp16', 'fp8'])
  const engine = oneOf('engine', options.engine ?? engineFor(quantization), ['serving', 'llama.cpp'])
  const lengths: Lengths = {
    promptTokens: wholeNumber('promptTokens', options.promptTokens ?? 1000, 1, LONGEST_TOKENS),
    outputTokens: wholeNumber('outputTokens', options.outputTokens ?? 500, 1, LONGEST_TOKENS),
  }
  const utilisation = numberBetween('utilisation', options.utilisation ?? 1, 0, 1)
  const asked = options.concurrency ?? 1
  if (asked !== 'max') wholeNumber('concurrency', asked, 1, MOST_CONCURRENT)
  const single: Setup = { model, gpu, count: 1, quantization, kvFormat, engine }
  const count =
    options.count === undefined ? fewestGpus(single, lengths, asked) : wholeNumber('count', options.count, 1, MOST_GPUS)
  const rent = options.rental === undefined ? undefined : resolveRent(options.rental)
  return { setup: { ...single, count }, lengths, asked, utilisation, rent }
}

/** llama.cpp's formats run in llama.cpp. */
function engineFor(quantization: Quantization): Engine {
  return quantization.startsWith('q') ? 'llama.cpp' : 'serving'
}

/** The fewest GPUs that hold the model and its requests; the most that are tried where none do. */
function fewestGpus(single: Setup, { promptTokens, outputTokens }: Lengths, asked: number | 'max'): number {
  return memoryOf(single, asked === 'max' ? 1 : asked, promptTokens + outputTokens).gpusNeeded ?? MOST_GPUS
}

/** Requests at once: as many as asked for, but no more than a full server has in flight. */
function concurrencyOf({ setup, lengths, asked }: Plan): Range {
  const full = fullConcurrency(setup, lengths.promptTokens, lengths.outputTokens)
  return mapRange(full, (most) => Math.max(1, asked === 'max' ? most : Math.min(asked, most)))
}

function speedRanges(setup: Setup, { concurrency, ...lengths }: LoadRange): SpeedRanges {
  const efficiency = efficiencyOf(setup.engine)
  const at = (point: keyof Range): Speeds =>
    speedsOf(setup, { ...lengths, concurrency: concurrency[point] }, efficiency[point])
  return { low: at('low'), expected: at('expected'), high: at('high') }
}

function speedOf(setup: Setup, load: LoadRange, speeds: SpeedRanges): SelfHostedSpeed {
  const { concurrency, promptTokens, outputTokens } = load
  const range = (of: (speed: Speeds) => number): Range => rangeOf((point) => of(speeds[point]))
  // Half of the reply is written when a step is at its mean length.
  const contextTokens = promptTokens + outputTokens / 2
  const step = decodeStep(setup, concurrency.expected, contextTokens, efficiencyOf(setup.engine).expected)
  return Object.freeze({
    timeToFirstTokenMs: range((speed) => speed.timeToFirstTokenSeconds * 1000),
    tokensPerSecondPerUser: range((speed) => 1 / speed.stepSeconds),
    outputTokensPerSecond: range((speed) => speed.outputTokensPerSecond),
    prefillTokensPerSecond: range((speed) => speed.prefillTokensPerSecond),
    requestsPerHour: range((speed) => (speed.outputTokensPerSecond / outputTokens) * SECONDS_PER_HOUR),
    boundBy: longestPart(step),
  })
}

function longestPart(step: StepTime): SelfHostedSpeed['boundBy'] {
  const parts = ['weights', 'attention', 'compute', 'overhead'] as const
  return parts.reduce((longest, part) => (step[part] > step[longest] ? part : longest))
}
