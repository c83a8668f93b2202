/**
 * What the AI SDK's results say beyond its own sums. The shapes are what `generateText` and `streamText` of `ai` 7.0.173, 6.0.326 and 5
 * gave for answers of the providers' APIs, with @ai-sdk/anthropic 4.0.105, google, openai and cohere of the same day.
 */
import { describe, expect, it } from 'vitest'
import { calcCost, priceContextFrom, usageFrom } from '../../../src/index.ts'
import { anthropicUsage } from './anthropic-usage.ts'

const anthropicSums = {
  inputTokens: 130,
  inputTokenDetails: { noCacheTokens: 10, cacheReadTokens: 20, cacheWriteTokens: 100 },
  outputTokens: 5,
  totalTokens: 135,
}
const anthropicExpected = {
  inputTokens: 130,
  outputTokens: 5,
  cacheReadTokens: 20,
  cacheWriteTokens: 100,
  cacheWrite1hTokens: 100,
  webSearches: 2,
}

describe("the provider's own usage in a result of the AI SDK", () => {
  it('tells how long a cache lasts and what was searched', () => {
    const usage = { ...anthropicSums, raw: anthropicUsage }
    expect(usageFrom({ steps: [{ usage, content: [] }], totalUsage: usage })).toEqual(anthropicExpected)
    expect(usageFrom(usage)).toEqual(anthropicExpected)
    // 10 × 3 + 20 × 0.3 + 100 × 6 + 5 × 15 per million, and two searches at 10 per thousand
    expect(calcCost(usageFrom(usage), 'claude-sonnet-4-5', { at: '2026-11-20' }).total.exact).toBe('0.020711')
  })

  it('is in the metadata of version 5', () => {
    const step = {
      usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15, cachedInputTokens: 20 },
      providerMetadata: { anthropic: { usage: anthropicUsage, cacheCreationInputTokens: 100 } },
    }
    expect(usageFrom({ steps: [step] })).toEqual(anthropicExpected)
    expect(usageFrom([{ type: 'start' }, { type: 'finish-step', ...step }, { type: 'finish' }])).toEqual(
      anthropicExpected,
    )
  })

  it('tells sound and video of Gemini, and prompts of tools that the sums leave out', () => {
    const raw = {
      promptTokenCount: 400,
      toolUsePromptTokenCount: 30,
      candidatesTokenCount: 55,
      thoughtsTokenCount: 95,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 79 },
        { modality: 'AUDIO', tokenCount: 321 },
      ],
    }
    expect(usageFrom({ usage: { inputTokens: 400, inputTokenDetails: {}, outputTokens: 150, raw } })).toEqual({
      inputTokens: 430,
      outputTokens: 150,
      inputAudioTokens: 321,
      reasoningTokens: 95,
    })
  })

  it('tells what Cohere bills', () => {
    const raw = { billed_units: { input_tokens: 9, output_tokens: 2 }, tokens: { input_tokens: 70, output_tokens: 2 } }
    expect(usageFrom({ usage: { inputTokens: 70, inputTokenDetails: {}, outputTokens: 2, raw } })).toEqual({
      inputTokens: 9,
      outputTokens: 2,
    })
  })

  it.each([
    ['of one part of a sum', anthropicUsage],
    [
      'of one part of a sum of Cohere',
      { billed_units: { input_tokens: 9 }, tokens: { input_tokens: 70, output_tokens: 2 } },
    ],
    ['of nobody known', { units: 7 }],
    ['in the form of the SDK', { inputTokens: 1, outputTokens: 1 }],
  ])('is not taken where it is %s', (_, raw) => {
    const usage = { inputTokens: 260, inputTokenDetails: { cacheReadTokens: 40 }, outputTokens: 10, raw }
    expect(usageFrom({ usage })).toEqual({ inputTokens: 260, outputTokens: 10, cacheReadTokens: 40 })
  })
})

describe("OpenAI's built-in tools in a result of the AI SDK", () => {
  const ran = (toolName: string, output: object, input: object = {}) => ({
    type: 'tool-result',
    toolName,
    input,
    output,
    providerExecuted: true,
  })
  const content = [
    { type: 'tool-call', toolName: 'web_search', input: {}, providerExecuted: true },
    ran('web_search', { action: { type: 'search', query: 'a' } }),
    ran('web_search', { action: { type: 'openPage', url: 'https://example.org' } }),
    ran('files', { queries: ['q'], results: null }),
    ran('my_code', { outputs: null }, { code: '1', containerId: 'c1' }),
    ran('my_code', { outputs: null }, { code: '2', containerId: 'c1' }),
    // a tool of the caller's own
    { type: 'tool-result', toolName: 'web_search', input: {}, output: { action: { type: 'search' } } },
  ]
  const usage = { inputTokens: 100, inputTokenDetails: {}, outputTokens: 9 }
  const providerMetadata = { openai: { responseId: 'r', serviceTier: 'flex' } }
  const expected = {
    inputTokens: 100,
    outputTokens: 9,
    webSearches: 1,
    searchTool: 'web_search',
    fileSearches: 1,
    codeSessions: 1,
  }

  it('are counted from the results of tools, whatever their names', () => {
    expect(usageFrom({ steps: [{ usage, content, providerMetadata }] })).toEqual(expected)
  })

  it('are counted in a stream, each in its own step', () => {
    const end = { type: 'finish-step', usage, providerMetadata }
    expect(usageFrom([...content, end, { type: 'finish' }])).toEqual(expected)
    expect(usageFrom([...content, end, ...content, end, { type: 'finish' }])).toMatchObject({
      inputTokens: 200,
      webSearches: 2,
    })
  })

  it('are not taken for those of another provider', () => {
    expect(usageFrom({ steps: [{ usage, content, providerMetadata: { xai: {} } }] })).toEqual({
      inputTokens: 100,
      outputTokens: 9,
    })
  })

  it('are priced by the tier that the metadata names', () => {
    expect(priceContextFrom({ steps: [{ usage, providerMetadata }] })).toEqual({ serviceTier: 'flex' })
    expect(priceContextFrom([{ type: 'finish-step', usage, providerMetadata }])).toEqual({ serviceTier: 'flex' })
    const raw = { ...anthropicUsage, inference_geo: 'us', speed: 'fast' }
    expect(priceContextFrom({ usage: { ...anthropicSums, raw } })).toEqual({ serviceTier: 'fast', region: 'us' })
  })
})
