/** Random usages over every model, period and context of the table: the library against the reference. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { calcCost } from '../../src/index.ts'
import type { FileAllowance, FileCard, PriceFile } from '../../src/pricing/file.ts'
import { cardsOf, counted, type FreeUnits, measured, type ReferenceUsage, referenceCost } from './cost.ts'

const folder = resolve(import.meta.dirname, '../../pricing/providers')

/** A small generator with a seed, so that a failure can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Token counts of all magnitudes, from none to beyond what a double product holds. */
function tokens(random: () => number, most: number): number {
  const kind = random()
  if (kind < 0.2) return 0
  const top = kind < 0.9 ? Math.min(most, 10 ** Math.ceil(random() * 7)) : most
  return Math.floor(random() * (top + 1))
}

/** Mostly none of a thing, since a bill has few kinds of lines. */
function some(random: () => number, most: number): number {
  return random() < 0.85 ? 0 : tokens(random, most)
}

/** A part of what is left of a total. */
function takeFrom(random: () => number, left: { count: number }, share: number): number {
  const part = random() < share ? tokens(random, left.count) : 0
  left.count -= part
  return part
}

/** Sizes and qualities that the card lists, their default, and now and then one that nobody sells. */
function choiceOf(random: () => number, card: FileCard, rate: string): { size: string; quality: string } {
  const rows = (card.variants ?? []).filter((row) => row.rate === rate)
  const row = rows[Math.floor(random() * rows.length)]
  const kind = random()
  if (kind < 0.1) return { size: '3x5', quality: '' }
  if (kind < 0.3 || row === undefined) return { size: '', quality: '' }
  return { size: row.size ?? '', quality: row.quality ?? '' }
}

function usageOf(random: () => number, card: FileCard): ReferenceUsage {
  const inputTokens = tokens(random, random() < 0.01 ? Number.MAX_SAFE_INTEGER : 2_000_000)
  const input = { count: inputTokens }
  const cacheReadTokens = takeFrom(random, input, 0.8)
  const cacheWriteTokens = takeFrom(random, input, 0.8)
  const cached = { count: cacheReadTokens }
  const cacheReadAudioTokens = takeFrom(random, cached, 0.2)
  const cacheReadImageTokens = takeFrom(random, cached, 0.2)
  const cacheReadVideoTokens = takeFrom(random, cached, 0.2)
  const outputTokens = tokens(random, 200_000)
  const output = { count: outputTokens }
  const things = [...Object.keys(counted), ...Object.keys(measured)].map((field) => [
    field,
    field in measured ? some(random, 5_000_000) / 1000 : some(random, 3_000),
  ])
  const image = choiceOf(random, card, 'image')
  const cacheWrite1hTokens = tokens(random, cacheWriteTokens)
  return {
    inputTokens,
    outputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite1hTokens,
    cacheWrite12hTokens: tokens(random, cacheWriteTokens - cacheWrite1hTokens),
    inputAudioTokens: cacheReadAudioTokens + takeFrom(random, input, 0.2),
    cacheReadAudioTokens,
    inputImageTokens: cacheReadImageTokens + takeFrom(random, input, 0.2),
    cacheReadImageTokens,
    inputVideoTokens: cacheReadVideoTokens + takeFrom(random, input, 0.2),
    cacheReadVideoTokens,
    reasoningTokens: takeFrom(random, output, 0.8),
    citationTokens: takeFrom(random, output, 0.1),
    outputAudioTokens: takeFrom(random, output, 0.2),
    outputImageTokens: takeFrom(random, output, 0.2),
    outputVideoTokens: takeFrom(random, output, 0.1),
    ...(Object.fromEntries(things) as Readonly<Record<keyof typeof counted | keyof typeof measured, number>>),
    imageSize: image.size,
    imageQuality: image.quality,
    videoSize: choiceOf(random, card, 'videoSecond').size,
    codeContainer: choiceOf(random, card, 'codeHour').size,
    searchContext: choiceOf(random, card, 'request').size,
    searchTool: choiceOf(random, card, 'webSearch').size,
  }
}

type AllowanceField = 'webSearches' | 'fileSearches' | 'mapsQueries' | 'codeSeconds' | 'fileStorageGbDays'

/** Half of the calls say what is used up of the free units; what is left of them is free. */
function allowanceOf(
  random: () => number,
  granted: readonly FileAllowance[],
): { readonly allowanceUsed?: Readonly<Partial<Record<AllowanceField, number>>>; readonly free: FreeUnits } {
  if (granted.length === 0 || random() < 0.5) return { free: {} }
  const used: Partial<Record<AllowanceField, number>> = {}
  const free: Partial<Record<FileAllowance['rate'], number>> = {}
  const fieldOf = Object.fromEntries(
    Object.entries({ ...counted, ...measured }).map(([field, [rate]]) => [rate, field as AllowanceField]),
  )
  for (const { rate, amount } of granted) {
    const before = Math.floor(random() * 2 * amount)
    used[fieldOf[rate] as AllowanceField] = before
    free[rate] = Math.max(0, amount - before)
  }
  return { allowanceUsed: used, free }
}

export interface Comparison {
  readonly compared: number
  readonly contexts: number
  readonly differences: readonly string[]
}

/** Compares `count` random usages, spread over all contexts of the table in turn. */
export function compareCosts(count: number, seed: number): Comparison {
  const random = randomFrom(seed)
  const contexts = readdirSync(folder).flatMap((name) => {
    const { seller, models, allowances = {} } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as PriceFile
    return models.flatMap(({ id, periods, allowances: named = [] }) =>
      periods
        .filter(({ status }) => status !== 'cancelled' && status !== 'on-request')
        .flatMap((period) =>
          cardsOf(period).map((context) => ({
            seller,
            id,
            granted: named.map((pool) => allowances[pool] as FileAllowance),
            at: period.from ?? dayBefore(period.until) ?? period.checked,
            ...context,
          })),
        ),
    )
  })
  const differences: string[] = []
  for (let i = 0; i < count; i++) {
    const { card, granted, seller, id, ...context } = contexts[i % contexts.length] as (typeof contexts)[number]
    const usage = usageOf(random, card)
    const { free, ...allowance } = allowanceOf(random, granted)
    const options = { ...context, ...allowance }
    const found = calcCost(usage, { seller, id }, options)
    const expected = referenceCost(card, usage, free)
    const unpriced = found.unpriced.map(({ part }) => part).sort()
    const usdRight = Object.is(found.total.usd, Number(expected.total))
    const linesSum = found.lines.reduce((sum, line) => sum + picoOf(line.amount.exact), 0n)
    if (
      found.total.exact !== expected.total ||
      !usdRight ||
      `${unpriced}` !== `${expected.unpriced}` ||
      linesSum !== picoOf(expected.total)
    ) {
      differences.push(
        `${seller}/${id} ${JSON.stringify({ options, usage })}: ${found.total.exact}, expected ${expected.total}`,
      )
    }
  }
  return { compared: count, contexts: contexts.length, differences }
}

function dayBefore(until: string | undefined): string | undefined {
  return until === undefined ? undefined : new Date(Date.parse(until) - 86_400_000).toISOString()
}

function picoOf(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(12, '0'))
}
