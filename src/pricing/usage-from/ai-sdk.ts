/**
 * Usage as the AI SDK hands it on. Its sums leave out what only some providers bill: how long a cache lasts, sound and video, searches,
 * Cohere's billed units. The provider's own usage object, which results hold as well, and the answer tell them.
 */
import { InvalidUsageError } from '../../errors.ts'
import { count, type Fields, inner, innerList, textField } from './fields.ts'
import { groundedSearches } from './grounding.ts'
import { besides, present, type ReadUsage, type SdkUsageReader, sum, sumOf, withParts } from './read-usage.ts'
import { openaiResponses } from './responses.ts'

export const aiSdk: SdkUsageReader = (usage, response, given, readOwn) => {
  const metadata = inner(response, 'providerMetadata')
  const model = given ?? textField(inner(response, 'response'), 'modelId')
  const sums = sdkSums(usage, metadata)
  const answer = { output: outputItems(response), tools: toolsOfProvider(response).map((type) => ({ type })) }
  const own = ownUsage(usage, metadata)
  const found = own === undefined ? undefined : readOwn(own, sums, answer, model)
  return {
    ...sums,
    ...drawn(sums, response, metadata),
    ...groundedSearches(usage, groundingsIn(metadata), model),
    ...present(openaiResponses({}, answer, model)),
    ...present(found ?? {}),
    // Vertex does not count before the end of a stream, which the sums have as zeros.
    ...(found !== undefined && Object.hasOwn(found, 'inputTokens') ? totalsOf(found) : {}),
  }
}

const totalsOf = ({ inputTokens, outputTokens }: ReadUsage): ReadUsage => ({ inputTokens, outputTokens })

/** Whether a step's stream broke off: providers then give no reason for its end. */
export function isCutStep(step: Fields): boolean {
  const reason = textField(step, 'finishReason')
  const isUnsaid = Object.hasOwn(step, 'rawFinishReason') && textField(step, 'rawFinishReason') === undefined
  return reason === 'interrupted' || (reason === 'other' && isUnsaid)
}

/** Pictures that OpenAI drew: all of the output, and the part of the input that its metadata names. */
function drawn(sums: ReadUsage, response: Fields, metadata: Fields | undefined): ReadUsage {
  const images = innerList(inner(metadata, 'openai'), 'images')
  if (!Array.isArray(response.images) || images.length === 0) return {}
  const inputImageTokens = sumOf(images.map((image) => count(image, 'imageTokens')))
  return { outputImageTokens: sums.outputTokens, inputImageTokens: inputImageTokens || undefined }
}

/** From version 6 on usage objects hold that of the provider; before, the metadata of Anthropic and Google did. */
function ownUsage(usage: Fields, metadata: Fields | undefined): Fields | undefined {
  return (
    inner(usage, 'raw') ??
    inner(inner(metadata, 'anthropic'), 'usage') ??
    inner(inner(metadata, 'google'), 'usageMetadata')
  )
}

function groundingsIn(metadata: Fields | undefined): readonly Fields[] {
  return ['google', 'vertex', 'googleVertex']
    .map((provider) => inner(inner(metadata, provider), 'groundingMetadata'))
    .filter((grounding) => grounding !== undefined)
}

/** The names of tools that ran at the provider. */
function toolsOfProvider(response: Fields): readonly (string | undefined)[] {
  return innerList(response, 'content')
    .filter((part) => part.providerExecuted === true)
    .map((part) => textField(part, 'toolName'))
}

/** What OpenAI's built-in tools did, as the items of a response that the SDK made these parts from. Users may rename the tools. */
function outputItems(response: Fields): Fields[] {
  const metadata = inner(response, 'providerMetadata')
  if (inner(metadata, 'openai') === undefined && inner(metadata, 'azure') === undefined) return []
  return innerList(response, 'content').flatMap((part): Fields[] => {
    if (part.providerExecuted !== true || textField(part, 'type') !== 'tool-result') return []
    const output = inner(part, 'output')
    const name = textField(part, 'toolName') ?? ''
    const action = inner(output, 'action')
    if (action !== undefined || /^web_search(?:_preview)?$/.test(name)) return [{ type: 'web_search_call', action }]
    if (Array.isArray(output?.queries) || name === 'file_search') return [{ type: 'file_search_call' }]
    const container = textField(inner(part, 'input'), 'containerId')
    if (container !== undefined || name === 'code_interpreter')
      return [{ type: 'code_interpreter_call', container_id: container }]
    return name === 'image_generation' ? [{ type: 'image_generation_call' }] : []
  })
}

/**
 * Version 5 has plain numbers, 6 and 7 have details or a nested form. In version 5 the meaning of `inputTokens` depends on the
 * provider: Anthropic's leaves cached input out, which its metadata in the result shows.
 */
function sdkSums(usage: Fields, providerMetadata: Fields | undefined): ReadUsage {
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
  const reported = count(usage, 'inputTokens')
  const output = count(usage, 'outputTokens')
  const reasoningTokens =
    count(inner(usage, 'outputTokenDetails'), 'reasoningTokens') ?? count(usage, 'reasoningTokens')
  // Google's and xAI's providers of version 5 leave reasoning out of the output, which the total shows.
  const isBeside =
    sum(reasoningTokens) > 0 && besides(count(usage, 'totalTokens'), reported, output) >= sum(reasoningTokens)
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
    outputTokens: isBeside ? sum(output, reasoningTokens) : output,
    cacheReadTokens,
    cacheWriteTokens: written,
    reasoningTokens,
  }
}
