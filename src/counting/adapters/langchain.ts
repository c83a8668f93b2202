/** LangChain messages: plain, serialised (`lc`), or instances; read by their fields, no method is called. */
import { type Fields, field, fieldsField, isFields, Reader, textField } from '../read.ts'
import type { ChatRequest } from '../request.ts'
import { requireFields } from './common.ts'
import { readOpenAiChat } from './openai-chat.ts'

const roleByType: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['user', 'user'],
  ['ai', 'assistant'],
  ['assistant', 'assistant'],
  ['system', 'system'],
  ['developer', 'developer'],
  ['tool', 'tool'],
  ['function', 'tool'],
])

/** Whether a message carries LangChain's marks. */
export function isLangChainMessage(item: unknown): boolean {
  if (!isFields(item) || field(item, 'role') !== undefined) return false
  return field(item, 'lc') !== undefined || field(item, 'lc_kwargs') !== undefined || roleByType.has(typeOf(item))
}

/** @throws InvalidRequestError when the body is no object, or a part of it is a cycle. */
export function readLangChain(body: unknown): ChatRequest {
  const fields = requireFields(body, '')
  const reader = new Reader()
  const list = reader.list(fields, 'messages', '')
  return readOpenAiChat({
    ...fields,
    messages: list.map((item) => (isFields(item) ? plainMessage(item, reader) : item)),
  })
}

/** The message as Chat Completions has it. */
function plainMessage(item: Fields, reader: Reader): Fields {
  const kwargs = fieldsField(item, 'kwargs') ?? fieldsField(item, 'lc_kwargs') ?? {}
  const own: Fields = { ...kwargs, ...item }
  const calls = field(own, 'tool_calls')
  return {
    role: field(own, 'role') ?? roleByType.get(typeOf(item)) ?? typeOf(item),
    content: field(own, 'content'),
    name: field(own, 'name'),
    tool_call_id: field(own, 'tool_call_id'),
    tool_calls: Array.isArray(calls)
      ? reader.limited(calls as readonly unknown[], 'tool_calls').map(openAiCall)
      : undefined,
  }
}

/** `{ name, args, id }` → `{ id, function: { name, arguments } }`. */
function openAiCall(call: unknown): unknown {
  if (!isFields(call) || field(call, 'function') !== undefined) return call
  return { id: field(call, 'id'), function: { name: field(call, 'name'), arguments: field(call, 'args') ?? {} } }
}

/** `human`, `ai`, …: from the `type` field, the serialised id (`…/HumanMessage`) or the name of the class. */
function typeOf(item: Fields): string {
  const id = field(item, 'id')
  const type = textField(item, 'type')
  const last: unknown = Array.isArray(id) ? id.at(-1) : undefined
  const className = typeof last === 'string' ? last : classNameOf(item)
  if (className.endsWith('Message') || className.endsWith('MessageChunk'))
    return className.replace(/Message(?:Chunk)?$/, '').toLowerCase()
  return type ?? ''
}

function classNameOf(item: Fields): string {
  const prototype: unknown = Object.getPrototypeOf(item)
  const maker: unknown =
    isFields(prototype) && Object.hasOwn(prototype, 'constructor') ? prototype['constructor'] : undefined
  const name: unknown = typeof maker === 'function' ? maker.name : undefined
  return typeof name === 'string' ? name : ''
}
