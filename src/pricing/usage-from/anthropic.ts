/** Anthropic's usage object, also behind Bedrock's InvokeModel and Vertex. */
import { count, type Fields, inner, innerList, textField } from './fields.ts'
import { present, type ReadUsage, sum, sumOf, type UsageReader, withParts } from './read-usage.ts'
import { declinedCategories, isBilledCategory } from './refusals.ts'

/** Cached input is beside `input_tokens`. Iterations for compaction, or by an advisor model, are not in the top level. */
export const anthropic: UsageReader = (usage, response) => {
  const tools = inner(usage, 'server_tool_use')
  const own = anthropicTokens(usage)
  const iterations = innerList(usage, 'iterations')
  const compactions = iterations.filter((entry) => textField(entry, 'type') === 'compaction').map(anthropicTokens)
  const advisors = iterations.filter((entry) => textField(entry, 'type')?.startsWith('advisor') === true)
  // After a fallback the top level is what the model used that answered; the attempts before it are billed like refusals.
  const isFallback = iterations.some((entry) => textField(entry, 'type') === 'fallback_message')
  const attempts = iterations.filter((entry) => isFallback && textField(entry, 'type') === 'message')
  const categories = declinedCategories(response)
  const declined = attempts.filter(
    (entry, position) => sum(count(entry, 'output_tokens')) > 0 || isBilledCategory(categories[position]),
  )
  const others = [...declined, ...advisors]
  const total = (key: 'inputTokens' | 'outputTokens'): number | undefined =>
    withParts(own[key], sumOf(compactions.map((entry) => entry[key])))
  const ofCache = (key: 'cacheReadTokens' | 'cacheWriteTokens' | 'cacheWrite1hTokens'): number | undefined =>
    sum(own[key], sumOf(compactions.map((entry) => entry[key]))) || undefined
  return {
    inputTokens: total('inputTokens'),
    outputTokens: total('outputTokens'),
    cacheReadTokens: ofCache('cacheReadTokens'),
    cacheWriteTokens: ofCache('cacheWriteTokens'),
    cacheWrite1hTokens: ofCache('cacheWrite1hTokens') ?? own.cacheWrite1hTokens,
    reasoningTokens: count(inner(usage, 'output_tokens_details'), 'thinking_tokens'),
    webSearches: count(tools, 'web_search_requests'),
    codeExecutions: count(tools, 'code_execution_requests'),
    otherModels:
      others.length === 0
        ? undefined
        : others.map((entry) => ({
            model: textField(entry, 'model') ?? null,
            usage: present(anthropicTokens(entry)),
          })),
  }
}

function anthropicTokens(usage: Fields): ReadUsage {
  const cacheReadTokens = count(usage, 'cache_read_input_tokens')
  const creation = inner(usage, 'cache_creation')
  const cacheWrite1hTokens = count(creation, 'ephemeral_1h_input_tokens')
  const byLifetime = sum(count(creation, 'ephemeral_5m_input_tokens'), cacheWrite1hTokens)
  const cacheWriteTokens = count(usage, 'cache_creation_input_tokens') ?? (byLifetime || undefined)
  return {
    inputTokens: withParts(count(usage, 'input_tokens'), cacheReadTokens, cacheWriteTokens),
    outputTokens: count(usage, 'output_tokens'),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite1hTokens,
  }
}
