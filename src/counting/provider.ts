/** Counts by asking the provider: its own count endpoint, through a `fetch` that the caller supplies. */
import { describe, TokenfareError } from '../errors.ts'
import { familyOf } from '../models/families.ts'
import { detectApi } from './adapters/read.ts'
import { type CountOptions, countRequest } from './count.ts'
import { type Fields, field, isFields, textField } from './read.ts'
import type { ApiName, TokenCount } from './types.ts'

export interface ProviderCountOptions extends CountOptions {
  /** Sends the request; it must add what authorises the call. */
  readonly fetch: (url: string, init: ProviderRequest) => Promise<ProviderResponse>
  /** Other address than the provider's public one, without a slash at the end. */
  readonly baseUrl?: string
}

export interface ProviderRequest {
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface ProviderResponse {
  readonly ok: boolean
  readonly status: number
  json(): Promise<unknown>
}

interface Endpoint {
  readonly baseUrl: string
  path(model: string): string
  body(request: Fields, model: string): unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly tokensField: string
}

/** Fields of a body that ask for an answer; count endpoints refuse or ignore them. */
const answerFields = ['stream', 'max_tokens', 'max_output_tokens', 'temperature', 'top_p', 'top_k', 'metadata', 'store']

const endpoints: Readonly<Partial<Record<ApiName, Endpoint>>> = {
  'openai-responses': {
    baseUrl: 'https://api.openai.com',
    path: () => '/v1/responses/input_tokens',
    body: (request, model) => ({ ...without(request, answerFields), model }),
    tokensField: 'input_tokens',
  },
  'anthropic-messages': {
    baseUrl: 'https://api.anthropic.com',
    path: () => '/v1/messages/count_tokens',
    body: (request, model) => ({ ...without(request, answerFields), model }),
    headers: { 'anthropic-version': '2023-06-01' },
    tokensField: 'input_tokens',
  },
  gemini: {
    baseUrl: 'https://generativelanguage.googleapis.com',
    path: (model) => `/v1beta/models/${encodeURIComponent(model)}:countTokens`,
    body: (request, model) => ({ generateContentRequest: { ...request, model: `models/${model}` } }),
    tokensField: 'totalTokens',
  },
}

/**
 * The provider's own count of a body (`method: 'provider'`). When there is no endpoint for the API, or the call fails, the offline
 * count with the warning `provider-count-failed`.
 *
 * Anthropic documents its count as an estimate; the others' as what the model receives.
 *
 * @throws what {@link countRequest} throws for the body.
 */
export async function countByProvider(request: unknown, options: ProviderCountOptions): Promise<TokenCount> {
  const offline = countRequest(request, options)
  const model = options.model ?? (isFields(request) ? textField(request, 'model') : undefined)
  if (!isFields(request) || model === undefined) return failed(offline, 'only provider-native bodies can be sent')
  const api = options.api ?? detectApi(request, familyOf(model).name)
  const endpoint = endpoints[api]
  if (endpoint === undefined) return failed(offline, `${api} has no count endpoint`)
  try {
    const response = await options.fetch(`${options.baseUrl ?? endpoint.baseUrl}${endpoint.path(model)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...endpoint.headers },
      body: JSON.stringify(endpoint.body(request, model)),
    })
    if (!response.ok) return failed(offline, `the provider answered with status ${response.status}`)
    return counted(offline, await response.json(), endpoint.tokensField)
  } catch (error) {
    return failed(offline, error instanceof Error ? error.message : 'the call failed')
  }
}

function counted(offline: TokenCount, answer: unknown, key: string): TokenCount {
  const tokens = isFields(answer) ? field(answer, key) : undefined
  if (typeof tokens !== 'number' || !Number.isSafeInteger(tokens) || tokens < 0)
    throw new TokenfareError('invalid-request', `the provider's answer has no ${key}, got ${describe(tokens)}`)
  const part = Object.freeze({ kind: 'text', tokens, low: tokens, high: tokens, method: 'provider' } as const)
  return Object.freeze({
    ...offline,
    tokens,
    low: tokens,
    high: tokens,
    method: 'provider',
    parts: Object.freeze([part]),
  })
}

function failed(offline: TokenCount, reason: string): TokenCount {
  const warning = Object.freeze({ code: 'provider-count-failed', message: `counted offline: ${reason}` } as const)
  return Object.freeze({ ...offline, warnings: Object.freeze([...offline.warnings, warning]) })
}

function without(fields: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)))
}
