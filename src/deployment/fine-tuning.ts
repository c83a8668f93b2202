/** What fine-tuning on GPUs takes and costs. */
import { amountOf } from '../money.ts'
import { parameterParts } from './architecture.ts'
import { oneOf, optionsObject, wholeNumber } from './check.ts'
import { MOST_GPUS, usableBytes } from './memory.ts'
import { type DeploymentNotice, type DeploymentWarning, notice } from './notice.ts'
import { rangeOf } from './range.ts'
import { machinesFor, type Rent, resolveRent } from './rental.ts'
import { resolveArchitecture, resolveGpu } from './resolve.ts'
import { type Clock, staleWarnings } from './staleness.ts'
import { type TrainingSet, trainingSet } from './training-set.ts'
import type { Architecture, Gpu, Range } from './types.ts'

export type TrainingMethod = 'full' | 'lora' | 'qlora'

export interface FineTuningOptions extends Clock, TrainingSet {
  readonly model: string | Architecture
  readonly method: TrainingMethod
  readonly gpu: string | Gpu
  /** GPUs that train together. Default: the fewest that hold the training. */
  readonly count?: number
  /** Tokens of one sequence. Default 2,048. */
  readonly sequenceTokens?: number
  /** Sequences per GPU and step. Default 1. */
  readonly sequencesPerGpu?: number
  /** Rank of the adapters. Default 16. */
  readonly adapterRank?: number
  readonly rental?: Rent
}

export interface FineTuningEstimate {
  readonly model: string
  readonly method: TrainingMethod
  readonly gpu: string
  readonly count: number
  readonly trainedParameters: number
  /** Memory of one GPU, with states sharded over all and activations recomputed. */
  readonly memoryBytesPerGpu: Range
  readonly fits: boolean
  /** The fewest GPUs of this kind (a power of two) that hold the training; `null` beyond 64. */
  readonly gpusNeeded: number | null
  /** Operations of the whole training. */
  readonly flops: number
  readonly tokensPerSecond: Range
  readonly hours: Range
  readonly gpuHours: Range
  /** Rent × hours; `null` without a rental or when it does not fit. */
  readonly usd: Range | null
  readonly warnings: readonly DeploymentNotice<DeploymentWarning>[]
}

/**
 * Share of the 16-bit peak that the needed operations reach (model FLOPs utilisation). Full: 38–43 % while it runs in the Llama 3
 * paper (table 4), 16 to 33 % by the GPU hours of whole trainings in Meta's model cards. LoRA and QLoRA: 31 % and 23 % follow from
 * Qwen's published seconds per step of Qwen-7B on an A100 (sequences of 2,048, eight per step).
 */
const UTILISATION: Readonly<Record<TrainingMethod, Range>> = {
  full: { low: 0.15, expected: 0.33, high: 0.5 },
  lora: { low: 0.2, expected: 0.31, high: 0.45 },
  qlora: { low: 0.12, expected: 0.23, high: 0.35 },
}
/** Operations per parameter and token: two forward, two for the gradients of activations, two for those of weights. */
const FLOPS_PER_PARAMETER: Readonly<Record<TrainingMethod, number>> = { full: 6, lora: 4, qlora: 4 }
/** Weights, gradients, a master copy and two moments in mixed precision with Adam: ZeRO (Rajbhandari et al., 2020), section 3. */
const BYTES_PER_TRAINED_PARAMETER = 16
/** NF4 with doubly quantized constants: QLoRA (Dettmers et al., 2023), section 3. */
const NF4_BITS = 4.127
/** Bytes per activation element of the layer that is being recomputed: Korthikanti et al., 2022, equation 1, with fused attention. */
const LAYER_BYTES = 34
/** Logits in 16 and 32 bits and their gradient. */
const LOGIT_BYTES = 10
/** Libraries, buffers and fragmentation of each GPU, in bytes. */
const WORKSPACE: Range = { low: 0.5e9, expected: 1.5e9, high: 4e9 }
/** Numbers of GPUs that are tried for the fewest that hold a training. */
const GPU_COUNTS = [1, 2, 4, 8, 16, 32, MOST_GPUS]
const TERA = 1e12
const SECONDS_PER_HOUR = 3600

/** Parameters of adapters on all matrices of attention and of the dense feed-forward part. */
export function adapterParameters(model: Architecture, rank: number): number {
  const { layers, hiddenSize: h, feedForwardSize, attentionHeads, kvHeads, headSize } = model
  const attention = 2 * (h + attentionHeads * headSize) + 2 * (h + kvHeads * headSize)
  return rank * layers * (attention + 3 * (h + feedForwardSize))
}

