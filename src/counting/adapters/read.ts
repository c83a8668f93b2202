/** Which API a body is written for, and the reader of each. */
import { describe, InvalidRequestError } from '../../errors.ts'
import type { FamilyName } from '../../models/families.ts'
import { Budget } from '../budget.ts'
import { type Fields, field, fieldsField, isFields, textField } from '../read.ts'
import type { ChatRequest } from '../request.ts'
import type { ApiName } from '../types.ts'
import { readAiSdk } from './ai-sdk.ts'
import { readAnthropicMessages } from './anthropic-messages.ts'
import { readBedrockConverse } from './bedrock-converse.ts'
import { readCohere } from './cohere.ts'
import { readGemini } from './gemini.ts'
import { isLangChainMessage, readLangChain } from './langchain.ts'
import { readOpenAiChat } from './openai-chat.ts'
import { readOpenAiResponses } from './openai-responses.ts'

const readers: Readonly<Record<ApiName, (body: unknown) => ChatRequest>> = {
  'openai-chat': readOpenAiChat,
  'openai-responses': readOpenAiResponses,
  'anthropic-messages': readAnthropicMessages,
  gemini: readGemini,
  'bedrock-converse': readBedrockConverse,
  mistral: readOpenAiChat,
  cohere: readCohere,
  'ai-sdk': readAiSdk,
  langchain: readLangChain,
}

/** @throws RangeError for an API that is none. */
export function checkApi(api: ApiName | undefined): void {
  if (api !== undefined && !Object.hasOwn(readers, api))
    throw new RangeError(`api must be one of ${Object.keys(readers).join(', ')}, got ${describe(api)}`)
}

/** `{ prompt: 'text' }` reads as one user message in every API. */
export function readRequest(body: Fields, api: ApiName): ChatRequest {
  const reader = readers[api]
  const prompt = textField(body, 'prompt')
  if (prompt === undefined || api === 'ai-sdk') return reader(body)
  const beside = ['messages', 'input', 'contents', 'message'].find((key) => field(body, key) !== undefined)
  if (beside === undefined) return readOpenAiChat({ ...body, messages: [{ role: 'user', content: prompt }] })
  const chat = reader(body)
  const message = `it stands beside \`${beside}\`; it is not counted`
  return { ...chat, warnings: [...chat.warnings, { code: 'malformed-field', message, path: 'prompt' }] }
}

/** @throws InvalidRequestError when the body has the shape of no API. */
export function detectApi(body: Fields, family: FamilyName): ApiName {
  const messages = field(body, 'messages')
  if (field(body, 'contents') !== undefined) return 'gemini'
  if (isFields(field(body, 'input'))) return 'bedrock-converse'
  if (field(body, 'input') !== undefined) return 'openai-responses'
  if (Array.isArray(messages)) {
    const budget = new Budget()
    budget.spend(messages.length, 'messages')
    if (messages.some(isLangChainMessage)) return 'langchain'
    const contents = contentLists(messages, budget)
    if (isAiSdk(body, contents) || messages.some(isUiMessage)) return 'ai-sdk'
    if (isConverse(body, contents)) return 'bedrock-converse'
    if (isCohere(messages, contents)) return 'cohere'
    if (isOpenAiOnly(messages, contents)) return 'openai-chat'
    return isAnthropic(body, messages, contents, family) ? 'anthropic-messages' : 'openai-chat'
  }
  if (typeof field(body, 'prompt') === 'string')
    return field(body, 'system') !== undefined || isFields(field(body, 'tools')) ? 'ai-sdk' : 'openai-chat'
  if (Array.isArray(field(body, 'prompt'))) return 'ai-sdk'
  if (typeof field(body, 'message') === 'string') return 'cohere'
  if (['instructions', 'previous_response_id', 'conversation'].some((key) => field(body, key) !== undefined))
    return 'openai-responses'
  if (isFields(field(body, 'prompt'))) return 'openai-responses'
  throw new InvalidRequestError(
    '',
    'no known request shape: expected `messages`, `input`, `contents` or `prompt`; name the shape with `api`',
  )
}

/** The contents of messages that are lists of blocks. */
type Contents = readonly (readonly unknown[])[]

