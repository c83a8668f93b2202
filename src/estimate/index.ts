/** Counting and pricing put together: what a call will cost, as a range with its reasons. */
export type { Candidate, CandidateTerms, CompareOptions, ComparisonFilter, ComparisonOrder } from './compare.ts'
export { compareModels, countTokens, estimateCost, type World } from './default.ts'
export { createEstimator, type Estimator, type EstimatorOptions } from './estimator.ts'
export { assertMaxCost, CostLimitError, type Explanation, explain, fits, type RangePart } from './explain.ts'
export {
  type Forecast,
  type ForecastCost,
  type ForecastOptions,
  type ForecastPlan,
  type ForecastTurn,
  forecast,
} from './forecast.ts'
export type { Latency, LatencyRange } from './latency.ts'
export {
  createOutputModel,
  type OutputForecast,
  type OutputKey,
  type OutputModel,
  type OutputModelOptions,
  type OutputModelState,
} from './output-model.ts'
export type { ExpectedLength, LengthQuantiles, OutputTask, ReasoningEffort } from './priors.ts'
export type { SketchState } from './sketch.ts'
export type {
  CachePlan,
  ContextFit,
  CostEffect,
  CostEstimate,
  EstimateAssumption,
  EstimateNotice,
  EstimateOptions,
  EstimateWarning,
  OutputBasis,
  OutputPlan,
  OutputRange,
} from './types.ts'
export { type CallRate, type CostBounds, type VolumeCost, volumeCost } from './volume.ts'
