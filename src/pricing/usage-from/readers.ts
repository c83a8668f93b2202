/** One reader per API, by name. */
import { aiSdk } from './ai-sdk.ts'
import { anthropic } from './anthropic.ts'
import { count, firstCount, inner, innerList, textField, withSnakeKeys } from './fields.ts'
import { gemini } from './google.ts'
import { langchain } from './langchain.ts'
import { deepseek, mistral, openaiChat, openrouter, perplexity, xai } from './openai-chat.ts'
import { openaiAudio, openaiImages } from './openai-media.ts'
import { type OwnUsageReader, sum, sumOf, type UsageReader, withParts } from './read-usage.ts'
import { apiOf } from './recognise.ts'
import { openaiResponses } from './responses.ts'

export type UsageApi =
  | 'openai-chat'
  | 'openai-responses'
  | 'openai-images'
  | 'openai-audio'
  | 'anthropic-messages'
  | 'gemini'
  | 'bedrock-converse'
  | 'cohere'
  | 'mistral'
  | 'deepseek'
  | 'xai'
  | 'groq'
  | 'openrouter'
  | 'perplexity'
  | 'ai-sdk'
  | 'langchain'

/** Cached input is beside `inputTokens`; `totalTokens` includes it and proves which form it is. */
const bedrock: UsageReader = (usage) => {
  const fresh = count(usage, 'inputTokens')
  const cacheReadTokens = firstCount(usage, 'cacheReadInputTokens', 'cacheReadInputTokenCount')
  const cacheWriteTokens = firstCount(usage, 'cacheWriteInputTokens', 'cacheWriteInputTokenCount')
  const outputTokens = count(usage, 'outputTokens')
  const total = count(usage, 'totalTokens')
  const cached = sum(cacheReadTokens, cacheWriteTokens)
  const inside = cached > 0 && total !== undefined && fresh !== undefined && total === fresh + sum(outputTokens)
  const hour = innerList(usage, 'cacheDetails').filter((entry) => textField(entry, 'ttl') === '1h')
  return {
    inputTokens: inside ? fresh : withParts(fresh, cached),
    outputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite1hTokens: sumOf(hour.map((entry) => count(entry, 'inputTokens'))) || undefined,
  }
}

/** Billed units differ from the tokens that the model saw, and they are what the bill counts. The SDK writes them in camel case. */
const cohere: UsageReader = (given) => {
  const usage = withSnakeKeys(given)
  const billed = inner(usage, 'billed_units') ?? usage
  const images = count(billed, 'image_tokens')
  const text = count(billed, 'input_tokens')
  const pages = count(billed, 'pages')
  const searchUnits = count(billed, 'search_units')
  const others = [images, pages, searchUnits].some((units) => units !== undefined)
  return {
    inputTokens: text === undefined && !others ? undefined : sum(text, images),
    outputTokens: count(billed, 'output_tokens') ?? 0,
    inputImageTokens: images,
    searchUnits,
    pages,
  }
}

/**
 * Usage that was summed up by hand may still hold the object of one of its parts, and LangChain's streams have that of their first event.
 * Such an object has fewer tokens than the sums; when all that they wrote to a cache is in it, it tells for how long.
 */
const providersOwn: OwnUsageReader = (own, sums, response, model) => {
  const api = apiOf(own)
  if (api === undefined || api === 'ai-sdk') return undefined
  const found = readers.get(api)?.(own, response, model)
  // The SDK sums up the tokens that Cohere's models saw, which are more than it bills.
  const seen = api === 'cohere' ? inner(own, 'tokens') : undefined
  const input = seen === undefined ? found?.inputTokens : count(seen, 'input_tokens')
  const output = seen === undefined ? found?.outputTokens : count(seen, 'output_tokens')
  if (sum(input) >= sum(sums.inputTokens) && sum(output) >= sum(sums.outputTokens)) return found
  const isWritten = found?.cacheWriteTokens !== undefined && found.cacheWriteTokens === sums.cacheWriteTokens
  return isWritten ? { cacheWrite1hTokens: found.cacheWrite1hTokens } : undefined
}

export const readers: ReadonlyMap<UsageApi, UsageReader> = new Map<UsageApi, UsageReader>([
  ['openai-chat', openaiChat],
  ['openai-responses', openaiResponses],
  ['openai-images', openaiImages],
  ['openai-audio', openaiAudio],
  ['anthropic-messages', anthropic],
  ['gemini', gemini],
  ['bedrock-converse', bedrock],
  ['cohere', cohere],
  ['mistral', mistral],
  ['deepseek', deepseek],
  ['xai', xai],
  ['groq', openaiChat],
  ['openrouter', openrouter],
  ['perplexity', perplexity],
  ['ai-sdk', (usage, response, model) => aiSdk(usage, response, model, providersOwn)],
  ['langchain', (usage, response, model) => langchain(usage, response, model, providersOwn)],
])
