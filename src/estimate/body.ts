/** What a request body says about its reply and its service, whatever the provider. Own fields only: bodies are hostile. */
import { InvalidRequestError } from '../errors.ts'
import type { CacheLifetime } from './cache.ts'

type Fields = Readonly<Record<string, unknown>>

/** An own field. @throws InvalidRequestError when code behind it throws, a getter's or a proxy's. */
export function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return Object.hasOwn(value, key) ? (value as Fields)[key] : undefined
  } catch (cause) {
    throw new InvalidRequestError(key, 'the field could not be read; send plain JSON data', { cause })
  }
}

export function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

export function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The model that a request names for itself. */
export function modelOf(request: unknown): string | undefined {
  return word(own(request, 'model')) ?? word(own(request, 'modelId'))
}

/** Google's settings: of its API, in both spellings, and of its SDK. */
function googleSettings(request: unknown): readonly unknown[] {
  return ['generationConfig', 'generation_config', 'config'].map((key) => own(request, key))
}

/** The first of Google's settings by this name, which the API also takes in snake_case. */
export function googleSetting(request: unknown, camel: string, snake: string): unknown {
  for (const settings of googleSettings(request)) {
    const value = own(settings, camel) ?? own(settings, snake)
    if (value !== undefined) return value
  }
  return undefined
}

/** The limit of reply tokens in a body: OpenAI, Anthropic, Mistral and Cohere; Gemini; Bedrock Converse; the AI SDK. */
export function outputLimitOf(request: unknown): number | undefined {
  return (
    positive(own(request, 'max_completion_tokens')) ??
    positive(own(request, 'max_output_tokens')) ??
    positive(own(request, 'max_tokens')) ??
    sdkLimitOf(request) ??
    positive(googleSetting(request, 'maxOutputTokens', 'max_output_tokens')) ??
    positive(own(own(request, 'inferenceConfig'), 'maxTokens'))
  )
}

/** The AI SDK asks Anthropic for its budget of thoughts on top of the limit (`@ai-sdk/anthropic`). */
function sdkLimitOf(request: unknown): number | undefined {
  const limit = positive(own(request, 'maxOutputTokens'))
  const thinking = own(own(own(request, 'providerOptions'), 'anthropic'), 'thinking')
  return limit === undefined ? undefined : limit + (positive(own(thinking, 'budgetTokens')) ?? 0)
}

/** How many replies are asked for; each is billed. */
export function choicesOf(request: unknown): number {
  return positive(own(request, 'n')) ?? positive(googleSetting(request, 'candidateCount', 'candidate_count')) ?? 1
}

/**
 * The service tier that a body asks for: `speed` of Anthropic, `service_tier` of OpenAI and others, `serviceTier` of Google's SDK, of the
 * AI SDK and, as an object, of Bedrock.
 */
export function serviceTierOf(request: unknown): string | undefined {
  const options = own(request, 'providerOptions')
  const [openai, anthropic] = [own(options, 'openai'), own(options, 'anthropic')]
  if (own(request, 'speed') === 'fast' || own(anthropic, 'speed') === 'fast') return 'fast'
  const camel = own(request, 'serviceTier')
  const named =
    word(own(request, 'service_tier')) ??
    word(camel) ??
    word(own(camel, 'type')) ??
    word(own(own(request, 'config'), 'serviceTier')) ??
    word(own(openai, 'serviceTier'))
  return named?.toLowerCase()
}

/** The region that a body asks for: Anthropic's `inference_geo`, where `global` is the default. */
export function regionOf(request: unknown): string | undefined {
  const options = own(own(request, 'providerOptions'), 'anthropic')
  const geo = word(own(request, 'inference_geo')) ?? word(own(options, 'inferenceGeo'))
  return geo === 'global' ? undefined : geo
}

/**
 * How long a body asks that a part of it be cached: Anthropic's `cache_control`, also through gateways, Bedrock's cache points, the AI SDK;
 * OpenAI's and Moonshot's options, of which the shortest time is what they do unasked.
 */
export function cacheAskedBy(request: unknown): CacheLifetime | undefined {
  const option = own(own(request, 'prompt_cache_options'), 'ttl')
  if (option === '12h' || option === '1h') return option
  let asked: '5m' | undefined
  for (const place of cachePlaces(request)) {
    const found =
      own(place, 'cache_control') ??
      own(place, 'cachePoint') ??
      own(own(own(place, 'providerOptions'), 'anthropic'), 'cacheControl') ??
      own(own(own(place, 'providerOptions'), 'bedrock'), 'cachePoint')
    if (typeof found !== 'object' || found === null) continue
    if (own(found, 'ttl') === '1h') return '1h'
    asked = '5m'
  }
  return asked
}

/** Whatever in a body may carry a mark for the cache: itself, its system text, tools and messages, and their parts. */
function* cachePlaces(request: unknown): Generator<unknown> {
  yield request
  for (const list of [own(request, 'system'), own(request, 'tools'), own(own(request, 'toolConfig'), 'tools')])
    if (Array.isArray(list)) yield* list
  const messages = own(request, 'messages') ?? own(request, 'prompt')
  for (const message of Array.isArray(messages) ? messages : []) {
    yield message
    const content = own(message, 'content')
    if (Array.isArray(content)) yield* content
  }
}
