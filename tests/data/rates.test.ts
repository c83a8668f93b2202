import { describe, expect, it } from 'vitest'
import { calcCost, getPrice, type PriceContext, type Usage } from '../../src/index.ts'

const day = '2026-11-22'
const million = { inputTokens: 1_000_000, outputTokens: 1_000_000 }

/** Long-context rates hold for the whole request; the third column is the largest input without them. */
describe('places', () => {
  it.each([
    ['google-vertex/claude-sonnet-4-5', 'us-east5', '3.3'],
    ['google-vertex/claude-opus-5-5', 'eu', '4.4'],
    ['google-vertex/claude-opus-5-5', 'global', '4'],
    ['gpt-6-sol', 'au', '2.2'],
  ])('%s in %s: %s', (model, region, input) => {
    expect(getPrice(model, { at: day, region }).rates.inputUsdPerMTok).toBe(input)
  })

  it('are unknown where nothing is known of them', () => {
    expect(() => getPrice('google-vertex/claude-opus-4-1', { at: day, region: 'us-east5' })).toThrow(
      'no rates for region',
    )
  })
})

describe('the edges of context tiers', () => {
  it.each([
    // OpenAI's standard price is for less than 272,000 tokens (developers.openai.com/api/docs/pricing), at every seller
    ['gpt-5.6', day, 271_999, '4', '8'],
    ['gpt-5.6-sol', '2026-08-01', 271_999, '5', '10'],
    ['daybreak-blue-latest', day, 271_999, '4', '8'],
    ['azure/gpt-5.5', day, 271_999, '5', '10'],
    ['openai.gpt-5.6-luna', day, 271_999, '0.22', '0.44'],
    ['global.openai.gpt-6-sol', day, 271_999, '2', '4'],
    ['vercel-ai-gateway/openai/gpt-5.5', day, 271_999, '5', '10'],
    // xAI counts its thresholds in (docs.x.ai/developers/pricing)
    ['grok-4', '2026-05-15T18:59:59.999Z', 127_999, '3', '6'],
    ['grok-4-fast', '2026-05-15T18:59:59.999Z', 127_999, '0.2', '0.4'],
    ['grok-4-fast', '2026-05-15T19:00:00.000Z', 199_999, '1.25', '2.5'],
    ['grok-4.5', day, 199_999, '2', '4'],
    // Anthropic and Google say "above 200,000", and so do the clouds that sell their models
    ['claude-sonnet-4-5', day, 200_000, '3', '6'],
    ['claude-sonnet-4-5-20250929', day, 200_000, '3', '6'],
    ['claude-sonnet-4-20250514', day, 200_000, '3', '6'],
    ['claude-haiku-5-5', day, 100_000, '0.1', '0.5'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', day, 200_000, '3.3', '6.6'],
    ['global.anthropic.claude-sonnet-4-20250514-v1:0', day, 200_000, '3', '6'],
    ['google-vertex/claude-sonnet-4-5@20250929', day, 200_000, '3', '6'],
    ['google-vertex/gemini-2.5-pro', day, 200_000, '1.25', '2.5'],
    ['google-vertex/gemini-3.1-pro-preview', day, 200_000, '2', '4'],
    ['gemini-1.5-pro-002', day, 128_000, '1.25', '2.5'],
  ])('%s on %s: up to %i', (model, at, last, base, long) => {
    const rate = (inputTokens: number) => calcCost({ inputTokens }, model, { at }).lines[0]?.rateUsd
    expect([rate(last - 1), rate(last), rate(last + 1)]).toEqual([base, base, long])
  })

  it('raise every rate of the request, output and cache included', () => {
    const usage = { inputTokens: 300_000, outputTokens: 1000, cacheReadTokens: 100_000, cacheWriteTokens: 100_000 }
    const exact = (model: string) => calcCost(usage, model, { at: day }).total.exact
    // 0.1 M × 6 + 0.1 M × 0.6 + 0.1 M × 7.5 + 1000 × 22.5 per million
    for (const id of ['claude-sonnet-4-5-20250929', 'google-vertex/claude-sonnet-4', 'claude-sonnet-4-0'])
      expect(exact(id)).toBe('1.4325')
    expect(exact('us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0')).toBe('1.719')
  })
})

describe('writes to a cache', () => {
  it.each([
    // AWS charges nothing beyond the input for what Nova caches (AWS News Blog, 2024-12-04)
    ['amazon.nova-micro-v1:0', '0.035'],
    ['amazon.nova-pro-v1:0', '0.8'],
    ['us.amazon.nova-premier-v1:0', '2.5'],
    ['eu.amazon.nova-2-lite-v1:0', '0.374'],
  ])('of %s cost what the input does', (model, exact) => {
    const usage = { inputTokens: 1_000_000, cacheWriteTokens: 1_000_000 }
    expect(calcCost(usage, model, { at: day })).toMatchObject({ complete: true, total: { exact } })
  })
})

describe('service tiers and regions', () => {
  it.each<[string, PriceContext, Usage, string]>([
    // snapshots have the tiers of their model
    ['gpt-4o-2024-08-06', { serviceTier: 'batch' }, million, '6.25'],
    ['gpt-4o-mini-2024-07-18', { serviceTier: 'batch' }, million, '0.375'],
    ['claude-haiku-4-5-20251001', { serviceTier: 'batch' }, million, '3'],
    // half price in batches (platform.claude.com, console.groq.com and docs.mistral.ai on batches)
    ['claude-3-haiku-20240307', { serviceTier: 'batch' }, million, '0.75'],
    ['claude-opus-4-0', { serviceTier: 'batch' }, million, '45'],
    ['groq/openai/gpt-oss-120b', { serviceTier: 'batch' }, million, '0.375'],
    ['mistral-large-latest', { serviceTier: 'batch' }, million, '1.4'],
    ['ft:gpt-4.1:acme::a1b2', { serviceTier: 'batch' }, million, '7.5'],
    // flex and priority (LiteLLM's table of 2026-07-24; genai-prices 0.1.8 on Gemini 3.7 and 3.8 Flash: 0.5 and 1.8 times)
    ['gpt-5.1', { serviceTier: 'flex' }, million, '5.625'],
    ['gpt-5.1', { serviceTier: 'priority' }, million, '22.5'],
    ['o4-mini', { serviceTier: 'priority' }, million, '10'],
    ['gemini-3.8-flash', { serviceTier: 'flex' }, million, '2.25'],
    ['gemini-3.8-flash', { serviceTier: 'priority' }, million, '8.1'],
    ['google-vertex/gemini-3-flash-preview', { serviceTier: 'priority' }, million, '6.3'],
    ['gemini-3.1-pro-preview', { serviceTier: 'priority' }, { inputTokens: 1000, outputTokens: 1000 }, '0.0252'],
  ])('%s with %j', (model, context, usage, usd) => {
    expect(calcCost(usage, model, { at: day, ...context })).toMatchObject({ complete: true, total: { exact: usd } })
  })

  it('leave cached input in batches open where no source says what it costs', () => {
    const cost = calcCost({ inputTokens: 9, cacheReadTokens: 9 }, 'groq/openai/gpt-oss-120b', {
      at: day,
      serviceTier: 'batch',
    })
    expect(cost).toMatchObject({ complete: false, unpriced: [{ part: 'cacheRead', quantity: 9 }] })
  })
})

describe('fine-tuned models', () => {
  // LiteLLM's table of 2026-07-24
  it.each([
    ['ft:gpt-4o-2024-08-06:acme::a', '18.75'],
    ['ft:gpt-4o-mini-2024-07-18:acme::a', '1.5'],
    ['ft:gpt-4.1-mini-2025-04-14:acme::a', '4'],
    ['ft:o4-mini-2025-04-16:acme::a', '20'],
    ['ft:gpt-3.5-turbo-0125:acme::a', '9'],
    ['ft:davinci-002:acme::a', '24'],
  ])('%s costs %s', (model, usd) => {
    expect(calcCost(million, model, { at: day }).total.exact).toBe(usd)
  })
})

describe("DeepSeek's hours", () => {
  it.each([
    // two cuts in the week of the launch: three quarters off, then cached input to a tenth
    ['deepseek-v4-pro', '2026-04-25T00:00:00Z', '1.74', '0.145'],
    ['deepseek-v4-pro', '2026-04-26T12:14:59.999Z', '0.435', '0.03625'],
    ['deepseek-v4-pro', '2026-04-26T12:15:00Z', '0.435', '0.003625'],
    ['deepseek-v4-flash', '2026-04-26T12:14:59.999Z', '0.14', '0.028'],
    ['deepseek-v4-flash', '2026-04-26T12:15:00Z', '0.14', '0.0028'],
    ['deepseek-chat', '2026-06-01', '0.14', '0.0028'],
    ['deepseek-chat', '2026-04-01', '0.28', '0.028'],
    // peak hours held on weekends until 2026-08-23 in Beijing
    ['deepseek-v4-pro', '2026-08-22T01:30:00Z', '1.32', '0.044'],
    ['deepseek-v4-pro', '2026-08-23T01:30:00Z', '0.66', '0.022'],
    ['deepseek-v4-pro', '2026-08-24T01:30:00Z', '1.32', '0.044'],
    ['deepseek-flash', '2026-08-22T07:00:00Z', '0.44', '0.014'],
    ['deepseek-flash', '2026-08-29T07:00:00Z', '0.22', '0.007'],
    ['deepseek-flash', '2026-09-19T07:00:00Z', '0.15', '0.003'],
    ['deepseek-flash', '2026-09-21T07:00:00Z', '0.3', '0.006'],
  ])('%s at %s: %s and %s', (model, at, inputUsdPerMTok, cacheReadUsdPerMTok) => {
    expect(getPrice(model, { at }).rates).toMatchObject({ inputUsdPerMTok, cacheReadUsdPerMTok })
  })
})

describe('rows that one catalogue had wrong', () => {
  it.each([
    ['mistral-small-latest', '2026-03-15', '0.1', '0.3'],
    ['mistral-small-latest', '2026-03-16', '0.15', '0.6'],
    ['grok-3-fast-latest', day, '5', '25'],
    ['zai/GLM-5.3-Flash', day, '0.15', '0.5'],
    ['zai/glm-4.6', day, '0.6', '2.2'],
    ['zhipuai/GLM-4.7', day, '0.276', '1.103'],
    ['google-vertex/gemini-3.8-flash', '2027-01-01', '1.5', '7.5'],
    ['google-vertex/claude-opus-4-6', day, '5', '25'],
    ['MiniMax-M3', day, '0.3', '1.2'],
    ['minimax-m3', '2026-06-20', '0.6', '2.4'],
    ['accounts/fireworks/models/glm-5p2', day, '1.4', '4.4'],
    ['fireworks/gpt-oss-20b', '2026-06-20', '0.05', '0.2'],
    ['fireworks/deepseek-v4p1-flash', '2026-11-09', '0.22', '0.66'],
    ['mistral-medium-3.5', day, '1.5', '7.5'],
    ['gpt-5.6', '2026-08-20', '5', '30'],
    ['gpt-5.6', '2026-08-21', '4', '20'],
    ['azure/gpt-5.6-luna', '2026-07-31', '1', '6'],
    ['azure/gpt-5.6-luna', '2026-08-01', '0.2', '1.2'],
    ['azure/gpt-5.6-sol', '2026-08-31', '5', '30'],
    ['azure/gpt-5.6-sol', '2026-09-01', '4', '20'],
    ['gemini-4-argon', '2026-11-30', '2', '10'],
    ['gemini-4-argon', '2026-12-01', '4', '20'],
    ['google-vertex/gemini-4-carbon', '2026-12-01', '4', '20'],
    ['grok-code-fast-1', '2026-05-14', '0.2', '1.5'],
    ['grok-code-fast-1', '2026-05-16', '1', '2'],
    ['moonshotai/kimi-k2', day, '0.6', '2.5'],
    ['moonshotai/kimi-thinking-preview', day, '0.6', '2.5'],
    ['deepseek-v3.2', day, '0.28', '0.42'],
    ['omni-moderation-latest', day, '0', '0'],
    ['cohere.command-r-plus-v1:0', day, '3', '15'],
    ['azure/gpt-35-turbo', day, '0.5', '1.5'],
    ['gemini-2.5-flash-preview-05-20', '2025-06-19', '0.15', '0.6'],
    ['gemini-2.5-flash-preview-05-20', '2025-06-20', '0.3', '2.5'],
  ])('%s on %s: %s and %s', (model, at, inputUsdPerMTok, outputUsdPerMTok) => {
    expect(getPrice(model, { at }).rates).toMatchObject({ inputUsdPerMTok, outputUsdPerMTok })
  })

  it('cached input of Gemini 1.5 is a quarter of the input, in the long context, too', () => {
    const cached = (model: string, inputTokens: number) =>
      calcCost({ inputTokens, cacheReadTokens: inputTokens }, model, { at: '2025-08-01' }).lines[0]?.rateUsd
    expect([cached('gemini-1.5-pro', 128_000), cached('gemini-1.5-pro', 128_001)]).toEqual(['0.3125', '0.625'])
    expect([cached('gemini-1.5-flash', 128_000), cached('gemini-1.5-flash', 128_001)]).toEqual(['0.01875', '0.0375'])
  })
})

/** Input, output and cached input where catalogues disagreed, as the sellers' own pages had them in November 2026. */
describe('prices that were checked by hand', () => {
  it.each([
    ['gpt-5.6-terra', '2', '12', '0.2'],
    ['gpt-5.6-luna', '0.2', '1.2', '0.02'],
    ['gpt-4.1-nano', '0.1', '0.4', '0.025'],
    ['gpt-4o', '2.5', '10', '1.25'],
    ['gpt-4o-2024-05-13', '5', '15', undefined],
    ['gpt-6.1-sol', '2', '10', '0.1'],
    ['claude-sonnet-5-5', '2', '10', '0.1'],
    ['claude-opus-5-5', '4', '20', '0.2'],
    ['claude-fable-5-1', '10', '50', '0.25'],
    ['gemini-3.8-flash', '0.75', '3.75', '0.075'],
    ['grok-4.5', '2', '6', '0.3'],
    ['grok-4.20-0309-reasoning', '1.25', '2.5', '0.2'],
    ['mistral-large-latest', '0.7', '2.1', '0.07'],
    ['codestral-latest', '0.3', '0.9', '0.03'],
    ['together/meta-llama/Llama-3.3-70B-Instruct-Turbo', '1.04', '1.04', undefined],
    ['amazon-bedrock/anthropic.claude-opus-5-5', '4.4', '22', '0.22'],
    ['amazon-bedrock/anthropic.claude-sonnet-5', '2.2', '11', '0.22'],
    ['amazon-bedrock/amazon.nova-2-lite-v1:0', '0.33', '2.75', '0.0825'],
    ['amazon-bedrock/global.amazon.nova-2-lite-v1:0', '0.3', '2.5', '0.075'],
    ['fireworks/deepseek-v4p1-flash', '0.3', '1.2', '0.006'],
    ['moonshotai/kimi-k3', '3', '15', '0.3'],
  ])('%s: %s, %s and %s', (model, input, output, cached) => {
    const { inputUsdPerMTok, outputUsdPerMTok, cacheReadUsdPerMTok } = getPrice(model, { at: day }).rates
    expect([inputUsdPerMTok, outputUsdPerMTok, cacheReadUsdPerMTok]).toEqual([input, output, cached])
  })
})

describe('what is not plain text', () => {
  it.each<[string, Usage, PriceContext, string]>([
    ['grok-voice-latest', { sessionSeconds: 3600 }, { at: '2026-08-04' }, '3'],
    ['grok-voice-latest', { sessionSeconds: 3600 }, { at: '2026-08-05' }, '4.8'],
    ['mistral-ocr-latest', { pages: 1000 }, { at: '2025-12-17' }, '1'],
    ['mistral-ocr-latest', { pages: 1000 }, { at: '2025-12-18' }, '2'],
    ['mistral-ocr-latest', { pages: 1000 }, { at: '2026-06-23' }, '4'],
    ['whisper-1', { inputAudioSeconds: 60 }, { at: day }, '0.006'],
    ['groq/whisper-large-v3', { inputAudioSeconds: 3600 }, { at: day }, '0.111'],
    ['sora-2-pro', { videoSeconds: 10, videoSize: '1792x1024' }, { at: day }, '5'],
    ['gpt-image-1', { outputImages: 1, imageSize: '1024x1536', imageQuality: 'high' }, { at: day }, '0.25'],
    // 200 × 5 + 300 × 8 + 200 × 1.25 + 300 × 2 + 500 × 10 + 1500 × 32 per million
    [
      'gpt-image-1.5',
      {
        inputTokens: 1000,
        inputImageTokens: 600,
        cacheReadTokens: 500,
        cacheReadImageTokens: 300,
        outputTokens: 2000,
        outputImageTokens: 1500,
      },
      { at: day },
      '0.05725',
    ],
    // one rate for all that is read: cached pictures and sound cost what cached text does
    [
      'gemini-2.5-pro',
      { inputTokens: 1000, inputImageTokens: 900, cacheReadTokens: 500, cacheReadImageTokens: 400 },
      { at: day },
      '0.0006875',
    ],
    ['gemini-3.6-flash', { inputTokens: 1000, inputAudioTokens: 1000, cacheReadTokens: 500 }, { at: day }, '0.0004125'],
    // sound has rates of its own: 500 × 1 + 500 × 0.1 per million
    ['gemini-2.5-flash', { inputTokens: 1000, inputAudioTokens: 1000, cacheReadTokens: 500 }, { at: day }, '0.00055'],
  ])('%s with %j', (model, usage, context, usd) => {
    expect(calcCost(usage, model, context)).toMatchObject({ complete: true, total: { exact: usd } })
  })

  it('adds the storage that OpenRouter lists for cache writes of Gemini to the input', () => {
    const write = (inputTokens: number) =>
      calcCost({ inputTokens, cacheWriteTokens: inputTokens }, 'openrouter/google/gemini-2.5-pro', { at: day }).lines
    expect([write(200_000), write(200_001)].map((lines) => lines[0]?.rateUsd)).toEqual(['1.625', '2.875'])
  })

  it('leaves cached sound open where sound has a rate of its own and cached sound has none', () => {
    const usage = { inputTokens: 1000, inputAudioTokens: 1000, cacheReadTokens: 500 }
    expect(calcCost(usage, 'gpt-4o-audio-preview', { at: day })).toMatchObject({
      complete: false,
      unpriced: [{ part: 'cacheReadAudio', quantity: 500 }],
    })
  })
})
