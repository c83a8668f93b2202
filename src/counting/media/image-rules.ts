/**
 * Image rules by model and day, as documented ("Images and vision" of OpenAI in its texts of 2025 and of July 2026, "Vision" of
 * Anthropic, "Media resolution" and "Tokens" of Google) or, where nothing is published, as recorded bills have them.
 */

/** Limits of one detail level: longest side in pixels, and patches when there is a budget. */
export interface PatchLimit {
  readonly maxSide: number
  readonly maxPatches?: number
}

export type ImageRule =
  | {
      readonly kind: 'openai-patches'
      readonly multiplier: number
      readonly low: PatchLimit
      readonly high: PatchLimit
      readonly original?: PatchLimit
      readonly auto: 'high' | 'original'
    }
  | {
      readonly kind: 'openai-tiles'
      readonly base: number
      readonly tile: number
      /** Pixels that the short side is brought down to. */
      readonly shortSide: number
      /** What high input fidelity adds, for squares and for other pictures. */
      readonly fidelity?: { readonly square: number; readonly other: number }
    }
  | { readonly kind: 'claude'; readonly maxSide: number; readonly maxTokens: number }
  | { readonly kind: 'gemini-tiles'; readonly extraTiles: number }
  | {
      readonly kind: 'gemini-budget'
      readonly budgets: Readonly<Record<'low' | 'medium' | 'high' | 'ultra_high', number>>
    }
  | {
      readonly kind: 'gemini-flat'
      readonly budgets: Readonly<Record<'low' | 'medium' | 'high', number>>
      /** Where no resolution is asked for, as recorded. */
      readonly usual: number
    }
  | { readonly kind: 'mistral-grid'; readonly cell: number; readonly maxSide: number }
  | { readonly kind: 'qwen-grid'; readonly cell: number; readonly minCells: number; readonly maxCells: number }
  | { readonly kind: 'constant'; readonly tokens: number }
  | { readonly kind: 'llama-tiles' }

export type PatchRule = Extract<ImageRule, { kind: 'openai-patches' }>
export type TileRule = Extract<ImageRule, { kind: 'openai-tiles' }>
export type FlatRule = Extract<ImageRule, { kind: 'gemini-flat' }>
export type QwenGrid = Extract<ImageRule, { kind: 'qwen-grid' }>

export interface ImageRow {
  /** Beginnings of model ids, versions with dashes. */
  readonly models: string
  readonly from?: string
  readonly until?: string
  readonly rule: ImageRule
}

/** The day from which OpenAI's guide has the newer patch rules. */
const newGuide = '2026-07-01'
const fit512: PatchLimit = { maxSide: 512 }
const wide: PatchLimit = { maxSide: 2048, maxPatches: 6144 }

function patches2025(multiplier: number): PatchRule {
  const high = { maxSide: 2048, maxPatches: 1536 }
  return { kind: 'openai-patches', multiplier, low: fit512, high, auto: 'high' }
}

/** Small models that bill every picture as at `high`. */
function detailBlind(multiplier: number): PatchRule {
  return { ...patches2025(multiplier), low: { maxSide: 2048, maxPatches: 1536 } }
}

function patches2026(multiplier: number): PatchRule {
  return { kind: 'openai-patches', multiplier, low: fit512, high: wide, auto: 'high' }
}

function changed(models: string, before: ImageRule, after: ImageRule): ImageRow[] {
  return [
    { models, until: newGuide, rule: before },
    { models, from: newGuide, rule: after },
  ]
}

function always(models: string, rule: ImageRule): ImageRow {
  return { models, rule }
}

const tiles = (base: number, tile: number): TileRule => ({ kind: 'openai-tiles', base, tile, shortSide: 768 })

let made: readonly ImageRow[] | undefined

/** Rows by beginnings of ids; made on first use, and always the same ones. */
export function imageRows(): readonly ImageRow[] {
  made ??= allRows()
  return made
}

