/**
 * One reader per API: how its usage object counts. The question for each is whether cached input is inside the input total and
 * whether reasoning is inside the output total; the answers come from the providers' type definitions and recorded responses.
 */
import { InvalidUsageError } from '../../errors.ts'
import type { Usage } from '../types.ts'
import { count, type Fields, firstCount, inner, innerList, textField } from './fields.ts'
import { geminiGroundings, groundedSearches } from './grounding.ts'
import { imageToolUsage, openaiAudio, openaiImages } from './openai-media.ts'

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
  | 'ai-sdk'
  | 'langchain'

/** What a reader finds; an undefined total was not reported. */
export type ReadUsage = { -readonly [field in keyof Usage]: Usage[field] | undefined }
type Reader = (usage: Fields, response: Fields, model: string | undefined) => ReadUsage

const sum = (...parts: readonly (number | undefined)[]): number =>
  parts.reduce<number>((total, part) => total + (part ?? 0), 0)

/** Sum of a total and the parts that are reported beside it; unknown while the total is. */
const withParts = (total: number | undefined, ...parts: readonly (number | undefined)[]): number | undefined =>
  total === undefined ? undefined : sum(total, ...parts)

/** Cached input and reasoning are inside the totals. xAI reports reasoning beside the output; its `total_tokens` tells. */
const openaiChat = (usage: Fields): ReadUsage => {
  const prompt = inner(usage, 'prompt_tokens_details')
  const completion = inner(usage, 'completion_tokens_details')
  const inputTokens = count(usage, 'prompt_tokens')
  const reasoningTokens = count(completion, 'reasoning_tokens')
  const reported = count(usage, 'completion_tokens')
  const beside = sum(inputTokens, reported, reasoningTokens) === count(usage, 'total_tokens')
  return {
    inputTokens,
    outputTokens: beside ? withParts(reported, reasoningTokens) : reported,
    cacheReadTokens: count(prompt, 'cached_tokens'),
    cacheWriteTokens: count(prompt, 'cache_write_tokens'),
    inputAudioTokens: count(prompt, 'audio_tokens'),
    inputImageTokens: count(prompt, 'image_tokens'),
    reasoningTokens,
    outputAudioTokens: count(completion, 'audio_tokens'),
    outputImageTokens: count(completion, 'image_tokens'),
  }
}

const openaiResponses: Reader = (usage, response) => {
  const input = inner(usage, 'input_tokens_details')
  const output = inner(usage, 'output_tokens_details')
  const items = innerList(response, 'output')
  const calls = (type: string): number | undefined =>
    items.filter((item) => textField(item, 'type') === type && incursFee(item)).length || undefined
  const searched = count(inner(inner(response, 'tool_usage'), 'web_search'), 'num_requests')
  const images = imageToolUsage(response)
  const containers = new Set(
    items
      .filter((item) => textField(item, 'type') === 'code_interpreter_call')
      .map((item) => textField(item, 'container_id')),
  )
  return {
    inputTokens: count(usage, 'input_tokens'),
    outputTokens: count(usage, 'output_tokens'),
    cacheReadTokens: count(input, 'cached_tokens'),
    cacheWriteTokens: count(input, 'cache_write_tokens'),
    inputAudioTokens: count(input, 'audio_tokens'),
    inputImageTokens: count(input, 'image_tokens'),
    reasoningTokens: count(output, 'reasoning_tokens'),
    outputImageTokens: count(output, 'image_tokens'),
    webSearches: searched || calls('web_search_call'),
    fileSearches: calls('file_search_call'),
    codeSessions: containers.size || undefined,
    otherModels: images === undefined ? undefined : [{ model: images.model, usage: present(images.read) }],
  }
}

/** Of the actions of a web search, only the search itself has a fee, not opening or reading a page (OpenAI, "Web search"). */
function incursFee(item: Fields): boolean {
  const action = textField(inner(item, 'action'), 'type')
  return action === undefined || action === 'search'
}

