/** Checks a usage object and splits its overlapping totals into parts that are each billed once. */
import { InvalidUsageError } from '../errors.ts'
import type { Usage } from './types.ts'
import { rateUnits, unitIndex } from './units.ts'
import { choosingFields } from './variants.ts'

/** Billed quantities by position in `rateUnits`. */
export type Quantities = number[]

const INPUT = unitIndex('input')
const OUTPUT = unitIndex('output')
const CACHE_READ = unitIndex('cacheRead')
const CACHE_WRITE = unitIndex('cacheWrite')
const CACHE_WRITE_1H = unitIndex('cacheWrite1h')
const REASONING = unitIndex('reasoning')
const CITATION = unitIndex('citation')
const INPUT_AUDIO = unitIndex('inputAudio')
const OUTPUT_AUDIO = unitIndex('outputAudio')
const CACHE_READ_AUDIO = unitIndex('cacheReadAudio')
const INPUT_IMAGE = unitIndex('inputImage')
const OUTPUT_IMAGE = unitIndex('outputImage')
const CACHE_READ_IMAGE = unitIndex('cacheReadImage')
const INPUT_VIDEO = unitIndex('inputVideo')
const OUTPUT_VIDEO = unitIndex('outputVideo')

/** Copied for every call: a copy of a packed list is faster than filling a new one, and stays packed. */
const none: readonly number[] = rateUnits.map(() => 0)

/** Counted things that overlap with nothing: usage field → unit. */
const counted: readonly (readonly [keyof Usage, number])[] = [
  ['webSearches', unitIndex('webSearch')],
  ['fileSearches', unitIndex('fileSearch')],
  ['socialSearches', unitIndex('socialSearch')],
  ['mapsQueries', unitIndex('mapsQuery')],
  ['codeExecutions', unitIndex('codeExecution')],
  ['codeSessions', unitIndex('codeSession')],
  ['searchUnits', unitIndex('searchUnit')],
  ['requests', unitIndex('request')],
  ['messages', unitIndex('message')],
  ['pages', unitIndex('page')],
  ['annotatedPages', unitIndex('annotatedPage')],
  ['characters', unitIndex('character')],
  ['outputImages', unitIndex('image')],
  ['cacheStorageTokenHours', unitIndex('cacheStorage')],
]
/** What is given with up to three decimals and counted in thousandths: seconds, gigabyte-days, megapixels. */
const measured: readonly (readonly [keyof Usage, number])[] = [
  ['inputAudioSeconds', unitIndex('inputAudioHour')],
  ['outputAudioSeconds', unitIndex('outputAudioHour')],
  ['videoSeconds', unitIndex('videoSecond')],
  ['sessionSeconds', unitIndex('sessionMinute')],
  ['hardwareSeconds', unitIndex('hardwareSecond')],
  ['codeSeconds', unitIndex('codeHour')],
  ['fileStorageGbDays', unitIndex('fileStorage')],
  ['outputMegapixels', unitIndex('megapixel')],
]

/** Fields that a seller's free units may cover, with the unit that they count. */
export const allowanceFields: ReadonlyMap<keyof Usage, number> = new Map<keyof Usage, number>([
  ['webSearches', unitIndex('webSearch')],
  ['fileSearches', unitIndex('fileSearch')],
  ['mapsQueries', unitIndex('mapsQuery')],
  ['codeSeconds', unitIndex('codeHour')],
  ['fileStorageGbDays', unitIndex('fileStorage')],
])

/** Parts of the two token totals; they are split, not counted one by one. */
const tokenFields: readonly (keyof Usage)[] = [
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
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
]

type FieldReader = (field: string, value: unknown, out: Quantities) => void

const skip: FieldReader = () => {}

/** How each known field is read. */
const fieldReaders: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ...tokenFields.map((field) => [field, skip] as const),
  ['missing', skip],
  ['otherModels', skip],
  ...counted.map(
    ([name, unit]) => [name, (field, value, out) => void (out[unit] = whole(field, value))] as [string, FieldReader],
  ),
  ...choosingFields.map((name) => [name, word] as const),
  ...measured.map(
    ([name, unit]) =>
      [name, (field, value, out) => void (out[unit] = thousandths(field, value))] as [string, FieldReader],
  ),
])

function whole(field: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) return value
  throw new InvalidUsageError(field, value, 'a whole number from 0 to 2^53 - 1')
}

function word(field: string, value: unknown): void {
  if (typeof value !== 'string' || value.length > 40) {
    throw new InvalidUsageError(field, value, 'a short text such as "1024x1024"')
  }
}

/** The counted units of a field that {@link allowanceFields} lists. */
export function quantityOf(field: keyof Usage, value: number): number {
  return measured.some(([name]) => name === field) ? thousandths(field, value) : whole(field, value)
}

/** Whole thousandths of a number with at most three decimals. */
function thousandths(field: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1e12) {
    const count = Math.round(value * 1000)
    if (count / 1000 === value) return count
  }
  throw new InvalidUsageError(field, value, 'a number from 0 to 10^12 with at most three decimals')
}

function atMost(field: string, part: number, whole: number, of: string): void {
  if (part > whole) throw new InvalidUsageError(field, part, `at most ${of} (${whole})`)
}

/** What is left of a total for the rate of plain tokens. */
export interface Billed {
  readonly quantities: Quantities
  readonly inputTokens: number
  /** True when it was not said how much of the cached input is audio or image, and an assumption was needed. */
  readonly splitAssumed: boolean
}