/** AI SDK bodies name tools by key or give an `inputSchema`; parts are called `tool-call` and `tool-result`. */
function isAiSdk(body: Fields, contents: Contents): boolean {
  const tools = field(body, 'tools')
  const tool: unknown = Array.isArray(tools) ? tools[0] : undefined
  if (isFields(tools) || (isFields(tool) && field(tool, 'inputSchema') !== undefined)) return true
  return someBlock(
    contents,
    (block) =>
      textField(block, 'type')?.startsWith('tool-') === true ||
      (field(block, 'type') === 'file' && field(block, 'mediaType') !== undefined),
  )
}

/** A message of a user interface has parts in place of a content. */
function isUiMessage(item: unknown): boolean {
  return isFields(item) && Array.isArray(field(item, 'parts')) && field(item, 'content') === undefined
}

function isConverse(body: Fields, contents: Contents): boolean {
  for (const key of [
    'inferenceConfig',
    'toolConfig',
    'additionalModelRequestFields',
    'guardrailConfig',
    'outputConfig',
  ])
    if (field(body, key) !== undefined) return true
  return someBlock(contents, (block) => field(block, 'type') === undefined && Object.keys(block).length > 0)
}

/** What only Cohere's messages have: the plan before calls of tools, and documents with an object inside. */
function isCohere(messages: readonly unknown[], contents: Contents): boolean {
  return (
    messages.some((item) => isFields(item) && field(item, 'tool_plan') !== undefined) ||
    someBlock(contents, (block) => field(block, 'type') === 'document' && isFields(field(block, 'document')))
  )
}

const openAiBlocks = new Set<unknown>(['image_url', 'input_audio', 'document_url', 'video_url', 'audio_url', 'refusal'])

/** What only OpenAI's form has, whoever's model it is for: calls beside the content, and parts that name their own kind once more. */
function isOpenAiOnly(messages: readonly unknown[], contents: Contents): boolean {
  return (
    messages.some(
      (item) => isFields(item) && (Array.isArray(field(item, 'tool_calls')) || field(item, 'role') === 'tool'),
    ) ||
    someBlock(contents, (block) => {
      const type = field(block, 'type')
      return (
        openAiBlocks.has(type) ||
        (type === 'file' && isFields(field(block, 'file'))) ||
        (type === 'thinking' && Array.isArray(field(block, 'thinking')))
      )
    })
  )
}

const anthropicBlocks = new Set<unknown>([
  'tool_use',
  'tool_result',
  'thinking',
  'redacted_thinking',
  'image',
  'document',
])

/** The system text stands beside the messages, tools have an `input_schema`, blocks have their own type names. */
function isAnthropic(body: Fields, messages: readonly unknown[], contents: Contents, family: FamilyName): boolean {
  for (const key of ['system', 'anthropic_version', 'output_config', 'mcp_servers'])
    if (field(body, key) !== undefined) return true
  const tools = field(body, 'tools')
  const tool: unknown = Array.isArray(tools) ? tools[0] : undefined
  if (isFields(tool)) {
    if (field(tool, 'input_schema') !== undefined) return true
    if (['function', 'custom'].some((key) => fieldsField(tool, key) !== undefined)) return false
    // Tools of the provider have a type of its own; without a name or a model of Claude's they are those of another API.
    return field(tool, 'type') !== 'function' && (family.startsWith('claude') || field(tool, 'name') !== undefined)
  }
  if (someBlock(contents, (block) => anthropicBlocks.has(field(block, 'type')))) return true
  const openAi = ['n', 'max_completion_tokens', 'response_format', 'reasoning_effort', 'reasoning', 'stream_options']
  return family.startsWith('claude') && !openAi.some((key) => Object.hasOwn(body, key)) && !hasSystemMessage(messages)
}

function hasSystemMessage(messages: readonly unknown[]): boolean {
  return messages.some(
    (item) => isFields(item) && ['system', 'developer', 'tool'].includes(textField(item, 'role') ?? ''),
  )
}

function contentLists(messages: readonly unknown[], budget: Budget): Contents {
  const lists: (readonly unknown[])[] = []
  for (const item of messages) {
    const content = isFields(item) ? field(item, 'content') : undefined
    if (!Array.isArray(content)) continue
    budget.spend(content.length, 'messages')
    lists.push(content)
  }
  return lists
}

function someBlock(contents: Contents, test: (block: Fields) => boolean): boolean {
  return contents.some((content) => content.some((block) => isFields(block) && test(block)))
}
