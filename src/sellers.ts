/**
 * Single sellers of the price table, for programs that need few of them: a bundler keeps only those that are imported.
 *
 * @packageDocumentation
 */
import { unpackSeller } from './pricing/packed.ts'
import { type PackedSellerSource, tableStamp } from './pricing/table.gen.ts'
import { type PriceTable, tableOf } from './pricing/table.ts'

export { costUnder } from './pricing/bill.ts'
export * from './pricing/table.gen.ts'

/** A price table of the given sellers alone, for `costUnder` or the `prices` option. */
export function tableOfSellers(...sellers: readonly PackedSellerSource[]): PriceTable {
  return tableOf(
    tableStamp,
    sellers.map(({ seller, kind, packed }) => ({ seller, kind, load: () => unpackSeller(packed) })),
  )
}
