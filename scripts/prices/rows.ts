/** What every catalogue is normalised to before merging. */
import type { FileCard, FileModel, FilePeriod, FileRates, FileTier } from '../../src/pricing/file.ts'
import type { SellerKind } from '../../src/pricing/types.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import { withRates } from './cards.ts'

export type SourceKey = 'pi' | 'genai' | 'aisdk'

/** One model of one seller as one catalogue has it. */
export interface SourceRow {
  readonly source: SourceKey
  readonly seller: string
  readonly model: Omit<FileModel, 'periods'>
  /** Oldest first; the last one is what the catalogue holds for current. */
  readonly periods: readonly (FileCard & Pick<FilePeriod, 'from' | 'until'>)[]
}

export interface SellerInfo {
  readonly seller: string
  readonly name: string
  readonly kind: SellerKind
}

/**
 * A number of dollars as a plain decimal of at most six fractional digits. Catalogues carry float noise such as
 * 0.07500003000000001, which six digits remove.
 */
export function decimal(dollars: number): string {
  if (!Number.isFinite(dollars) || dollars < 0) throw new RangeError(`not a rate: ${dollars}`)
  return dollars.toFixed(6).replace(/\.?0+$/, '')
}

/** OpenAI's standard prices are for less than 272,000 tokens, at whichever seller (developers.openai.com/api/docs/pricing). */
const OPENAI_LONG_CONTEXT = 272_000
/** xAI's long-context rates start at the threshold itself (docs.x.ai/developers/pricing); Anthropic and Google say "above". */
const XAI_MODEL = /^(?:.*[/.])?grok-/

/** A context tier in one form: catalogues write a tier "from 272000" as above 271999, as above 272000, or with a mark. */
export function tierFrom(id: string, start: number, rates: FileRates, marked = false): FileTier {
  const lastBelow = (start + 1) % 1000 === 0
  const above = lastBelow ? start + 1 : start
  const inclusive = marked || lastBelow || above === OPENAI_LONG_CONTEXT || XAI_MODEL.test(id)
  return { above, ...(inclusive ? { inclusive } : {}), rates }
}

/**
 * OpenRouter's cache writes of Gemini are five minutes of storage, which come on top of the input (openrouter.ai/docs,
 * "Prompt caching"); older rows of its list have the sum, as everybody else's do.
 */
export function withWholeWrites<T extends FileCard>(seller: string, id: string, card: T): T {
  if (seller !== 'openrouter' || !/gemini/.test(id)) return card
  const whole = (rates: FileRates): FileRates =>
    rates.input == null || rates.cacheWrite == null || Number(rates.cacheWrite) >= Number(rates.input)
      ? rates
      : { ...rates, cacheWrite: decimal(Number(rates.input) + Number(rates.cacheWrite)) }
  return withRates(card, whole)
}

/** Rates of the keys whose value is a number; others are left out. */
export function ratesFrom(pairs: readonly (readonly [RateKey, number | undefined])[]): FileRates {
  const rates: Partial<Record<RateKey, string>> = {}
  for (const [key, value] of pairs) if (typeof value === 'number' && value >= 0) rates[key] = decimal(value)
  return rates
}
