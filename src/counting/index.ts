/** Counting what is billed: provider-native requests → input tokens with bounds. Knows no money. */

export { type CountOptions, countRequest, encodingNeeded } from './count.ts'
export { type CountKeys, countKeysOf, isCommonCount } from './count-key.ts'
export {
  type Calibration,
  type CalibrationEntry,
  type CalibrationKey,
  type CalibrationState,
  createCalibration,
} from './learning.ts'
export { countImageTokens, type ImageDescription, type ImageTokenCount } from './media/count-image.ts'
export { countByProvider, type ProviderCountOptions, type ProviderRequest, type ProviderResponse } from './provider.ts'
export { rememberTexts } from './text-counters.ts'
export type {
  ApiName,
  AssumptionCode,
  CountMethod,
  CountNotice,
  CountPart,
  CountPartKind,
  CountWarningCode,
  TokenCount,
  TokenRange,
} from './types.ts'
