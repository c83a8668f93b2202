/**
 * Fits the efficiency factors on published measurements.
 *
 * The expected factors minimise the mean absolute logarithm of predicted over measured value, every source weighing the square root
 * of its number of rows, by coordinate descent on a fixed grid: no randomness, the same result on every machine. The ends of the ranges
 * widen the factors that act on memory, on computing and on overhead by a ratio each, in the proportion of their errors, until nine of
 * ten measurements lie inside when they are predicted with factors fitted without their source.
 */
import {
  type Efficiency,
  type EfficiencyName,
  type EfficiencyPoint,
  efficiencyNames,
} from '../../src/deployment/efficiency.ts'
import type { Engine } from '../../src/deployment/types.ts'
import { type Case, predict, predictedValue, sharesOf } from './predict.ts'

export type EngineEfficiency = Readonly<Record<Engine, Efficiency>>

const start: EfficiencyPoint = {
  'bandwidth-16': 0.75,
  'bandwidth-8': 0.7,
  'bandwidth-4': 0.6,
  kvBandwidth: 0.6,
  experts: 0.7,
  'compute-fp16': 0.55,
  'compute-fp8': 0.5,
  'compute-fp4': 0.4,
  computeWeightOnly: 0.4,
  kernelTeraflops: 1e5,
  layerSeconds: 15e-6,
  prefillLayerSeconds: 50e-6,
  expertLaunches: 1,
  exchangeSeconds: 15e-6,
  exchangeSecondsPcie: 50e-6,
  link: 0.6,
  scheduling: 0.85,
}

/** What is physically possible: no share above one, and no factor that leaves its meaning. */
const bounds: Readonly<Record<EfficiencyName, readonly [number, number]>> = {
  'bandwidth-16': [0.3, 0.95],
  'bandwidth-8': [0.3, 0.95],
  'bandwidth-4': [0.25, 0.95],
  kvBandwidth: [0.2, 0.95],
  experts: [0.2, 1],
  'compute-fp16': [0.2, 0.85],
  'compute-fp8': [0.15, 0.85],
  'compute-fp4': [0.1, 0.85],
  computeWeightOnly: [0.2, 0.85],
  kernelTeraflops: [50, 1e5],
  layerSeconds: [2e-6, 100e-6],
  prefillLayerSeconds: [2e-6, 1e-3],
  expertLaunches: [0.1, 6],
  exchangeSeconds: [4e-6, 60e-6],
  exchangeSecondsPcie: [10e-6, 400e-6],
  link: [0.2, 0.95],
  scheduling: [0.6, 1],
}

const memoryFactors: readonly EfficiencyName[] = ['bandwidth-16', 'bandwidth-8', 'bandwidth-4', 'kvBandwidth']
const computeFactors: readonly EfficiencyName[] = [
  'compute-fp16',
  'compute-fp8',
  'compute-fp4',
  'computeWeightOnly',
  'kernelTeraflops',
]
const overheadFactors: readonly EfficiencyName[] = [
  'layerSeconds',
  'prefillLayerSeconds',
  'exchangeSeconds',
  'exchangeSecondsPcie',
]

function weights(cases: readonly Case[]): number[] {
  const sizes = new Map<string, number>()
  for (const { measurement } of cases) sizes.set(measurement.source, (sizes.get(measurement.source) ?? 0) + 1)
  return cases.map(({ measurement }) => 1 / Math.sqrt(sizes.get(measurement.source) as number))
}

/** Keeps a factor that few measurements depend on near its starting value. */
const PRIOR_WEIGHT = 0.03

function lossOf(cases: readonly Case[], weight: readonly number[], point: EfficiencyPoint): number {
  let loss = 0
  cases.forEach((item, index) => {
    const error = Math.log(predictedValue(item, item.concurrency.expected, point) / item.measurement.value)
    // Absolute for large errors, flatter near zero: the median counts, not the last percent.
    loss += weight[index] * Math.sqrt(error * error + 0.0025)
  })
  for (const name of efficiencyNames) loss += PRIOR_WEIGHT * Math.abs(Math.log(point[name] / start[name]))
  return loss
}

const STEPS = [1.3, 1.12, 1.04]
const ROUNDS = 40

