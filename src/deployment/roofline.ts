/**
 * How long a step takes: the roofline of each part of a layer, one part after the other.
 *
 * The matrix products of a step take the longer of reading the weights and multiplying by them; attention reads the keys and
 * values; each layer adds a fixed time for launching kernels, and with several GPUs two all-reduces. (Williams, Waterman,
 * Patterson: Roofline, CACM 2009; Pope et al.: Efficiently Scaling Transformer Inference, 2022; Shoeybi et al.: Megatron-LM, 2019.)
 * Every peak is multiplied by an efficiency; `npm run deployment:fit` fits them on published measurements.
 */
import { kvElementsPerLayer, kvLayerTokens, parameterParts, touchedExpertShare } from './architecture.ts'
import type { EfficiencyPoint } from './efficiency.ts'
import { computeFormat, kvBytesPerElement, quantizations } from './formats.ts'
import type { Architecture, Engine, Gpu, KvFormat, Quantization } from './types.ts'

export interface Setup {
  readonly model: Architecture
  readonly gpu: Gpu
  readonly count: number
  readonly quantization: Quantization
  readonly kvFormat: KvFormat
  readonly engine: Engine
}

/** The parts of a step in seconds. */
export interface StepTime {
  /** Reading weights, where that takes longer than multiplying; else 0. */
  readonly weights: number
  /** Multiplying, where that takes longer than reading; else 0. */
  readonly compute: number
  /** Reading keys and values, or in prefill the products of attention. */
  readonly attention: number
  /** Launching kernels and exchanging between GPUs. */
  readonly overhead: number
  readonly total: number
}

const GIGA = 1e9
const TERA = 1e12
const ACTIVATION_BYTES = 2

/** GPUs that work at the same time on one step: llama.cpp gives each GPU a share of the layers, which work in turn. */
function parallel({ engine, count }: Setup): number {
  return engine === 'llama.cpp' ? 1 : count
}

/** Bytes of the weights in each place where they are kept. */
export function weightBytes(model: Architecture, quantization: Quantization): { rest: number; experts: number } {
  const { bits, holds } = quantizations[quantization]
  const { embeddings, experts, others } = parameterParts(model)
  const small = bits / 8
  const large = ACTIVATION_BYTES
  return {
    rest: embeddings * (holds === 'all' ? small : large) + others * (holds === 'experts' ? large : small),
    experts: experts * small,
  }
}

/** Bytes of keys and values of one sequence of `tokens`. */
export function kvBytes(model: Architecture, kvFormat: KvFormat, tokens: number): number {
  return kvLayerTokens(model, tokens) * kvElementsPerLayer(model) * kvBytesPerElement[kvFormat]
}

function bandwidth({ gpu }: Setup, share: number): number {
  return gpu.memoryGBPerSecond * GIGA * share
}

function products(setup: Setup, efficiency: EfficiencyPoint): number {
  const format = computeFormat(setup.quantization, setup.gpu)
  const peak = (setup.gpu.denseTeraflops[format] as number) * TERA
  const weightOnly = quantizations[setup.quantization].class !== 16 && format === 'fp16'
  const share = weightOnly ? efficiency.computeWeightOnly : efficiency[`compute-${format}`]
  // Work that is limited by the kernels adds its time to work that is limited by the GPU.
  return 1 / (1 / (peak * share) + 1 / (efficiency.kernelTeraflops * TERA))
}

/** Seconds of reading the weights that `tokens` tokens touch and of multiplying by them: the longer of the two counts. */
function matrixSeconds(setup: Setup, tokens: number, efficiency: EfficiencyPoint): { read: number; multiply: number } {
  const { model, quantization } = setup
  const bytes = weightBytes(model, quantization)
  const share = efficiency[`bandwidth-${quantizations[quantization].class}`]
  const gpus = parallel(setup)
  const touched = bytes.experts * touchedExpertShare(model, tokens)
  const routed = model.experts === undefined ? 1 : efficiency.experts
  return {
    read: (bytes.rest + touched) / (gpus * bandwidth(setup, share)),
    multiply: (2 * model.activeParameters * tokens) / (gpus * products(setup, efficiency) * routed),
  }
}

/**
 * What GPUs exchange in each layer. Without experts: two all-reduces, of which a ring moves 2 (n − 1) / n of the activations over each
 * link. With experts: activations go to the GPUs of the chosen experts in 8 bits and come back in 16 (DeepSeek-V3, section 3.4), while
 * attention is split by requests. The published bandwidth of a link counts both directions.
 */
function exchangeSeconds(setup: Setup, tokens: number, efficiency: EfficiencyPoint): number {
  const { model, gpu } = setup
  const gpus = parallel(setup)
  if (gpus === 1) return 0
  const latency = gpu.link === 'pcie' ? efficiency.exchangeSecondsPcie : efficiency.exchangeSeconds
  const { experts } = model
  const copies =
    experts === undefined ? 4 * ACTIVATION_BYTES : 3 * Math.min(1, (experts.perToken + experts.shared) / gpus)
  const bytes = tokens * model.hiddenSize * copies * ((gpus - 1) / gpus)
  const rate = (gpu.linkGBPerSecond / 2) * GIGA * efficiency.link
  return model.layers * (2 * latency + bytes / rate)
}

function launchSeconds({ model }: Setup, secondsPerLayer: number, efficiency: EfficiencyPoint): number {
  const routing = model.experts === undefined ? 0 : Math.log2(model.experts.count) / 8
  return model.layers * secondsPerLayer * (1 + efficiency.expertLaunches * routing)
}

function stepTime(matrix: { read: number; multiply: number }, attention: number, overhead: number): StepTime {
  const reads = matrix.read >= matrix.multiply
  return {
    weights: reads ? matrix.read : 0,
    compute: reads ? 0 : matrix.multiply,
    attention,
    overhead,
    total: Math.max(matrix.read, matrix.multiply) + attention + overhead,
  }
}

/** One decoding step: a token for each of `batch` sequences that have `contextTokens` behind them. */
export function decodeStep(setup: Setup, batch: number, contextTokens: number, efficiency: EfficiencyPoint): StepTime {
  const read = batch * kvBytes(setup.model, setup.kvFormat, contextTokens)
  const attention = read / (parallel(setup) * bandwidth(setup, efficiency.kvBandwidth))
  const overhead = launchSeconds(setup, efficiency.layerSeconds, efficiency) + exchangeSeconds(setup, batch, efficiency)
  return stepTime(matrixSeconds(setup, batch, efficiency), attention, overhead)
}

/**
 * Prefill of `prompts` prompts of `promptTokens` at once. Attention is causal: each token meets half of the prompt on average, in two
 * products of `attentionHeads × headSize` per layer, which run in 16 bits.
 */
export function prefillStep(
  setup: Setup,
  prompts: number,
  promptTokens: number,
  efficiency: EfficiencyPoint,
): StepTime {
  const { model, gpu } = setup
  const tokens = prompts * promptTokens
  const met = kvLayerTokens(model, promptTokens) / 2
  const flops = 4 * tokens * met * model.attentionHeads * model.headSize
  const attention = flops / (parallel(setup) * gpu.denseTeraflops.fp16 * TERA * efficiency['compute-fp16'])
  const launches = launchSeconds(setup, efficiency.prefillLayerSeconds, efficiency)
  const overhead = launches + exchangeSeconds(setup, tokens, efficiency)
  return stepTime(matrixSeconds(setup, tokens, efficiency), attention, overhead)
}
