/** Tokens of a picture of known size, by the rule of a model. */
import type { FlatRule, ImageRule, PatchLimit, PatchRule, QwenGrid, TileRule } from './image-rules.ts'

/** Tokens of one picture. `detail` is the provider's word for it; an unknown one counts as the default. */
export function imageTokens(rule: ImageRule, width: number, height: number, detail: string | undefined): number {
  switch (rule.kind) {
    case 'openai-patches':
      return patchTokens(rule, width, height, detail)
    case 'openai-tiles':
      return tileTokens(rule, width, height, detail)
    case 'claude':
      return claudeTokens(width, height, rule.maxSide, rule.maxTokens)
    case 'gemini-tiles':
      return geminiTiles(width, height, rule.extraTiles)
    case 'gemini-flat':
      return flatTokens(rule, detail)
    case 'gemini-budget':
      return budgetTokens(rule.budgets[levelOf(detail)], width, height)
    case 'mistral-grid':
      return mistralTokens(width, height, rule.cell, rule.maxSide)
    case 'qwen-grid':
      return qwenTokens(rule, width, height)
    case 'constant':
      return rule.tokens
    case 'llama-tiles':
      return llamaTokens(width, height)
  }
}

/**
 * The most that a picture may cost which counts as `tokens`: bills of patch models may be one higher than the published rule, and at
 * high resolution Gemini 2 may look at cut-outs, too ("Media resolution").
 */
export function mostImageTokens(rule: ImageRule, tokens: number, detail: string | undefined): number {
  if (rule.kind === 'openai-patches') return tokens + 1
  return rule.kind === 'gemini-flat' && detail?.toLowerCase().endsWith('high') === true ? tokens + 2048 : tokens
}

function patchTokens(rule: PatchRule, width: number, height: number, detail: string | undefined): number {
  const level = detail === 'low' || detail === 'high' ? detail : rule.auto
  const limit = level === 'original' || detail === 'original' ? (rule.original ?? rule.high) : rule[level]
  return Math.ceil(roundOff(patches(width, height, limit) * rule.multiplier))
}

/** 1,024 × 1.2 is 1,228.8 and not a hair more. */
function roundOff(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

/** 32-pixel patches after fitting into the limit; nothing is enlarged. */
function patches(width: number, height: number, { maxSide, maxPatches }: PatchLimit): number {
  const fit = Math.min(1, maxSide / Math.max(width, height))
  let w = Math.max(1, fit < 1 ? Math.round(width * fit) : width)
  let h = Math.max(1, fit < 1 ? Math.round(height * fit) : height)
  let count = Math.ceil(w / 32) * Math.ceil(h / 32)
  if (maxPatches !== undefined && count > maxPatches) {
    const shrink = Math.sqrt((32 * 32 * maxPatches) / (w * h))
    const across = (w * shrink) / 32
    const down = (h * shrink) / 32
    const scale = shrink * Math.min(Math.floor(across) / across, Math.floor(down) / down)
    w = Math.max(1, Math.floor(roundOff(w * scale)))
    h = Math.max(1, Math.floor(roundOff(h * scale)))
    count = Math.ceil(w / 32) * Math.ceil(h / 32)
  }
  return count
}

/** A base, and tiles where the detail is not low; the image models have an input fidelity in its place, low by default. */
function tileTokens(rule: TileRule, width: number, height: number, detail: string | undefined): number {
  const { base, tile, shortSide, fidelity } = rule
  if (detail === 'low' && fidelity === undefined) return base
  const added = fidelity === undefined || detail !== 'high' ? 0 : width === height ? fidelity.square : fidelity.other
  return base + tile * openAiTiles(width, height, shortSide) + added
}

/** Fitted into 2048 × 2048, the short side brought down, then cut into squares of 512. */
function openAiTiles(width: number, height: number, shortSide: number): number {
  const fit = Math.min(1, 2048 / Math.max(width, height))
  const shrink = Math.min(1, shortSide / (Math.min(width, height) * fit))
  const w = Math.max(1, Math.floor(roundOff(width * fit * shrink)))
  const h = Math.max(1, Math.floor(roundOff(height * fit * shrink)))
  return Math.ceil(w / 512) * Math.ceil(h / 512)
}

/** 28-pixel patches; a picture that does not fit is shrunk to the largest long side that does. */
function claudeTokens(width: number, height: number, maxSide: number, maxTokens: number): number {
  const long = Math.max(width, height)
  const aspect = long / Math.min(width, height)
  const shortOf = (side: number): number => Math.max(1, Math.round(side / aspect))
  const cells = (side: number, short: number): number => Math.ceil(side / 28) * Math.ceil(short / 28)
  const fits = (side: number, short: number): boolean =>
    Math.ceil(side / 28) * 28 <= maxSide && Math.ceil(short / 28) * 28 <= maxSide && cells(side, short) <= maxTokens
  if (fits(long, Math.min(width, height))) return cells(long, Math.min(width, height))
  let low = 1
  let high = Math.floor(long)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle, shortOf(middle))) low = middle
    else high = middle - 1
  }
  return cells(low, shortOf(low))
}