/** Cached input is beside `input_tokens`. Iterations for compaction, or by an advisor model, are not in the top level. */
const anthropic: Reader = (usage) => {
  const creation = inner(usage, 'cache_creation')
  const tools = inner(usage, 'server_tool_use')
  const own = anthropicTokens(usage)
  const iterations = innerList(usage, 'iterations')
  const compactions = iterations.filter((entry) => textField(entry, 'type') === 'compaction').map(anthropicTokens)
  const advisors = iterations.filter((entry) => textField(entry, 'type')?.startsWith('advisor') === true)
  const total = (key: 'inputTokens' | 'outputTokens'): number | undefined =>
    withParts(own[key], ...compactions.map((entry) => entry[key]))
  return {
    inputTokens: total('inputTokens'),
    outputTokens: total('outputTokens'),
    cacheReadTokens: sum(own.cacheReadTokens, ...compactions.map((entry) => entry.cacheReadTokens)) || undefined,
    cacheWriteTokens: sum(own.cacheWriteTokens, ...compactions.map((entry) => entry.cacheWriteTokens)) || undefined,
    cacheWrite1hTokens: count(creation, 'ephemeral_1h_input_tokens'),
    reasoningTokens: count(inner(usage, 'output_tokens_details'), 'thinking_tokens'),
    webSearches: count(tools, 'web_search_requests'),
    codeExecutions: count(tools, 'code_execution_requests'),
    otherModels:
      advisors.length === 0
        ? undefined
        : advisors.map((entry) => ({
            model: textField(entry, 'model') ?? null,
            usage: present(anthropicTokens(entry)),
          })),
  }
}

function anthropicTokens(usage: Fields) {
  const cacheReadTokens = count(usage, 'cache_read_input_tokens')
  const creation = inner(usage, 'cache_creation')
  const byLifetime = sum(count(creation, 'ephemeral_5m_input_tokens'), count(creation, 'ephemeral_1h_input_tokens'))
  const cacheWriteTokens = count(usage, 'cache_creation_input_tokens') ?? (byLifetime || undefined)
  return {
    inputTokens: withParts(count(usage, 'input_tokens'), cacheReadTokens, cacheWriteTokens),
    outputTokens: count(usage, 'output_tokens'),
    cacheReadTokens,
    cacheWriteTokens,
  }
}

/** Thoughts are beside the candidates, and tool-use prompts beside the prompt; the cached part is inside it. */
const gemini: Reader = (usage, response, model) => {
  const modality = (list: string, name: string): number | undefined =>
    sum(
      ...innerList(usage, list).map((entry) =>
        textField(entry, 'modality') === name ? count(entry, 'tokenCount') : 0,
      ),
    ) || undefined
  const candidates = firstCount(usage, 'candidatesTokenCount', 'responseTokenCount')
  const thoughts = count(usage, 'thoughtsTokenCount')
  return {
    inputTokens: withParts(count(usage, 'promptTokenCount'), count(usage, 'toolUsePromptTokenCount')),
    outputTokens: candidates === undefined && thoughts === undefined ? undefined : sum(candidates, thoughts),
    cacheReadTokens: count(usage, 'cachedContentTokenCount'),
    cacheReadAudioTokens: modality('cacheTokensDetails', 'AUDIO'),
    cacheReadImageTokens: modality('cacheTokensDetails', 'IMAGE'),
    inputAudioTokens: modality('promptTokensDetails', 'AUDIO'),
    inputImageTokens: modality('promptTokensDetails', 'IMAGE'),
    inputVideoTokens: modality('promptTokensDetails', 'VIDEO'),
    outputAudioTokens: modality('candidatesTokensDetails', 'AUDIO'),
    outputImageTokens: modality('candidatesTokensDetails', 'IMAGE'),
    reasoningTokens: thoughts,
    ...groundedSearches(usage, geminiGroundings(response), model ?? textField(response, 'modelVersion')),
  }
}

/** Cached input is beside `inputTokens`; `totalTokens` includes it and proves which form it is. */
const bedrock: Reader = (usage) => {
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
    cacheWrite1hTokens: sum(...hour.map((entry) => count(entry, 'inputTokens'))) || undefined,
  }
}

/** Billed units differ from the tokens that the model saw, and they are what the bill counts. */
const cohere: Reader = (usage) => {
  const billed = inner(usage, 'billed_units') ?? usage
  return {
    inputTokens: count(billed, 'input_tokens') ?? (count(billed, 'search_units') === undefined ? undefined : 0),
    outputTokens: count(billed, 'output_tokens') ?? 0,
    searchUnits: count(billed, 'search_units'),
  }
}

const mistral: Reader = (usage) => ({
  ...openaiChat(usage),
  cacheReadTokens: count(inner(usage, 'prompt_tokens_details'), 'cached_tokens') ?? count(usage, 'num_cached_tokens'),
  inputAudioSeconds: count(usage, 'prompt_audio_seconds'),
})

