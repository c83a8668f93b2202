/** What every reader of a usage object gives back, and the sums they share. */
import type { Usage } from '../types.ts'
import type { Fields } from './fields.ts'

/** What a reader finds; an undefined total was not reported. */
export type ReadUsage = { -readonly [field in keyof Usage]: Usage[field] | undefined }

/** @param response - what the usage object sits in; `model` is the model that answered, where the caller said so. */
export type UsageReader = (usage: Fields, response: Fields, model: string | undefined) => ReadUsage

/**
 * What the provider's own usage object says, where an SDK hands it on beside its own sums; `undefined` where it cannot be told whose
 * it is, or does not hold those sums.
 */
export type OwnUsageReader = (
  own: Fields,
  sums: ReadUsage,
  response: Fields,
  model: string | undefined,
) => ReadUsage | undefined

/** A reader of what an SDK hands on; it reads the provider's own object where it finds one. */
export type SdkUsageReader = (...given: [...Parameters<UsageReader>, readOwn: OwnUsageReader]) => ReadUsage

export const sum = (...parts: readonly (number | undefined)[]): number => sumOf(parts)

/** The sum of a list of any length, which could not all be arguments. */
export const sumOf = (parts: readonly (number | undefined)[]): number =>
  parts.reduce<number>((total, part) => total + (part ?? 0), 0)

/** Sum of a total and the parts that are reported beside it; unknown while the total is. */
export const withParts = (total: number | undefined, ...parts: readonly (number | undefined)[]): number | undefined =>
  total === undefined ? undefined : sum(total, ...parts)

/** What a grand total holds beyond input and output: parts that were reported beside them. */
export const besides = (
  grandTotal: number | undefined,
  input: number | undefined,
  output: number | undefined,
): number => Math.max(0, (grandTotal ?? 0) - sum(input, output))

/** A usage without its undefined fields. */
export function present(read: ReadUsage): Usage {
  return Object.freeze(Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))) as Usage
}