/** Cells of the picture fitted into the largest side, and a break for each row. */
function mistralTokens(width: number, height: number, cell: number, maxSide: number): number {
  const shrink = Math.max(1, width / maxSide, height / maxSide)
  const cells = (side: number): number => Math.max(1, Math.ceil((shrink > 1 ? Math.round(side / shrink) : side) / cell))
  return (cells(width) + 1) * cells(height)
}

/** Sides rounded to whole cells, the picture shrunk or enlarged where these are too many or too few. */
function qwenTokens({ cell, minCells, maxCells }: QwenGrid, width: number, height: number): number {
  const cells = (round: (value: number) => number, scale: number): number =>
    Math.max(1, round((width * scale) / cell)) * Math.max(1, round((height * scale) / cell))
  const plain = cells(Math.round, 1)
  const ofArea = (limit: number): number => Math.sqrt((limit * cell * cell) / (width * height))
  if (plain > maxCells) return cells(Math.floor, ofArea(maxCells))
  return plain < minCells ? cells(Math.ceil, ofArea(minCells)) : plain
}

function geminiTiles(width: number, height: number, extraTiles: number): number {
  if (width <= 384 && height <= 384) return 258
  const side = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)))
  return 258 * (Math.ceil(width / side) * Math.ceil(height / side) + extraTiles)
}

function flatTokens({ budgets, usual }: FlatRule, detail: string | undefined): number {
  const level = levelOf(detail)
  if (level === 'low' || level === 'medium') return budgets[level]
  return detail?.toLowerCase().endsWith('high') === true ? budgets.high : usual
}

/** `MEDIA_RESOLUTION_LOW` and `low` alike; unspecified is high. */
function levelOf(detail: string | undefined): 'low' | 'medium' | 'high' | 'ultra_high' {
  const word = (detail ?? '').toLowerCase()
  if (word.endsWith('ultra_high')) return 'ultra_high'
  return word.endsWith('low') ? 'low' : word.endsWith('medium') ? 'medium' : 'high'
}

/** The largest grid of the picture's proportions within the budget; it reproduces recorded bills of Gemini 3. */
export function budgetTokens(budget: number, width: number, height: number): number {
  const across = Math.floor(Math.sqrt((budget * width) / height))
  const down = Math.floor(Math.sqrt((budget * height) / width))
  return Math.min(budget, Math.max(1, across) * Math.max(1, down))
}

/**
 * Llama 4: up to 16 tiles of 336 pixels, 144 tokens each and once more for the whole, with separators. The grid is the one that
 * enlarges least, or that shrinks least when none is large enough.
 */
function llamaTokens(width: number, height: number): number {
  let best = { across: 1, down: 1, scale: 0 }
  for (let across = 1; across <= 16; across += 1)
    for (let down = 1; across * down <= 16; down += 1) {
      const scale = Math.min((336 * across) / width, (336 * down) / height)
      const enough = scale >= 1
      const better = enough
        ? best.scale < 1 || scale < best.scale || (scale === best.scale && across * down < best.across * best.down)
        : best.scale < 1 && scale > best.scale
      if (better) best = { across, down, scale }
    }
  return 144 * (best.across * best.down + 1) + best.across * best.down + 7
}
