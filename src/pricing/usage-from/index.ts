/** Real usage of a call, from what the provider or SDK returned. */
import { InvalidUsageError } from '../../errors.ts'
import type { Usage } from '../types.ts'
import { billedQuantities } from '../usage.ts'
import { type Fields, inner, innerList, isFields, textField } from './fields.ts'
import { aiSdkSteps, mergedLangchainChunks, sumOfUsages } from './merged.ts'
import { present } from './read-usage.ts'
import { readers, type UsageApi } from './readers.ts'

export type { UsageApi } from './readers.ts'

export interface UsageFromOptions {
  /** The API that produced the response. Default: recognised by fields that only one API has. */
  readonly api?: UsageApi
  /**
   * The model that answered. Default: the one that the response names. Google bills a grounded call by query or by prompt,
   * depending on it.
   */
  readonly model?: string
}

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
  ['prompt_audio_seconds', 'mistral'],
  ['pages_processed', 'mistral'],
  ['pagesProcessed', 'mistral'],
  ['promptTokens', 'mistral'],
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
  ['cacheReadInputTokens', 'bedrock-converse'],
  ['cacheWriteInputTokens', 'bedrock-converse'],
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
]

/**
 * The usage of one call in the library's shape: the whole input with its cached part inside, the whole output with reasoning
 * inside.
 *
 * @param response - a response, its usage object, an SDK result, or the list of a stream's events. What a cut stream did not
 * report is listed in `missing`: its cost is unknown, not zero. The steps of an agent are added up, though each is a call of its own:
 * where long contexts cost more, read and price them one by one.
 * @throws InvalidUsageError when no usage can be recognised, or it is impossible, such as more cached than input tokens.
 */
export function usageFrom(response: unknown, options: UsageFromOptions = {}): Usage {
  if (Array.isArray(response)) return usageOfStream(response.filter(isFields), options)
  if (!isFields(response)) throw new TypeError('response must be an object or a list of stream events')
  const steps = aiSdkSteps(response)
  if (steps.length > 0) return usageOfSteps(steps, options)
  const usage = usageIn(response)
  if (usage === undefined) return nothingReported()
  return read(usage, response, options, false)
}

/** Each step has its own answer, with what it searched and, in version 5, with the form of its input. */
function usageOfSteps(steps: readonly Fields[], { model }: UsageFromOptions): Usage {
  const options: UsageFromOptions = { api: 'ai-sdk', ...(model === undefined ? {} : { model }) }
  return sumOfUsages(steps.map((step) => read(inner(step, 'usage') as Fields, step, options, false)))
}

function nothingReported(): Usage {
  return Object.freeze({ missing: Object.freeze(['inputTokens', 'outputTokens'] as const) })
}

/** The usage object of a response; the response itself when it looks like one. */
function usageIn(response: Fields): Fields | undefined {
  for (const place of places) {
    let found: Fields | undefined = response
    for (const key of place) found = inner(found, key)
    if (found !== undefined && (place.at(-1) !== 'meta' || detect(found) === 'cohere')) return found
  }
  return detect(response) === undefined ? undefined : response
}

function detect(usage: Fields): UsageApi | undefined {
  const known = (details: string, ...fields: readonly string[]): boolean => {
    const found = inner(usage, details)
    return found !== undefined && fields.every((field) => Object.hasOwn(found, field))
  }
  if (
    known('input_tokens_details', 'text_tokens', 'image_tokens') &&
    !known('output_tokens_details', 'reasoning_tokens')
  )
    return 'openai-images'
  if (Object.hasOwn(usage, 'seconds') && textField(usage, 'type') === 'duration') return 'openai-audio'
  if (known('input_token_details', 'text_tokens') || known('input_token_details', 'audio_tokens')) return 'openai-audio'
  return signs.find(([field]) => Object.hasOwn(usage, field))?.[1]
}

