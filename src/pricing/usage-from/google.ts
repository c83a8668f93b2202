/** Google's usage objects: `generateContent`, the Live API, and Interactions. */
import { count, type Fields, firstCount, innerList, textField } from './fields.ts'
import { geminiGroundings, groundedSearches } from './grounding.ts'
import { besides, type ReadUsage, sum, sumOf, type UsageReader, withParts } from './read-usage.ts'

/** Pages of a document are billed as the pictures that models from Gemini 3 on report them as. */
const modalities = { audio: ['AUDIO'], images: ['IMAGE', 'DOCUMENT'], video: ['VIDEO'] } as const

/** Tokens of one kind in lists of them; both spellings of the count and of the modality are in use. */
function tokensOf(kind: keyof typeof modalities, usage: Fields, ...lists: readonly string[]): number | undefined {
  const named: readonly string[] = modalities[kind]
  const tokens = lists
    .flatMap((list) => innerList(usage, list))
    .filter((entry) => named.includes(textField(entry, 'modality')?.toUpperCase() ?? ''))
    .map((entry) => firstCount(entry, 'tokenCount', 'tokens'))
  return sumOf(tokens) || undefined
}

/** The media of the input, and how much of them was cached: a kind that the list of cached tokens leaves out was not. */
function inputMedia(usage: Fields, inputLists: readonly string[], cachedList: string): ReadUsage {
  const [audio, images, video] = [
    tokensOf('audio', usage, ...inputLists),
    tokensOf('images', usage, ...inputLists),
    tokensOf('video', usage, ...inputLists),
  ]
  const isListed = innerList(usage, cachedList).length > 0
  const cachedOf = (kind: keyof typeof modalities, all: number | undefined): number | undefined =>
    tokensOf(kind, usage, cachedList) ?? (isListed && all !== undefined ? 0 : undefined)
  return {
    inputAudioTokens: audio,
    inputImageTokens: images,
    inputVideoTokens: video,
    cacheReadAudioTokens: cachedOf('audio', audio),
    cacheReadImageTokens: cachedOf('images', images),
    cacheReadVideoTokens: cachedOf('video', video),
  }
}

/** Thoughts are beside the candidates, and tool-use prompts beside the prompt; the cached part is inside it. */
export const gemini: UsageReader = (usage, response, model) => {
  if (Object.hasOwn(usage, 'total_input_tokens')) return interactions(usage)
  const candidates = firstCount(usage, 'candidatesTokenCount', 'responseTokenCount')
  const thoughts = count(usage, 'thoughtsTokenCount')
  // The Live API names its answer the response.
  const outputLists = ['candidatesTokensDetails', 'responseTokensDetails']
  const inputTokens = withParts(count(usage, 'promptTokenCount'), count(usage, 'toolUsePromptTokenCount'))
  const isSilent = candidates === undefined && thoughts === undefined
  // A blocked answer has no tokens, which the total shows.
  const isEmpty = isSilent && inputTokens !== undefined && count(usage, 'totalTokenCount') === inputTokens
  return {
    inputTokens,
    outputTokens: isSilent && !isEmpty ? undefined : sum(candidates, thoughts),
    cacheReadTokens: count(usage, 'cachedContentTokenCount'),
    ...inputMedia(usage, ['promptTokensDetails', 'toolUsePromptTokensDetails'], 'cacheTokensDetails'),
    outputAudioTokens: tokensOf('audio', usage, ...outputLists),
    outputImageTokens: tokensOf('images', usage, ...outputLists),
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
  const groundings = (tool: string): number | undefined =>
    sumOf(
      innerList(usage, 'grounding_tool_count')
        .filter((entry) => textField(entry, 'type') === tool)
        .map((entry) => count(entry, 'count')),
    ) || undefined
  return {
    inputTokens: toolUseBeside ? withParts(input, toolUse) : input,
    outputTokens: thoughtsBeside ? withParts(output, thoughts) : output,
    cacheReadTokens: count(usage, 'total_cached_tokens'),
    ...inputMedia(
      usage,
      toolUseBeside ? ['input_tokens_by_modality', 'tool_use_tokens_by_modality'] : ['input_tokens_by_modality'],
      'cached_tokens_by_modality',
    ),
    outputAudioTokens: tokensOf('audio', usage, 'output_tokens_by_modality'),
    outputImageTokens: tokensOf('images', usage, 'output_tokens_by_modality'),
    reasoningTokens: thoughts,
    webSearches: groundings('google_search'),
    mapsQueries: groundings('google_maps'),
  }
}
