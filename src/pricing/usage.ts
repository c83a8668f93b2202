/** Splits the overlapping totals of a usage object into parts that are each billed once. */
import { InvalidUsageError } from '../errors.ts'
import {
  CACHE_READ,
  CACHE_READ_AUDIO,
  CACHE_READ_IMAGE,
  CACHE_READ_VIDEO,
  CACHE_WRITE,
  CACHE_WRITE_1H,
  CACHE_WRITE_12H,
  CITATION,
  INPUT,
  INPUT_AUDIO,
  INPUT_IMAGE,
  INPUT_VIDEO,
  OUTPUT,
  OUTPUT_AUDIO,
  OUTPUT_IMAGE,
  OUTPUT_VIDEO,
  REASONING,
} from './positions.ts'
import type { Usage } from './types.ts'
import { rateUnits } from './units.ts'
import { fieldReader, type Quantities, whole } from './usage-fields.ts'

/** Copied for every call: a copy of a packed list is faster than filling a new one, and stays packed. */
const none: readonly number[] = rateUnits.map(() => 0)

function atMost(field: string, part: number, whole: number, of: string): void {
  if (part > whole) throw new InvalidUsageError(field, part, `at most ${of} (${whole})`)
}

/** What a usage object bills, nothing twice. */
export interface Billed {
  readonly quantities: Quantities
  readonly inputTokens: number
  /** True when it was not said how much of the cached input is audio, images or video, and an assumption was needed. */
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
  // Inherited fields are listed as well: one that is read further below, but not seen here, would be billed unchecked.
  for (const field in given) {
    const value = given[field]
    const read = fieldReader(field)
    if (!Object.hasOwn(given, field)) {
      if (read === undefined) continue
      throw new InvalidUsageError(field, value, 'an own field')
    }
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

/** One kind of media in the input. */
interface Media {
  readonly all: number
  /** The part that was read from the cache. */
  cached: number
  /** Whether the usage says how large that part is. */
  readonly isSaid: boolean
}

function mediaOf(kind: 'Audio' | 'Image' | 'Video', usage: Usage): Media {
  const said = usage[`cacheRead${kind}Tokens`]
  return {
    all: tokens(`input${kind}Tokens`, usage[`input${kind}Tokens`]),
    cached: tokens(`cacheRead${kind}Tokens`, said),
    isSaid: said !== undefined,
  }
}

/** Puts the parts of the input into `out`; true when it had to be assumed which of them were cached. @throws InvalidUsageError */
function splitInput(usage: Usage, out: Quantities): boolean {
  const input = tokens('inputTokens', usage.inputTokens)
  out[INPUT] = input
  const read = tokens('cacheReadTokens', usage.cacheReadTokens)
  const write1h = tokens('cacheWrite1hTokens', usage.cacheWrite1hTokens)
  const write12h = tokens('cacheWrite12hTokens', usage.cacheWrite12hTokens)
  const kept = write1h + write12h
  const write = usage.cacheWriteTokens === undefined ? kept : tokens('cacheWriteTokens', usage.cacheWriteTokens)
  const audio = mediaOf('Audio', usage)
  const image = mediaOf('Image', usage)
  const video = mediaOf('Video', usage)
  const saidToBeCached = audio.cached + image.cached + video.cached
  const media = audio.all + image.all + video.all
  if (read + write + media + saidToBeCached === 0) return false
  atMost('cacheReadTokens', read, input, 'inputTokens')
  atMost('cacheWriteTokens', write, input - read, 'inputTokens less cacheReadTokens')
  atMost('cacheWrite1hTokens', write1h, write, 'cacheWriteTokens')
  atMost('cacheWrite12hTokens', write12h, write - write1h, 'cacheWriteTokens less those of an hour')
  atMost('inputAudioTokens', audio.all, input, 'inputTokens')
  atMost('inputImageTokens', image.all, input - audio.all, 'inputTokens less audio')
  atMost('inputVideoTokens', video.all, input - audio.all - image.all, 'inputTokens less audio and images')
  atMost('cacheReadAudioTokens', audio.cached, Math.min(read, audio.all), 'the cached and the audio tokens')
  const readBesideAudio = read - audio.cached
  atMost(
    'cacheReadImageTokens',
    image.cached,
    Math.min(readBesideAudio, image.all),
    'the other cached and the image tokens',
  )
  const readRest = readBesideAudio - image.cached
  atMost('cacheReadVideoTokens', video.cached, Math.min(readRest, video.all), 'the other cached and the video tokens')
  // Parts that add up to more than the whole overlap: more media were cached than the provider says.
  const overlap = read + write + media - saidToBeCached - input
  let written = overlap > 0 ? overlap - assumeCached([audio, image, video], overlap, read - saidToBeCached) : 0
  out[CACHE_READ_AUDIO] = audio.cached
  out[CACHE_READ_IMAGE] = image.cached
  out[CACHE_READ_VIDEO] = video.cached
  out[CACHE_READ] = read - audio.cached - image.cached - video.cached
  out[CACHE_WRITE] = write - kept
  out[CACHE_WRITE_1H] = write1h
  out[CACHE_WRITE_12H] = write12h
  out[INPUT_AUDIO] = audio.all - audio.cached
  out[INPUT_IMAGE] = image.all - image.cached
  out[INPUT_VIDEO] = video.all - video.cached
  // What overlaps even then was written to the cache, whose rate it is billed at, so it is taken off the fresh media.
  for (const unit of [INPUT_VIDEO, INPUT_IMAGE, INPUT_AUDIO]) {
    const less = Math.min(written, out[unit])
    out[unit] = out[unit] - less
    written -= less
  }
  out[INPUT] = input - read - write - out[INPUT_AUDIO] - out[INPUT_IMAGE] - out[INPUT_VIDEO]
  return overlap > 0
}

/**
 * Counts media as cached until they no longer overlap with the rest; gives how many tokens. Text is taken to be cached first, so
 * that only the overlap counts as cached audio, then images, then video, and kinds whose part the usage gives come last.
 */
function assumeCached(media: readonly Media[], overlap: number, unsplit: number): number {
  const most = Math.min(overlap, unsplit)
  let assumed = 0
  for (const isSaid of [false, true]) {
    for (const kind of media) {
      if (kind.isSaid !== isSaid) continue
      const cached = Math.min(most - assumed, kind.all - kind.cached)
      kind.cached += cached
      assumed += cached
    }
  }
  return assumed
}

/** Puts the parts of the output into `out`. @throws InvalidUsageError */
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
