/** Reads ai-sdk-cost-calculator: an independent vote, cache storage, grounding fees, speech, transcription, images, video. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FileRates, FileVariant } from '../../src/pricing/file.ts'
import type { ModelPrices } from '../../src/pricing/table.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import { decimal, ratesFrom, type SourceRow, tierFrom } from './rows.ts'

type AisdkRow = Readonly<Record<string, unknown>>

/** Sellers under our slugs; its other tables are copies under a second name. */
const slugs: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  xai: 'xai',
  perplexity: 'perplexity',
  mistral: 'mistral',
  groq: 'groq',
  cerebras: 'cerebras',
  cohere: 'cohere',
  together: 'together',
  fireworks: 'fireworks',
  // In dollars, as Z.ai lists them; the yuan prices of Zhipu in China are others.
  zhipu: 'zai',
  alibaba: 'alibaba',
  moonshotai: 'moonshotai',
}

const perUnit: readonly (readonly [string, RateKey, number])[] = [
  ['inputPer1MTokens', 'input', 1],
  ['outputPer1MTokens', 'output', 1],
  ['cacheReadPer1MTokens', 'cacheRead', 1],
  ['cacheWritePer1MTokens', 'cacheWrite', 1],
  ['reasoningPer1MTokens', 'reasoning', 1],
  ['audioInputPer1MTokens', 'inputAudio', 1],
  ['audioOutputPer1MTokens', 'outputAudio', 1],
  ['imageInputPer1MTokens', 'inputImage', 1],
  ['imageOutputPer1MTokens', 'outputImage', 1],
  ['imageCacheReadPer1MTokens', 'cacheReadImage', 1],
  ['videoInputPer1MTokens', 'inputVideo', 1],
  ['videoOutputPer1MTokens', 'outputVideo', 1],
  ['webSearchPer1kRequests', 'webSearch', 1],
  ['documentSearchPer1kRequests', 'fileSearch', 1],
  ['xSearchPer1kPosts', 'socialSearch', 1],
  ['googleMapsPer1kRequests', 'mapsQuery', 1],
  ['codeExecutionPer1kRequests', 'codeExecution', 1],
  ['cacheStoragePer1MTokensPerHour', 'cacheStorage', 1],
  ['speechPer1MCharacters', 'character', 1],
  ['transcriptionPerMinute', 'inputAudioHour', 60],
  ['videoGenerationPerSecond', 'videoSecond', 1],
  ['imageGenerationPerImage', 'image', 1],
  ['sessionPerMinute', 'sessionMinute', 1],
]
const longContext: readonly (readonly [string, RateKey, number])[] = [
  ['longContextInputPer1MTokens', 'input', 1],
  ['longContextOutputPer1MTokens', 'output', 1],
  ['longContextCacheReadPer1MTokens', 'cacheRead', 1],
  ['longContextCacheWritePer1MTokens', 'cacheWrite', 1],
  ['longContextReasoningPer1MTokens', 'reasoning', 1],
]

export async function readAisdk(folder: string): Promise<SourceRow[]> {
  const module = (await import(pathToFileURL(join(folder, 'dist/index.mjs')).href)) as {
    readonly allPricing: Readonly<Record<string, Readonly<Record<string, AisdkRow>>>>
  }
  return Object.entries(slugs).flatMap(([table, seller]) =>
    Object.entries(module.allPricing[table] ?? {}).map(([id, row]) => aisdkRow(seller, id, row)),
  )
}

const pick = (row: AisdkRow, fields: readonly (readonly [string, RateKey, number])[]) =>
  fields.map(([field, key, factor]) => {
    const value = row[field]
    return [key, typeof value === 'number' ? value * factor : undefined] as const
  })

/** A fee of 0 is a tool that the seller does not have; a price of reasoning that equals the output's is no separate rate. */
function withoutFreeFees(rates: FileRates): FileRates {
  const tokenKeys = new Set(perUnit.filter(([field]) => field.endsWith('Per1MTokens')).map(([, key]) => key))
  return Object.fromEntries(
    Object.entries(rates).filter(
      ([key, rate]) =>
        (rate !== '0' || tokenKeys.has(key as RateKey)) && !(key === 'reasoning' && rate === rates.output),
    ),
  )
}

function kindOf(row: AisdkRow): ModelPrices['kind'] {
  if (row['videoGenerationPerSecond'] !== undefined || row['videoOutputPer1MTokens'] !== undefined) return 'video'
  if (row['imageGenerationPerImage'] !== undefined && row['inputPer1MTokens'] === undefined) return 'image'
  if (row['speechPer1MCharacters'] !== undefined || row['transcriptionPerMinute'] !== undefined) return 'audio'
  return 'chat'
}

/** Models that bill something else than tokens carry zeros in the token columns; those are placeholders, not free tokens. */
function withoutPlaceholders(row: AisdkRow): AisdkRow {
  const tokensFree = row['inputPer1MTokens'] === 0 && row['outputPer1MTokens'] === 0
  if (!tokensFree) return row
  return Object.fromEntries(
    Object.entries(row).filter(([field]) => !/(?:^input|^output|^cache.*)Per1MTokens$/.test(field)),
  )
}

/** Keys such as `high-1024x1536` or `2K`; the plain ones are the default quality, and the first of them the default size. */
function imageVariants(row: AisdkRow): { readonly variants?: readonly FileVariant[] } {
  const prices = row['imageGenerationPricing'] as Readonly<Record<string, number>> | undefined
  if (prices === undefined) return {}
  const variants = Object.entries(prices)
    .filter(([key]) => key !== 'auto')
    .map(([key, usd]): FileVariant => {
      const dash = key.indexOf('-')
      const quality = dash < 0 ? {} : { quality: key.slice(0, dash) }
      return { rate: 'image', size: key.slice(dash + 1), ...quality, usd: decimal(usd) }
    })
  const isDefault = (row: FileVariant): number => (row.quality === undefined ? 0 : 1)
  return { variants: variants.sort((a, b) => isDefault(a) - isDefault(b)) }
}

export function aisdkRow(seller: string, id: string, given: AisdkRow): SourceRow {
  const row = withoutPlaceholders(given)
  const rates = withoutFreeFees(ratesFrom(pick(row, perUnit)))
  const threshold = row['longContextThreshold']
  const longRates = { ...rates, ...withoutFreeFees(ratesFrom(pick(row, longContext))) }
  const tier =
    typeof threshold === 'number'
      ? tierFrom(id, threshold, longRates, row['longContextThresholdInclusive'] === true)
      : undefined
  const kind = kindOf(row)
  return {
    source: 'aisdk',
    seller,
    model: { id, ...(kind === 'chat' ? {} : { kind }) },
    periods: [{ rates, ...(tier ? { tiers: [tier] } : {}), ...imageVariants(row) }],
  }
}
