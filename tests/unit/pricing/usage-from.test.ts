import { describe, expect, it } from 'vitest'
import {
  calcCost,
  InvalidUsageError,
  priceContextFrom,
  type Usage,
  type UsageApi,
  usageFrom,
} from '../../../src/index.ts'

/** Usage bodies as the providers return them, trimmed to the counting fields. */
const bodies: readonly (readonly [UsageApi, object, Usage])[] = [
  [
    'openai-chat',
    {
      prompt_tokens: 4020,
      completion_tokens: 4,
      prompt_tokens_details: { cache_write_tokens: 4012, cached_tokens: 0 },
    },
    { inputTokens: 4020, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 4012 },
  ],
  [
    'openai-responses',
    {
      input_tokens: 115886,
      input_tokens_details: { cached_tokens: 92160 },
      output_tokens: 1720,
      output_tokens_details: { reasoning_tokens: 1472 },
    },
    { inputTokens: 115886, outputTokens: 1720, cacheReadTokens: 92160, reasoningTokens: 1472 },
  ],
  [
    'anthropic-messages',
    {
      input_tokens: 4,
      cache_read_input_tokens: 8845,
      cache_creation_input_tokens: 6,
      cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 4 },
      output_tokens: 193,
    },
    { inputTokens: 8855, outputTokens: 193, cacheReadTokens: 8845, cacheWriteTokens: 6, cacheWrite1hTokens: 4 },
  ],
  [
    'anthropic-messages',
    { input_tokens: 404500, output_tokens: 943, server_tool_use: { web_search_requests: 10 } },
    { inputTokens: 404500, outputTokens: 943, webSearches: 10 },
  ],
  [
    'gemini',
    {
      promptTokenCount: 95,
      candidatesTokenCount: 66,
      thoughtsTokenCount: 132,
      toolUsePromptTokenCount: 439,
      totalTokenCount: 732,
    },
    { inputTokens: 534, outputTokens: 198, reasoningTokens: 132 },
  ],
  [
    'bedrock-converse',
    { inputTokens: 433, cacheReadInputTokens: 2752, cacheWriteInputTokens: 0, outputTokens: 16, totalTokens: 3201 },
    { inputTokens: 3185, outputTokens: 16, cacheReadTokens: 2752, cacheWriteTokens: 0 },
  ],
  [
    'cohere',
    {
      billed_units: { input_tokens: 2406, output_tokens: 2 },
      tokens: { input_tokens: 2935, output_tokens: 4 },
      cached_tokens: 2928,
    },
    { inputTokens: 2406, outputTokens: 2 },
  ],
  [
    'mistral',
    { prompt_tokens: 2297, completion_tokens: 42, num_cached_tokens: 5, prompt_audio_seconds: null },
    { inputTokens: 2297, outputTokens: 42, cacheReadTokens: 5 },
  ],
  [
    'deepseek',
    {
      prompt_tokens: 563,
      prompt_cache_hit_tokens: 512,
      prompt_cache_miss_tokens: 51,
      completion_tokens: 116,
      completion_tokens_details: { reasoning_tokens: 60 },
    },
    { inputTokens: 563, outputTokens: 116, cacheReadTokens: 512, reasoningTokens: 60 },
  ],
  [
    'ai-sdk',
    {
      inputTokens: 8855,
      inputTokenDetails: { noCacheTokens: 4, cacheReadTokens: 8845, cacheWriteTokens: 6 },
      outputTokens: 193,
    },
    { inputTokens: 8855, outputTokens: 193, cacheReadTokens: 8845, cacheWriteTokens: 6 },
  ],
  [
    'ai-sdk',
    {
      inputTokens: { total: 8855, noCache: 4, cacheRead: 8845, cacheWrite: 6 },
      outputTokens: { total: 193, reasoning: 100 },
    },
    { inputTokens: 8855, outputTokens: 193, cacheReadTokens: 8845, cacheWriteTokens: 6, reasoningTokens: 100 },
  ],
  [
    'langchain',
    {
      input_tokens: 8855,
      output_tokens: 193,
      total_tokens: 9048,
      input_token_details: { cache_read: 8845, cache_creation: 6 },
    },
    { inputTokens: 8855, outputTokens: 193, cacheReadTokens: 8845, cacheWriteTokens: 6 },
  ],
]

