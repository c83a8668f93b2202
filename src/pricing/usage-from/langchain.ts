/** Usage as LangChain hands it on, and what its packages leave out of a provider's numbers. */
import { count, type Fields, inner, textField } from './fields.ts'
import { groundedSearches } from './grounding.ts'
import { besides, present, type ReadUsage, type SdkUsageReader, sum, withParts } from './read-usage.ts'
import { openaiResponses } from './responses.ts'

/** Messages keep what the provider answered in their metadata: its own usage object, the items of a response, searches. */
export const langchain: SdkUsageReader = (usage, response, given, readOwn) => {
  const answer = inner(response, 'response_metadata') ?? {}
  const model = given ?? textField(answer, 'model_name') ?? textField(answer, 'model')
  const sums = langchainSums(usage)
  const own = inner(answer, 'usage') ?? inner(inner(answer, 'metadata'), 'usage')
  const grounding = inner(answer, 'groundingMetadata')
  return {
    ...sums,
    ...groundedSearches({}, grounding === undefined ? [] : [grounding], model),
    ...present(openaiResponses({}, answer, model)),
    ...(own === undefined ? {} : present(readOwn(own, sums, answer, model) ?? {})),
  }
}

/**
 * By contract the totals include all parts. Its Google package leaves thoughts out of the output, and packages of older versions
 * leave cached input out of the input; the total holds them, too.
 */
function langchainSums(usage: Fields): ReadUsage {
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
