/**
 * Price tables: the built-in one and your own.
 *
 * @packageDocumentation
 */

export { defaultTable as builtinPrices } from './pricing/builtin.ts'
export { type DefineOptions, definePrices } from './pricing/define.ts'
export { type Discount, discountPrices } from './pricing/discount.ts'
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
export * from './pricing/index.ts'
export { type LoadOptions, loadPrices, type PriceBundle } from './pricing/load.ts'
export type { FetchLike } from './pricing/platform.ts'
export type { SourceOptions } from './pricing/price-source.ts'
export { type RateUnit, rateUnits } from './pricing/units.ts'
export { validatePriceFile } from './pricing/validate.ts'
