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
export { InvalidDeploymentError, UnknownNameError } from './deployment/errors.ts'
export {
  estimateFineTuning,
  type FineTuningEstimate,
  type FineTuningOptions,
  type TrainingCost,
  type TrainingCostOptions,
  type TrainingMethod,
  trainingCosts,
} from './deployment/fine-tuning.ts'
export type { Memory } from './deployment/memory.ts'
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
export {
  estimateSelfHosted,
  type SelfHostedCost,
  type SelfHostedEstimate,
  type SelfHostedOptions,
} from './deployment/self-hosted.ts'
export { ageDays } from './deployment/staleness.ts'
export type * from './deployment/types.ts'
export type { Amount } from './money.ts'