describe('usageFrom', () => {
  it.each(bodies)('row 21: reads %s', (api, body, expected) => {
    expect(usageFrom(body, { api })).toEqual(expected)
    const bare = api === 'ai-sdk' && typeof (body as { inputTokens?: unknown }).inputTokens === 'object'
    if (!bare && api !== 'cohere') expect(usageFrom({ usage: body })).toEqual(expected)
  })

  it('adds reasoning that xAI reports beside the output', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 40,
      completion_tokens_details: { reasoning_tokens: 25 },
    }
    expect(usageFrom(usage, { api: 'xai' })).toEqual({ inputTokens: 10, outputTokens: 30, reasoningTokens: 25 })
  })

  it('reads the exclusive form of AI SDK 5 from its metadata, and refuses to guess without', () => {
    const usage = { inputTokens: 4, cachedInputTokens: 8845, outputTokens: 193, totalTokens: 197 }
    const result = { usage, providerMetadata: { anthropic: { cacheCreationInputTokens: 6 } } }
    expect(usageFrom(result, { api: 'ai-sdk' })).toMatchObject({ inputTokens: 8855, cacheWriteTokens: 6 })
    expect(() => usageFrom(usage, { api: 'ai-sdk' })).toThrow(InvalidUsageError)
  })

  it('counts built-in tools of a Responses result', () => {
    const output = [
      { type: 'web_search_call' },
      { type: 'web_search_call' },
      { type: 'code_interpreter_call', container_id: 'a' },
      { type: 'code_interpreter_call', container_id: 'a' },
    ]
    const usage = { input_tokens: 3, input_tokens_details: {}, output_tokens: 4 }
    expect(usageFrom({ output, usage })).toEqual({ inputTokens: 3, outputTokens: 4, webSearches: 2, codeSessions: 1 })
  })

  it('adds compaction, and keeps an advisor of another model apart', () => {
    const usage = usageFrom(
      {
        input_tokens: 10,
        output_tokens: 5,
        iterations: [
          { type: 'message', input_tokens: 10, output_tokens: 5 },
          { type: 'compaction', input_tokens: 100, output_tokens: 20 },
          { type: 'advisor_message', model: 'claude-opus-5', input_tokens: 2518, output_tokens: 7 },
        ],
      },
      { api: 'anthropic-messages' },
    )
    expect(usage).toMatchObject({ inputTokens: 110, outputTokens: 25 })
    expect(calcCost(usage, 'claude-sonnet-5', { at: '2026-11-20' })).toMatchObject({
      complete: false,
      unpriced: [{ part: 'claude-opus-5', quantity: 2525 }],
    })
  })

  it('row 33: never prices a cut stream as if it were whole, wherever it is cut', () => {
    const anthropic = [
      { type: 'message_start', message: { usage: { input_tokens: 8, cache_read_input_tokens: 2, output_tokens: 1 } } },
      { type: 'content_block_delta', delta: { text: 'a' } },
      { type: 'message_delta', usage: { output_tokens: 40 } },
      { type: 'message_stop' },
    ]
    const gemini = [
      { candidates: [{ content: {} }], usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 1 } },
      { candidates: [{ finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 30 } },
    ]
    const openai = [
      { choices: [{ delta: { content: 'a' } }], usage: null },
      { choices: [], usage: { prompt_tokens: 9, completion_tokens: 30 } },
    ]
    for (const [stream, model] of [
      [anthropic, 'claude-sonnet-5'],
      [gemini, 'gemini-2.5-flash'],
      [openai, 'gpt-4o'],
    ] as const) {
      for (let end = 0; end <= stream.length; end++) {
        const cost = calcCost(usageFrom(stream.slice(0, end)), model, { at: '2026-11-20' })
        const seen = stream.slice(0, end)
        const whole =
          stream === anthropic
            ? end >= 3
            : stream === gemini
              ? seen.length === 2
              : seen.some((event) => 'usage' in event && event.usage)
        expect(cost.complete).toBe(Boolean(whole))
        if (!whole) expect(cost.unpriced.length).toBeGreaterThan(0)
      }
    }
    expect(usageFrom(anthropic)).toEqual({ inputTokens: 10, outputTokens: 40, cacheReadTokens: 2 })
  })

  it.each([
    { prompt_tokens: -1, completion_tokens: 0 },
    { prompt_tokens: 10, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 11 } },
    { prompt_tokens: 1.5, completion_tokens: 1 },
    { prompt_tokens: 10, prompt_cache_hit_tokens: 9, prompt_cache_miss_tokens: 9, completion_tokens: 1 },
    { input_tokens: '7', output_tokens: 1 },
    { usage: { unknown: 1 } },
  ])('refuses the impossible usage %j', (body) => {
    expect(() => usageFrom(body)).toThrow(InvalidUsageError)
  })

  it('tells the price context of a response', () => {
    expect(priceContextFrom({ usage: { input_tokens: 1, speed: 'fast', inference_geo: 'us' } })).toEqual({
      serviceTier: 'fast',
      region: 'us',
    })
    expect(priceContextFrom({ service_tier: 'flex', usage: { prompt_tokens: 1 } })).toEqual({ serviceTier: 'flex' })
    expect(priceContextFrom({ service_tier: 'default', usage: { prompt_tokens: 1 } })).toEqual({})
  })
})
