/** Which of a model's dated prices holds on a day. */
import type { FilePeriod } from '../../src/pricing/file.ts'

export type Span = Pick<FilePeriod, 'from' | 'until'>

/** The period of a day: the last one that has begun, announcements that were cancelled aside. */
export function asOfPeriod<T extends Span & { readonly status?: FilePeriod['status'] }>(
  periods: readonly T[],
  day: string,
): T | undefined {
  return periods.filter((period) => period.status !== 'cancelled' && (period.from ?? '') <= day).at(-1) ?? periods[0]
}
