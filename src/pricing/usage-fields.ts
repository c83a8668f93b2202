/** The fields of a usage object: what each counts, and which values it may have. */
import { InvalidUsageError } from '../errors.ts'
import type { Usage } from './types.ts'
import { type RateKey, unitIndex } from './units.ts'
import { choosingFields } from './variants.ts'

/** Billed quantities by position in `rateUnits`. */
export type Quantities = number[]

/** Counted things that overlap with nothing: usage field → unit. */
const counted: readonly (readonly [keyof Usage, RateKey])[] = [
  ['webSearches', 'webSearch'],
  ['fileSearches', 'fileSearch'],
  ['socialSearches', 'socialSearch'],
  ['mapsQueries', 'mapsQuery'],
  ['codeExecutions', 'codeExecution'],
  ['codeSessions', 'codeSession'],
  ['searchUnits', 'searchUnit'],
  ['requests', 'request'],
  ['messages', 'message'],
  ['pages', 'page'],
  ['annotatedPages', 'annotatedPage'],
  ['characters', 'character'],
  ['outputImages', 'image'],
  ['cacheStorageTokenHours', 'cacheStorage'],
]
/** What is given with up to three decimals and counted in thousandths: seconds, gigabyte-days, megapixels. */
const measured: readonly (readonly [keyof Usage, RateKey])[] = [
  ['inputAudioSeconds', 'inputAudioHour'],
  ['outputAudioSeconds', 'outputAudioHour'],
  ['videoSeconds', 'videoSecond'],
  ['sessionSeconds', 'sessionMinute'],
  ['hardwareSeconds', 'hardwareSecond'],
  ['codeSeconds', 'codeHour'],
  ['fileStorageGbDays', 'fileStorage'],
  ['outputMegapixels', 'megapixel'],
]

/** Fields that a seller's free units may cover, with the unit that they count. */
export const allowanceFields: ReadonlyMap<keyof Usage, RateKey> = /* @__PURE__ */ new Map<keyof Usage, RateKey>([
  ['webSearches', 'webSearch'],
  ['fileSearches', 'fileSearch'],
  ['mapsQueries', 'mapsQuery'],
  ['codeSeconds', 'codeHour'],
  ['fileStorageGbDays', 'fileStorage'],
])

/** Parts of the two token totals; they are split, not counted one by one. */
const tokenFields: readonly (keyof Usage)[] = [
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'cacheWrite12hTokens',
  'reasoningTokens',
  'citationTokens',
  'inputAudioTokens',
  'outputAudioTokens',
  'cacheReadAudioTokens',
  'inputImageTokens',
  'outputImageTokens',
  'cacheReadImageTokens',
  'inputVideoTokens',
  'outputVideoTokens',
  'cacheReadVideoTokens',
]

/** Checks the value of a field, and puts what it counts into the quantities. @throws InvalidUsageError */
type FieldReader = (field: string, value: unknown, out: Quantities) => void

const skip: FieldReader = () => {}

let fieldReaders: ReadonlyMap<string, FieldReader> | undefined

/** How a field is read, `undefined` for one that is not known; the parts of the token totals are left to the caller. */
export function fieldReader(field: string): FieldReader | undefined {
  fieldReaders ??= readersByField()
  return fieldReaders.get(field)
}

function readersByField(): ReadonlyMap<string, FieldReader> {
  return new Map<string, FieldReader>([
    ...tokenFields.map((field) => [field, skip] as const),
    ['missing', names],
    ['otherModels', otherModels],
    ...counted.map(([name, key]) => [name, into(unitIndex(key), whole)] as const),
    ...choosingFields().map((name) => [name, word] as const),
    ...measured.map(([name, key]) => [name, into(unitIndex(key), thousandths)] as const),
  ])
}

function into(unit: number, read: (field: string, value: unknown) => number): FieldReader {
  return (field, value, out) => void (out[unit] = read(field, value))
}

/** Whether a value can be a count. */
export function isWhole(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)
}

/** @throws InvalidUsageError */
export function whole(field: string, value: unknown): number {
  if (isWhole(value)) return value
  throw new InvalidUsageError(field, value, 'a whole number from 0 to 2^53 - 1')
}

function word(field: string, value: unknown): void {
  if (typeof value !== 'string' || value.length > 40) {
    throw new InvalidUsageError(field, value, 'a short text such as "1024x1024"')
  }
}

function names(field: string, value: unknown): void {
  if (Array.isArray(value) && value.every((name) => /^(?:in|out)putTokens$/.test(name))) return
  throw new InvalidUsageError(field, value, 'a list of inputTokens and outputTokens')
}

/** What other models consumed is not billed here, but its tokens are told. */
function otherModels(field: string, value: unknown): void {
  for (const other of Array.isArray(value) ? value : [undefined]) {
    const { model, usage } = (other ?? {}) as { readonly model?: unknown; readonly usage?: Usage | null }
    if (typeof usage !== 'object' || usage === null || typeof (model ?? '') !== 'string')
      throw new InvalidUsageError(field, value, 'a list of { model, usage }')
    whole('inputTokens', usage.inputTokens ?? 0)
    whole('outputTokens', usage.outputTokens ?? 0)
  }
}

/** The counted units of a field that {@link allowanceFields} lists. */
export function quantityOf(field: keyof Usage, value: number, named: string = field): number {
  return measured.some(([name]) => name === field) ? thousandths(named, value) : whole(named, value)
}

/** Whole thousandths of a number with at most three decimals. */
function thousandths(field: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1e12) {
    const count = Math.round(value * 1000)
    if (count / 1000 === value) return count
  }
  throw new InvalidUsageError(field, value, 'a number from 0 to 10^12 with at most three decimals')
}