const deepseek: Reader = (usage) => {
  const read = openaiChat(usage)
  const hit = count(usage, 'prompt_cache_hit_tokens')
  const miss = count(usage, 'prompt_cache_miss_tokens')
  if (hit !== undefined && miss !== undefined && hit + miss !== read.inputTokens) {
    throw new InvalidUsageError(
      'prompt_tokens',
      read.inputTokens,
      `prompt_cache_hit_tokens + prompt_cache_miss_tokens (${hit + miss})`,
    )
  }
  return { ...read, cacheReadTokens: hit ?? read.cacheReadTokens }
}

const openrouter: Reader = (usage) => ({
  ...openaiChat(usage),
  webSearches: count(inner(usage, 'server_tool_use'), 'web_search_requests'),
})

/**
 * Version 5 has plain numbers, 6 and 7 have details or a nested form. In version 5 the meaning of `inputTokens` depends on the
 * provider: Anthropic's leaves cached input out, which its metadata in the result shows.
 */
const aiSdk: Reader = (usage, response, model) => {
  const answered = model ?? textField(inner(response, 'response'), 'modelId')
  const metadata = inner(response, 'providerMetadata')
  const groundings = ['google', 'vertex', 'googleVertex']
    .map((provider) => inner(inner(metadata, provider), 'groundingMetadata'))
    .filter((grounding) => grounding !== undefined)
  return { ...aiSdkTokens(usage, metadata), ...groundedSearches(usage, groundings, answered) }
}

function aiSdkTokens(usage: Fields, providerMetadata: Fields | undefined): ReadUsage {
  const nestedInput = inner(usage, 'inputTokens')
  if (nestedInput !== undefined) {
    const output = inner(usage, 'outputTokens')
    return {
      inputTokens: count(nestedInput, 'total'),
      outputTokens: count(output, 'total'),
      cacheReadTokens: count(nestedInput, 'cacheRead'),
      cacheWriteTokens: count(nestedInput, 'cacheWrite'),
      reasoningTokens: count(output, 'reasoning'),
    }
  }
  const details = inner(usage, 'inputTokenDetails')
  const outputTokens = count(usage, 'outputTokens')
  const reasoningTokens =
    count(inner(usage, 'outputTokenDetails'), 'reasoningTokens') ?? count(usage, 'reasoningTokens')
  const reported = count(usage, 'inputTokens')
  const cacheReadTokens = count(details, 'cacheReadTokens') ?? count(usage, 'cachedInputTokens')
  const metadata = inner(providerMetadata, 'anthropic')
  const written = count(details, 'cacheWriteTokens') ?? count(metadata, 'cacheCreationInputTokens')
  const beside = details === undefined && metadata !== undefined
  if (details === undefined && !beside && reported !== undefined && (cacheReadTokens ?? 0) > reported) {
    throw new InvalidUsageError(
      'cachedInputTokens',
      cacheReadTokens,
      'inside inputTokens; pass the whole result, whose providerMetadata tells the form',
    )
  }
  return {
    inputTokens: beside ? withParts(reported, cacheReadTokens, written) : reported,
    outputTokens,
    cacheReadTokens,
    cacheWriteTokens: written,
    reasoningTokens,
  }
}

/** By contract the totals include all parts. */
const langchain: Reader = (usage) => {
  const input = inner(usage, 'input_token_details')
  const output = inner(usage, 'output_token_details')
  return {
    inputTokens: count(usage, 'input_tokens'),
    outputTokens: count(usage, 'output_tokens'),
    cacheReadTokens: count(input, 'cache_read'),
    cacheWriteTokens: count(input, 'cache_creation'),
    inputAudioTokens: count(input, 'audio'),
    reasoningTokens: count(output, 'reasoning'),
    outputAudioTokens: count(output, 'audio'),
  }
}

export const readers: ReadonlyMap<UsageApi, Reader> = new Map<UsageApi, Reader>([
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
  ['xai', openaiChat],
  ['groq', openaiChat],
  ['openrouter', openrouter],
  ['ai-sdk', aiSdk],
  ['langchain', langchain],
])

/** A usage without its undefined fields. */
export function present(read: ReadUsage): Usage {
  return Object.freeze(Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))) as Usage
}
