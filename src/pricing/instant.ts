/** Instants of price lists: parsing what callers pass, and wall-clock windows in a zone. */
import { describe } from '../errors.ts'
import type { PriceContext } from './types.ts'

const ISO_DATE = /^\d{4}-\d\d-\d\d$/
/** A date with time needs a zone: without one, the result would depend on the machine. */
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** Whether an instant is given as a day, so that the hour of it is not said. */
export function isDay(at: unknown): boolean {
  return typeof at === 'string' && ISO_DATE.test(at)
}

/** Milliseconds since 1970 of a `Date`, an ISO 8601 date or instant, or milliseconds. @throws RangeError naming `at`. */
export function instantOf(context: Pick<PriceContext, 'at' | 'clock'> | undefined): number {
  const at = context?.at
  if (at === undefined) return nowOf(context?.clock ?? Date.now)
  if (typeof at === 'number') return finite(at, at)
  if (at instanceof Date) return finite(at.getTime(), at)
  if (typeof at !== 'string')
    throw new TypeError(`at must be a Date, an ISO 8601 string or milliseconds, got ${typeof at}`)
  if (!ISO_DATE.test(at) && !ISO_INSTANT.test(at)) {
    throw new RangeError(
      `at must be an ISO 8601 date or an instant with a zone, got ${JSON.stringify(at.slice(0, 40))}`,
    )
  }
  return finite(isRealDay(at.slice(0, 10)) ? Date.parse(at) : Number.NaN, at)
}

/** Milliseconds since 1970 by a clock that the caller gave. @throws TypeError for a clock that gives something else. */
export function nowOf(clock: () => number): number {
  const now: unknown = clock()
  if (typeof now === 'number' && !Number.isNaN(now)) return finite(now, now)
  throw new TypeError(`clock must give milliseconds, got ${describe(now)}`)
}

/** Whether a day such as `2026-02-29` is in the calendar: `Date.parse` takes days up to 31 of every month, and moves on to the next. */
export function isRealDay(day: string): boolean {
  return ISO_DATE.test(day) && new Date(day).toJSON()?.slice(0, 10) === day
}

/** The largest time value of ECMAScript. */
const MAX_TIME = 8.64e15

function finite(ms: number, given: unknown): number {
  if (Number.isNaN(ms) || Math.abs(ms) > MAX_TIME)
    throw new RangeError(`at is no valid instant: ${String(given).slice(0, 40)}`)
  return ms
}

/** ISO text of an instant of a period; open ends are `null`. */
export function isoOrNull(ms: number | null): string | null {
  return ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString()
}

/** Minutes since midnight of a time such as `09:30`. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

const formatters = new Map<string, Intl.DateTimeFormat>()
const isoWeekday: Readonly<Record<string, number>> = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 }

interface WallClock {
  readonly weekday: number
  readonly minute: number
}

/** What each zone's clocks were asked for last: a comparison asks once per model, and an answer takes as long as a bill. */
const lastAsked = new Map<string, { readonly ms: number; readonly clock: WallClock }>()

/** Weekday (1 = Monday) and minute of the day that clocks in a zone show at an instant, daylight saving included. */
export function wallClock(ms: number, zone: string): WallClock {
  const last = lastAsked.get(zone)
  if (last !== undefined && last.ms === ms) return last.clock
  const clock = readClock(ms, zone)
  lastAsked.set(zone, { ms, clock })
  return clock
}

function readClock(ms: number, zone: string): WallClock {
  if (zone === 'UTC') {
    const date = new Date(ms)
    return { weekday: ((date.getUTCDay() + 6) % 7) + 1, minute: date.getUTCHours() * 60 + date.getUTCMinutes() }
  }
  let formatter = formatters.get(zone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formatters.set(zone, formatter)
  }
  const parts = new Map(formatter.formatToParts(ms).map((part) => [part.type, part.value]))
  return {
    weekday: isoWeekday[parts.get('weekday') as string] as number,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  }
}
