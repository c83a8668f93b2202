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

/** Everything in a body that a person would call its text: contents, descriptions, arguments, schemas. */
export function visibleText(recording: Recording): string {
  const texts: string[] = []
  const pending: unknown[] = [recording.request]
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value === 'string') texts.push(value)
    else if (Array.isArray(value)) pending.push(...value)
    else if (typeof value === 'object' && value !== null)
      for (const key of [
        'messages',
        'content',
        'contents',
        'parts',
        'text',
        'system',
        'instructions',
        'input',
        'systemInstruction',
      ])
        if (Object.hasOwn(value, key)) pending.push((value as Record<string, unknown>)[key])
  }
  return texts.join('\n')
}
