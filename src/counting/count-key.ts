/** Which models count every request alike, so that a comparison counts it once for all of them. */
import { familyOf } from '../models/families.ts'
import { isThinkingVariant } from './count.ts'
import { imageRowsFor } from './media/count-image.ts'
import { imageRows } from './media/image-rules.ts'
import { toolPromptFor } from './rules/claude-tool-prompts.ts'
import { currentRules } from './rules/rule-set.ts'

/**
 * Models with the same key get the same count of any request, by the same options: they share all that the rules read of a model
 * id, which is its family, its rows of pictures, the tool prompt of Claude, and a variant that thinks; and of the seller,
 * which matters only where a frame names it.
 */
export function countKeyOf(model: string, seller: string): string {
  const { name, encoding } = familyOf(model)
  const pictures = imageRowsFor(model).map((row) => imageRows.indexOf(row))
  const toolPrompt = name.startsWith('claude') ? toolPromptFor(model).models : ''
  const place = currentRules.frames.some(({ sellers }) => sellers?.includes(seller)) ? seller : ''
  return [place, name, encoding, pictures, toolPrompt, isThinkingVariant(model)].join('|')
}
