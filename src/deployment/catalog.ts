/** Finding rows by name. Names match exactly or by alias, without regard to case; never by prefix. */
import { likeness, pairsOf } from '../likeness.ts'
import { architecturesData, gpusData, plansData, rentalsData, sellersData, trainingRatesData } from './data.gen.ts'
import { InvalidDeploymentError, type NameKind, UnknownNameError } from './errors.ts'
import type { Architecture, Gpu, Plan, Rental, RentalSeller, TrainingRate } from './types.ts'

interface Named {
  readonly id: string
  readonly aliases?: readonly string[]
}

const LONGEST_NAME = 200
const HOW_MANY = 3
const LEAST_LIKENESS = 0.4

function lookup<Row extends Named>(kind: NameKind, rows: () => readonly Row[]): (name: unknown) => Row {
  let byName: Map<string, Row> | undefined
  return (name) => {
    if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME)
      throw new InvalidDeploymentError(kind, name, `a name of at most ${LONGEST_NAME} characters`)
    byName ??= new Map(rows().flatMap((row) => [row.id, ...(row.aliases ?? [])].map((key) => [key.toLowerCase(), row])))
    const row = byName.get(name.toLowerCase())
    if (row === undefined) throw new UnknownNameError(kind, name, similar(name, [...byName.keys()]))
    return row
  }
}

/** The known names most like the one that was asked for, best first. */
function similar(asked: string, names: readonly string[]): string[] {
  const wanted = pairsOf(asked)
  return names
    .map((name) => ({ name, score: likeness(pairsOf(name), wanted) }))
    .filter(({ score }) => score >= LEAST_LIKENESS)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, HOW_MANY)
    .map(({ name }) => name)
}

/** @throws UnknownNameError, InvalidDeploymentError */
export const findGpu: (name: unknown) => Gpu = lookup('gpu', () => gpusData)
/** An open model by its id. @throws UnknownNameError, InvalidDeploymentError */
export const findArchitecture: (name: unknown) => Architecture = lookup('model', () => architecturesData)
/** A rental by `seller/product`. @throws UnknownNameError, InvalidDeploymentError */
export const findRental: (name: unknown) => Rental = lookup('rental', () => rentalsData)
/** @throws UnknownNameError, InvalidDeploymentError */
export const findRentalSeller: (name: unknown) => RentalSeller = lookup('rental seller', () => sellersData)
/** @throws UnknownNameError, InvalidDeploymentError */
export const findPlan: (name: unknown) => Plan = lookup('plan', () => plansData)
/** @throws UnknownNameError, InvalidDeploymentError */
export const findTrainingRate: (name: unknown) => TrainingRate = lookup('training rate', () => trainingRatesData)

export function listGpus(): readonly Gpu[] {
  return gpusData
}

export function listArchitectures(): readonly Architecture[] {
  return architecturesData
}

/** Rentals of a GPU, or all of them. @throws UnknownNameError */
export function listRentals(gpu?: string): readonly Rental[] {
  if (gpu === undefined) return rentalsData
  const { id } = findGpu(gpu)
  return rentalsData.filter((rental) => rental.gpu === id)
}

export function listRentalSellers(): readonly RentalSeller[] {
  return sellersData
}

export function listPlans(): readonly Plan[] {
  return plansData
}

export function listTrainingRates(): readonly TrainingRate[] {
  return trainingRatesData
}
