/** Free units per day or month: applied where the caller says how much of them is used up, announced where not. */
import { describe, InvalidUsageError } from '../errors.ts'
import type { FileAllowance } from './file.ts'
import { notice } from './notices.ts'
import type { Allowance, Notice, Usage } from './types.ts'
import { type RateKey, unitIndex } from './units.ts'
import { allowanceFields, quantityOf } from './usage-fields.ts'

/**
 * What has been used of free units in the running day or month before this call, by field of the usage:
 * `{ webSearches: 1200 }`. Leave a field out when that is not known; then all units are charged, and a warning says so.
 */
export type AllowanceUsed = Readonly<Partial<Record<AllowanceField, number>>>

export type AllowanceField = 'webSearches' | 'fileSearches' | 'mapsQueries' | 'codeSeconds' | 'fileStorageGbDays'

/** How many counted units of a call are free, by position in `rateUnits`, and the notices for what was not applied. */
export function freeUnits(
  allowances: readonly Allowance[],
  quantities: readonly number[],
  used: AllowanceUsed | undefined,
): { readonly free: ReadonlyMap<number, number>; readonly notices: readonly Notice[] } {
  const free = new Map<number, number>()
  const notices: Notice[] = []
  for (const allowance of allowances) {
    const field = allowance.covers as AllowanceField
    const unit = unitOf(field)
    const quantity = quantities[unit] as number
    if (quantity === 0) continue
    const before = used?.[field]
    if (before === undefined) notices.push(notice('allowance-not-applied', messageOf(allowance)))
    else {
      const left = quantityOf(field, allowance.amount) - quantityOf(field, before)
      if (left > 0) free.set(unit, Math.min(left, quantity))
    }
  }
  return { free, notices }
}

function unitOf(field: keyof Usage): number {
  return unitIndex(allowanceFields.get(field) as RateKey)
}

function messageOf({ covers, amount, per, scope, pool }: Allowance): string {
  return (
    `the seller gives ${amount.toLocaleString('en-US')} of ${covers} free per ${per} and ${scope} (${pool}); ` +
    `this call is charged in full, since allowanceUsed.${covers} does not say what is left of them`
  )
}

/** @throws InvalidUsageError for a field that no allowance can cover, or an impossible value. */
export function checkAllowanceUsed(used: AllowanceUsed): void {
  if (typeof used !== 'object' || used === null || Array.isArray(used))
    throw new TypeError(`allowanceUsed: an object such as { webSearches: 1200 } was expected, got ${describe(used)}`)
  for (const [field, value] of Object.entries(used)) {
    if (!allowanceFields.has(field as keyof Usage)) {
      throw new InvalidUsageError(`allowanceUsed.${field}`, value, `one of ${[...allowanceFields.keys()].join(', ')}`)
    }
    if (value !== undefined) quantityOf(field as AllowanceField, value, `allowanceUsed.${field}`)
  }
}

/** An allowance under its public names. */
export function allowanceOf(pool: string, given: FileAllowance): Allowance {
  const { rate, amount, per, scope, source, checked, note } = given
  const covers = [...allowanceFields].find(([, key]) => key === rate)?.[0] as AllowanceField
  return Object.freeze({ pool, covers, amount, per, scope, source, checked, note: note ?? null })
}

/** Whether a call used anything that an allowance covers. */
export function isCovered(allowances: readonly Allowance[], quantities: readonly number[]): boolean {
  return allowances.some(({ covers }) => quantities[unitOf(covers)] !== 0)
}
