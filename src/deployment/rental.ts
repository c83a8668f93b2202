/** Rent of machines, and what one run on a seller that bills by the second costs. Money is exact. */
import { type Amount, amountOf, picoUsdPerUnit } from '../money.ts'
import { findRental, findRentalSeller } from './catalog.ts'
import { numberBetween, optionsObject, picoUsd } from './check.ts'
import { InvalidDeploymentError } from './errors.ts'
import type { DeploymentNotice, DeploymentWarning } from './notice.ts'
import { type Clock, staleWarnings } from './staleness.ts'
import type { Rental, RentalSeller } from './types.ts'

const SECONDS_PER_HOUR = 3600n
const MILLISECONDS_PER_HOUR = 3_600_000n

/** Picodollars of an hour of the whole machine. */
export function picoUsdPerHour({ usdPerHour, usdPerSecond }: Pick<Rental, 'usdPerHour' | 'usdPerSecond'>): bigint {
  return usdPerSecond === undefined
    ? picoUsdPerUnit(usdPerHour as string, 1)
    : picoUsdPerUnit(usdPerSecond, 1) * SECONDS_PER_HOUR
}

/** Where the rent of an estimate comes from: a rental of the catalogue, or a price of your own for one machine-hour. */
export type Rent = string | { readonly usdPerHour: string; readonly gpus?: number }

export interface ResolvedRent {
  readonly picoUsdPerMachineHour: bigint
  readonly gpusPerMachine: number
  /** The catalogue's row; `null` for a price of one's own. */
  readonly row: Rental | null
}

/** @throws InvalidDeploymentError, UnknownNameError */
export function resolveRent(rent: unknown): ResolvedRent {
  if (typeof rent === 'string') {
    const row = findRental(rent)
    return { picoUsdPerMachineHour: picoUsdPerHour(row), gpusPerMachine: Math.max(1, row.gpus), row }
  }
  if (typeof rent !== 'object' || rent === null || !Object.hasOwn(rent, 'usdPerHour'))
    throw new InvalidDeploymentError('rental', rent, 'the id of a rental, or { usdPerHour }')
  const own = rent as { usdPerHour: unknown; gpus?: unknown }
  const gpus = own.gpus === undefined ? 1 : numberBetween('rental.gpus', own.gpus, 0, 1024)
  if (!Number.isInteger(gpus)) throw new InvalidDeploymentError('rental.gpus', gpus, 'a whole number')
  return { picoUsdPerMachineHour: picoUsd('rental.usdPerHour', own.usdPerHour), gpusPerMachine: gpus, row: null }
}

/** Machines that give `gpus` GPUs; a machine is rented whole. */
export function machinesFor({ gpusPerMachine }: ResolvedRent, gpus: number): number {
  return Math.ceil(gpus / gpusPerMachine)
}

export interface RunOptions extends Clock {
  /** The id of a rental, for example `replicate/h100`. */
  readonly hardware: string
  /** Time in which the model works on the run. */
  readonly seconds: number
  /** Start-up before the first run of an instance. Default 0. */
  readonly setupSeconds?: number
  /** Waiting for further runs before the instance is taken away. Default 0. */
  readonly idleSeconds?: number
  /** Runs that share one start-up and one wait. Default 1. */
  readonly runs?: number
  /** A model of one's own, for which some sellers bill set-up and waiting too. Default false. */
  readonly privateModel?: boolean
  /** Billing rules in place of the seller's. */
  readonly rules?: Partial<Pick<RentalSeller, 'incrementSeconds' | 'minimumSeconds' | 'billsSetup' | 'billsIdle'>>
}

export interface RunCost {
  readonly hardware: string
  readonly runs: number
  /** Seconds on the bill: work, and set-up and waiting where they are billed, rounded up as the seller rounds. */
  readonly billedSeconds: number
  readonly total: Amount
  /** The total divided by the runs, rounded up to a picodollar. */
  readonly perRun: Amount
  readonly lines: readonly {
    readonly part: 'work' | 'setup' | 'idle'
    readonly seconds: number
    readonly billed: boolean
  }[]
  readonly source: string
  readonly checked: string
  readonly warnings: readonly DeploymentNotice<DeploymentWarning>[]
}

const LONGEST_SECONDS = 1e9
/** Bills are made in whole milliseconds. */
const LEAST_INCREMENT_SECONDS = 0.001

/** Whole milliseconds, upwards; a hair below a millisecond boundary is the boundary, since 0.1 + 0.2 is not 0.3. */
function milliseconds(seconds: number): bigint {
  return BigInt(Math.ceil(Number((seconds * 1000).toFixed(6))))
}

/**
 * The cost of runs on a seller of machine time.
 *
 * Billed time is the work, plus set-up and waiting where the seller bills them, rounded up to the seller's increment and to its
 * minimum; times the rate, rounded up to a picodollar.
 *
 * @throws InvalidDeploymentError for negative or not finite times, UnknownNameError for unknown hardware
 */
export function costOfRun(options: RunOptions): RunCost {
  optionsObject('costOfRun', options)
  const rental = findRental(options.hardware)
  const seller = findRentalSeller(rental.seller)
  const time = (field: 'seconds' | 'setupSeconds' | 'idleSeconds'): number =>
    numberBetween(field, options[field] ?? 0, 0, LONGEST_SECONDS, true)
  const runs = numberBetween('runs', options.runs ?? 1, 0, LONGEST_SECONDS)
  if (!Number.isInteger(runs)) throw new InvalidDeploymentError('runs', runs, 'a whole number')
  if (options.seconds === undefined) throw new InvalidDeploymentError('seconds', undefined, 'a number of seconds')
  const owned = options.privateModel === true
  const rules = {
    incrementSeconds: seller.incrementSeconds,
    minimumSeconds: seller.minimumSeconds,
    billsSetup: owned ? seller.privateBillsSetup : seller.billsSetup,
    billsIdle: owned ? seller.privateBillsIdle : seller.billsIdle,
    ...options.rules,
  }
  const increment = milliseconds(
    numberBetween('rules.incrementSeconds', rules.incrementSeconds, LEAST_INCREMENT_SECONDS, LONGEST_SECONDS, true),
  )
  const least = milliseconds(numberBetween('rules.minimumSeconds', rules.minimumSeconds, 0, LONGEST_SECONDS, true))
  const lines = [
    { part: 'work' as const, seconds: time('seconds') * runs, billed: true },
    { part: 'setup' as const, seconds: time('setupSeconds'), billed: rules.billsSetup },
    { part: 'idle' as const, seconds: time('idleSeconds'), billed: rules.billsIdle },
  ]
  const worked = lines.reduce((sum, { seconds, billed }) => sum + (billed ? milliseconds(seconds) : 0n), 0n)
  const floored = worked > 0n && worked < least ? least : worked
  const billed = ((floored + increment - 1n) / increment) * increment
  const pico = ceilDivide(billed * picoUsdPerHour(rental), MILLISECONDS_PER_HOUR)
  return Object.freeze({
    hardware: rental.id,
    runs,
    billedSeconds: Number(billed) / 1000,
    total: amountOf(pico),
    perRun: amountOf(ceilDivide(pico, BigInt(runs))),
    lines: Object.freeze(lines.map((line) => Object.freeze(line))),
    source: rental.source,
    checked: rental.checked,
    warnings: Object.freeze(
      staleWarnings(
        [
          [rental.id, rental],
          [`billing rules of ${seller.name}`, seller],
        ],
        options,
      ),
    ),
  })
}

export function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
