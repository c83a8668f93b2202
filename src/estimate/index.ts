/** Counting and pricing put together: what a call will cost, as a range with its reasons. */
export type { Candidate } from './compare.ts'
export { compareModels, countTokens, estimateCost, type World } from './default.ts'
export { createEstimator, type Estimator, type EstimatorOptions } from './estimator.ts'
export type { OutputTask } from './priors.ts'
export type {
  ContextFit,
  CostEstimate,
  EstimateAssumption,
  EstimateOptions,
  EstimateWarning,
  OutputBasis,
  OutputPlan,
  OutputRange,
} from './types.ts'
