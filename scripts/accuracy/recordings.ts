/** Recorded calls: the request as it was sent and the input tokens that were billed. */
import { readFileSync } from 'node:fs'
import type { ApiName } from '../../src/counting/index.ts'

export interface Recording {
  readonly id: string
  /** Name of an API, or host and path of the endpoint. */
  readonly api: string
  readonly model: string
  readonly request: Record<string, unknown>
  readonly billed_input_tokens: number
  readonly usage: Readonly<Record<string, unknown>>
  readonly source: string
}

export function readRecordings(path: string): Recording[] {
  return JSON.parse(readFileSync(path, 'utf8')) as Recording[]
}

/**
 * The whole input of a call, by the rule of this package that cached parts are input. Only Bedrock's bills name the parts that were
 * read from or written to a cache apart from the input tokens.
 */
export function wholeInputTokens({ usage, billed_input_tokens }: Recording): number {
  const apart = ['cacheReadInputTokens', 'cacheWriteInputTokens'].map((name) => usage[name])
  return apart.reduce<number>((sum, tokens) => sum + (typeof tokens === 'number' ? tokens : 0), billed_input_tokens)
}

const sellers: readonly (readonly [string, string])[] = [
  ['openrouter.ai', 'openrouter'],
  ['groq.com', 'groq'],
  ['cerebras.ai', 'cerebras'],
  ['vertex', 'google-vertex'],
  ['aiplatform', 'google-vertex'],
  ['bedrock', 'amazon-bedrock'],
  ['mistral.ai', 'mistral'],
  ['deepseek.com', 'deepseek'],
  ['together', 'together'],
  ['azure', 'azure'],
  ['snowflake', 'snowflake'],
  ['novita', 'novita'],
]

/** How an endpoint reads in the terms of this package. */
export function endpointOf(api: string): { readonly api: ApiName; readonly seller?: string } {
  const seller = sellers.find(([part]) => api.includes(part))?.[1]
  return seller === undefined ? { api: apiOf(api) } : { api: apiOf(api), seller }
}

function apiOf(api: string): ApiName {
  if (api.includes('anthropic')) return 'anthropic-messages'
  if (api.includes('gemini') || api.includes('aiplatform') || api.includes('google')) return 'gemini'
  if (api.includes('bedrock-runtime')) return 'bedrock-converse'
  return api.includes('responses') ? 'openai-responses' : 'openai-chat'
}

const messageFields = ['messages', 'content', 'contents', 'parts', 'text', 'system', 'instructions', 'input']
const toolFields = ['tools', 'toolConfig', 'response_format', 'output_config', 'text']

/** The text of the messages, which a person would paste into a token counter. */
export function messageText({ request }: Recording): string {
  return textsUnder(request, new Set([...messageFields, 'systemInstruction'])).join('\n')
}

/** All text of the request: that of the messages, and the JSON of tools, calls and output schemas, as a careful person would count it. */
export function requestText(recording: Recording): string {
  const tools = toolFields.flatMap((name) => {
    const value = recording.request[name]
    return typeof value === 'object' && value !== null ? [JSON.stringify(value)] : []
  })
  return [messageText(recording), ...callTexts(recording.request), ...tools].join('\n')
}

/** Names, arguments and results of calls in the history, as JSON. */
function callTexts(request: Recording['request']): string[] {
  const texts: string[] = []
  const pending: unknown[] = [request['messages'], request['contents'], request['input']]
  while (pending.length > 0) {
    const value = pending.pop()
    if (Array.isArray(value)) pending.push(...value)
    else if (typeof value === 'object' && value !== null)
      for (const [name, child] of Object.entries(value))
        if (callFields.has(name)) texts.push(typeof child === 'string' ? child : JSON.stringify(child))
        else pending.push(child)
  }
  return texts
}

/** Fields that the reading of messages passes by: calls of every API, and results that are no text. */
const callFields: ReadonlySet<string> = new Set([
  'tool_calls',
  'toolUse',
  'toolResult',
  'functionCall',
  'functionResponse',
  'arguments',
  'output',
])

function textsUnder(root: unknown, names: ReadonlySet<string>): string[] {
  const texts: string[] = []
  const pending: unknown[] = [root]
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value === 'string') texts.push(value)
    else if (Array.isArray(value)) pending.push(...value)
    else if (typeof value === 'object' && value !== null)
      for (const [name, child] of Object.entries(value)) if (names.has(name)) pending.push(child)
  }
  return texts
}
