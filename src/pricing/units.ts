/**
 * Everything a price list charges for, in one registry: what is counted, in which unit a rate is quoted, and which rate
 * takes over where a model has no separate one.
 */

/**
 * Key in the price files, name in results, what is counted, for how many of it the rate is quoted, and where they exist the
 * `fallback` and `unless` of {@link RateUnit}. The order is part of the packed table: add at the end.
 *
 * Thousandths stand in for seconds, GB-days and megapixels, so that 8.47 seconds are a whole number.
 */
const registry = [
  ['input', 'inputUsdPerMTok', 'tokens', 1_000_000],
  ['output', 'outputUsdPerMTok', 'tokens', 1_000_000],
  ['cacheRead', 'cacheReadUsdPerMTok', 'tokens', 1_000_000],
  ['cacheWrite', 'cacheWriteUsdPerMTok', 'tokens', 1_000_000],
  ['cacheWrite1h', 'cacheWrite1hUsdPerMTok', 'tokens', 1_000_000],
  ['reasoning', 'reasoningUsdPerMTok', 'tokens', 1_000_000, 'output'],
  ['citation', 'citationUsdPerMTok', 'tokens', 1_000_000, 'output'],
  ['inputAudio', 'inputAudioUsdPerMTok', 'tokens', 1_000_000, 'input'],
  ['outputAudio', 'outputAudioUsdPerMTok', 'tokens', 1_000_000, 'output'],
  // Cached audio and images cost what cached text does, where fresh ones cost what fresh text does.
  ['cacheReadAudio', 'cacheReadAudioUsdPerMTok', 'tokens', 1_000_000, 'cacheRead', 'inputAudio'],
  ['inputImage', 'inputImageUsdPerMTok', 'tokens', 1_000_000, 'input'],
  ['outputImage', 'outputImageUsdPerMTok', 'tokens', 1_000_000, 'output'],
  ['cacheReadImage', 'cacheReadImageUsdPerMTok', 'tokens', 1_000_000, 'cacheRead', 'inputImage'],
  ['inputVideo', 'inputVideoUsdPerMTok', 'tokens', 1_000_000, 'input'],
  ['outputVideo', 'outputVideoUsdPerMTok', 'tokens', 1_000_000, 'output'],
  ['webSearch', 'webSearchUsdPerThousand', 'searches', 1_000],
  ['fileSearch', 'fileSearchUsdPerThousand', 'searches', 1_000],
  ['socialSearch', 'socialSearchUsdPerThousand', 'searches', 1_000],
  ['mapsQuery', 'mapsQueryUsdPerThousand', 'queries', 1_000],
  ['codeExecution', 'codeExecutionUsdPerThousand', 'executions', 1_000],
  ['codeSession', 'codeSessionUsd', 'sessions', 1],
  ['searchUnit', 'searchUnitUsdPerThousand', 'search units', 1_000],
  ['request', 'requestUsdPerThousand', 'requests', 1_000],
  ['message', 'messageUsdPerThousand', 'messages', 1_000],
  ['page', 'pageUsdPerThousand', 'pages', 1_000],
  ['annotatedPage', 'annotatedPageUsdPerThousand', 'pages', 1_000],
  ['character', 'characterUsdPerMillion', 'characters', 1_000_000],
  ['image', 'imageUsd', 'images', 1],
  ['inputAudioHour', 'inputAudioUsdPerHour', 'milliseconds', 3_600_000],
  ['outputAudioHour', 'outputAudioUsdPerHour', 'milliseconds', 3_600_000],
  ['videoSecond', 'videoUsdPerSecond', 'milliseconds', 1_000],
  ['sessionMinute', 'sessionUsdPerMinute', 'milliseconds', 60_000],
  ['hardwareSecond', 'hardwareUsdPerSecond', 'milliseconds', 1_000],
  ['cacheStorage', 'cacheStorageUsdPerMTokHour', 'token-hours', 1_000_000],
  ['codeHour', 'codeContainerUsdPerHour', 'milliseconds', 3_600_000],
  ['fileStorage', 'fileStorageUsdPerGbDay', 'MB-days', 1_000],
  ['megapixel', 'megapixelUsd', 'kilopixels', 1_000],
] as const

/** Key of a rate in the price files, for example `cacheRead`. */
export type RateKey = (typeof registry)[number][0]

/** Name of a rate in results, with currency and unit, for example `cacheReadUsdPerMTok`. */
export type RateName = (typeof registry)[number][1]

/** One billable thing. */
export interface RateUnit {
  readonly key: RateKey
  readonly name: RateName
  /** What the usage counts, for example `tokens`. */
  readonly counts: string
  /** A rate is quoted for this many counted units: 1,000,000 tokens, 1,000 searches, 3,600,000 milliseconds. */
  readonly per: number
  /**
   * The rate that applies where this one is absent, because sellers quote one rate for all kinds unless they say otherwise.
   * Absent without a fallback means unknown: cached tokens are never priced at a guess.
   */
  readonly fallback?: RateKey
  /** A rate which, where it is quoted, shows that this unit has a rate of its own, so that the fallback does not hold. */
  readonly unless?: RateKey
}

type Row = readonly [key: RateKey, name: RateName, counts: string, per: number, fallback?: RateKey, unless?: RateKey]

const rows: readonly Row[] = registry

/** All billable things; a position in this list identifies a rate in rate cards and quantities. */
export const rateUnits: readonly RateUnit[] = Object.freeze(
  rows.map(([key, name, counts, per, fallback, unless]) => ({
    key,
    name,
    counts,
    per,
    ...(fallback === undefined ? {} : { fallback }),
    ...(unless === undefined ? {} : { unless }),
  })),
)

const indexByKey: ReadonlyMap<string, number> = new Map(rateUnits.map((unit, index) => [unit.key, index]))

/** Position of a key in {@link rateUnits}; `undefined` for a text that is no key. */
export function unitIndex(key: RateKey): number
export function unitIndex(key: string): number | undefined
export function unitIndex(key: string): number | undefined {
  return indexByKey.get(key)
}

/** For each unit, the positions to try when a card has no rate for it, the unit itself first. */
export const rateChain: readonly (readonly number[])[] = rateUnits.map(({ fallback }, index) =>
  fallback === undefined ? [index] : [index, unitIndex(fallback)],
)

/** For each unit, the position of the rate that excludes its fallback. */
export const ownRateSigns: readonly (number | undefined)[] = rateUnits.map(({ unless }) =>
  unless === undefined ? undefined : unitIndex(unless),
)
