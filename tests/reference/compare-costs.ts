/** Random usages over every model, period and context of the table: the library against the reference. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { calcCost } from '../../src/index.ts'
import type { PriceFile } from '../../src/pricing/file.ts'
import { cardsOf, type ReferenceUsage, referenceCost } from './cost.ts'

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

function usageOf(random: () => number): ReferenceUsage {
  const inputTokens = tokens(random, random() < 0.01 ? Number.MAX_SAFE_INTEGER : 2_000_000)
  const cacheReadTokens = tokens(random, inputTokens)
  const cacheWriteTokens = tokens(random, inputTokens - cacheReadTokens)
  const outputTokens = tokens(random, 200_000)
  const reasoningTokens = tokens(random, outputTokens)
  return {
    inputTokens,
    outputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite1hTokens: tokens(random, cacheWriteTokens),
    reasoningTokens,
    inputAudioTokens: random() < 0.8 ? 0 : tokens(random, inputTokens - cacheReadTokens - cacheWriteTokens),
    outputAudioTokens: random() < 0.8 ? 0 : tokens(random, outputTokens - reasoningTokens),
    webSearches: random() < 0.8 ? 0 : tokens(random, 20),
  }
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
    const { seller, models } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as PriceFile
    return models.flatMap(({ id, periods }) =>
      periods
        .filter(({ status }) => status !== 'cancelled' && status !== 'on-request')
        .flatMap((period) =>
          cardsOf(period).map((context) => ({
            seller,
            id,
            at: period.from ?? dayBefore(period.until) ?? period.checked,
            ...context,
          })),
        ),
    )
  })
  const differences: string[] = []
  for (let i = 0; i < count; i++) {
    const { card, ...context } = contexts[i % contexts.length] as (typeof contexts)[number]
    const usage = usageOf(random)
    const { seller, id, ...options } = context
    const found = calcCost(usage, { seller, id }, options)
    const expected = referenceCost(card, usage)
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
