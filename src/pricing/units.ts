/**
 * Everything a price list charges for, in one registry: what is counted, in which unit a rate is quoted, and which rate
 * takes over where a model has no separate one. The order is part of the packed table: add at the end.
 */

/** One billable thing. */
export interface RateUnit {
  /** Key in the price files, for example `cacheRead`. */
  readonly key: string
  /** Name in results, with currency and unit, for example `cacheReadUsdPerMTok`. */
  readonly name: string
  /** What the usage counts, for example `tokens`. */
  readonly counts: string
  /** A rate is quoted for this many counted units: 1,000,000 tokens, 1,000 searches, 3,600,000 milliseconds. */
  readonly per: number
  /**
   * The rate that applies where this one is absent, because sellers quote one rate for all kinds unless they say otherwise.
   * Absent without a fallback means unknown: cached tokens are never priced at a guess.
   */
  readonly fallback?: string
  /** A rate which, where it is quoted, shows that this unit has a rate of its own, so that the fallback does not hold. */
  readonly unless?: string
}

const perMTok = (key: string, fallback?: string, unless?: string): RateUnit => ({
  key,
  name: `${key}UsdPerMTok`,
  counts: 'tokens',
  per: 1_000_000,
  ...(fallback === undefined ? {} : { fallback }),
  ...(unless === undefined ? {} : { unless }),
})
const perThousand = (key: string, counts: string): RateUnit => ({
  key,
  name: `${key}UsdPerThousand`,
  counts,
  per: 1_000,
})

/** The registry. Thousandths stand in for seconds, GB-days and megapixels, so that 8.47 seconds are a whole number. */
export const rateUnits: readonly RateUnit[] = Object.freeze([
  perMTok('input'),
  perMTok('output'),
  perMTok('cacheRead'),
  perMTok('cacheWrite'),
  perMTok('cacheWrite1h'),
  perMTok('reasoning', 'output'),
  perMTok('citation', 'output'),
  perMTok('inputAudio', 'input'),
  perMTok('outputAudio', 'output'),
  // Cached sound and pictures cost what cached text does, where fresh ones cost what fresh text does.
  perMTok('cacheReadAudio', 'cacheRead', 'inputAudio'),
  perMTok('inputImage', 'input'),
  perMTok('outputImage', 'output'),
  perMTok('cacheReadImage', 'cacheRead', 'inputImage'),
  perMTok('inputVideo', 'input'),
  perMTok('outputVideo', 'output'),
  perThousand('webSearch', 'searches'),
  perThousand('fileSearch', 'searches'),
  perThousand('socialSearch', 'searches'),
  perThousand('mapsQuery', 'queries'),
  perThousand('codeExecution', 'executions'),
  { key: 'codeSession', name: 'codeSessionUsd', counts: 'sessions', per: 1 },
  perThousand('searchUnit', 'search units'),
  perThousand('request', 'requests'),
  perThousand('message', 'messages'),
  perThousand('page', 'pages'),
  perThousand('annotatedPage', 'pages'),
  { key: 'character', name: 'characterUsdPerMillion', counts: 'characters', per: 1_000_000 },
  { key: 'image', name: 'imageUsd', counts: 'images', per: 1 },
  { key: 'inputAudioHour', name: 'inputAudioUsdPerHour', counts: 'milliseconds', per: 3_600_000 },
  { key: 'outputAudioHour', name: 'outputAudioUsdPerHour', counts: 'milliseconds', per: 3_600_000 },
  { key: 'videoSecond', name: 'videoUsdPerSecond', counts: 'milliseconds', per: 1_000 },
  { key: 'sessionMinute', name: 'sessionUsdPerMinute', counts: 'milliseconds', per: 60_000 },
  { key: 'hardwareSecond', name: 'hardwareUsdPerSecond', counts: 'milliseconds', per: 1_000 },
  { key: 'cacheStorage', name: 'cacheStorageUsdPerMTokHour', counts: 'token-hours', per: 1_000_000 },
  { key: 'codeHour', name: 'codeContainerUsdPerHour', counts: 'milliseconds', per: 3_600_000 },
  { key: 'fileStorage', name: 'fileStorageUsdPerGbDay', counts: 'MB-days', per: 1_000 },
  { key: 'megapixel', name: 'megapixelUsd', counts: 'kilopixels', per: 1_000 },
] satisfies RateUnit[])

/** Keys of the price files, in the order of {@link rateUnits}. */
export type RateKey =
  | 'input'
  | 'output'
  | 'cacheRead'
  | 'cacheWrite'
  | 'cacheWrite1h'
  | 'reasoning'
  | 'citation'
  | 'inputAudio'
  | 'outputAudio'
  | 'cacheReadAudio'
  | 'inputImage'
  | 'outputImage'
  | 'cacheReadImage'
  | 'inputVideo'
  | 'outputVideo'
  | 'webSearch'
  | 'fileSearch'
  | 'socialSearch'
  | 'mapsQuery'
  | 'codeExecution'
  | 'codeSession'
  | 'searchUnit'
  | 'request'
  | 'message'
  | 'page'
  | 'annotatedPage'
  | 'character'
  | 'image'
  | 'inputAudioHour'
  | 'outputAudioHour'
  | 'videoSecond'
  | 'sessionMinute'
  | 'hardwareSecond'
  | 'cacheStorage'
  | 'codeHour'
  | 'fileStorage'
  | 'megapixel'

const indexByKey: ReadonlyMap<string, number> = new Map(rateUnits.map((unit, index) => [unit.key, index]))

/** Position of a key in {@link rateUnits}, or `undefined` for a key that does not exist. */
export function unitIndex(key: string): number | undefined {
  return indexByKey.get(key)
}

/** For each unit, the positions to try when a card has no rate for it, the unit itself first. */
export const rateChain: readonly (readonly number[])[] = rateUnits.map((unit, index) =>
  unit.fallback === undefined ? [index] : [index, indexByKey.get(unit.fallback) as number],
)

/** For each unit, the position of the rate that excludes its fallback. */
export const ownRateSigns: readonly (number | undefined)[] = rateUnits.map((unit) =>
  unit.unless === undefined ? undefined : indexByKey.get(unit.unless),
)