/** Bytes of weights, gradients and optimiser states, all GPUs together. */
function stateBytes(method: TrainingMethod, model: Architecture, trained: number): number {
  if (method === 'full') return BYTES_PER_TRAINED_PARAMETER * model.totalParameters
  const { embeddings, experts, others } = parameterParts(model)
  const frozen = method === 'lora' ? 2 * model.totalParameters : 2 * embeddings + ((experts + others) * NF4_BITS) / 8
  return frozen + BYTES_PER_TRAINED_PARAMETER * trained
}

/** Bytes of the activations of one GPU for the tokens of one step. */
function activationBytes(model: Architecture, tokens: number): number {
  const checkpoints = 2 * model.layers * tokens * model.hiddenSize
  return checkpoints + LAYER_BYTES * tokens * model.hiddenSize + LOGIT_BYTES * tokens * model.vocabularySize
}

/**
 * Time, memory and cost of fine-tuning on GPUs. Operations = 6 × active parameters × tokens (4 with adapters), divided by the share of
 * the peak that training reaches.
 *
 * @throws InvalidDeploymentError, UnknownNameError
 */
export function estimateFineTuning(options: FineTuningOptions): FineTuningEstimate {
  optionsObject('estimateFineTuning', options)
  const model = resolveArchitecture(options.model)
  const gpu = resolveGpu(options.gpu)
  const method = oneOf('method', options.method, ['full', 'lora', 'qlora'])
  const { tokens, epochs } = trainingSet(options)
  const stepTokens =
    wholeNumber('sequenceTokens', options.sequenceTokens ?? 2048, 1, 10_000_000) *
    wholeNumber('sequencesPerGpu', options.sequencesPerGpu ?? 1, 1, 4096)
  const rank = wholeNumber('adapterRank', options.adapterRank ?? 16, 1, 4096)
  const trainedParameters = method === 'full' ? model.totalParameters : adapterParameters(model, rank)
  const states = stateBytes(method, model, trainedParameters)
  const activations = activationBytes(model, stepTokens)
  const bytesPerGpu = (gpus: number, point: keyof Range): number => states / gpus + activations + WORKSPACE[point]
  const holds = (gpus: number): boolean => bytesPerGpu(gpus, 'expected') <= usableBytes({ gpu }, 1).expected
  const gpusNeeded = GPU_COUNTS.find(holds) ?? null
  const count = options.count === undefined ? (gpusNeeded ?? MOST_GPUS) : wholeNumber('count', options.count, 1, 65_536)
  const fits = holds(count)
  const flopsPerToken = FLOPS_PER_PARAMETER[method] * model.activeParameters
  const peakFlops = count * gpu.denseTeraflops.fp16 * TERA
  const tokensPerSecond = (point: keyof Range): number => (peakFlops * UTILISATION[method][point]) / flopsPerToken
  const hours = rangeOf((point) => (tokens * epochs) / tokensPerSecond(point) / SECONDS_PER_HOUR)
  const rent = options.rental === undefined ? undefined : resolveRent(options.rental)
  const usdPerHour = rent && amountOf(rent.picoUsdPerMachineHour * BigInt(machinesFor(rent, count))).usd
  const warnings: DeploymentNotice<DeploymentWarning>[] = []
  if (!fits) {
    const enough = gpusNeeded ?? `more than ${MOST_GPUS}`
    warnings.push(notice('does-not-fit', `${count} × ${gpu.id} do not hold the training; ${enough} would`))
  }
  if (model.experts !== undefined && method !== 'full')
    warnings.push(notice('dense-adapters', 'adapters are counted on attention and dense parts, not on routed experts'))
  if (rent?.row) warnings.push(...staleWarnings([[rent.row.id, rent.row]], options))
  return Object.freeze({
    model: model.id,
    method,
    gpu: gpu.id,
    count,
    trainedParameters,
    memoryBytesPerGpu: rangeOf((point) => bytesPerGpu(count, point)),
    fits,
    gpusNeeded,
    flops: flopsPerToken * tokens * epochs,
    tokensPerSecond: rangeOf(tokensPerSecond),
    hours,
    gpuHours: rangeOf((point) => hours[point] * count),
    usd: usdPerHour === undefined || !fits ? null : rangeOf((point) => hours[point] * usdPerHour),
    warnings: Object.freeze(warnings),
  })
}
