/** Tables of users: own prices, in any currency, laid over the built-in table. */
import { describe } from '../errors.ts'
import { defaultTable } from './builtin.ts'
import { compileSeller } from './compile.ts'
import type { UserPriceFile } from './file.ts'
import { isRealDay, nowOf } from './instant.ts'
import { type PriceTable, type SellerPrices, sourcesOf, tableOf } from './table.ts'
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
 * A table with prices of your own. The prices of a model of a file replace those of the same seller's model of the base, which keeps its
 * aliases, and its limits and modalities where the file gives none; all other models stay.
 *
 * @throws InvalidPriceTableError naming the first fault; then no table is made. RangeError for a `version` or `asOf` that is none.
 */
export function definePrices(files: UserPriceFile | readonly UserPriceFile[], options: DefineOptions = {}): PriceTable {
  const base = options.base === undefined ? defaultTable() : options.base
  const today = new Date(nowOf(options.clock ?? Date.now)).toISOString().slice(0, 10)
  const { version = base ? `${base.version}+user` : 'user', asOf = base?.asOf ?? today } = options
  checkStamp(version, asOf)
  const compileOptions = { checked: today, ...(options.usdPer ? { usdPer: options.usdPer } : {}) }
  const compiled = (isList(files) ? files : [files]).map((file) => {
    // Copied, since sellers are put together when they are first asked for.
    const valid = structuredClone(validatePriceFile(file))
    return { valid, prices: compileSeller(valid, compileOptions), hasKind: file.kind !== undefined }
  })
  const bySlug = new Map((base === null ? [] : sourcesOf(base)).map((source) => [source.seller, source]))
  for (const { valid, prices, hasKind } of compiled) {
    const under = bySlug.get(prices.seller)
    const kind = hasKind || under === undefined ? prices.kind : under.kind
    bySlug.set(prices.seller, {
      seller: prices.seller,
      kind,
      load: () => {
        if (under === undefined) return prices
        const below = under.load()
        return overlay(below, compileSeller(valid, compileOptions, below), kind)
      },
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

/**
 * Own models in place of those of the base. An own alias names the own model, even where it was an id of the base; aliases of the base
 * stay with the id that they name.
 */
function overlay(under: SellerPrices, own: SellerPrices, kind: SellerPrices['kind']): SellerPrices {
  const models = new Map(under.models)
  for (const alias of own.aliases.keys()) models.delete(alias)
  for (const model of own.models.values()) models.set(model.id, model)
  const aliases = new Map([...under.aliases].filter(([alias, id]) => !own.models.has(alias) && models.has(id)))
  for (const [alias, id] of own.aliases) aliases.set(alias, id)
  return { seller: own.seller, name: own.name === own.seller ? under.name : own.name, kind, models, aliases }
}
