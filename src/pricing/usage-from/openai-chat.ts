/**
 * The usage object of OpenAI's Chat Completions and of the APIs that follow it. The question for each is whether cached input is
 * inside the input total and whether reasoning is inside the output total; the answers come from the providers' type definitions
 * and recorded responses.
 */
import { InvalidUsageError } from '../../errors.ts'
import { count, type Fields, firstCount, inner, innerList, textField, withSnakeKeys } from './fields.ts'
import { type ReadUsage, sum, type UsageReader, withParts } from './read-usage.ts'
import { openaiResponses } from './responses.ts'

/** Cached input and reasoning are inside the totals, except where `total_tokens` shows reasoning beside the output. */
export const openaiChat = (usage: Fields, response?: Fields, model?: string): ReadUsage => {
  const prompt = inner(usage, 'prompt_tokens_details')
  const completion = inner(usage, 'completion_tokens_details')
  const total = count(usage, 'total_tokens')
  const inputTokens = inputOf(usage, total, response)
  const reasoningTokens = count(completion, 'reasoning_tokens')
  const reported = outputOf(usage, inputTokens, total)
  const beside = sum(inputTokens, reported, reasoningTokens) === total
  const answered = model ?? textField(response, 'model') ?? ''
  return {
    inputTokens,
    outputTokens: beside ? withParts(reported, reasoningTokens) : reported,
    // Moonshot and Together report it beside the totals.
    cacheReadTokens: count(prompt, 'cached_tokens') ?? count(usage, 'cached_tokens'),
    cacheWriteTokens: count(prompt, 'cache_write_tokens'),
    inputAudioTokens: count(prompt, 'audio_tokens'),
    inputImageTokens: count(prompt, 'image_tokens'),
    inputVideoTokens: count(prompt, 'video_tokens'),
    reasoningTokens,
    outputAudioTokens: count(completion, 'audio_tokens'),
    outputImageTokens: count(completion, 'image_tokens'),
    // OpenAI's search models search for each answer, which no field counts.
    webSearches: /^gpt-[\w.-]*search-(?:preview|api)(?:-|$)/.test(answered) ? 1 : undefined,
  }
}

/** Lists of embeddings or scores have no output; Voyage reports their total alone, the AI SDK its `tokens`. */
function inputOf(usage: Fields, total: number | undefined, response: Fields | undefined): number | undefined {
  const listed = textField(response, 'object') === 'list' ? total : undefined
  return count(usage, 'prompt_tokens') ?? count(usage, 'tokens') ?? listed
}

function outputOf(usage: Fields, input: number | undefined, total: number | undefined): number | undefined {
  const isAllInput = input !== undefined && (input === total || Object.hasOwn(usage, 'tokens'))
  return count(usage, 'completion_tokens') ?? (isAllInput ? 0 : undefined)
}

/** Its SDK writes the same fields in camel case, and knows no audio tokens but seconds. */
export const mistral: UsageReader = (given) => {
  const usage = withSnakeKeys(given)
  const pages = count(usage, 'pages_processed')
  if (pages !== undefined) return { inputTokens: 0, outputTokens: 0, pages }
  const read = openaiChat(usage)
  // Conversations read what their connectors found beside the prompt, and pay for each use (docs.mistral.ai, "Conversations").
  const connectors = inner(usage, 'connectors')
  return {
    ...read,
    inputTokens: withParts(read.inputTokens, count(usage, 'connector_tokens')),
    cacheReadTokens: count(inner(usage, 'prompt_tokens_details'), 'cached_tokens') ?? count(usage, 'num_cached_tokens'),
    inputAudioSeconds: count(usage, 'prompt_audio_seconds'),
    webSearches: count(connectors, 'web_search'),
    codeExecutions: count(connectors, 'code_interpreter'),
  }
}

export const deepseek: UsageReader = (usage) => {
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

/** Chat and Responses alike; its SDK writes the fields in camel case. */
export const openrouter: UsageReader = (given, response, model) => {
  const usage = withSnakeKeys(given)
  const read = Object.hasOwn(usage, 'input_tokens') ? openaiResponses(usage, response, model) : openaiChat(usage)
  const tools = inner(usage, 'server_tool_use_details') ?? inner(usage, 'server_tool_use')
  return { ...read, webSearches: count(tools, 'web_search_requests') ?? read.webSearches }
}

/**
 * xAI reports reasoning beside the output, and cached input beside the input when it is the larger of the two, as its provider
 * in the AI SDK reads it. In the Responses API reasoning is inside, and tools are billed by successful call (docs.x.ai, "Tool
 * usage details").
 */
export const xai: UsageReader = (usage, response, model) => {
  if (Object.hasOwn(usage, 'input_tokens')) {
    const { codeSessions: _, ...read } = openaiResponses(usage, response, model)
    return { ...withCachedInput(read), ...xaiTools(usage, response) }
  }
  const read = openaiChat(usage)
  const reported = count(usage, 'completion_tokens')
  const total = count(usage, 'total_tokens')
  const inside = total !== undefined && total === sum(read.inputTokens, reported)
  return withCachedInput({ ...read, outputTokens: inside ? reported : withParts(reported, read.reasoningTokens) })
}

function withCachedInput(read: ReadUsage): ReadUsage {
  const beside = (read.cacheReadTokens ?? 0) > (read.inputTokens ?? 0)
  return beside ? { ...read, inputTokens: withParts(read.inputTokens, read.cacheReadTokens) } : read
}

function xaiTools(usage: Fields, response: Fields): ReadUsage {
  const details = inner(usage, 'server_side_tool_usage_details')
  const items = innerList(response, 'output')
  const calls = (field: string, ...types: readonly string[]): number | undefined =>
    count(details, field) || items.filter((item) => types.includes(textField(item, 'type') ?? '')).length || undefined
  return {
    webSearches: calls('web_search_calls', 'web_search_call'),
    socialSearches: calls('x_search_calls', 'x_search_call'),
    codeExecutions: calls('code_interpreter_calls', 'code_interpreter_call', 'code_execution_call'),
    fileSearches: calls('file_search_calls', 'file_search_call'),
  }
}

/**
 * Deep research reports what it cited and thought beside the completion, and pays for each search (docs.perplexity.ai, "Pricing");
 * the other models pay a fee per request that depends on the size of the search context.
 */
export const perplexity: UsageReader = (usage) => {
  const read = openaiChat(usage)
  const citationTokens = count(usage, 'citation_tokens')
  const reasoningTokens = count(usage, 'reasoning_tokens')
  const isResearch = citationTokens !== undefined
  return {
    ...read,
    outputTokens: isResearch ? withParts(read.outputTokens, citationTokens, reasoningTokens) : read.outputTokens,
    citationTokens,
    reasoningTokens: isResearch ? reasoningTokens : read.reasoningTokens,
    webSearches: isResearch ? firstCount(usage, 'num_search_queries') : undefined,
    searchContext: isResearch ? undefined : textField(usage, 'search_context_size'),
  }
}
