/** Finding the usage object in what a provider or SDK returned, and telling whose it is. */
import { type Fields, inner, textField } from './fields.ts'
import type { UsageApi } from './readers.ts'

/** Where usage objects sit in responses, stream events and SDK results, besides being passed directly. */
const places: readonly (readonly string[])[] = [
  // Of all steps; `usage` beside it is that of the last one.
  ['totalUsage'],
  ['usage'],
  ['usageMetadata'],
  ['usage_metadata'],
  ['usage_info'],
  ['usageInfo'],
  ['response', 'usage'],
  ['message', 'usage'],
  // An event in Mistral's SDK.
  ['data', 'usage'],
  // Lines of a batch's results: OpenAI's, Anthropic's and Google's; the last event of Cohere's streams.
  ['response', 'body', 'usage'],
  ['result', 'message', 'usage'],
  ['response', 'usageMetadata'],
  // The last event of a stream of Google's Interactions.
  ['interaction', 'usage'],
  ['delta', 'usage'],
  ['response', 'meta'],
  ['x_groq', 'usage'],
  ['metadata', 'usage'],
  ['meta'],
]

/** Fields that only one API's usage object has, the most telling first. */
const signs: readonly (readonly [field: string, api: UsageApi])[] = [
  ['promptTokenCount', 'gemini'],
  ['total_input_tokens', 'gemini'],
  ['billed_units', 'cohere'],
  ['billedUnits', 'cohere'],
  ['prompt_cache_hit_tokens', 'deepseek'],
  ['num_cached_tokens', 'mistral'],
  ['connector_tokens', 'mistral'],
  ['prompt_audio_seconds', 'mistral'],
  ['pages_processed', 'mistral'],
  ['pagesProcessed', 'mistral'],
  ['promptTokens', 'mistral'],
  ['cost_details', 'openrouter'],
  ['costDetails', 'openrouter'],
  ['is_byok', 'openrouter'],
  ['isByok', 'openrouter'],
  ['citation_tokens', 'perplexity'],
  ['num_search_queries', 'perplexity'],
  ['search_context_size', 'perplexity'],
  ['num_server_side_tools_used', 'xai'],
  ['server_side_tool_usage_details', 'xai'],
  ['num_sources_used', 'xai'],
  ['cost_in_usd_ticks', 'xai'],
  ['cache_read_input_tokens', 'anthropic-messages'],
  ['cache_creation_input_tokens', 'anthropic-messages'],
  ['cache_creation', 'anthropic-messages'],
  ['input_token_details', 'langchain'],
  ['output_token_details', 'langchain'],
  ['input_tokens_details', 'openai-responses'],
  ['inputTokensDetails', 'openai-responses'],
  ['cacheReadInputTokens', 'bedrock-converse'],
  ['cacheWriteInputTokens', 'bedrock-converse'],
  ['cacheReadInputTokenCount', 'bedrock-converse'],
  ['cacheWriteInputTokenCount', 'bedrock-converse'],
  ['inputTokenDetails', 'ai-sdk'],
  ['cachedInputTokens', 'ai-sdk'],
  ['reasoningTokens', 'ai-sdk'],
  ['prompt_tokens', 'openai-chat'],
  ['server_tool_use', 'anthropic-messages'],
  ['iterations', 'anthropic-messages'],
  ['inference_geo', 'anthropic-messages'],
  // Without cache fields these forms count alike in every API that uses them.
  ['input_tokens', 'openai-responses'],
  ['inputTokens', 'ai-sdk'],
  // Embeddings: Voyage reports the total alone, the AI SDK its tokens.
  ['tokens', 'openai-chat'],
  ['total_tokens', 'openai-chat'],
  // All that Vertex says of the usage before the end of a stream.
  ['trafficType', 'gemini'],
]

/** A usage object and what it is a field of, where the answer is found, too. */
export interface FoundUsage {
  readonly usage: Fields
  readonly holder: Fields
}

/** The usage object of a response; the response itself when it looks like one. */
export function usageIn(response: Fields): FoundUsage | undefined {
  for (const place of places) {
    let holder = response
    let usage: Fields | undefined = response
    for (const key of place) {
      holder = usage ?? holder
      usage = inner(usage, key)
    }
    if (usage !== undefined && (place.at(-1) !== 'meta' || apiOf(usage) === 'cohere')) return { usage, holder }
  }
  return apiOf(response) === undefined ? undefined : { usage: response, holder: response }
}

/** The API whose usage object this is, by the fields that it has; `undefined` when no field tells. */
export function apiOf(usage: Fields): UsageApi | undefined {
  const hasDetails = (details: string, ...fields: readonly string[]): boolean => {
    const found = inner(usage, details)
    return found !== undefined && fields.every((field) => Object.hasOwn(found, field))
  }
  const splitsImages = hasDetails('input_tokens_details', 'text_tokens', 'image_tokens')
  if (splitsImages && !hasDetails('output_tokens_details', 'reasoning_tokens')) return 'openai-images'
  const isDuration = Object.hasOwn(usage, 'seconds') && textField(usage, 'type') === 'duration'
  const splitsAudio = ['text_tokens', 'audio_tokens'].some((field) => hasDetails('input_token_details', field))
  if (isDuration || splitsAudio) return 'openai-audio'
  return signs.find(([field]) => Object.hasOwn(usage, field))?.[1]
}
