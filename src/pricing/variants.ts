/** Rates that depend on the size or quality of what a call makes, or on the setting of a tool: which one a usage asks for. */
import { VIDEO_SECOND } from './positions.ts'
import type { RateCard, RateVariant } from './table.ts'
import type { Usage } from './types.ts'
import { rateUnits, unitIndex } from './units.ts'

/** The rates that may have variants. */
export type VariantKey = 'image' | 'videoSecond' | 'codeHour' | 'request' | 'webSearch'

/** The rates that may have variants, with the fields of a usage that choose one. */
const choosers = {
  image: { size: 'imageSize', quality: 'imageQuality' },
  videoSecond: { size: 'videoSize' },
  codeHour: { size: 'codeContainer' },
  request: { size: 'searchContext' },
  webSearch: { size: 'searchTool' },
} as const satisfies Record<VariantKey, { readonly size: keyof Usage; readonly quality?: keyof Usage }>

/** The keys that variants may replace. */
export const variantKeys: readonly string[] = /* @__PURE__ */ Object.keys(choosers)

/** Fields of a usage that hold a size or a quality. */
export function choosingFields(): readonly (keyof Usage)[] {
  return Object.values(choosers).flatMap((fields) => Object.values(fields))
}

/**
 * One spelling per size: lower case, `x` between the sides; a film is named by its shorter side, as `1080p`.
 */
export function sizeKey(unit: number, size: string): string {
  const text = size.trim().toLowerCase().replace(/[×*]/, 'x')
  if (unit !== VIDEO_SECOND) return text
  if (text === '4k') return '2160p'
  const sides = /^(\d{1,5})x(\d{1,5})$/.exec(text)
  return sides === null ? text : `${Math.min(Number(sides[1]), Number(sides[2]))}p`
}

export interface ChosenRates {
  readonly micro: RateCard['micro']
  /** What was assumed, in words, where the usage leaves size or quality open; one entry per rate. */
  readonly assumed: readonly string[]
  /** Why a unit has no rate. */
  readonly reasons: ReadonlyMap<number, string>
}

/** The rates of a card with those that the usage's sizes and qualities choose put in place. */
export function chooseVariants(
  micro: RateCard['micro'],
  variants: readonly RateVariant[],
  quantities: readonly number[],
  usage: Usage,
): ChosenRates {
  const chosen = [...micro]
  const assumed: string[] = []
  const reasons = new Map<number, string>()
  for (const [key, fields] of Object.entries(choosers)) {
    const unit = unitIndex(key) as number
    const rows = variants.filter((row) => row.unit === unit)
    if (quantities[unit] === 0 || rows.length === 0) continue
    const wanted = {
      size: sizeKey(unit, usage[fields.size] ?? ''),
      quality: 'quality' in fields ? (usage[fields.quality] ?? '').trim().toLowerCase() : '',
    }
    const row = chooseRow(rows, wanted)
    chosen[unit] = row?.micro ?? null
    if (row === undefined) reasons.set(unit, `the table has no rate for ${describe(wanted)}; known: ${listed(rows)}`)
    else {
      const open = Object.entries(fields).filter(([side]) => isOpen(rows, wanted, side as keyof Choice))
      if (open.length > 0)
        assumed.push(
          assumption(
            unit,
            row,
            open.map(([, field]) => field),
          ),
        )
    }
  }
  return { micro: chosen, assumed, reasons }
}

function assumption(unit: number, row: RateVariant, fields: readonly string[]): string {
  return `${rateUnits[unit]?.counts} priced as ${describe(row)}, the default; ${fields.join(' and ')} can say otherwise`
}

const listed = (rows: readonly RateVariant[]): string => [...new Set(rows.map(describe))].join(', ')

interface Choice {
  readonly size: string
  readonly quality: string
}

/** What requests say to let the provider choose. */
const isLeftOpen = (text: string): boolean => text === '' || text === 'auto'

function chooseRow(rows: readonly RateVariant[], wanted: Choice): RateVariant | undefined {
  const first = rows[0] as RateVariant
  const size = isLeftOpen(wanted.size) ? first.size : wanted.size
  const sized = rows.filter((row) => row.size === size || row.size === '')
  const named = sized.find((row) => row.quality === wanted.quality)
  if (named !== undefined) return named
  const isDefault = isLeftOpen(wanted.quality) || wanted.quality === 'standard'
  return isDefault ? sized.find((row) => row.quality === first.quality) : undefined
}

/** Whether the rate depends on something that the usage does not say. */
function isOpen(rows: readonly RateVariant[], wanted: Choice, side: keyof Choice): boolean {
  return isLeftOpen(wanted[side]) && new Set(rows.map((row) => row[side])).size > 1
}

function describe({ size, quality }: Choice): string {
  return [quality === '' ? '' : `${quality} quality`, size].filter((text) => text !== '').join(' ') || 'any size'
}
