/** Image rule of a model, and the tokens of a picture by it. */
import { describe } from '../../errors.ts'
import { bareModelId, longestBeginning } from '../../models/bare-id.ts'
import { type Family, familyOf } from '../../models/families.ts'
import { isInForce } from '../rules/select.ts'
import type { CountMethod, TokenRange } from '../types.ts'
import { claudeHighResolution, claudeStandard, type ImageRow, type ImageRule, imageRows } from './image-rules.ts'
import { imageTokens, mostImageTokens } from './image-tokens.ts'

/** A picture by its size in pixels. */
export interface ImageDescription {
  readonly width: number
  readonly height: number
  /** Detail or media resolution in the provider's words; default: the provider's default. */
  readonly detail?: string
}

export interface ImageTokenCount extends TokenRange {
  readonly method: CountMethod
}

let rowsByModel: ReadonlyMap<string, readonly ImageRow[]> | undefined

function groupByModel(): Map<string, ImageRow[]> {
  const groups = new Map<string, ImageRow[]>()
  for (const row of imageRows())
    for (const model of row.models.split(' ')) groups.set(model, [...(groups.get(model) ?? []), row])
  return groups
}

/** The rule for pictures, or `undefined` when none is known. */
export function imageRuleFor(model: string, at: string | undefined): ImageRule | undefined {
  const family: Family = familyOf(model)
  if (family.name === 'claude-4.7') return claudeHighResolution
  if (family.name.startsWith('claude')) return claudeStandard
  return imageRowsFor(model).find((row) => isInForce(row, at))?.rule
}

/** The rows of the table that hold for a model, one a period. */
export function imageRowsFor(model: string): readonly ImageRow[] {
  return longestBeginning(bareModelId(model), (rowsByModel ??= groupByModel())) ?? []
}

/**
 * Tokens that a picture adds to the input of a model, the block around it aside.
 *
 * A model without a known rule gives a wide range. Bills of OpenAI's patch models may be one token higher than the published rule.
 *
 * @throws RangeError when a side is not a positive finite number.
 */
export function countImageTokens(
  image: ImageDescription,
  options: { readonly model: string; readonly at?: Date | string },
): ImageTokenCount {
  for (const side of ['width', 'height'] as const)
    if (!(Number.isFinite(image[side]) && image[side] >= 1 && image[side] <= 1_000_000))
      throw new RangeError(
        `tokenfare: image.${side} must be between 1 and 1,000,000 pixels, got ${describe(image[side])}`,
      )
  if (typeof options.model !== 'string')
    throw new TypeError(`tokenfare: model: a text was expected, got ${describe(options.model)}`)
  const time = options.at === undefined ? undefined : new Date(options.at)
  if (time !== undefined && Number.isNaN(time.getTime()))
    throw new RangeError(`tokenfare: \`at\` must be a date, got ${describe(options.at)}`)
  const at = time?.toISOString()
  const rule = imageRuleFor(options.model, at)
  if (rule === undefined) return Object.freeze({ ...unknownImage, method: 'heuristic' })
  const tokens = imageTokens(rule, image.width, image.height, image.detail)
  return Object.freeze({ tokens, low: tokens, high: mostImageTokens(rule, tokens, image.detail), method: 'rule' })
}

/** Bounds over the rules of all known models for pictures of 200 to 4,000 pixels. */
const unknownImage: TokenRange = { tokens: 1100, low: 64, high: 5000 }

/** What a picture of unknown size costs: from a thumbnail to a large photograph. */
export function unknownSizeImage(rule: ImageRule | undefined, detail: string | undefined): TokenRange {
  if (rule === undefined) return unknownImage
  const sizes = [
    [64, 64],
    [512, 512],
    [1024, 1024],
    [1920, 1080],
    [1080, 1920],
    [3000, 3000],
    [4000, 3000],
  ] as const
  const counts = sizes.map(([width, height]) => imageTokens(rule, width, height, detail))
  return { tokens: imageTokens(rule, 1024, 1024, detail), low: Math.min(...counts), high: Math.max(...counts) }
}
