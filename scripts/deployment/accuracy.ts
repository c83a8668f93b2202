/** How well the model predicts the measurements: with all of them, and with factors fitted without their source. */
import type { Range } from '../../src/deployment/types.ts'
import {
  type DeploymentData,
  type Measurement,
  type MeasurementFile,
  readDeploymentData,
  readMeasurements,
} from './files.ts'
import { type EngineEfficiency, fitEfficiency } from './fitting.ts'
import { type Case, caseOf, predict } from './predict.ts'

export interface Outcome {
  readonly measurement: Measurement
  readonly predicted: Range
  /** Predicted over measured. */
  readonly ratio: number
  readonly inside: boolean
}

export interface Summary {
  readonly rows: number
  readonly inside: number
  readonly medianError: number
  /** The error that nine of ten predictions stay below. */
  readonly ninthError: number
}

export function outcomeOf(item: Case, efficiency: EngineEfficiency): Outcome {
  const predicted = predict(item, efficiency[item.setup.engine])
  const { value } = item.measurement
  const inside = value >= predicted.low && value <= predicted.high
  return { measurement: item.measurement, predicted, ratio: predicted.expected / value, inside }
}

export function summarise(outcomes: readonly Outcome[]): Summary {
  const errors = outcomes.map(({ ratio }) => Math.abs(ratio - 1)).sort((a, b) => a - b)
  const at = (share: number): number =>
    errors[Math.min(errors.length - 1, Math.ceil(share * errors.length) - 1)] as number
  return {
    rows: outcomes.length,
    inside: outcomes.filter(({ inside }) => inside).length,
    medianError: errors.length % 2 === 1 ? at(0.5) : (at(0.5) + at(0.5 + 1 / errors.length)) / 2,
    ninthError: at(0.9),
  }
}

export interface Accuracy {
  readonly file: MeasurementFile
  readonly data: DeploymentData
  readonly fitted: EngineEfficiency
  /** Factors fitted on all measurements. */
  readonly all: readonly Outcome[]
  /** Each source predicted with factors and ranges that are fitted on the other sources alone. */
  readonly leftOut: readonly Outcome[]
}

export function measureAccuracy(): Accuracy {
  const data = readDeploymentData()
  const file = readMeasurements()
  const cases = file.measurements.map((measurement) => caseOf(measurement, data.gpus, data.architectures))
  const fitted = fitEfficiency(cases)
  const leftOut = Object.keys(file.sources).flatMap((source) => {
    const efficiency = fitEfficiency(cases.filter(({ measurement }) => measurement.source !== source))
    return cases.filter(({ measurement }) => measurement.source === source).map((item) => outcomeOf(item, efficiency))
  })
  return { file, data, fitted, all: cases.map((item) => outcomeOf(item, fitted)), leftOut }
}
