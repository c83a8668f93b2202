/**
 * Rates of a service tier by what gateways list for it: taken only where their row stands in one ratio to the maker's list price, so that
 * a reseller's margin cannot slip in.
 */
import type { FileCard, FileModel, FilePeriod, FileRates } from '../../src/pricing/file.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import { changedRates } from './cards.ts'
import { gatewayVendors, type LongWrite, longWriteRatios } from './modifier-rules.ts'
import { cacheKeys, scaleCard, scaleRate } from './scale.ts'
import { undatedId } from './twins.ts'

/** Gateways write versions with a dot, some makers with a dash. */
const dotless = (id: string): string => id.replace(/(\d)\.(\d)/g, '$1-$2')

/** The card of a gateway's row for a service tier, when its input and output stand in one plausible ratio to the list price. */
export function gatewayCard(
  seller: string,
  id: string,
  base: FileCard,
  gateways: readonly ReadonlyMap<string, FileModel>[],
  suffixes: readonly string[],
  plausible: (ratio: number) => boolean,
): FileCard | undefined {
  const candidates = gateways.flatMap((models) =>
    [...models.values()].flatMap((model) => {
      const other = model.id
      const slash = other.indexOf('/')
      const suffix = suffixes.find((end) => other.endsWith(end))
      if (suffix === undefined || !(gatewayVendors[seller] ?? []).includes(other.slice(0, slash))) return []
      if (dotless(other.slice(slash + 1, -suffix.length)) !== dotless(undatedId(id))) return []
      // A snapshot may have a price of its own, which the row of its model says nothing about.
      const isOwn = dotless(other.slice(slash + 1, -suffix.length)) === dotless(id)
      const plain = isOwn ? models.get(other.slice(0, -suffix.length))?.periods.at(-1)?.rates : undefined
      return [{ row: (model.periods.at(-1) as FilePeriod).rates, plain }]
    }),
  )
  for (const { row, plain } of candidates) {
    // A price that was corrected by hand stands in no ratio to the gateway's; the gateway's own two rows still do.
    for (const list of [base.rates, plain]) {
      const ratio = list === undefined ? undefined : ratioOf(row, list)
      if (ratio !== undefined && plausible(ratio.numerator / ratio.denominator))
        return atRatio(base, row, list as FileRates, ratio)
    }
  }
  return undefined
}

interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

/** The ratio of two rows, where it is the same for input and output. */
function ratioOf(rates: FileRates, list: FileRates): Ratio | undefined {
  if (rates.input == null || rates.output == null || list.input == null || list.output == null) return undefined
  const [numerator, denominator] = [Math.round(Number(rates.input) * 1e6), Math.round(Number(list.input) * 1e6)]
  const isOne = denominator > 0 && scaleRate(list.output, numerator, denominator) === rates.output
  return isOne ? { numerator, denominator } : undefined
}

/**
 * The base card at the ratio of a service tier; cache rates come from the gateway's row, since not every seller halves them.
 *
 * @param listed - the rates to which the gateway's stand in that ratio.
 */
function atRatio(base: FileCard, rates: FileRates, listed: FileRates, { numerator, denominator }: Ratio): FileCard {
  const scaled = scaleCard(base, numerator, denominator)
  const known = (own: FileRates, list: FileRates): FileRates => {
    const result: { [key in RateKey]?: string | null } = { ...own }
    for (const key of cacheKeys) {
      if (own[key] == null) continue
      const gatewayRate = Object.hasOwn(longWriteRatios, key) ? longWrite(rates, key as LongWrite) : rates[key]
      const halved =
        gatewayRate != null && listed[key] != null && scaleRate(listed[key], numerator, denominator) === gatewayRate
      const unchanged = gatewayRate != null && gatewayRate === listed[key]
      result[key] = halved ? own[key] : unchanged ? (list[key] ?? null) : null
    }
    return result
  }
  return changedRates(scaled, (own, tier) => known(own, (tier === undefined ? base : base.tiers?.[tier])?.rates ?? {}))
}

/** Gateways do not list writes that last for long; those stand in one ratio to the input of the same row. */
function longWrite(rates: FileRates, key: LongWrite): string | undefined {
  const [numerator, denominator] = longWriteRatios[key]
  return rates.input == null || rates.cacheWrite == null ? undefined : scaleRate(rates.input, numerator, denominator)
}
