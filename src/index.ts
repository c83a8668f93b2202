/**
 * tokenfare: what a call to a language model will cost, known before it is made.
 *
 * The root is light: no vocabulary inside, no network, no side effects at import.
 *
 * @packageDocumentation
 */
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
} from './counting/index.ts'
export {
  type Calibration,
  type CalibrationEntry,
  type CalibrationKey,
  type CalibrationState,
  countByProvider,
  countImageTokens,
  createCalibration,
  type ImageDescription,
  type ImageTokenCount,
  type ProviderCountOptions,
  type ProviderRequest,
  type ProviderResponse,
} from './counting/index.ts'
export {
  InvalidPriceTableError,
  InvalidRequestError,
  InvalidUsageError,
  isTokenfareError,
  PriceNotFoundError,
  PriceTableRejectedError,
  TokenfareError,
  type TokenfareErrorCode,
  UnknownModelError,
} from './errors.ts'
export {
  assertMaxCost,
  type CachePlan,
  type CallRate,
  type Candidate,
  type CandidateTerms,
  type CompareOptions,
  type ComparisonFilter,
  type ComparisonOrder,
  type ContextFit,
  type CostBounds,
  type CostEffect,
  type CostEstimate,
  CostLimitError,
  compareModels,
  countTokens,
  createEstimator,
  createOutputModel,
  type EstimateAssumption,
  type EstimateNotice,
  type EstimateOptions,
  type EstimateWarning,
  type Estimator,
  type EstimatorOptions,
  type ExpectedLength,
  type Explanation,
  estimateCost,
  explain,
  type Forecast,
  type ForecastCost,
  type ForecastOptions,
  type ForecastPlan,
  type ForecastTurn,
  fits,
  forecast,
  type Latency,
  type LatencyRange,
  type LengthQuantiles,
  type OutputBasis,
  type OutputForecast,
  type OutputKey,
  type OutputModel,
  type OutputModelOptions,
  type OutputModelState,
  type OutputPlan,
  type OutputRange,
  type OutputTask,
  type RangePart,
  type ReasoningEffort,
  type SketchState,
  type VolumeCost,
  volumeCost,
  type World,
} from './estimate/index.ts'
export {
  listModels,
  type ModelFilter,
  type ResolvedModel,
  type ResolveOptions,
  resolveModel,
} from './models/resolve.ts'
export { type ModelRow, type ModelRowFilter, type ModelSort, modelRows } from './models/rows.ts'
export { type Amount, sumAmounts } from './money.ts'
export * from './pricing/index.ts'
export type { Encoding, EncodingName, SpecialTokenOptions, TokenCounter } from './tokenizer/types.ts'
