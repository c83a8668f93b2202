/** Which models count every request alike, so that a comparison counts it once for all of them. */
import { familyOf } from '../models/families.ts'
import { isThinkingVariant } from './count.ts'
import { imageRowsFor } from './media/count-image.ts'
import { imageRows } from './media/image-rules.ts'
import { toolPromptFor } from './rules/claude-tool-prompts.ts'

/**
 * Models with the same key at the same seller get the same count of any request, by the same options: they share all that the
 * rules read of a model id, which is its family, its rows of pictures, the tool prompt of Claude, and a variant that thinks.
 */
export function countKeyOf(model: string): string {
  const { name, encoding } = familyOf(model)
  const pictures = imageRowsFor(model).map((row) => imageRows.indexOf(row))
  const toolPrompt = name.startsWith('claude') ? toolPromptFor(model).models : ''
  return [name, encoding, pictures, toolPrompt, isThinkingVariant(model)].join('|')
}
