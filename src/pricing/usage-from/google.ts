/** Google's usage objects: `generateContent`, the Live API, and Interactions. */
import { count, type Fields, firstCount, innerList, textField } from './fields.ts'
import { geminiGroundings, groundedSearches } from './grounding.ts'
import { besides, type ReadUsage, sum, sumOf, type UsageReader, withParts } from './read-usage.ts'

/** Tokens of one modality in lists of them; both spellings of the count and of the modality are in use. */
function ofModality(usage: Fields, name: string, ...lists: readonly string[]): number | undefined {
  const tokens = lists
    .flatMap((list) => innerList(usage, list))
    .filter((entry) => textField(entry, 'modality')?.toUpperCase() === name)
    .map((entry) => firstCount(entry, 'tokenCount', 'tokens'))
  return sumOf(tokens) || undefined
}

/** Thoughts are beside the candidates, and tool-use prompts beside the prompt; the cached part is inside it. */
export const gemini: UsageReader = (usage, response, model) => {
  if (Object.hasOwn(usage, 'total_input_tokens')) return interactions(usage)
  const candidates = firstCount(usage, 'candidatesTokenCount', 'responseTokenCount')
  const thoughts = count(usage, 'thoughtsTokenCount')
  const inputLists = ['promptTokensDetails', 'toolUsePromptTokensDetails']
  // The Live API names its answer the response.
  const outputLists = ['candidatesTokensDetails', 'responseTokensDetails']
  return {
    inputTokens: withParts(count(usage, 'promptTokenCount'), count(usage, 'toolUsePromptTokenCount')),
    outputTokens: candidates === undefined && thoughts === undefined ? undefined : sum(candidates, thoughts),
    cacheReadTokens: count(usage, 'cachedContentTokenCount'),
    cacheReadAudioTokens: ofModality(usage, 'AUDIO', 'cacheTokensDetails'),
    cacheReadImageTokens: ofModality(usage, 'IMAGE', 'cacheTokensDetails'),
    inputAudioTokens: ofModality(usage, 'AUDIO', ...inputLists),
    inputImageTokens: ofModality(usage, 'IMAGE', ...inputLists),
    inputVideoTokens: ofModality(usage, 'VIDEO', ...inputLists),
    outputAudioTokens: ofModality(usage, 'AUDIO', ...outputLists),
    outputImageTokens: ofModality(usage, 'IMAGE', ...outputLists),
    reasoningTokens: thoughts,
    ...groundedSearches(usage, geminiGroundings(response), model ?? textField(response, 'modelVersion')),
  }
}

/** Interactions: thoughts and tool-use prompts are beside input and output where the total holds them, too. */
function interactions(usage: Fields): ReadUsage {
  const [input, output] = [count(usage, 'total_input_tokens'), count(usage, 'total_output_tokens')]
  const thoughts = count(usage, 'total_thought_tokens')
  const toolUse = count(usage, 'total_tool_use_tokens')
  const rest = besides(count(usage, 'total_tokens'), input, output)
  const thoughtsBeside = rest >= (thoughts ?? 0)
  const toolUseBeside = rest >= sum(thoughts, toolUse)
  return {
    inputTokens: toolUseBeside ? withParts(input, toolUse) : input,
    outputTokens: thoughtsBeside ? withParts(output, thoughts) : output,
    cacheReadTokens: count(usage, 'total_cached_tokens'),
    cacheReadAudioTokens: ofModality(usage, 'AUDIO', 'cached_tokens_by_modality'),
    cacheReadImageTokens: ofModality(usage, 'IMAGE', 'cached_tokens_by_modality'),
    inputAudioTokens: ofModality(usage, 'AUDIO', 'input_tokens_by_modality'),
    inputImageTokens: ofModality(usage, 'IMAGE', 'input_tokens_by_modality'),
    inputVideoTokens: ofModality(usage, 'VIDEO', 'input_tokens_by_modality'),
    outputAudioTokens: ofModality(usage, 'AUDIO', 'output_tokens_by_modality'),
    outputImageTokens: ofModality(usage, 'IMAGE', 'output_tokens_by_modality'),
    reasoningTokens: thoughts,
  }
}
