/** The table that ships with the package, decoded seller by seller on first use. */
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
