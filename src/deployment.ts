/**
 * Inference economics: open models on own or rented GPUs, sellers of machine time, subscriptions, break-even and fine-tuning.
 *
 * Physical quantities are ranges of doubles with stated formulas and measured errors (docs/deployment.md); money from rates is exact.
 *
 * @packageDocumentation
 */
export {
  breakEvenRent,
  breakEvenSubscription,
  type RentBreakEven,
  type RentBreakEvenOptions,
  type SubscriptionBreakEven,
  type SubscriptionOptions,
} from './deployment/break-even.ts'
export {
  findArchitecture,
  findGpu,
  findPlan,
  findRental,
  findRentalSeller,
  findTrainingRate,
  listArchitectures,
  listGpus,
  listPlans,
  listRentalSellers,
  listRentals,
  listTrainingRates,
} from './deployment/catalog.ts'
export { type Efficiency, type EfficiencyName, type EfficiencyPoint, efficiencyOf } from './deployment/efficiency.ts'
export { InvalidDeploymentError, type NameKind, UnknownNameError } from './deployment/errors.ts'
export {
  estimateFineTuning,
  type FineTuningEstimate,
  type FineTuningOptions,
  type TrainingMethod,
} from './deployment/fine-tuning.ts'
export type { Memory } from './deployment/memory.ts'
export type { DeploymentAssumption, DeploymentNotice, DeploymentWarning } from './deployment/notice.ts'
export {
  breakEven,
  type Crossing,
  type CurvePoint,
  costCurve,
  costOfCalls,
  type Money,
  type Offer,
} from './deployment/offers.ts'
export { costOfRun, type Rent, type RunCost, type RunOptions } from './deployment/rental.ts'
export { kvBytes } from './deployment/roofline.ts'
export { estimateSelfHosted } from './deployment/self-hosted.ts'
export type * from './deployment/self-hosted-types.ts'
export { ageDays } from './deployment/staleness.ts'
export { type TrainingCost, type TrainingCostOptions, trainingCosts } from './deployment/training-rates.ts'
export type { TrainingSet } from './deployment/training-set.ts'
export type * from './deployment/types.ts'
export type { Amount } from './money.ts'
