/** Usage as SDKs hand it on: the AI SDK and LangChain, each with what it leaves out of a provider's numbers. */
import { InvalidUsageError } from '../../errors.ts'
import { count, type Fields, inner, textField } from './fields.ts'
import { groundedSearches } from './grounding.ts'
import { besides, type ReadUsage, sum, type UsageReader, withParts } from './read-usage.ts'

/**
 * Version 5 has plain numbers, 6 and 7 have details or a nested form. In version 5 the meaning of `inputTokens` depends on the
 * provider: Anthropic's leaves cached input out, which its metadata in the result shows.
 */
export const aiSdk: UsageReader = (usage, response, model) => {
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

/**
 * By contract the totals include all parts. Its Google package leaves thoughts out of the output, and packages of older versions
 * leave cached input out of the input; the total holds them, too.
 */
export const langchain: UsageReader = (usage) => {
  const input = inner(usage, 'input_token_details')
  const output = inner(usage, 'output_token_details')
  const [inputTokens, outputTokens] = [count(usage, 'input_tokens'), count(usage, 'output_tokens')]
  const cacheReadTokens = count(input, 'cache_read')
  const cacheWriteTokens = count(input, 'cache_creation')
  const rest = besides(count(usage, 'total_tokens'), inputTokens, outputTokens)
  const cached = sum(cacheReadTokens, cacheWriteTokens)
  const cachedBeside = cached > 0 && rest === cached
  const thoughts = cachedBeside || rest === 0 ? undefined : rest
  return {
    inputTokens: cachedBeside ? withParts(inputTokens, rest) : inputTokens,
    outputTokens: withParts(outputTokens, thoughts),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite1hTokens: count(input, 'ephemeral_1h_input_tokens'),
    inputAudioTokens: count(input, 'audio'),
    inputImageTokens: count(input, 'image'),
    inputVideoTokens: count(input, 'video'),
    reasoningTokens: count(output, 'reasoning') ?? thoughts,
    outputAudioTokens: count(output, 'audio'),
    outputImageTokens: count(output, 'image'),
    outputVideoTokens: count(output, 'video'),
  }
}