function read(usage: Fields, response: Fields, { api, model }: UsageFromOptions, outputCut: boolean): Usage {
  const reader = readers.get(api ?? detect(usage) ?? 'openai-chat')
  if (reader === undefined)
    throw new RangeError(`api must be one of ${[...readers.keys()].join(', ')}, got ${JSON.stringify(api)}`)
  const found = reader(usage, response, model)
  const missing = [
    ...(found.inputTokens === undefined ? (['inputTokens'] as const) : []),
    ...(found.outputTokens === undefined || outputCut ? (['outputTokens'] as const) : []),
  ]
  if (api === undefined && missing.length === 2 && !outputCut && detect(usage) === undefined) {
    throw new InvalidUsageError('response', response, 'a usage object of a known API; name it with { api }')
  }
  const result = present({ ...found, missing: missing.length > 0 ? Object.freeze(missing) : undefined })
  billedQuantities(result)
  return result
}

/** Later events of a stream report more: Anthropic's fields add up to one object, others repeat the whole. */
function usageOfStream(events: readonly Fields[], options: UsageFromOptions): Usage {
  const steps = aiSdkSteps(events)
  if (steps.length > 0) {
    const ended = events.some((event) => textField(event, 'type') === 'finish')
    return ended ? usageOfSteps(steps, options) : sumOfUsages([usageOfSteps(steps, options), nothingReported()])
  }
  const chunks = mergedLangchainChunks(events)
  if (chunks !== undefined) return read(chunks, chunks, { ...options, api: options.api ?? 'langchain' }, false)
  const reports = events.map((event) => ({ event, usage: usageIn(event) })).filter(({ usage }) => usage !== undefined)
  const last = reports.at(-1)
  if (last === undefined) return nothingReported()
  const anthropic =
    options.api === 'anthropic-messages' || events.some((event) => textField(event, 'type') === 'message_start')
  if (!anthropic) {
    const response = inner(last.event, 'response') ?? last.event
    // Gemini tells what an answer is grounded on in any chunk.
    const whole = { ...response, candidates: events.flatMap((event) => innerList(event, 'candidates')) }
    return read(last.usage as Fields, whole, options, cutBeforeEnd(events, last.usage as Fields))
  }
  const merged = Object.fromEntries(reports.flatMap(({ usage }) => reported(usage as Fields)))
  const ended = events.some(
    (event) => textField(event, 'type') === 'message_delta' && inner(event, 'usage') !== undefined,
  )
  return read(merged, merged, { api: 'anthropic-messages' }, !ended)
}

/** The fields with a value; later events win over earlier ones. */
function reported(usage: Fields): [string, unknown][] {
  return Object.entries(usage).filter(([, value]) => value !== null && value !== undefined)
}

/** Gemini repeats its counts with every chunk, so only a chunk with a finish reason shows that they are final. */
function cutBeforeEnd(events: readonly Fields[], usage: Fields): boolean {
  if (!Object.hasOwn(usage, 'promptTokenCount')) return false
  const finished = (event: Fields): boolean =>
    innerList(event, 'candidates').some((candidate) => textField(candidate, 'finishReason') !== undefined)
  return !events.some(finished)
}

interface PriceContextFound {
  readonly serviceTier?: string
  readonly region?: string
}

/**
 * What a response says about the context its price depends on, for `calcCost`: service tier and region. Of the events of a stream, or of
 * their list, the last that says so counts.
 */
export function priceContextFrom(response: unknown): PriceContextFound {
  if (Array.isArray(response)) return Object.assign({}, ...response.map(priceContextFrom)) as PriceContextFound
  if (!isFields(response)) return {}
  const usage = usageIn(response)
  const speed = textField(usage, 'speed')
  const stated =
    textField(usage, 'service_tier') ??
    textField(usage, 'serviceTier') ??
    textField(response, 'service_tier') ??
    textField(inner(response, 'response'), 'service_tier') ??
    textField(inner(inner(response, 'response'), 'body'), 'service_tier') ??
    textField(inner(response, 'serviceTier'), 'type')
  const traffic = textField(usage, 'trafficType')
    ?.replace(/^ON_DEMAND_?/, '')
    .toLowerCase()
  const tier = speed === 'fast' ? 'fast' : (stated ?? traffic)
  const region = textField(usage, 'inference_geo')
  const known = tier !== undefined && ['batch', 'flex', 'priority', 'fast'].includes(tier)
  return {
    ...(known ? { serviceTier: tier } : {}),
    ...(region === undefined || region === 'global' || region === 'not_available' ? {} : { region }),
  }
}
