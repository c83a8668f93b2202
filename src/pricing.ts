/**
 * Price tables: the built-in one and your own.
 *
 * @packageDocumentation
 */

export { defaultTable as builtinPrices } from './pricing/builtin.ts'
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
export * from './pricing/index.ts'
export { type FetchLike, type LoadOptions, loadPrices, type PriceBundle } from './pricing/load.ts'
export { type RateUnit, rateUnits } from './pricing/units.ts'
export { validatePriceFile } from './pricing/validate.ts'
