/** What the model says of a measured setup. The fit and the report use the same functions as the library. */
import type { Efficiency, EfficiencyPoint } from '../../src/deployment/efficiency.ts'
import { fullConcurrency } from '../../src/deployment/memory.ts'
import { decodeStep, prefillStep, type Setup } from '../../src/deployment/roofline.ts'
import { speedsOf } from '../../src/deployment/throughput.ts'
import type { Architecture, Gpu, Quantization, Range } from '../../src/deployment/types.ts'
import type { Measurement } from './files.ts'

export interface Case {
  readonly measurement: Measurement
  readonly setup: Setup
  /** Requests at once, at the three points of the memory model. */
  readonly concurrency: Range
}

export function caseOf(measurement: Measurement, gpus: readonly Gpu[], models: readonly Architecture[]): Case {
  const model = models.find(({ id }) => id === measurement.model)
  const gpu = gpus.find(({ id }) => id === measurement.gpu)
  if (model === undefined || gpu === undefined) throw new Error(`${measurement.id}: unknown model or GPU`)
  const setup: Setup = { ...measurement, quantization: measurement.quantization as Quantization, model, gpu }
  const full = fullConcurrency(setup, measurement.promptTokens, measurement.outputTokens)
  const asked = measurement.concurrency === 'max' ? Number.POSITIVE_INFINITY : measurement.concurrency
  const within = (most: number): number => Math.max(1, Math.min(asked, most))
  return {
    measurement,
    setup,
    concurrency: { low: within(full.low), expected: within(full.expected), high: within(full.high) },
  }
}

/** The predicted value of the metric. */
export function predictedValue({ measurement, setup }: Case, concurrency: number, efficiency: EfficiencyPoint): number {
  const { promptTokens, outputTokens, metric } = measurement
  const speeds = speedsOf(setup, { concurrency, promptTokens, outputTokens }, efficiency)
  if (metric === 'outputTokensPerSecond') return speeds.outputTokensPerSecond
  if (metric === 'decodeTokensPerSecond') return concurrency / speeds.stepSeconds
  if (metric === 'prefillTokensPerSecond') return speeds.prefillTokensPerSecond
  return speeds.timeToFirstTokenSeconds * 1000
}

export function predict(item: Case, efficiency: Efficiency): Range {
  const at = (point: keyof Range): number => predictedValue(item, item.concurrency[point], efficiency[point])
  const [a, expected, b] = [at('low'), at('expected'), at('high')]
  return { low: Math.min(a, expected, b), expected, high: Math.max(a, expected, b) }
}

/** True where the metric is better when it is smaller. */
export function isTime({ metric }: Measurement): boolean {
  return metric === 'timeToFirstTokenMs'
}

/** Shares of the time that each part of the steps takes. */
export function sharesOf(
  { measurement, setup, concurrency }: Case,
  efficiency: EfficiencyPoint,
): Record<string, number> {
  const { promptTokens, outputTokens, metric } = measurement
  const prefill = prefillStep(setup, 1, Math.max(1, promptTokens), efficiency)
  const decode = decodeStep(setup, concurrency.expected, promptTokens + outputTokens / 2, efficiency)
  const [prefills, decodes] =
    metric === 'outputTokensPerSecond'
      ? [concurrency.expected, outputTokens]
      : metric === 'decodeTokensPerSecond'
        ? [0, 1]
        : [1, 0]
  const parts = {
    memory: prefills * prefill.weights + decodes * (decode.weights + decode.attention),
    compute: prefills * (prefill.compute + prefill.attention) + decodes * decode.compute,
    overhead: prefills * prefill.overhead + decodes * decode.overhead,
  }
  const total = parts.memory + parts.compute + parts.overhead
  return { memory: parts.memory / total, compute: parts.compute / total, overhead: parts.overhead / total }
}
