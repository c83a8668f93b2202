/** What the root and `tokenfare/pricing` both offer: costs, prices, usage, and their types. */
export type { AllowanceField, AllowanceUsed } from './allowances.ts'
export type { CostOptions } from './bill.ts'
export { calcCost } from './cost.ts'
export type { KnownModelId, ModelId } from './ids.gen.ts'
export type { ModelReference } from './match.ts'
export { getPrice, priceHistory } from './price.ts'
export {
  checkPrices,
  type HistoryRow,
  historyRows,
  type PriceDifference,
  type PriceState,
  priceDiff,
  type TableCheck,
} from './report-rows.ts'
export type { PriceTable } from './table.ts'
export type * from './types.ts'
export type { RateKey, RateName } from './units.ts'
export { priceContextFrom, type UsageApi, type UsageFromOptions, usageFrom } from './usage-from/index.ts'