/**
 * Splits a usage object into disjoint quantities.
 *
 * @throws InvalidUsageError for an unknown field, a value that no provider can mean, or parts larger than their whole.
 */
export function billedQuantities(usage: Usage): Billed {
  if (typeof usage !== 'object' || usage === null) throw new TypeError('usage must be an object')
  const given = usage as Readonly<Record<string, unknown>>
  const quantities: Quantities = none.slice()
  let present = false
  for (const field of Object.keys(given)) {
    const value = given[field]
    const read = fieldReaders.get(field)
    if (read === undefined) throw new InvalidUsageError(field, value, 'left out: it is no documented field')
    if (value === undefined) continue
    present = true
    read(field, value, quantities)
  }
  if (!present) throw new InvalidUsageError('inputTokens', undefined, 'given, or any other quantity')
  const splitAssumed = splitInput(usage, quantities)
  splitOutput(usage, quantities)
  return { quantities, inputTokens: usage.inputTokens ?? 0, splitAssumed }
}

function tokens(field: keyof Usage, value: unknown): number {
  return value === undefined ? 0 : whole(field, value)
}

function splitInput(usage: Usage, out: Quantities): boolean {
  const input = tokens('inputTokens', usage.inputTokens)
  out[INPUT] = input
  const read = tokens('cacheReadTokens', usage.cacheReadTokens)
  const write1h = tokens('cacheWrite1hTokens', usage.cacheWrite1hTokens)
  const write = usage.cacheWriteTokens === undefined ? write1h : tokens('cacheWriteTokens', usage.cacheWriteTokens)
  const audio = tokens('inputAudioTokens', usage.inputAudioTokens)
  const image = tokens('inputImageTokens', usage.inputImageTokens)
  const video = tokens('inputVideoTokens', usage.inputVideoTokens)
  let readAudio = tokens('cacheReadAudioTokens', usage.cacheReadAudioTokens)
  let readImage = tokens('cacheReadImageTokens', usage.cacheReadImageTokens)
  if (read + write + audio + image + video + readAudio + readImage === 0) return false
  atMost('cacheReadTokens', read, input, 'inputTokens')
  atMost('cacheWriteTokens', write, input - read, 'inputTokens less cacheReadTokens')
  atMost('cacheWrite1hTokens', write1h, write, 'cacheWriteTokens')
  atMost('inputAudioTokens', audio, input, 'inputTokens')
  atMost('inputImageTokens', image, input - audio, 'inputTokens less audio')
  atMost('inputVideoTokens', video, input - audio - image, 'inputTokens less audio and images')
  atMost('cacheReadAudioTokens', readAudio, Math.min(read, audio), 'the cached and the audio tokens')
  atMost('cacheReadImageTokens', readImage, Math.min(read - readAudio, image), 'the other cached and the image tokens')
  // Where the provider does not say which cached tokens are audio or images, text is taken first and only the excess moves.
  let excess = read + write + (audio - readAudio) + (image - readImage) + video - input
  const splitAssumed = excess > 0
  if (excess > 0) {
    const more = Math.min(excess, audio - readAudio, read - readAudio - readImage)
    readAudio += more
    excess -= more
    const moreImage = Math.min(excess, image - readImage, read - readAudio - readImage)
    readImage += moreImage
    excess -= moreImage
  }
  out[CACHE_READ] = read - readAudio - readImage
  out[CACHE_READ_AUDIO] = readAudio
  out[CACHE_READ_IMAGE] = readImage
  out[CACHE_WRITE] = write - write1h
  out[CACHE_WRITE_1H] = write1h
  out[INPUT_AUDIO] = audio - readAudio
  out[INPUT_IMAGE] = image - readImage
  // Media that is written to the cache is billed at the write rate; what still overlaps is taken off the media.
  out[INPUT_VIDEO] = video
  for (const unit of [INPUT_VIDEO, INPUT_IMAGE, INPUT_AUDIO]) {
    const less = Math.min(Math.max(excess, 0), out[unit])
    out[unit] = out[unit] - less
    excess -= less
  }
  out[INPUT] = input - read - write - out[INPUT_AUDIO] - out[INPUT_IMAGE] - out[INPUT_VIDEO]
  return splitAssumed
}

function splitOutput(usage: Usage, out: Quantities): void {
  const output = tokens('outputTokens', usage.outputTokens)
  out[OUTPUT] = output
  const reasoning = tokens('reasoningTokens', usage.reasoningTokens)
  const citation = tokens('citationTokens', usage.citationTokens)
  const audio = tokens('outputAudioTokens', usage.outputAudioTokens)
  const image = tokens('outputImageTokens', usage.outputImageTokens)
  const video = tokens('outputVideoTokens', usage.outputVideoTokens)
  const parts = reasoning + citation + audio + image + video
  if (parts === 0) return
  for (const [field, part] of [
    ['reasoningTokens', reasoning],
    ['citationTokens', citation],
    ['outputAudioTokens', audio],
    ['outputImageTokens', image],
    ['outputVideoTokens', video],
  ] as const) {
    atMost(field, part, output, 'outputTokens')
  }
  atMost('outputTokens parts', parts, output, 'outputTokens')
  out[OUTPUT] = output - parts
  out[REASONING] = reasoning
  out[CITATION] = citation
  out[OUTPUT_AUDIO] = audio
  out[OUTPUT_IMAGE] = image
  out[OUTPUT_VIDEO] = video
}
