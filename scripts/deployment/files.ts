/** Reading the deployment data of the repository. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Architecture, Gpu, Plan, Rental, RentalSeller, TrainingRate } from '../../src/deployment/types.ts'

export const root: string = resolve(import.meta.dirname, '../..')

/** A source as the files name it: a key of the file's `sources`, or the text itself. */
type Sources = Readonly<Record<string, string>>

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as T
}

function withSource<T extends { readonly source: string }>(rows: readonly T[], sources: Sources): T[] {
  return rows.map((row) => ({ ...row, source: Object.hasOwn(sources, row.source) ? sources[row.source] : row.source }))
}

export interface DeploymentData {
  readonly gpus: readonly Gpu[]
  readonly sellers: readonly RentalSeller[]
  readonly rentals: readonly Rental[]
  readonly plans: readonly Plan[]
  readonly trainingRates: readonly TrainingRate[]
  readonly architectures: readonly Architecture[]
}

/** All rows with their sources written out. */
export function readDeploymentData(): DeploymentData {
  const hardware = readJson<Pick<DeploymentData, 'gpus' | 'sellers' | 'rentals'> & { sources: Sources }>(
    'pricing/hardware.json',
  )
  const plans = readJson<{ sources: Sources; plans: readonly Plan[] }>('pricing/plans.json')
  const training = readJson<{ sources: Sources; rates: readonly TrainingRate[] }>('pricing/training.json')
  return {
    gpus: withSource(hardware.gpus, hardware.sources),
    sellers: withSource(hardware.sellers, hardware.sources),
    rentals: withSource(hardware.rentals, hardware.sources),
    plans: withSource(plans.plans, plans.sources),
    trainingRates: withSource(training.rates, training.sources),
    architectures: readJson<{ models: readonly Architecture[] }>('pricing/architectures.json').models,
  }
}

/** A published speed, and the setup it was measured on. */
export interface Measurement {
  readonly id: string
  readonly source: string
  readonly engine: 'serving' | 'llama.cpp'
  readonly model: string
  readonly gpu: string
  readonly count: number
  readonly quantization: string
  readonly kvFormat: 'fp16' | 'fp8'
  readonly metric: 'outputTokensPerSecond' | 'decodeTokensPerSecond' | 'prefillTokensPerSecond' | 'timeToFirstTokenMs'
  /** Requests at once; `max` for as many as the engine takes. */
  readonly concurrency: number | 'max'
  readonly promptTokens: number
  readonly outputTokens: number
  readonly value: number
}

export interface MeasurementFile {
  readonly sources: Readonly<Record<string, { readonly date: string; readonly what: string }>>
  readonly measurements: readonly Measurement[]
}

export const readMeasurements = (): MeasurementFile => readJson('pricing/measurements.json')
