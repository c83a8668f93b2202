/** Cohere Chat, version 2 (messages) and version 1 (`message` and `chat_history`). */
import { field, isFields, Reader, textField } from '../read.ts'
import type { ChatRequest } from '../request.ts'
import { message, requireFields, textPart } from './common.ts'
import { readOpenAiChat } from './openai-chat.ts'

const roleByName: ReadonlyMap<unknown, string> = new Map([
  ['USER', 'user'],
  ['CHATBOT', 'assistant'],
  ['SYSTEM', 'system'],
  ['TOOL', 'tool'],
])

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readCohere(body: unknown): ChatRequest {
  const fields = requireFields(body, '')
  const reader = new Reader()
  const latest = textField(fields, 'message')
  const request = readOpenAiChat(
    latest === undefined
      ? fields
      : { ...fields, messages: [...history(fields, reader), { role: 'user', content: latest }] },
  )
  const plans = request.messages.map((read, index) => {
    const given = latest === undefined ? reader.list(fields, 'messages', '')[index] : undefined
    const plan = isFields(given) ? textField(given, 'tool_plan') : undefined
    return plan === undefined ? read : { ...read, parts: [textPart(plan), ...read.parts] }
  })
  const documents = [...reader.list(fields, 'documents', ''), ...reader.list(fields, 'tool_results', '')]
  const texts = documents.map((document) =>
    textPart(typeof document === 'string' ? document : reader.json(document, 'documents')),
  )
  const messages = texts.length === 0 ? plans : [...plans, message('tool', texts)]
  return { ...request, messages, warnings: [...request.warnings, ...reader.warnings] }
}

function history(fields: Parameters<typeof textField>[0], reader: Reader): unknown[] {
  const preamble = textField(fields, 'preamble')
  const earlier = reader.list(fields, 'chat_history', '').map((item) => {
    if (!isFields(item)) return item
    const role = roleByName.get(field(item, 'role')) ?? field(item, 'role')
    return { role, content: field(item, 'message') ?? field(item, 'content') }
  })
  return preamble === undefined ? earlier : [{ role: 'system', content: preamble }, ...earlier]
}
