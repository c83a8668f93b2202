/** Which models count every request alike, so that a comparison counts it once for all of them. */
import { familyOf } from '../models/families.ts'
import { isThinkingVariant } from './count.ts'
import { imageRowsFor } from './media/count-image.ts'
import { imageRows } from './media/image-rules.ts'
import { toolPromptFor } from './rules/claude-tool-prompts.ts'
import { currentRules } from './rules/rule-set.ts'
import type { TokenCount } from './types.ts'

/** What of a model and its seller the rules read: models with the same keys get the same count, by the same options. */
export interface CountKeys {
  /** The family, its vocabulary, a variant that thinks, and the seller where a frame of the family names it: enough for most requests. */
  readonly common: string
  /** The same with the rows of pictures and Claude's tool prompt: enough for any request. */
  readonly whole: string
}

export function countKeysOf(model: string, seller: string): CountKeys {
  const { name, encoding } = familyOf(model)
  const isNamed = currentRules().frames.some(
    (frame) => frame.families.includes(name) && frame.sellers?.includes(seller),
  )
  const common = [name, encoding, isThinkingVariant(model), isNamed ? seller : ''].join('|')
  const pictures = imageRowsFor(model).map((row) => imageRows().indexOf(row))
  const toolPrompt = name.startsWith('claude') ? toolPromptFor(model).models : ''
  return { common, whole: [common, pictures, toolPrompt].join('|') }
}

/** Whether a count is that of all models with the same {@link CountKeys.common}: it has no part that differs among them. */
export function isCommonCount({ parts }: TokenCount): boolean {
  return parts.every(({ kind }) => kind !== 'images' && kind !== 'tools')
}
