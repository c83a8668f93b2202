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

/** Whether a message carries LangChain's marks, or is a pair of a role and a text. */
export function isLangChainMessage(item: unknown): boolean {
  if (isPair(item)) return true
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
    messages: list.map((item) => {
      if (isPair(item)) return { role: roleByType.get(item[0]) ?? item[0], content: item[1] }
      return isFields(item) ? plainMessage(item, reader) : item
    }),
  })
}

/** `['human', 'Hello']`. */
function isPair(item: unknown): item is readonly [string, string] {
  return Array.isArray(item) && item.length === 2 && item.every((part) => typeof part === 'string')
}

/** The message as Chat Completions has it. */
function plainMessage(item: Fields, reader: Reader): Fields {
  const kwargs = fieldsField(item, 'kwargs') ?? fieldsField(item, 'lc_kwargs') ?? {}
  const own: Fields = { ...kwargs, ...item }
  const calls = field(own, 'tool_calls')
  const role = field(own, 'role') ?? typeOf(item)
  return {
    role: (typeof role === 'string' ? roleByType.get(role) : undefined) ?? role,
    ...readBlocks(field(own, 'content'), reader),
    name: field(own, 'name'),
    tool_call_id: field(own, 'tool_call_id'),
    tool_calls: Array.isArray(calls)
      ? reader.limited(calls as readonly unknown[], 'tool_calls').map(openAiCall)
      : undefined,
  }
}

/**
 * Content blocks as Chat Completions has them. Calls stand beside the content as well, so that blocks of them are left out; thoughts
 * become the text of reasoning.
 */
function readBlocks(content: unknown, reader: Reader): Fields {
  if (!Array.isArray(content)) return { content }
  const thoughts: string[] = []
  const blocks: unknown[] = []
  for (const block of reader.limited<unknown>(content, 'content')) {
    const type = isFields(block) ? textField(block, 'type') : undefined
    if (!isFields(block) || type === undefined) blocks.push(block)
    else if (type === 'thinking' || type === 'reasoning')
      thoughts.push(textField(block, 'thinking') ?? textField(block, 'reasoning') ?? '')
    else if (!callBlocks.has(type)) blocks.push(fileBlock(block, type) ?? block)
  }
  return { content: blocks, ...(thoughts.length === 0 ? {} : { reasoning_content: thoughts.join('\n') }) }
}

const callBlocks: ReadonlySet<string> = new Set(['tool_use', 'tool_call', 'input_json_delta', 'functionCall'])

/** A picture, sound, film or document: LangChain's own blocks in both versions, and Anthropic's, which its package takes. */
function fileBlock(block: Fields, type: string): Fields | undefined {
  if (!['image', 'audio', 'video', 'file', 'document'].includes(type)) return undefined
  const source = fieldsField(block, 'source') ?? block
  const mediaType = textField(source, 'mime_type') ?? textField(source, 'mimeType') ?? textField(source, 'media_type')
  const data = textField(source, 'data')
  const url = data === undefined ? textField(source, 'url') : `data:${mediaType ?? ''};base64,${data}`
  if (type === 'image') return { type: 'image_url', image_url: { url } }
  if (type === 'audio' && data !== undefined) return { type: 'input_audio', input_audio: { data } }
  if (type === 'video' || type === 'audio') return { type: `${type}_url`, [`${type}_url`]: { url } }
  return { type: 'file', file: { file_data: url } }
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
