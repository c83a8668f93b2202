/** The table that ships with the package, decoded seller by seller on first use. */
import { describe } from '../errors.ts'
import { unpackSeller } from './packed.ts'
import { packedSellers, tableStamp } from './table.gen.ts'
import { type PriceTable, tableOf } from './table.ts'

let table: PriceTable | undefined

/** The built-in price table. */
export function defaultTable(): PriceTable {
  table ??= tableOf(
    tableStamp,
    packedSellers.map(({ seller, kind, packed }) => ({ seller, kind, load: () => unpackSeller(packed) })),
  )
  return table
}

/** The table that a caller gave, or the built-in one. @throws TypeError for what is no table. */
export function tableGiven(prices: PriceTable | undefined): PriceTable {
  if (prices === undefined) return defaultTable()
  if (typeof prices?.seller === 'function' && Array.isArray(prices.sellers)) return prices
  throw new TypeError(`prices: a table of definePrices or loadPrices was expected, got ${describe(prices)}`)
}
