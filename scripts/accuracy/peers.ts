/**
 * The request counters of other packages, each given a request in the form it takes. They live in `bench/`; where they are not
 * installed the report says so.
 */
import { existsSync } from 'node:fs'
import { detectApi, readRequest } from '../../src/counting/adapters/read.ts'
import { type Fields, field, fieldsField, isFields, textField } from '../../src/counting/read.ts'
import type { ChatMessage, ChatRequest, FunctionTool } from '../../src/counting/request.ts'
import { bareModelId } from '../../src/models/bare-id.ts'
import { familyOf } from '../../src/models/families.ts'
import { endpointOf, type Recording } from './recordings.ts'

/** Tokens by another package; `undefined` when it cannot take the request or does not know the model. */
export type PeerCounter = (recording: Recording) => number | undefined

const folder = new URL('../../bench/node_modules/', import.meta.url)

export async function loadPeers(): Promise<{
  readonly peers: Readonly<Record<string, PeerCounter>>
  readonly missing: readonly string[]
}> {
  const makers = { 'gpt-tokenizer': gptTokenizer, 'ai-tokenizer': aiTokenizer }
  const peers: Record<string, PeerCounter> = {}
  const missing: string[] = []
  for (const [name, make] of Object.entries(makers))
    if (existsSync(new URL(name, folder))) peers[name] = await make()
    else missing.push(name)
  return { peers, missing }
}

function chatOf(recording: Recording): ChatRequest {
  const { api } = endpointOf(recording.api)
  return readRequest(recording.request, api ?? detectApi(recording.request, familyOf(recording.model).name))
}

interface GptTokenizer {
  countChatCompletionTokens?(request: object): number
}

/** `countChatCompletionTokens`, which takes the models of OpenAI, texts, and functions in the form of 2023. */
async function gptTokenizer(): Promise<PeerCounter> {
  const modules = new Map<string, GptTokenizer>()
  for (const name of [
    'gpt-4o',
    'gpt-4o-mini',
    'gpt-4.1',
    'gpt-4.1-mini',
    'gpt-5',
    'gpt-5-mini',
    'gpt-5.2',
    'gpt-5.4',
    'o3',
    'o3-mini',
  ]) {
    const file = new URL(`gpt-tokenizer/esm/model/${name}.js`, folder)
    if (existsSync(file)) modules.set(name, (await import(file.href)) as GptTokenizer)
  }
  return (recording) => {
    const { name } = familyOf(recording.model)
    if (name !== 'gpt-4o' && name !== 'gpt-5' && name !== 'gpt-4') return undefined
    const id = bareModelId(recording.model).replace(/(\d)-(?=\d\b)/g, '$1.')
    const module = modules.get(id) ?? modules.get(name === 'gpt-5' ? 'gpt-5' : 'gpt-4o')
    const chat = chatOf(recording)
    const messages = chat.messages.flatMap(legacyMessages)
    const functions = chat.tools.map(({ name: called, description, schema }) => ({
      name: called,
      description,
      parameters: schema,
    }))
    return attempt(() =>
      module?.countChatCompletionTokens?.({ messages, ...(functions.length > 0 ? { functions } : {}) }),
    )
  }
}

function legacyMessages({ role, name, parts }: ChatMessage): object[] {
  const content = textOf(parts)
  const calls = parts.flatMap((part) =>
    part.kind === 'tool-call' ? [{ name: part.name, arguments: part.arguments }] : [],
  )
  const results = parts.flatMap((part) =>
    part.kind === 'tool-result' ? [{ role: 'function', name: part.name ?? 'tool', content: textOf(part.parts) }] : [],
  )
  const own = content !== '' || calls.length > 0 || results.length === 0
  return [
    ...(own
      ? [
          {
            role,
            content,
            ...(name === undefined ? {} : { name }),
            ...(calls[0] === undefined ? {} : { function_call: calls[0] }),
          },
        ]
      : []),
    ...results,
  ]
}

function textOf(parts: ChatMessage['parts']): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n')
}

interface AiTokenizer {
  readonly Tokenizer: new (encoding: unknown) => object
  readonly models: Readonly<Record<string, { readonly encoding: string }>>
}

/** `count` of the SDK form, with the entry of its model table whose name the model's begins with. */
async function aiTokenizer(): Promise<PeerCounter> {
  const { Tokenizer, models } = (await import(new URL('ai-tokenizer/dist/index.js', folder).href)) as AiTokenizer
  const { count } = (await import(new URL('ai-tokenizer/dist/sdk.js', folder).href)) as {
    count(options: object): { total: number }
  }
  const tokenizers = new Map<string, object>()
  for (const name of new Set(Object.values(models).map(({ encoding }) => encoding)))
    tokenizers.set(name, new Tokenizer(await import(new URL(`ai-tokenizer/dist/encoding/${name}.js`, folder).href)))
  const names = Object.keys(models).map((key) => [bareModelId(key), key] as const)
  names.sort(([a], [b]) => b.length - a.length)
  return (recording) => {
    const id = bareModelId(recording.model)
    const model = models[names.find(([start]) => id.startsWith(start))?.[1] ?? '']
    if (model === undefined) return undefined
    const chat = chatOf(recording)
    const tools = Object.fromEntries(chat.tools.map((tool) => [tool.name, zodLike(tool)]))
    return attempt(
      () =>
        count({ tokenizer: tokenizers.get(model.encoding), model, messages: chat.messages.map(sdkMessage), tools })
          .total,
    )
  }
}

function sdkMessage({ role, parts }: ChatMessage): object {
  const content = parts.flatMap((part): object[] => {
    if (part.kind === 'text') return [part.text].map((text) => ({ type: 'text', text }))
    if (part.kind === 'tool-call')
      return [{ type: 'tool-call', toolName: part.name, input: attempt(() => JSON.parse(part.arguments) as unknown) }]
    if (part.kind === 'tool-result') return [{ type: 'tool-result', output: textOf(part.parts) }]
    if (part.kind === 'image') return [{ type: 'image' }]
    return part.kind === 'document' || part.kind === 'audio' || part.kind === 'video' ? [{ type: 'file' }] : []
  })
  return { role, content }
}

/** The package counts zod schemas alone, by their inner fields; a JSON Schema is handed over in that form. */
function zodLike({ description, schema }: FunctionTool): object {
  return { description, inputSchema: zodNode(isFields(schema) ? schema : {}, 0) }
}

function zodNode(schema: Fields, depth: number): object {
  const description = textField(schema, 'description')
  const values = field(schema, 'enum')
  const items = fieldsField(schema, 'items')
  const properties = fieldsField(schema, 'properties')
  const shape = Object.entries(properties ?? {}).map(([key, value]) => [
    key,
    zodNode(isFields(value) && depth < 20 ? value : {}, depth + 1),
  ])
  const definition = Array.isArray(values)
    ? { type: 'enum', values }
    : items === undefined
      ? { type: textField(schema, 'type') ?? 'any', shape: Object.fromEntries(shape) as object }
      : { type: 'array', element: zodNode(items, depth + 1) }
  return { description, _def: definition }
}

function attempt<T>(count: () => T): T | undefined {
  try {
    return count()
  } catch {
    return undefined
  }
}
