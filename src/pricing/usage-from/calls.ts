/** Which entries of a list belong to one call: agents, sessions and batches put those of several into one list. */
import { type Fields, inner, isFields, textField } from './fields.ts'

/** The id of the call that an entry belongs to, where it has one; chunks of chats are left out, since not all sellers repeat theirs. */
function callOf(entry: Fields, position: number): string | undefined {
  const type = textField(entry, 'type') ?? ''
  if (type === 'message_start') return textField(inner(entry, 'message'), 'id') ?? `message ${position}`
  if (type.startsWith('response.')) return textField(inner(entry, 'response'), 'id')
  const isWhole = type === 'message' || ['chat.completion', 'response'].includes(textField(entry, 'object') ?? '')
  return (
    textField(entry, 'custom_id') ?? textField(entry, 'responseId') ?? (isWhole ? textField(entry, 'id') : undefined)
  )
}

/** The entries by call, in their order; entries without an id belong to the call before. */
export function callsIn(entries: readonly Fields[]): readonly (readonly Fields[])[] {
  const calls: Fields[][] = []
  let open: string | undefined
  entries.forEach((entry, position) => {
    const id = callOf(entry, position)
    const isNext = calls.length === 0 || (id !== undefined && open !== undefined && id !== open)
    if (isNext) calls.push([entry])
    else calls.at(-1)?.push(entry)
    open = id ?? open
  })
  return calls
}

/** Steps of the AI SDK, as a result has them in `steps`: each says why it ended, and is no event of a stream. */
export function isStep(entry: unknown): boolean {
  return (
    isFields(entry) &&
    inner(entry, 'usage') !== undefined &&
    textField(entry, 'finishReason') !== undefined &&
    Array.isArray(entry.content)
  )
}

/** What a realtime session's model for transcripts used; its tokens are not those of the model that answers. */
export function isTranscription(entry: Fields): boolean {
  return textField(entry, 'type') === 'conversation.item.input_audio_transcription.completed'
}
