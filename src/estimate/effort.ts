/** How hard a request asks its model to think. Bodies are hostile: own fields only, wrong types are as if absent. */
import type { ModelPrices } from '../pricing/table.ts'
import { googleSetting, own, word } from './body.ts'
import { type ReasoningEffort, reasoningEfforts } from './priors.ts'
import { rowFacts } from './row-facts.ts'

/** Words of other vendors for the same settings. */
const synonyms: ReadonlyMap<string, ReasoningEffort> = new Map([
  ['disabled', 'none'],
  ['off', 'none'],
  ['enabled', 'medium'],
  ['adaptive', 'medium'],
  ['auto', 'medium'],
  ['default', 'medium'],
])

function effortOfWord(value: unknown): ReasoningEffort | undefined {
  const given = word(value)?.toLowerCase()
  if (given === undefined) return undefined
  return reasoningEfforts.find((effort) => effort === given) ?? synonyms.get(given)
}

/** A budget of reasoning tokens: none, or switched on. How much of it is used depends on the work. */
function effortOfBudget(value: unknown): ReasoningEffort | undefined {
  return typeof value === 'number' ? (value === 0 ? 'none' : 'medium') : undefined
}

/** The effort that a request asks for; `undefined` when it says nothing. */
export function effortAsked(request: unknown): ReasoningEffort | undefined {
  return (
    effortOfWord(own(request, 'reasoning_effort')) ??
    effortOfReasoning(own(request, 'reasoning')) ??
    effortOfThinking(request) ??
    effortOfGemini(googleSetting(request, 'thinkingConfig', 'thinking_config')) ??
    effortOfThinking(own(request, 'additionalModelRequestFields')) ??
    effortOfProviderOptions(own(request, 'providerOptions'))
  )
}

/** The AI SDK's options for single providers. */
function effortOfProviderOptions(options: unknown): ReasoningEffort | undefined {
  const anthropic = own(options, 'anthropic')
  return (
    effortOfWord(own(own(options, 'openai'), 'reasoningEffort')) ??
    effortOfWord(own(anthropic, 'effort')) ??
    effortOfThinking(anthropic) ??
    effortOfGemini(own(own(options, 'google'), 'thinkingConfig')) ??
    effortOfGemini(own(own(options, 'vertex'), 'thinkingConfig'))
  )
}

/**
 * The effort of a model under a request. One that reasons without being asked does so at `medium`, the default of OpenAI's and
 * of Groq's models; one that cannot reason has `none`.
 */
export function effortOf(asked: ReasoningEffort | undefined, row: ModelPrices): ReasoningEffort {
  const { reasons, thinksWhenAsked } = rowFacts(row)
  if (!reasons) return 'none'
  return asked ?? (thinksWhenAsked ? 'none' : 'medium')
}

function effortOfReasoning(reasoning: unknown): ReasoningEffort | undefined {
  if (typeof reasoning !== 'object' || reasoning === null) return undefined
  if (own(reasoning, 'enabled') === false) return 'none'
  return effortOfWord(own(reasoning, 'effort')) ?? effortOfBudget(own(reasoning, 'max_tokens'))
}

/** Anthropic's `thinking`, with the effort beside it. */
function effortOfThinking(request: unknown): ReasoningEffort | undefined {
  const type = effortOfWord(own(own(request, 'thinking'), 'type'))
  if (type === undefined || type === 'none') return type
  return effortOfWord(own(own(request, 'output_config'), 'effort')) ?? type
}

function effortOfGemini(thinking: unknown): ReasoningEffort | undefined {
  return (
    effortOfWord(own(thinking, 'thinkingLevel') ?? own(thinking, 'thinking_level')) ??
    effortOfBudget(own(thinking, 'thinkingBudget') ?? own(thinking, 'thinking_budget'))
  )
}
