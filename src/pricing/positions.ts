/**
 * Positions in rate cards and quantities that code names; all others are gone through. They are numbers, not asked for by key, so
 * that the bundler can write them into the code; tests/unit/pricing/positions.test.ts compares them with `rateUnits`.
 */
export const INPUT = 0
export const OUTPUT = 1
export const CACHE_READ = 2
export const CACHE_WRITE = 3
export const CACHE_WRITE_1H = 4
export const REASONING = 5
export const CITATION = 6
export const INPUT_AUDIO = 7
export const OUTPUT_AUDIO = 8
export const CACHE_READ_AUDIO = 9
export const INPUT_IMAGE = 10
export const OUTPUT_IMAGE = 11
export const CACHE_READ_IMAGE = 12
export const INPUT_VIDEO = 13
export const OUTPUT_VIDEO = 14
export const REQUEST = 22
export const IMAGE = 27
export const VIDEO_SECOND = 30
export const CACHE_READ_VIDEO = 37
export const CACHE_WRITE_12H = 38
