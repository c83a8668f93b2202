/** Checks of arguments. Each returns the value that it has checked. */
import { picoUsdPerUnit } from '../money.ts'
import { InvalidDeploymentError } from './errors.ts'

/** A whole number between two bounds. @throws InvalidDeploymentError */
export function wholeNumber(field: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
    throw new InvalidDeploymentError(field, value, `a whole number from ${least} to ${most}`)
  return value
}

/** A number above `least` (or at it, with `inclusive`) up to `most`. @throws InvalidDeploymentError */
export function numberBetween(field: string, value: unknown, least: number, most: number, inclusive = false): number {
  const inside = typeof value === 'number' && value <= most && (inclusive ? value >= least : value > least)
  if (!inside)
    throw new InvalidDeploymentError(field, value, `a number ${inclusive ? 'from' : 'above'} ${least}, at most ${most}`)
  return value
}

/** One of a few words. @throws InvalidDeploymentError */
export function oneOf<Word extends string>(field: string, value: unknown, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw new InvalidDeploymentError(field, value, `one of ${words.join(', ')}`)
  return word
}

/** Picodollars of a decimal amount that is not negative. @throws InvalidDeploymentError */
export function picoUsd(field: string, value: unknown): bigint {
  if (typeof value === 'string') {
    try {
      return picoUsdPerUnit(value, 1)
    } catch {
      // Said below, with the name of the field.
    }
  }
  throw new InvalidDeploymentError(field, value, 'a decimal string of dollars such as "2.5"')
}

/** An options object. @throws TypeError */
export function optionsObject(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${name} takes an object of options`)
}