/** The expected factors of one engine's measurements. Factors that nothing depends on stay where they start. */
export function fitExpected(cases: readonly Case[]): EfficiencyPoint {
  const weight = weights(cases)
  const point: Record<EfficiencyName, number> = { ...start }
  let best = lossOf(cases, weight, point)
  for (const step of STEPS) {
    for (let round = 0; round < ROUNDS; round++) {
      const before = best
      for (const name of efficiencyNames) {
        const [least, most] = bounds[name]
        for (const factor of [step, 1 / step]) {
          const old = point[name]
          point[name] = Math.min(most, Math.max(least, old * factor))
          const loss = lossOf(cases, weight, point)
          if (loss < best - 1e-9) best = loss
          else point[name] = old
        }
      }
      if (before - best < 1e-6) break
    }
  }
  for (const name of efficiencyNames) point[name] = Number(point[name].toPrecision(3))
  return point
}

type Part = 'memory' | 'compute' | 'overhead'
type Ratios = Readonly<Record<Part, number>>

/** Factors at the ends of a range: shares divided or multiplied by the ratio of their part, times the other way round. */
function widened(point: EfficiencyPoint, ratios: Ratios): Efficiency {
  const end = (better: boolean): EfficiencyPoint => {
    const scale = (part: Part): number => (better ? ratios[part] : 1 / ratios[part])
    const result: Record<EfficiencyName, number> = { ...point }
    for (const name of memoryFactors) result[name] = Math.min(0.99, point[name] * scale('memory'))
    for (const name of computeFactors)
      result[name] =
        name === 'kernelTeraflops' ? point[name] * scale('compute') : Math.min(0.99, point[name] * scale('compute'))
    for (const name of overheadFactors) result[name] = point[name] / scale('overhead')
    for (const name of efficiencyNames) result[name] = Number(result[name].toPrecision(3))
    return result
  }
  return { low: end(false), expected: point, high: end(true) }
}

export function isInside(item: Case, efficiency: Efficiency): boolean {
  const { low, high } = predict(item, efficiency)
  return item.measurement.value >= low && item.measurement.value <= high
}

const COVERED = 0.9
const WIDEST = 4
const parts: readonly Part[] = ['memory', 'compute', 'overhead']

/** A measurement with factors that were fitted without its source. */
interface LeftOut {
  readonly item: Case
  readonly expected: EfficiencyPoint
}

function leaveOut(cases: readonly Case[]): LeftOut[] {
  const sources = [...new Set(cases.map(({ measurement }) => measurement.source))]
  return sources.flatMap((source) => {
    const expected = fitExpected(cases.filter(({ measurement }) => measurement.source !== source))
    return cases.filter(({ measurement }) => measurement.source === source).map((item) => ({ item, expected }))
  })
}

/** How far nine of ten measurements are off in which the part takes more than half of the time; of all, where few do. */
function spreadOf(part: Part, leftOut: readonly LeftOut[]): number {
  const own = leftOut.filter(({ item, expected }) => (sharesOf(item, expected)[part] as number) > 0.5)
  const errors = (own.length < 5 ? leftOut : own)
    .map(({ item, expected }) =>
      Math.abs(Math.log(predictedValue(item, item.concurrency.expected, expected) / item.measurement.value)),
    )
    .sort((a, b) => a - b)
  return errors[Math.ceil(COVERED * errors.length) - 1] as number
}

/** The narrowest ranges, in the proportion of the spreads, that hold nine of ten measurements whose source was left out. */
function fitRatios(leftOut: readonly LeftOut[]): Ratios {
  const [memory, compute, overhead] = parts.map((part) => spreadOf(part, leftOut)) as [number, number, number]
  const at = (scale: number): Ratios => ({
    memory: Math.min(WIDEST, Math.exp(memory * scale)),
    compute: Math.min(WIDEST, Math.exp(compute * scale)),
    overhead: Math.min(WIDEST, Math.exp(overhead * scale)),
  })
  for (let scale = 0.5; scale < 3; scale += 0.02) {
    const ratios = at(scale)
    const inside = leftOut.filter(({ item, expected }) => isInside(item, widened(expected, ratios)))
    if (inside.length >= COVERED * leftOut.length) return ratios
  }
  return at(3)
}

/** Expected factors from all measurements, ranges from those that were predicted without their source. */
export function fitEfficiency(cases: readonly Case[]): EngineEfficiency {
  const of = (engine: Engine): Efficiency => {
    const own = cases.filter(({ setup }) => setup.engine === engine)
    return widened(fitExpected(own), fitRatios(leaveOut(own)))
  }
  return { serving: of('serving'), 'llama.cpp': of('llama.cpp') }
}
