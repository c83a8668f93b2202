/**
 * Price tables: the built-in one and your own.
 *
 * @packageDocumentation
 */

export type { AllowanceField, AllowanceUsed } from './pricing/allowances.ts'
export { defaultTable as builtinPrices } from './pricing/builtin.ts'
export { type CostOptions, calcCost, type ModelReference } from './pricing/cost.ts'
export { type DefineOptions, type Discount, definePrices, discountPrices } from './pricing/define.ts'
export type {
  FileAllowance,
  FileCard,
  FileModel,
  FilePeriod,
  FileRates,
  FileVariant,
  PriceFile,
  UserModel,
  UserPriceFile,
} from './pricing/file.ts'
export { type FetchLike, type LoadOptions, loadPrices, type PriceBundle } from './pricing/load.ts'
export { getPrice, priceHistory } from './pricing/price.ts'
export {
  checkPrices,
  type HistoryRow,
  historyRows,
  type PriceDifference,
  type PriceState,
  priceDiff,
  type TableCheck,
} from './pricing/report-rows.ts'
export type { PriceTable } from './pricing/table.ts'
export type * from './pricing/types.ts'
export { type RateUnit, rateUnits } from './pricing/units.ts'
export { priceContextFrom, type UsageApi, type UsageFromOptions, usageFrom } from './pricing/usage-from/index.ts'
export { validatePriceFile } from './pricing/validate.ts'
