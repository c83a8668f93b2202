/** Fees of built-in tools from `pricing/tools.json`, put into the current prices of the models that offer the tools. */
import type { FileAllowance, FileCard, FileModel, FilePeriod, FileVariant, PriceFile } from '../../src/pricing/file.ts'
import type { ModelPrices } from '../../src/pricing/table.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import type { VariantKey } from '../../src/pricing/variants.ts'
import { withRates } from './cards.ts'
import type { Remark } from './merge.ts'
import { asOfPeriod } from './periods.ts'

export interface ToolFee {
  readonly seller: string
  /** Ids; `*` stands for any text. */
  readonly models: readonly string[]
  /** Default: chat. */
  readonly kinds?: readonly ModelPrices['kind'][]
  readonly rate: RateKey
  readonly usd: string | null
  /** By size, the default first. */
  readonly variants?: readonly { readonly size: string; readonly usd: string | null }[]
  /** A key of the file's `allowances`. */
  readonly allowance?: string
  readonly source: string
  readonly checked: string
  readonly note?: string
}

export interface ToolFile {
  readonly sources: Readonly<Record<string, string>>
  readonly allowances: Readonly<Record<string, FileAllowance>>
  readonly fees: readonly ToolFee[]
}

/** Whether an id fits a pattern in which `*` stands for any text. */
export function fits(pattern: string, id: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return id === pattern
  const tail = rest.at(-1) as string
  if (!id.startsWith(head) || !id.endsWith(tail) || id.length < head.length + tail.length) return false
  let at = head.length
  for (const part of rest.slice(0, -1)) {
    const found = id.indexOf(part, at)
    if (found < 0 || found + part.length > id.length - tail.length) return false
    at = found + part.length
  }
  return true
}

/** The fees that hold for a model: the first that fits, rate by rate. */
export function feesOf(tools: ToolFile, seller: string, model: FileModel): ToolFee[] {
  const byRate = new Map<RateKey, ToolFee>()
  for (const fee of tools.fees) {
    if (fee.seller !== seller || byRate.has(fee.rate)) continue
    if (!(fee.kinds ?? ['chat']).includes(model.kind ?? 'chat')) continue
    if (fee.models.some((pattern) => fits(pattern, model.id))) byRate.set(fee.rate, fee)
  }
  return [...byRate.values()]
}

/** A seller's models with the fees on the period in force, and the allowances that cover them. */
export function withToolFees(
  tools: ToolFile,
  seller: string,
  models: ReadonlyMap<string, FileModel>,
  day: string,
  remarks: Remark[],
): Map<string, FileModel> {
  return new Map(
    [...models].map(([id, model]) => [id, withFees(feesOf(tools, seller, model), seller, model, day, remarks)]),
  )
}

function withFees(
  fees: readonly ToolFee[],
  seller: string,
  model: FileModel,
  day: string,
  remarks: Remark[],
): FileModel {
  const inForce = asOfPeriod(model.periods, day)
  if (fees.length === 0 || inForce === undefined || Object.keys(inForce.rates).length === 0) return model
  for (const { rate, usd } of fees) {
    const listed = inForce.rates[rate]
    if (listed == null || listed === usd) continue
    const text = `${rate} ${listed} in a catalogue, ${usd ?? 'unknown'} in pricing/tools.json`
    remarks.push({ seller, model: model.id, kind: 'disagreement', text })
  }
  const own = Object.fromEntries(fees.map(({ rate, usd }) => [rate, usd]))
  const period = {
    ...withRates(inForce, (rates) => ({ ...rates, ...own })),
    ...variantsOf(fees, inForce),
  } as FilePeriod
  const allowances = fees.flatMap(({ allowance }) => (allowance === undefined ? [] : [allowance]))
  const { periods, ...facts } = model
  return {
    ...facts,
    ...(allowances.length > 0 ? { allowances } : {}),
    periods: periods.map((other) => (other === inForce ? period : other)),
  }
}

function variantsOf(fees: readonly ToolFee[], card: FileCard): Pick<FileCard, 'variants'> {
  const own = fees.flatMap(({ rate, variants = [] }) =>
    variants.map(({ size, usd }): FileVariant => ({ rate: rate as VariantKey, size, usd })),
  )
  const variants = [...(card.variants ?? []), ...own]
  return variants.length > 0 ? { variants } : {}
}

/** What a price file says about the allowances that its models name, with their sources. */
export function allowancesOf(
  tools: ToolFile,
  models: readonly FileModel[],
): { readonly allowances?: PriceFile['allowances']; readonly sources: Readonly<Record<string, string>> } {
  const names = [...new Set(models.flatMap(({ allowances }) => allowances ?? []))].sort()
  if (names.length === 0) return { sources: {} }
  const allowances = Object.fromEntries(names.map((name) => [name, tools.allowances[name] as FileAllowance]))
  const keys = new Set(Object.values(allowances).map(({ source }) => source))
  return { allowances, sources: Object.fromEntries(Object.entries(tools.sources).filter(([key]) => keys.has(key))) }
}
