/**
 * Refusals that Claude's classifiers give before any output. Their tokens are in the usage, but most of them are not billed: free since
 * 2026-06-02 and, since 2026-09-24, in all categories but three (Anthropic, "How refusals are billed", read on 2026-09-27, and the
 * release notes of these days). A refusal after some output is billed like any other call.
 */
import { type Fields, inner, innerList, textField } from './fields.ts'

/** Whether a refusal of a category is billed although nothing came of it. */
export function isBilledCategory(category: string | undefined): boolean {
  return category === 'bio' || category === 'frontier_llm' || category === 'reasoning_extraction'
}

/** Why each model declined that another took over from, in their order: blocks in the content say so. */
export function declinedCategories(message: Fields): readonly (string | undefined)[] {
  return innerList(message, 'content')
    .filter((block) => textField(block, 'type') === 'fallback')
    .map((block) => textField(inner(block, 'trigger'), 'category'))
}

/** Whether a message is a refusal that is not billed. Lines of batches may leave the category out; they count as billed. */
export function isUnbilledRefusal(message: Fields): boolean {
  // LangChain keeps what it does not know beside the content.
  const metadata = inner(message, 'response_metadata') ?? message
  const details = inner(metadata, 'stop_details')
  if (details === undefined || textField(metadata, 'stop_reason') !== 'refusal' || hasOutput(message)) return false
  return !isBilledCategory(textField(details, 'category'))
}

/** Whether some content came, or it is not known that none did; tokens do not tell, since classifiers report a few. */
function hasOutput(message: Fields): boolean {
  const blocks = innerList(message, 'content')
  // Where another model was asked to take over, a block says so.
  if (Array.isArray(message.content)) return blocks.some((block) => textField(block, 'type') !== 'fallback')
  return message.content !== ''
}

/** What the events of a whole stream tell of how the message ended; nothing where some events may be missing. */
export function endOfStream(events: readonly Fields[]): Fields {
  if (!events.some((event) => textField(event, 'type') === 'message_stop')) return {}
  const ends = events
    .map((event) => inner(event, 'delta'))
    .filter((delta) => textField(delta, 'stop_reason') !== undefined)
  return { ...ends.at(-1), content: events.flatMap((event) => inner(event, 'content_block') ?? []) }
}
