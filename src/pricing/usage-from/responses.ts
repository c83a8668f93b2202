/** The usage of OpenAI's Responses API, and the tools among its output. */
import { count, type Fields, inner, innerList, textField, withSnakeKeys } from './fields.ts'
import { imageToolUsage } from './openai-media.ts'
import { present, type UsageReader } from './read-usage.ts'

/** Cached input and reasoning are inside the totals. */
export const openaiResponses: UsageReader = (given, response) => {
  // OpenRouter's SDK writes them in camel case.
  const usage = Object.hasOwn(given, 'inputTokens') ? withSnakeKeys(given) : given
  const input = inner(usage, 'input_tokens_details')
  const output = inner(usage, 'output_tokens_details')
  const items = innerList(response, 'output')
  const calls = (type: string): number | undefined =>
    items.filter((item) => textField(item, 'type') === type && incursFee(item)).length || undefined
  const searched = count(inner(inner(response, 'tool_usage'), 'web_search'), 'num_requests')
  const searches = searched || calls('web_search_call')
  const images = imageToolUsage(response)
  const containers = new Set(items.flatMap(containerOf))
  return {
    inputTokens: count(usage, 'input_tokens'),
    outputTokens: count(usage, 'output_tokens'),
    cacheReadTokens: count(input, 'cached_tokens'),
    cacheWriteTokens: count(input, 'cache_write_tokens'),
    cacheWrite12hTokens: count(inner(input, 'cache_write_tokens_details'), 'ttl_12h_tokens') || undefined,
    inputAudioTokens: count(input, 'audio_tokens'),
    inputImageTokens: count(input, 'image_tokens'),
    reasoningTokens: count(output, 'reasoning_tokens'),
    outputImageTokens: count(output, 'image_tokens'),
    webSearches: searches,
    searchTool: searches === undefined ? undefined : searchToolOf(response),
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

/**
 * The search tool among those that the answer repeats from its request, without the date of its version; not known where
 * both are offered. On models without reasoning the preview has a fee of its own (OpenAI, "Pricing").
 */
function searchToolOf(response: Fields | undefined): string | undefined {
  const named = innerList(response, 'tools').map((tool) =>
    /^web_search(?:_preview)?/.exec(textField(tool, 'type') ?? ''),
  )
  const tools = new Set(named.flatMap((match) => match?.[0] ?? []))
  return tools.size === 1 ? [...tools][0] : undefined
}

/** The container that a code interpreter or a hosted shell ran in; both are billed by the container (OpenAI, "Pricing"). */
function containerOf(item: Fields): readonly (string | undefined)[] {
  if (textField(item, 'type') === 'code_interpreter_call') return [textField(item, 'container_id')]
  const environment = textField(item, 'type') === 'shell_call' ? inner(item, 'environment') : undefined
  return textField(environment, 'type') === 'container_reference' ? [textField(environment, 'container_id')] : []
}