function allRows(): ImageRow[] {
  const sharp = { maxSide: 2048, maxPatches: 2500 }
  const gpt54: PatchRule = {
    kind: 'openai-patches',
    multiplier: 1.2,
    low: wide,
    high: sharp,
    original: { maxSide: 6000, maxPatches: 10_000 },
    auto: 'high',
  }
  const gpt55: PatchRule = { ...gpt54, low: fit512, auto: 'original' }
  const gpt56: PatchRule = { ...gpt55, original: { maxSide: 65_535 } }
  return [
    ...changed('gpt-4-1-mini', patches2025(1.62), patches2026(1.62)),
    always('gpt-4-1-nano', patches2025(2.46)),
    always('o4-mini codex-mini', patches2025(1.72)),
    // The guide printed 1.62 and 2.46 for the small models of gpt-5 and gpt-5.4, and no factor for the large ones, until mid-2026. Bills
    // never had that: https://community.openai.com/t/1344040 (1.5 for gpt-5-nano in 2025; 1.2 for gpt-5-mini, measured on six sizes),
    // https://community.openai.com/t/1377015 (all of these models in March 2026, and gpt-5.3-codex and codex-mini, `low` without effect)
    // and recorded calls of gpt-5-mini.
    always('gpt-5-mini', detailBlind(1.2)),
    always('gpt-5-nano', detailBlind(1.5)),
    ...changed('gpt-5-4-mini gpt-5-4-nano', detailBlind(1.2), gpt54),
    ...changed('gpt-5-2 gpt-5-3', patches2025(1.2), { ...patches2026(1.2), low: wide }),
    always('gpt-5-4', gpt54),
    always('gpt-5-5', gpt55),
    always('gpt-5-6 gpt-6', gpt56),
    always('gpt-4o-mini', tiles(2833, 5667)),
    always('gpt-4o chatgpt-4o gpt-4-1 gpt-4-5 gpt-4', tiles(85, 170)),
    always('gpt-5 chatgpt', tiles(70, 140)),
    always('o1 o3', tiles(75, 150)),
    always('computer-use', tiles(65, 129)),
    always('gpt-image-1', {
      kind: 'openai-tiles',
      base: 65,
      tile: 129,
      shortSide: 512,
      fidelity: { square: 4160, other: 6240 },
    }),
    always('gemini-1', { kind: 'gemini-tiles', extraTiles: 0 }),
    always('gemini-2-0', { kind: 'gemini-tiles', extraTiles: 1 }),
    always('gemini-2 gemini', { kind: 'gemini-flat', budgets: { low: 64, medium: 256, high: 256 }, usual: 258 }),
    always('gemini-3 gemini-4', {
      kind: 'gemini-budget',
      budgets: { low: 280, medium: 560, high: 1120, ultra_high: 2240 },
    }),
    // Limits as in the processors that Qwen publishes with its models; hosts may set lower ones.
    always('qwen2 qwen-2 qwen', { kind: 'qwen-grid', cell: 28, minCells: 4, maxCells: 16_384 }),
    always('qwen3 qwen-3', { kind: 'qwen-grid', cell: 32, minCells: 64, maxCells: 16_384 }),
    always('glm', { kind: 'qwen-grid', cell: 28, minCells: 1, maxCells: Number.POSITIVE_INFINITY }),
    // mistral-common's image encoder, with the sizes in the params.json of Mistral Small 3.1 and of Pixtral
    always('mistral ministral magistral', { kind: 'mistral-grid', cell: 28, maxSide: 1540 }),
    always('pixtral', { kind: 'mistral-grid', cell: 16, maxSide: 1024 }),
    always('nova', { kind: 'constant', tokens: 1826 }),
    always('llama-4 llama4', { kind: 'llama-tiles' }),
  ]
}

/** Claude's two tiers; which one holds depends on the family. */
export const claudeStandard: ImageRule = { kind: 'claude', maxSide: 1568, maxTokens: 1568 }
export const claudeHighResolution: ImageRule = { kind: 'claude', maxSide: 2576, maxTokens: 4784 }
