/** What fine-tuning costs: at sellers that price training tokens, and by GPU hours. */
import { type Amount, amountOf, picoUsdPerUnit } from '../money.ts'
import { parameterParts } from './architecture.ts'
import { listTrainingRates } from './catalog.ts'
import { numberBetween, oneOf, optionsObject, wholeNumber } from './check.ts'
import { MOST_GPUS, usableBytes } from './memory.ts'
import { rangeOf } from './range.ts'
import { machinesFor, type Rent, resolveRent } from './rental.ts'
import { resolveArchitecture, resolveGpu } from './resolve.ts'
import { type Clock, staleWarnings } from './staleness.ts'
import type { Architecture, DeploymentNotice, Gpu, Range, TrainingRate } from './types.ts'

export type TrainingMethod = 'full' | 'lora' | 'qlora'

export interface FineTuningOptions extends Clock {
  readonly model: string | Architecture
  readonly method: TrainingMethod
  /** Tokens of the training set. */
  readonly tokens: number
  /** Passes over it. Default 1. */
  readonly epochs?: number
  readonly gpu: string | Gpu
  /** Default: the fewest that hold the training. */
  readonly count?: number
  /** Default 2,048. */
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
  readonly gpusNeeded: number | null
  readonly flops: number
  readonly tokensPerSecond: Range
  readonly hours: Range
  readonly gpuHours: Range
  /** Rent × hours; `null` without a rental or when it does not fit. */
  readonly usd: Range | null
  readonly warnings: readonly DeploymentNotice[]
}

/**
 * Share of the 16-bit peak that the needed operations reach (model FLOPs utilisation). Full: 38–43 % while it runs in the Llama 3
 * paper (table 4), 16 to 33 % by the GPU hours of whole trainings in Meta's model cards. LoRA and QLoRA: 31 % and 23 % follow from Qwen's published seconds
 * per step of Qwen-7B on an A100 (sequences of 2,048, eight per step).
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
const WORKSPACE: Range = { low: 0.5e9, expected: 1.5e9, high: 4e9 }
const MOST_TOKENS = 1e15

/** Parameters of adapters on all matrices of attention and of the dense feed-forward part. */
export function adapterParameters(model: Architecture, rank: number): number {
  const { layers, hiddenSize: h, feedForwardSize, attentionHeads, kvHeads, headSize } = model
  const attention = 2 * (h + attentionHeads * headSize) + 2 * (h + kvHeads * headSize)
  return rank * layers * (attention + 3 * (h + feedForwardSize))
}

function stateBytes(model: Architecture, method: TrainingMethod, trained: number): number {
  if (method === 'full') return BYTES_PER_TRAINED_PARAMETER * model.totalParameters
  const { embeddings, experts, others } = parameterParts(model)
  const frozen = method === 'lora' ? 2 * model.totalParameters : 2 * embeddings + ((experts + others) * NF4_BITS) / 8
  return frozen + BYTES_PER_TRAINED_PARAMETER * trained
}

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
  const tokens = wholeNumber('tokens', options.tokens, 1, MOST_TOKENS)
  const epochs = wholeNumber('epochs', options.epochs ?? 1, 1, 1000)
  const perGpu =
    wholeNumber('sequenceTokens', options.sequenceTokens ?? 2048, 1, 10_000_000) *
    wholeNumber('sequencesPerGpu', options.sequencesPerGpu ?? 1, 1, 4096)
  const rank = wholeNumber('adapterRank', options.adapterRank ?? 16, 1, 4096)
  const trained = method === 'full' ? model.totalParameters : adapterParameters(model, rank)
  const states = stateBytes(model, method, trained)
  const activations = activationBytes(model, perGpu)
  const bytesOn = (count: number, point: keyof Range): number => states / count + activations + WORKSPACE[point]
  const holds = (count: number): boolean => bytesOn(count, 'expected') <= usableBytes({ gpu }, 1).expected
  const gpusNeeded = [1, 2, 4, 8, 16, 32, MOST_GPUS].find(holds) ?? null
  const count = options.count === undefined ? (gpusNeeded ?? MOST_GPUS) : wholeNumber('count', options.count, 1, 65_536)
  const fits = holds(count)
  const flops = FLOPS_PER_PARAMETER[method] * model.activeParameters * tokens * epochs
  const rate = (point: keyof Range): number =>
    (count * gpu.denseTeraflops.fp16 * 1e12 * UTILISATION[method][point]) /
    (FLOPS_PER_PARAMETER[method] * model.activeParameters)
  const hours = rangeOf((point) => (tokens * epochs) / rate(point) / 3600)
  const rent = options.rental === undefined ? undefined : resolveRent(options.rental)
  const perHour = rent && amountOf(rent.picoUsdPerMachineHour * BigInt(machinesFor(rent, count))).usd
  return Object.freeze({
    model: model.id,
    method,
    gpu: gpu.id,
    count,
    trainedParameters: trained,
    memoryBytesPerGpu: rangeOf((point) => bytesOn(count, point)),
    fits,
    gpusNeeded,
    flops,
    tokensPerSecond: rangeOf(rate),
    hours,
    gpuHours: rangeOf((point) => hours[point] * count),
    usd: perHour === undefined || !fits ? null : rangeOf((point) => hours[point] * perHour),
    warnings: Object.freeze([
      ...(fits
        ? []
        : [
            {
              code: 'does-not-fit',
              message: `${count} × ${gpu.id} do not hold the training; ${gpusNeeded ?? `more than ${MOST_GPUS}`} would`,
            },
          ]),
      ...(model.experts !== undefined && method !== 'full'
        ? [
            {
              code: 'dense-adapters',
              message: 'adapters are counted on attention and dense parts, not on routed experts',
            },
          ]
        : []),
      ...(rent?.row ? staleWarnings([[rent.row.id, rent.row]], options) : []),
    ]),
  })
}

export interface TrainingCost {
  readonly rate: string
  readonly seller: string
  readonly total: Amount
  readonly source: string
  readonly checked: string
  readonly warnings: readonly DeploymentNotice[]
}

export interface TrainingCostOptions extends Clock {
  /** The id of a model that a seller trains, such as `gpt-4.1-mini`, or an open model. */
  readonly model: string | Architecture
  readonly method?: 'full' | 'lora'
  readonly tokens: number
  readonly epochs?: number
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
  const tokens = wholeNumber('tokens', options.tokens, 1, MOST_TOKENS)
  const epochs = wholeNumber('epochs', options.epochs ?? 1, 1, 1000)
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
