/** What has to be in memory, and how many GPUs hold it. */
import { rangeOf } from './range.ts'
import { kvBytes, type Setup, weightBytes } from './roofline.ts'
import type { Range } from './types.ts'

const MIB = 2 ** 20
const GIB = 2 ** 30

/** Share of the memory that an engine fills: vLLM takes 0.9 unless told otherwise, TensorRT-LLM up to 0.95. */
const USABLE: Range = { low: 0.88, expected: 0.92, high: 0.95 }
/**
 * Activations, graphs and libraries of each GPU, in bytes: an engine's reports vary between these. The ends are those of the memory
 * that is left, so the low one has the largest workspace.
 */
const WORKSPACE: Range = { low: 2.5 * GIB, expected: 1.25 * GIB, high: 0.5 * GIB }
/** More requests than this are not run at once, even where memory would hold them. */
export const MOST_CONCURRENT = 4096
/** Machines with more GPUs are several machines, for which the model does not hold. */
export const MOST_GPUS = 64

export interface Memory {
  readonly weightsBytes: number
  /** Keys and values of one token after the whole request, on average over its tokens. */
  readonly kvBytesPerToken: number
  /** Keys and values of one whole request. */
  readonly kvBytesPerRequest: number
  /** What engines fill, less their own workspace; over all GPUs. */
  readonly usableBytes: Range
  /** Weights, and keys and values of all concurrent requests. */
  readonly neededBytes: number
  /** Whether the expected usable memory holds what is needed. */
  readonly fits: boolean
  /** True where the low end of the usable memory does not hold what is needed and the high end does. */
  readonly tight: boolean
  /** The fewest GPUs of this kind (a power of two) that hold the weights and the requests; `null` beyond 64. */
  readonly gpusNeeded: number | null
  /** Whole requests that the memory holds at once. */
  readonly maxConcurrency: Range
}

export function usableBytes({ gpu }: Pick<Setup, 'gpu'>, count: number): Range {
  return rangeOf((point) => Math.max(0, count * (gpu.memoryMiB * MIB * USABLE[point] - WORKSPACE[point])))
}

/** Memory of a setup under a load. @param tokens prompt and output of one request. */
export function memoryOf(setup: Setup, concurrency: number, tokens: number): Memory {
  const weights = weightBytes(setup.model, setup.quantization)
  const weightsBytes = weights.rest + weights.experts
  const perRequest = kvBytes(setup.model, setup.kvFormat, tokens)
  const neededBytes = weightsBytes + concurrency * perRequest
  const usable = usableBytes(setup, setup.count)
  const fits = neededBytes <= usable.expected
  let gpusNeeded: number | null = 1
  while (gpusNeeded !== null && usableBytes(setup, gpusNeeded).expected < neededBytes)
    gpusNeeded = gpusNeeded * 2 > MOST_GPUS ? null : gpusNeeded * 2
  return Object.freeze({
    weightsBytes,
    kvBytesPerToken: perRequest / tokens,
    kvBytesPerRequest: perRequest,
    usableBytes: usable,
    neededBytes,
    fits,
    tight: neededBytes > usable.low && neededBytes <= usable.high,
    gpusNeeded,
    maxConcurrency: rangeOf((point) =>
      Math.min(MOST_CONCURRENT, Math.max(0, Math.floor((usable[point] - weightsBytes) / perRequest))),
    ),
  })
}

/**
 * Requests that a full server has in flight: memory divided by what a request holds on average, its prompt and part of its output,
 * since requests are at different places of their replies.
 */
export function fullConcurrency(setup: Setup, promptTokens: number, outputTokens: number): Range {
  const weights = weightBytes(setup.model, setup.quantization)
  const filled: Range = { low: 1, expected: 0.75, high: 0.5 }
  const usable = usableBytes(setup, setup.count)
  return rangeOf((point) => {
    const perRequest = kvBytes(setup.model, setup.kvFormat, promptTokens + outputTokens * filled[point])
    const free = usable[point] - weights.rest - weights.experts
    return Math.min(MOST_CONCURRENT, Math.max(0, Math.floor(free / perRequest)))
  })
}
