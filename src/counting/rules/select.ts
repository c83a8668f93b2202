/** Picks the frame that holds for a family, an API, a seller and a day. */
import type { FamilyName } from '../../models/families.ts'
import type { ApiName } from '../types.ts'
import type { Frame } from './frames.ts'

export interface FrameQuery {
  readonly family: FamilyName
  readonly api: ApiName
  readonly seller: string | undefined
  /** ISO day or instant; `undefined` asks for the rules without an end. */
  readonly at: string | undefined
}

/** The frame in force, or `undefined` when none is known for the family. */
export function frameFor(query: FrameQuery, frames: readonly Frame[]): Frame | undefined {
  return frames.find(
    (frame) =>
      frame.families.includes(query.family) &&
      (frame.apis === undefined || frame.apis.includes(query.api)) &&
      (frame.sellers === undefined || (query.seller !== undefined && frame.sellers.includes(query.seller))) &&
      isInForce(frame, query.at),
  )
}

/** Half-open `[from, until)`; ISO dates of one form compare as text. */
export function isInForce(
  period: { readonly from?: string; readonly until?: string },
  at: string | undefined,
): boolean {
  if (at === undefined) return period.until === undefined
  return (period.from === undefined || period.from <= at) && (period.until === undefined || at < period.until)
}
