/** Tables of users: own prices, in any currency, laid over the built-in table. */
import { describe } from '../errors.ts'
import { defaultTable } from './builtin.ts'
import { compileSeller } from './compile.ts'
import type { UserPriceFile } from './file.ts'
import { isRealDay, nowOf } from './instant.ts'
import { type PriceTable, type SellerPrices, sellerOf, sourcesOf, tableOf } from './table.ts'
import { validatePriceFile } from './validate.ts'

export interface DefineOptions {
  /** The table underneath: its other models stay. `null` for none. Default: the built-in table. */
  readonly base?: PriceTable | null
  /** Version in results. Default: the version of `base` with `+user`, or `user`. */
  readonly version?: string
  /** The day of the prices, `YYYY-MM-DD`. Default: that of `base`; without one, today by `clock`. */
  readonly asOf?: string
  /** US dollars per unit of a currency, for files whose `currency` is another one: `{ EUR: '1.08' }`. */
  readonly usdPer?: Readonly<Record<string, string>>
  readonly clock?: () => number
}

/**
 * A table with prices of your own. A model of a file replaces the same seller's model of the base; all others stay.
 *
 * @throws InvalidPriceTableError naming the first fault; then no table is made. RangeError for a `version` or `asOf` that is none.
 */
export function definePrices(files: UserPriceFile | readonly UserPriceFile[], options: DefineOptions = {}): PriceTable {
  const base = options.base === undefined ? defaultTable() : options.base
  const today = new Date(nowOf(options.clock ?? Date.now)).toISOString().slice(0, 10)
  const { version = base ? `${base.version}+user` : 'user', asOf = base?.asOf ?? today } = options
  checkStamp(version, asOf)
  const compiled = (isList(files) ? files : [files]).map((file) => {
    const valid = validatePriceFile(file)
    return {
      prices: compileSeller(valid, { checked: today, ...(options.usdPer ? { usdPer: options.usdPer } : {}) }),
      hasKind: file.kind !== undefined,
    }
  })
  const bySlug = new Map((base === null ? [] : sourcesOf(base)).map((source) => [source.seller, source]))
  for (const { prices, hasKind } of compiled) {
    const under = bySlug.get(prices.seller)
    const kind = hasKind || under === undefined ? prices.kind : under.kind
    bySlug.set(prices.seller, {
      seller: prices.seller,
      kind,
      load: () => (under === undefined ? prices : overlay(under.load(), prices, kind)),
    })
  }
  return tableOf({ version, asOf, sha256: null }, [...bySlug.values()])
}

/** A table with a day that is none would never be stale. */
function checkStamp(version: unknown, asOf: unknown): void {
  if (typeof version !== 'string' || version === '' || version.length > 100)
    throw new RangeError(`version: a text of 1 to 100 characters was expected, got ${describe(version)}`)
  if (typeof asOf !== 'string' || !isRealDay(asOf))
    throw new RangeError(`asOf: a day such as "2026-11-22" was expected, got ${describe(asOf)}`)
}

function isList(files: UserPriceFile | readonly UserPriceFile[]): files is readonly UserPriceFile[] {
  return Array.isArray(files)
}

/** Own models first by id; an alias of the base that now is an own id or alias points to the own model. */
function overlay(under: SellerPrices, own: SellerPrices, kind: SellerPrices['kind']): SellerPrices {
  const models = new Map(under.models)
  for (const model of own.models.values()) models.set(model.id, model)
  const merged = sellerOf(own.seller, own.name === own.seller ? under.name : own.name, kind, [...models.values()])
  return { ...merged, aliases: new Map([...merged.aliases, ...own.aliases]) }
}
