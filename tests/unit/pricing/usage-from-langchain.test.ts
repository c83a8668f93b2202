/**
 * What LangChain's messages say beyond their own sums. The shapes are what `invoke` of @langchain/anthropic, openai and google-genai of
 * 2026-11-29 gave for answers of the providers' APIs.
 */
import { describe, expect, it } from 'vitest'
import { priceContextFrom, usageFrom } from '../../../src/index.ts'
import { anthropicUsage } from './anthropic-usage.ts'

const regionalUsage = { ...anthropicUsage, service_tier: 'standard', inference_geo: 'us' }
const anthropicSums = {
  input_tokens: 130,
  output_tokens: 5,
  total_tokens: 135,
  input_token_details: { cache_creation: 100, cache_read: 20 },
}

describe('the answer of the provider in a message of LangChain', () => {
  it('tells how long a cache lasts, what was searched, and where', () => {
    const message = { usage_metadata: anthropicSums, response_metadata: { usage: regionalUsage } }
    expect(usageFrom(message)).toEqual({
      inputTokens: 130,
      outputTokens: 5,
      cacheReadTokens: 20,
      cacheWriteTokens: 100,
      cacheWrite1hTokens: 100,
      webSearches: 2,
    })
    expect(priceContextFrom(message)).toEqual({ region: 'us' })
  })

  it('tells what tools of OpenAI ran, and in which tier', () => {
    const message = {
      usage_metadata: { input_tokens: 100, output_tokens: 9, input_token_details: { cache_read: 30 } },
      response_metadata: {
        service_tier: 'flex',
        output: [
          { type: 'web_search_call', action: { type: 'search', query: 'a' } },
          { type: 'web_search_call', action: { type: 'open_page' } },
          { type: 'code_interpreter_call', container_id: 'c1' },
        ],
      },
    }
    const expected = { inputTokens: 100, outputTokens: 9, cacheReadTokens: 30, webSearches: 1, codeSessions: 1 }
    expect(usageFrom(message)).toEqual(expected)
    expect(priceContextFrom(message)).toEqual({ serviceTier: 'flex' })
    // the last chunk of a stream has the answer
    expect(usageFrom([{ usage_metadata: { input_tokens: 0, output_tokens: 0 } }, message])).toEqual(expected)
  })

  it('tells what Gemini searched, which its older models bill by the prompt', () => {
    const message = {
      usage_metadata: { input_tokens: 10, output_tokens: 5, total_tokens: 15, input_token_details: {} },
      response_metadata: { groundingMetadata: { webSearchQueries: ['a', 'b'] } },
    }
    expect(usageFrom(message)).toEqual({ inputTokens: 10, outputTokens: 5, webSearches: 2 })
    expect(usageFrom(message, { model: 'gemini-2.5-flash' })).toMatchObject({ webSearches: 1 })
  })

  it('tells in the first chunk of a stream how long a cache lasts, and in the last all of the output', () => {
    const { input_tokens, output_tokens, server_tool_use, ...cached } = regionalUsage
    const first = {
      usage_metadata: { ...anthropicSums, output_tokens: 1, total_tokens: 131 },
      response_metadata: { model_provider: 'anthropic', usage: cached },
    }
    const last = {
      usage_metadata: { input_tokens: 0, output_tokens: 5, total_tokens: 5 },
      additional_kwargs: { stop_reason: 'end_turn' },
    }
    expect(usageFrom([first, { content: 'hi' }, last])).toEqual({
      inputTokens: 130,
      outputTokens: 5,
      cacheReadTokens: 20,
      cacheWriteTokens: 100,
      cacheWrite1hTokens: 100,
    })
  })

  it('is not taken where it is that of a part', () => {
    const usage_metadata = { input_tokens: 260, output_tokens: 10, input_token_details: { cache_creation: 200 } }
    expect(usageFrom({ usage_metadata, response_metadata: { usage: regionalUsage } })).toEqual({
      inputTokens: 260,
      outputTokens: 10,
      cacheWriteTokens: 200,
    })
  })
})
