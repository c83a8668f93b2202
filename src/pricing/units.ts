/**
 * Everything a price list charges for, in one registry: what is counted, in which unit a rate is quoted, and which rate
 * takes over where a model has no separate one.
 */

/**
 * The order is part of the packed table: add at the end.
 *
 * Thousandths stand in for seconds, GB-days and megapixels, so that 8.47 seconds are a whole number.
 */
const registry = [
  { key: 'input', name: 'inputUsdPerMTok', counts: 'tokens', per: 1_000_000 },
  { key: 'output', name: 'outputUsdPerMTok', counts: 'tokens', per: 1_000_000 },
  { key: 'cacheRead', name: 'cacheReadUsdPerMTok', counts: 'tokens', per: 1_000_000 },
  { key: 'cacheWrite', name: 'cacheWriteUsdPerMTok', counts: 'tokens', per: 1_000_000 },
  { key: 'cacheWrite1h', name: 'cacheWrite1hUsdPerMTok', counts: 'tokens', per: 1_000_000 },
  { key: 'reasoning', name: 'reasoningUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'output' },
  { key: 'citation', name: 'citationUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'output' },
  { key: 'inputAudio', name: 'inputAudioUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'input' },
  { key: 'outputAudio', name: 'outputAudioUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'output' },
  // Cached audio, images and video cost what cached text does, where fresh ones cost what fresh text does.
  {
    key: 'cacheReadAudio',
    name: 'cacheReadAudioUsdPerMTok',
    counts: 'tokens',
    per: 1_000_000,
    fallback: 'cacheRead',
    unless: 'inputAudio',
  },
  { key: 'inputImage', name: 'inputImageUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'input' },
  { key: 'outputImage', name: 'outputImageUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'output' },
  {
    key: 'cacheReadImage',
    name: 'cacheReadImageUsdPerMTok',
    counts: 'tokens',
    per: 1_000_000,
    fallback: 'cacheRead',
    unless: 'inputImage',
  },
  { key: 'inputVideo', name: 'inputVideoUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'input' },
  { key: 'outputVideo', name: 'outputVideoUsdPerMTok', counts: 'tokens', per: 1_000_000, fallback: 'output' },
  { key: 'webSearch', name: 'webSearchUsdPerThousand', counts: 'searches', per: 1_000 },
  { key: 'fileSearch', name: 'fileSearchUsdPerThousand', counts: 'searches', per: 1_000 },
  { key: 'socialSearch', name: 'socialSearchUsdPerThousand', counts: 'searches', per: 1_000 },
  { key: 'mapsQuery', name: 'mapsQueryUsdPerThousand', counts: 'queries', per: 1_000 },
  { key: 'codeExecution', name: 'codeExecutionUsdPerThousand', counts: 'executions', per: 1_000 },
  { key: 'codeSession', name: 'codeSessionUsd', counts: 'sessions', per: 1 },
  { key: 'searchUnit', name: 'searchUnitUsdPerThousand', counts: 'search units', per: 1_000 },
  { key: 'request', name: 'requestUsdPerThousand', counts: 'requests', per: 1_000 },
  { key: 'message', name: 'messageUsdPerThousand', counts: 'messages', per: 1_000 },
  { key: 'page', name: 'pageUsdPerThousand', counts: 'pages', per: 1_000 },
  { key: 'annotatedPage', name: 'annotatedPageUsdPerThousand', counts: 'pages', per: 1_000 },
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
  {
    key: 'cacheReadVideo',
    name: 'cacheReadVideoUsdPerMTok',
    counts: 'tokens',
    per: 1_000_000,
    fallback: 'cacheRead',
    unless: 'inputVideo',
  },
  { key: 'cacheWrite12h', name: 'cacheWrite12hUsdPerMTok', counts: 'tokens', per: 1_000_000 },
] as const

/** Key of a rate in the price files, for example `cacheRead`. */
export type RateKey = (typeof registry)[number]['key']

/** Name of a rate in results, with currency and unit, for example `cacheReadUsdPerMTok`. */
export type RateName = (typeof registry)[number]['name']

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

/** All billable things; a position in this list identifies a rate in rate cards and quantities. */
export const rateUnits: readonly RateUnit[] = /* @__PURE__ */ Object.freeze(registry)

let indexByKey: ReadonlyMap<string, number> | undefined

/** Position of a key in {@link rateUnits}; `undefined` for a text that is no key. */
export function unitIndex(key: RateKey): number
export function unitIndex(key: string): number | undefined
export function unitIndex(key: string): number | undefined {
  indexByKey ??= new Map(rateUnits.map((unit, index) => [unit.key, index]))
  return indexByKey.get(key)
}
