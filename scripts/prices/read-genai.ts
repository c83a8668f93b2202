/** Reads @pydantic/genai-prices through its public API: dated prices, media tokens, tool fees, legacy models. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FileCard, FileRates } from '../../src/pricing/file.ts'
import type { RateKey } from '../../src/pricing/units.ts'
import { decimal, type SourceRow, tierFrom, withWholeWrites } from './rows.ts'

type GenaiPrice =
  | number
  | { readonly base: number; readonly tiers: readonly { readonly start: number; readonly price: number }[] }
type GenaiPrices = Readonly<Record<string, GenaiPrice>>
interface GenaiDated {
  readonly prices: GenaiPrices
  readonly constraint?: { readonly type: string; readonly start_date?: string }
}
type Clause = { readonly equals?: string; readonly or?: readonly Clause[] }
interface GenaiModel {
  readonly id: string
  readonly name?: string
  readonly match: Clause
  readonly context_window?: number
  readonly deprecated?: boolean
  readonly prices: GenaiPrices | readonly GenaiDated[]
}
interface GenaiModule {
  readonly findProvider: (query: { providerId: string }) => { readonly models: readonly GenaiModel[] } | undefined
}

/** The package does not export the list of its providers. Copilot is a subscription and is left out. */
export const genaiProviders: readonly string[] =
  'anthropic arcee avian aws azure baseten cerebras cloudflare cohere cursor deepseek doubleword fireworks google groq huggingface_cerebras huggingface_fireworks-ai huggingface_groq huggingface_hyperbolic huggingface_nebius huggingface_novita huggingface_nscale huggingface_ovhcloud huggingface_publicai huggingface_sambanova huggingface_together minimax mistral modal moonshotai novita openai openrouter ovhcloud perplexity quicksilverpro together typesafe voyageai x-ai zai zhipuai'.split(
    ' ',
  )

const slugs: Readonly<Record<string, string>> = { aws: 'amazon-bedrock', 'x-ai': 'xai' }

const keys: Readonly<Record<string, RateKey>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_reasoning_mtok: 'reasoning',
  output_citation_mtok: 'citation',
  input_audio_mtok: 'inputAudio',
  output_audio_mtok: 'outputAudio',
  cache_audio_read_mtok: 'cacheReadAudio',
  input_image_mtok: 'inputImage',
  output_image_mtok: 'outputImage',
  cache_image_read_mtok: 'cacheReadImage',
  input_video_mtok: 'inputVideo',
  cache_video_read_mtok: 'cacheReadVideo',
  output_video_mtok: 'outputVideo',
  web_searches_kcount: 'webSearch',
  storage_searches_kcount: 'fileSearch',
  requests_kcount: 'request',
  input_text_messages_kcount: 'message',
  input_document_kpages: 'page',
  input_annotated_document_kpages: 'annotatedPage',
}

export async function readGenai(folder: string): Promise<SourceRow[]> {
  const module = (await import(pathToFileURL(join(folder, 'dist/index.js')).href)) as GenaiModule
  return genaiProviders.flatMap((provider) => {
    const found = module.findProvider({ providerId: provider })
    if (found === undefined) throw new Error(`genai-prices has no provider ${provider}`)
    const slug = slugs[provider] ?? provider.replace('huggingface_', 'huggingface-')
    return found.models.flatMap((model) => genaiRow(slug, model))
  })
}

/**
 * At Google, hosted models of other makers belong to Vertex; on Bedrock, `regional.` is genai's own mark for in-region ids; at
 * Fireworks it leaves out the path that the API asks for.
 */
function placeOf(seller: string, id: string): { seller: string; id: string } {
  if (seller === 'google' && id.startsWith('claude-')) return { seller: 'google-vertex', id }
  if (seller === 'amazon-bedrock') return { seller, id: id.replace(/^regional\./, '') }
  if (seller === 'fireworks' && !id.includes('/')) {
    const folder = /-(?:fast|us)$/.test(id) ? 'routers' : 'models'
    return { seller, id: `accounts/fireworks/${folder}/${id}` }
  }
  return { seller, id }
}

export function genaiRow(provider: string, model: GenaiModel): SourceRow[] {
  const { seller, id } = placeOf(provider, model.id)
  const periods = periodsOf(id, model.prices).map((period) => withWholeWrites(seller, id, period))
  if (periods.length === 0) return []
  const aliases = equalIds(model.match).filter((alias) => alias !== id)
  return [
    {
      source: 'genai',
      seller,
      model: {
        id,
        ...(model.name ? { name: model.name } : {}),
        ...(aliases.length > 0 ? { aliases } : {}),
        ...(model.context_window ? { context: model.context_window } : {}),
        ...(model.deprecated ? { deprecated: true } : {}),
      },
      periods,
    },
  ]
}

/** Literal ids only: its prefix, suffix and regex rules would price models that it has never seen. */
function equalIds(match: Clause): string[] {
  if (match.or !== undefined) return match.or.flatMap(equalIds)
  return match.equals === undefined ? [] : [match.equals]
}

/** Entries with a time of day are left to the overrides: without weekdays they are wrong two days a week. */
function periodsOf(id: string, prices: GenaiModel['prices']): SourceRow['periods'] {
  if (!isDatedList(prices)) return isPriced(prices) ? [cardOf(id, prices)] : []
  const dated = prices.filter(({ constraint }) => constraint === undefined || constraint.type === 'start_date')
  return dated.map((entry, index) => {
    const from = entry.constraint?.start_date
    const until = dated[index + 1]?.constraint?.start_date
    return { ...(from ? { from } : {}), ...(until ? { until } : {}), ...cardOf(id, entry.prices) }
  })
}

function isDatedList(prices: GenaiModel['prices']): prices is readonly GenaiDated[] {
  return Array.isArray(prices)
}

function isPriced(prices: GenaiPrices): boolean {
  return Object.keys(prices).some((key) => keys[key] !== undefined || key === 'audio_hours')
}

const isVoice = (id: string): boolean => /voice(?!.*transcri)/.test(id)

/** Per-unit tiers become whole cards. */
function cardOf(id: string, prices: GenaiPrices): FileCard {
  const at = (threshold: number | undefined): FileRates => {
    const rates: Partial<Record<RateKey, string>> = {}
    for (const [unit, price] of Object.entries(prices)) {
      const key = keys[unit]
      const rate = rateAt(price, threshold)
      if (key !== undefined) rates[key] = decimal(rate)
      // An hour of sound is an hour of recording for transcribers, and of conversation for voice agents, who quote it by the minute.
      if (unit === 'audio_hours')
        Object.assign(rates, isVoice(id) ? { sessionMinute: decimal(rate / 60) } : { inputAudioHour: decimal(rate) })
    }
    return rates
  }
  const starts = new Set(
    Object.values(prices).flatMap((p) => (typeof p === 'number' ? [] : p.tiers.map((t) => t.start))),
  )
  const tiers = [...starts].sort((a, b) => a - b).map((start) => tierFrom(id, start, at(start)))
  return { rates: at(undefined), ...(tiers.length > 0 ? { tiers } : {}) }
}

function rateAt(price: GenaiPrice, start: number | undefined): number {
  if (typeof price === 'number') return price
  return price.tiers.filter((tier) => start !== undefined && tier.start <= start).at(-1)?.price ?? price.base
}
