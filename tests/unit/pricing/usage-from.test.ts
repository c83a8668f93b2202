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

const modality = (name: string, tokenCount: number) => ({ modality: name, tokenCount })

/**
 * Whole responses and other carriers of usage, recognised without naming the API. Field names as in the type definitions of openai
 * 6.49, @anthropic-ai/sdk 1.12, @google/genai 2.32, cohere-ai 8.1, @mistralai/mistralai 2.7, groq-sdk 1.6, ai 6.0 and its providers
 * @ai-sdk/xai, perplexity and google (2, for version 5), @langchain/core 1.4, google-genai 2.3 and aws; docs.voyageai.com.
 */
const carriers: readonly (readonly [string, unknown, Usage])[] = [
  [
    'embeddings, whose total shows that there is no output',
    { object: 'list', usage: { prompt_tokens: 8, total_tokens: 8 } },
    { inputTokens: 8, outputTokens: 0 },
  ],
  ['Voyage', { object: 'list', usage: { total_tokens: 10 } }, { inputTokens: 10, outputTokens: 0 }],
  ['embed of the AI SDK', { usage: { tokens: 12 } }, { inputTokens: 12, outputTokens: 0 }],
  [
    "Cohere's SDK",
    { usage: { billedUnits: { inputTokens: 5, outputTokens: 6 }, tokens: { inputTokens: 70, outputTokens: 6 } } },
    { inputTokens: 5, outputTokens: 6 },
  ],
  [
    "Cohere's reranker",
    { meta: { billedUnits: { searchUnits: 1 } } },
    { inputTokens: 0, outputTokens: 0, searchUnits: 1 },
  ],
  [
    'images embedded by Cohere',
    { meta: { billed_units: { images: 1, image_tokens: 500 } } },
    { inputTokens: 500, outputTokens: 0, inputImageTokens: 500 },
  ],
  [
    "a stream of Cohere's second API",
    [
      { type: 'message-start' },
      { type: 'message-end', delta: { usage: { billed_units: { input_tokens: 1, output_tokens: 2 } } } },
    ],
    { inputTokens: 1, outputTokens: 2 },
  ],
  [
    "a stream of Cohere's first API",
    [{ event_type: 'stream-end', response: { meta: { billed_units: { input_tokens: 1, output_tokens: 2 } } } }],
    { inputTokens: 1, outputTokens: 2 },
  ],
  [
    "Mistral's SDK",
    { usage: { promptTokens: 5, completionTokens: 6, totalTokens: 11, promptAudioSeconds: 4 } },
    { inputTokens: 5, outputTokens: 6, inputAudioSeconds: 4 },
  ],
  [
    "Mistral's OCR",
    { usage_info: { pages_processed: 3, doc_size_bytes: 9 } },
    { inputTokens: 0, outputTokens: 0, pages: 3 },
  ],
  ["Mistral's OCR, SDK", { usageInfo: { pagesProcessed: 3 } }, { inputTokens: 0, outputTokens: 0, pages: 3 }],
  [
    'xAI, tools by successful call',
    {
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 10 },
        output_tokens: 50,
        output_tokens_details: { reasoning_tokens: 40 },
        num_server_side_tools_used: 3,
      },
      output: [
        { type: 'web_search_call', action: { type: 'search' } },
        { type: 'x_search_call' },
        { type: 'code_interpreter_call' },
        { type: 'x_search_call' },
      ],
    },
    {
      inputTokens: 100,
      outputTokens: 50,
      cacheReadTokens: 10,
      reasoningTokens: 40,
      webSearches: 1,
      socialSearches: 2,
      codeExecutions: 1,
    },
  ],
  [
    'deep research of Perplexity',
    {
      usage: {
        prompt_tokens: 33,
        completion_tokens: 7163,
        total_tokens: 7196,
        citation_tokens: 20_016,
        num_search_queries: 18,
        reasoning_tokens: 73_997,
        search_context_size: 'high',
      },
    },
    { inputTokens: 33, outputTokens: 101_176, citationTokens: 20_016, reasoningTokens: 73_997, webSearches: 18 },
  ],
  [
    'Sonar, whose fee depends on the search context',
    {
      usage: {
        prompt_tokens: 5,
        completion_tokens: 6,
        total_tokens: 11,
        search_context_size: 'low',
        num_search_queries: 2,
      },
    },
    { inputTokens: 5, outputTokens: 6, searchContext: 'low' },
  ],
  [
    'the Live API of Gemini',
    {
      usageMetadata: {
        promptTokenCount: 10,
        promptTokensDetails: [modality('AUDIO', 10)],
        responseTokenCount: 20,
        responseTokensDetails: [modality('AUDIO', 15), modality('TEXT', 5)],
      },
    },
    { inputTokens: 10, outputTokens: 20, inputAudioTokens: 10, outputAudioTokens: 15 },
  ],
  [
    'what tools of Gemini brought',
    {
      usageMetadata: {
        promptTokenCount: 10,
        promptTokensDetails: [modality('TEXT', 6), modality('IMAGE', 4)],
        toolUsePromptTokenCount: 100,
        toolUsePromptTokensDetails: [modality('IMAGE', 60), modality('TEXT', 40)],
        candidatesTokenCount: 2,
      },
    },
    { inputTokens: 110, outputTokens: 2, inputImageTokens: 64 },
  ],
  [
    'Interactions of Gemini',
    {
      usage: {
        total_input_tokens: 10,
        total_output_tokens: 5,
        total_thought_tokens: 7,
        total_tool_use_tokens: 3,
        total_cached_tokens: 2,
        total_tokens: 25,
        input_tokens_by_modality: [{ modality: 'audio', tokens: 4 }],
      },
    },
    { inputTokens: 13, outputTokens: 12, cacheReadTokens: 2, inputAudioTokens: 4, reasoningTokens: 7 },
  ],
  [
    'AI SDK 5 with Gemini, thoughts beside the output',
    { usage: { inputTokens: 10, outputTokens: 50, totalTokens: 90, reasoningTokens: 30 } },
    { inputTokens: 10, outputTokens: 80, reasoningTokens: 30 },
  ],
  [
    'AI SDK 5 with OpenAI, reasoning inside the output',
    { usage: { inputTokens: 10, outputTokens: 50, totalTokens: 60, reasoningTokens: 30 } },
    { inputTokens: 10, outputTokens: 50, reasoningTokens: 30 },
  ],
  [
    'LangChain with Gemini, thoughts in the total alone',
    {
      usage_metadata: { input_tokens: 10, output_tokens: 5, total_tokens: 115, input_token_details: { cache_read: 2 } },
    },
    { inputTokens: 10, outputTokens: 105, cacheReadTokens: 2, reasoningTokens: 100 },
  ],
  [
    'LangChain with cached input in the total alone',
    {
      usage_metadata: {
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 115,
        input_token_details: { cache_read: 60, cache_creation: 40, ephemeral_1h_input_tokens: 40 },
      },
    },
    { inputTokens: 110, outputTokens: 5, cacheReadTokens: 60, cacheWriteTokens: 40, cacheWrite1hTokens: 40 },
  ],
  [
    'LangChain with pictures and sound',
    {
      usage_metadata: {
        input_tokens: 110,
        output_tokens: 50,
        input_token_details: { image: 60, video: 10, audio: 5 },
        output_token_details: { image: 40 },
      },
    },
    {
      inputTokens: 110,
      outputTokens: 50,
      inputAudioTokens: 5,
      inputImageTokens: 60,
      inputVideoTokens: 10,
      outputImageTokens: 40,
    },
  ],
  [
    'a compaction that writes to the one-hour cache',
    {
      usage: {
        input_tokens: 10,
        output_tokens: 5,
        cache_creation_input_tokens: 100,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 100 },
        iterations: [
          {
            type: 'compaction',
            input_tokens: 50,
            output_tokens: 20,
            cache_creation_input_tokens: 30,
            cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 30 },
          },
          { type: 'message', input_tokens: 10, output_tokens: 5 },
        ],
      },
    },
    { inputTokens: 190, outputTokens: 25, cacheWriteTokens: 130, cacheWrite1hTokens: 130 },
  ],
  [
    'cached sound and video of Gemini',
    {
      usageMetadata: {
        promptTokenCount: 3297,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 83 },
          { modality: 'VIDEO', tokenCount: 2893 },
          { modality: 'AUDIO', tokenCount: 321 },
        ],
        cachedContentTokenCount: 2918,
        cacheTokensDetails: [
          { modality: 'AUDIO', tokenCount: 284 },
          { modality: 'TEXT', tokenCount: 73 },
          { modality: 'VIDEO', tokenCount: 2561 },
        ],
        candidatesTokenCount: 55,
        thoughtsTokenCount: 95,
      },
    },
    {
      inputTokens: 3297,
      outputTokens: 150,
      cacheReadTokens: 2918,
      inputAudioTokens: 321,
      inputVideoTokens: 2893,
      cacheReadAudioTokens: 284,
      cacheReadVideoTokens: 2561,
      reasoningTokens: 95,
    },
  ],
  [
    'pages of a document, of which the cache held none',
    {
      usageMetadata: {
        promptTokenCount: 345,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 87 },
          { modality: 'DOCUMENT', tokenCount: 258 },
        ],
        cachedContentTokenCount: 58,
        cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 58 }],
        candidatesTokenCount: 51,
      },
    },
    {
      inputTokens: 345,
      outputTokens: 51,
      cacheReadTokens: 58,
      inputImageTokens: 258,
      cacheReadImageTokens: 0,
    },
  ],
  [
    'video through OpenRouter',
    { usage: { prompt_tokens: 10, completion_tokens: 5, cost: 0.1, prompt_tokens_details: { video_tokens: 4 } } },
    { inputTokens: 10, outputTokens: 5, inputVideoTokens: 4 },
  ],
  [
    'seconds of a transcription',
    { text: '', usage: { type: 'duration', seconds: 8.47 } },
    { inputTokens: 0, outputTokens: 0, inputAudioSeconds: 8.47 },
  ],
  [
    "a line of OpenAI's batch",
    { custom_id: 'a', response: { status_code: 200, body: { usage: { prompt_tokens: 3, completion_tokens: 4 } } } },
    { inputTokens: 3, outputTokens: 4 },
  ],
  [
    "a line of Anthropic's batch",
    { custom_id: 'a', result: { type: 'succeeded', message: { usage: { input_tokens: 3, output_tokens: 4 } } } },
    { inputTokens: 3, outputTokens: 4 },
  ],
  [
    "a line of Google's batch",
    { key: 'a', response: { usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 4 } } },
    { inputTokens: 3, outputTokens: 4 },
  ],
  [
    'Groq, whose own usage tells of its caches alone',
    {
      usage: { prompt_tokens: 5, completion_tokens: 6, total_tokens: 11 },
      x_groq: { usage: { sram_cached_tokens: 4 } },
    },
    { inputTokens: 5, outputTokens: 6 },
  ],
]

describe('usageFrom, without the name of the API', () => {
  it.each(carriers)('reads %s', (_, carrier, expected) => {
    expect(usageFrom(carrier)).toEqual(expected)
  })

  it('adds up the steps of an agent, and does not take the last one for all', () => {
    const step = (inputTokens: number, outputTokens: number) => ({ usage: { inputTokens, outputTokens } })
    const total = { inputTokens: 12, outputTokens: 14, totalTokens: 26 }
    const whole = { inputTokens: 12, outputTokens: 14 }
    expect(usageFrom({ ...step(7, 8), totalUsage: total })).toEqual(whole)
    expect(usageFrom({ steps: [step(5, 6), step(7, 8)], totalUsage: total })).toEqual(whole)
    const events = [{ type: 'start' }, { type: 'finish-step', ...step(5, 6) }, { type: 'finish-step', ...step(7, 8) }]
    expect(usageFrom([...events, { type: 'finish', totalUsage: total }])).toEqual(whole)
    expect(usageFrom(events)).toEqual({ ...whole, missing: ['inputTokens', 'outputTokens'] })
    const anthropic = { ...step(4, 193), providerMetadata: { anthropic: { cacheCreationInputTokens: 6 } } }
    const cached = { ...anthropic, usage: { ...anthropic.usage, cachedInputTokens: 8845 } }
    expect(usageFrom({ steps: [cached, cached] })).toEqual({
      inputTokens: 2 * 8855,
      outputTokens: 2 * 193,
      cacheReadTokens: 2 * 8845,
      cacheWriteTokens: 12,
    })
  })

  it('reads lists of any length', () => {
    const many = <T>(entry: T): T[] => Array.from({ length: 150_000 }, () => entry)
    const gemini = { promptTokenCount: 1, candidatesTokenCount: 1, promptTokensDetails: many(modality('AUDIO', 0)) }
    expect(usageFrom({ usageMetadata: gemini })).toEqual({ inputTokens: 1, outputTokens: 1 })
    const iterations = many({ type: 'compaction', input_tokens: 1, output_tokens: 2 })
    expect(usageFrom({ usage: { input_tokens: 1, output_tokens: 1, iterations } })).toEqual({
      inputTokens: 150_001,
      outputTokens: 300_001,
    })
    const deltas = many({ type: 'message_delta', usage: { input_tokens: 3, output_tokens: 4 } })
    expect(usageFrom([{ type: 'message_start' }, ...deltas])).toEqual({ inputTokens: 3, outputTokens: 4 })
    const chunks = many({ usage_metadata: { input_tokens: 1, output_tokens: 1 } })
    expect(usageFrom(chunks)).toEqual({ inputTokens: 150_000, outputTokens: 150_000 })
  })

  it('adds up the chunks of LangChain, whose first has the input and whose last the output', () => {
    const chunk = (input: number, output: number, cacheRead: number) => ({
      content: '',
      usage_metadata: {
        input_tokens: input,
        output_tokens: output,
        total_tokens: input + output,
        input_token_details: { cache_read: cacheRead },
      },
    })
    expect(usageFrom([chunk(120, 1, 100), { content: 'a' }, chunk(0, 40, 0)])).toMatchObject({
      inputTokens: 120,
      outputTokens: 41,
      cacheReadTokens: 100,
    })
    // The Google package repeats the cached input with each chunk.
    expect(usageFrom([chunk(120, 1, 100), chunk(0, 40, 100)])).toMatchObject({ inputTokens: 120, cacheReadTokens: 100 })
  })

  it('does not take a total alone for input, where there may be output', () => {
    expect(usageFrom({ usage: { total_tokens: 10 } })).toEqual({ missing: ['inputTokens', 'outputTokens'] })
  })

  it("reads xAI's reasoning beside the output without a total, and cached input that is more than the input beside it", () => {
    const reasoned = { prompt_tokens: 9, completion_tokens: 10, completion_tokens_details: { reasoning_tokens: 200 } }
    expect(usageFrom(reasoned, { api: 'xai' })).toMatchObject({ outputTokens: 210, reasoningTokens: 200 })
    const cached = { prompt_tokens: 4, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 163 } }
    expect(usageFrom(cached, { api: 'xai' })).toMatchObject({ inputTokens: 167, cacheReadTokens: 163 })
  })

  it('bills what the carriers say', () => {
    const bill = (carrier: unknown, model: string) =>
      calcCost(usageFrom(carrier), model, { at: '2026-09-01' }).total.exact
    const of = (name: string) => carriers.find(([key]) => key.startsWith(name))?.[1]
    // 33 × 2 + 7163 × 8 + 20016 × 2 + 73997 × 3 per million, and 18 searches at 5 per thousand
    expect(bill(of('deep research'), 'sonar-deep-research')).toBe('0.409393')
    // 5 + 6 tokens at 1 per million, and a request at 5 per thousand
    expect(bill(of('Sonar'), 'sonar')).toBe('0.005011')
    // answered by grok-4.3: 90 × 1.25 + 10 × 0.2 + 50 × 2.5 per million, and 4 calls of tools at 5 per thousand
    expect(bill(of('xAI'), 'grok-4-fast')).toBe('0.0202395')
    expect(bill(of("Cohere's reranker"), 'rerank-v3.5')).toBe('0.002')
    expect(bill(of("Mistral's OCR"), 'mistral-ocr-latest')).toBe('0.012')
    expect(bill(of('embeddings'), 'text-embedding-3-large')).toBe('0.00000104')
    // 10 × 0.5 + 80 × 3 per million
    expect(bill(of('AI SDK 5 with Gemini'), 'gemini-3-flash-preview')).toBe('0.000245')
  })

  it.each([
    [{ usageMetadata: { promptTokenCount: 1, serviceTier: 'flex' } }, { serviceTier: 'flex' }],
    [{ usageMetadata: { promptTokenCount: 1, trafficType: 'ON_DEMAND_PRIORITY' } }, { serviceTier: 'priority' }],
    [{ usageMetadata: { promptTokenCount: 1, trafficType: 'ON_DEMAND' } }, {}],
    [{ result: { message: { usage: { input_tokens: 1, service_tier: 'batch' } } } }, { serviceTier: 'batch' }],
  ])('finds the service tier in %j', (response, context) => {
    expect(priceContextFrom(response)).toEqual(context)
  })
})

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

  it.each([
    [['web_search_preview_2025_03_11', 'file_search'], 'web_search_preview'],
    [['function', 'web_search_2025_08_26'], 'web_search'],
    [['web_search', 'web_search_preview'], undefined],
    [[], undefined],
  ])('tells the search tool that a Responses result repeats: %j', (types, expected) => {
    const answer = { object: 'response', output: [{ type: 'web_search_call' }], tools: types.map((type) => ({ type })) }
    const usage = { input_tokens: 3, input_tokens_details: {}, output_tokens: 4 }
    expect(usageFrom({ ...answer, usage })).toMatchObject({ webSearches: 1 })
    expect(usageFrom({ ...answer, usage }).searchTool).toBe(expected)
    expect(usageFrom({ ...answer, output: [], usage }).searchTool).toBeUndefined()
  })

  it('counts a search of a Responses result, not the pages it opened, by what was reported where it was', () => {
    const output = [
      { type: 'web_search_call', action: { type: 'search', query: 'a' } },
      { type: 'web_search_call', action: { type: 'open_page' } },
      { type: 'web_search_call', action: { type: 'find_in_page' } },
    ]
    const usage = { input_tokens: 3, output_tokens: 4, output_tokens_details: { reasoning_tokens: 0 } }
    expect(usageFrom({ output, usage }).webSearches).toBe(1)
    expect(usageFrom({ output, usage, tool_usage: { web_search: { num_requests: 2 } } }).webSearches).toBe(2)
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

  it('reads cached tokens beside the totals, as Moonshot and Together report them', () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 10, total_tokens: 1010, cached_tokens: 900 }
    expect(usageFrom({ usage })).toEqual({ inputTokens: 1000, outputTokens: 10, cacheReadTokens: 900 })
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

describe('usage of pictures', () => {
  const split = { text_tokens: 14, image_tokens: 50 }
  const usage = { total_tokens: 1120, input_tokens: 64, output_tokens: 1056, input_tokens_details: split }
  const expected = { inputTokens: 64, outputTokens: 1056, inputImageTokens: 50, outputImageTokens: 1056 }
  const images = { created: 1, data: [{ b64_json: 'aGk=' }], usage }

  it('is read from the Images API, its stream and its usage alone: what comes out is pictures', () => {
    expect(usageFrom(images)).toEqual(expected)
    expect(usageFrom(usage)).toEqual(expected)
    expect(usageFrom(images, { api: 'openai-images' })).toEqual(expected)
    const events = [{ type: 'image_generation.partial_image' }, { type: 'image_generation.completed', usage }]
    expect(usageFrom(events)).toEqual(expected)
    // Newer models think in text before they draw.
    const thought = { ...usage, output_tokens_details: { text_tokens: 56, image_tokens: 1000 } }
    expect(usageFrom(thought)).toEqual({ ...expected, outputImageTokens: 1000 })
  })

  it.each([
    ['gpt-image-1', '0.04281'],
    ['gpt-image-1.5', '0.034262'],
    ['chatgpt-image-latest', '0.034262'],
    ['gpt-image-2', '0.03215'],
    ['gpt-image-2.5-flare', '0.03215'],
  ])('costs on %s what its rates for text and pictures say', (model, usd) => {
    const cost = calcCost(usageFrom(images), model, { at: '2026-11-20' })
    expect(cost).toMatchObject({ complete: true, total: { exact: usd } })
    expect(cost.lines).toContainEqual(expect.objectContaining({ part: 'inputImage', quantity: 50 }))
  })

  it('made by a tool of Responses are another model’s, and never silently free', () => {
    const call = { type: 'image_generation_call', result: 'aGk=' }
    const response = { output: [call, call], usage: { input_tokens: 9, output_tokens: 5, input_tokens_details: {} } }
    const unreported = usageFrom(response)
    expect(unreported.otherModels).toEqual([{ model: null, usage: { outputImages: 2 } }])
    expect(calcCost(unreported, 'gpt-5', { at: '2026-11-20' })).toMatchObject({
      complete: false,
      unpriced: [{ part: 'another model', quantity: null }],
    })
    const tools = [{ type: 'image_generation', model: 'gpt-image-1.5' }]
    const reported = usageFrom({ ...response, tools, tool_usage: { image_gen: usage } })
    expect(reported.otherModels).toEqual([{ model: 'gpt-image-1.5', usage: expected }])
    const [tool] = reported.otherModels ?? []
    expect(calcCost(tool?.usage as Usage, tool?.model as string, { at: '2026-11-20' }).total.exact).toBe('0.034262')
    const unused = usageFrom({
      ...response,
      output: [],
      tool_usage: { image_gen: { input_tokens: 0, total_tokens: 0 } },
    })
    expect(unused).toEqual({ inputTokens: 9, outputTokens: 5 })
  })
})

describe('usage of sound', () => {
  it('is read from Realtime and transcriptions, and not priced as text', () => {
    const usage = {
      total_tokens: 300,
      input_tokens: 200,
      output_tokens: 100,
      input_token_details: {
        text_tokens: 80,
        audio_tokens: 120,
        cached_tokens: 64,
        cached_tokens_details: { text_tokens: 60, audio_tokens: 4 },
      },
      output_token_details: { text_tokens: 20, audio_tokens: 80 },
    }
    expect(usageFrom({ type: 'response.done', response: { usage } })).toEqual({
      inputTokens: 200,
      outputTokens: 100,
      inputAudioTokens: 120,
      cacheReadTokens: 64,
      cacheReadAudioTokens: 4,
      outputAudioTokens: 80,
    })
    const parts = calcCost(usageFrom(usage), 'gpt-realtime', { at: '2026-11-20' }).lines.map(({ part }) => part)
    expect(parts).toEqual(expect.arrayContaining(['inputAudio', 'outputAudio', 'cacheReadAudio']))
    const whisper = usageFrom({ text: 'hi', usage: { type: 'duration', seconds: 30 } }, { api: 'openai-audio' })
    expect(calcCost(whisper, 'whisper-1', { at: '2026-11-20' })).toMatchObject({
      complete: true,
      total: { exact: '0.003' },
    })
  })
})

describe('usage of a grounded Gemini call', () => {
  const usageMetadata = { promptTokenCount: 20, candidatesTokenCount: 10 }
  const queries = ['', 'UEFA Euro 2024 winner', 'final score', 'final score', ' ']
  const web = { groundingChunks: [{ web: { uri: 'https://example.org' } }] }
  const grounded = (groundingMetadata: object, more: object = {}): object => ({
    candidates: [{ finishReason: 'STOP', groundingMetadata }],
    usageMetadata,
    ...more,
  })

  it.each([
    ['gemini-3.5-flash', 2],
    ['models/gemini-4-argon', 2],
    ['google/gemini-2.5-pro', 1],
    ['gemini-2.0-flash-001', 1],
    ['gemini-1.5-pro', 1],
    ['gemini-10-pro', 2],
    [undefined, 2],
  ])('of %s counts %s searches of two queries', (modelVersion, webSearches) => {
    const response = grounded({ webSearchQueries: queries, ...web }, { modelVersion })
    expect(usageFrom(response)).toEqual({ inputTokens: 20, outputTokens: 10, webSearches })
    const { modelVersion: _, ...unnamed } = response as Record<string, unknown>
    expect(usageFrom(unnamed, modelVersion === undefined ? {} : { model: modelVersion })).toMatchObject({ webSearches })
  })

  it('is priced by the query or by the prompt, and unpriced where the model has no rate', () => {
    const response = grounded({ webSearchQueries: queries, ...web })
    const search = (model: string) => calcCost(usageFrom(response, { model }), model, { at: '2026-11-20' })
    const line = (quantity: number, usd: string) =>
      expect.objectContaining({ part: 'webSearch', quantity, amount: expect.objectContaining({ exact: usd }) })
    expect(search('gemini-3.5-flash').lines).toContainEqual(line(2, '0.028'))
    expect(search('gemini-2.5-flash').lines).toContainEqual(line(1, '0.035'))
    expect(search('gemini-2.5-flash-image')).toMatchObject({
      complete: false,
      unpriced: [{ part: 'webSearch', quantity: 1 }],
    })
  })

  it('counts sources without queries, places, and what the response says was billed', () => {
    expect(usageFrom(grounded(web))).toMatchObject({ webSearches: 1 })
    expect(usageFrom(grounded({ imageSearchQueries: ['cat'], webSearchQueries: ['dog'] }))).toMatchObject({
      webSearches: 2,
    })
    const place = usageFrom(grounded({ groundingChunks: [{ maps: { title: 'Café' } }, { maps: {} }] }))
    expect(place).toEqual({ inputTokens: 20, outputTokens: 10, mapsQueries: 1 })
    const billedToolCalls = [{ tool: 'GOOGLE_SEARCH_RETRIEVAL', successfulToolCallCount: 3 }]
    expect(usageFrom({ usageMetadata: { ...usageMetadata, billedToolCalls } })).toMatchObject({ webSearches: 3 })
  })

  it('is nothing without sources and queries, or with a retrieval of one’s own files', () => {
    const plain = { inputTokens: 20, outputTokens: 10 }
    for (const metadata of [{}, { webSearchQueries: ['', 3, null] }, { webSearchQueries: 'x' }])
      expect(usageFrom(grounded(metadata))).toEqual(plain)
    expect(usageFrom(grounded({ groundingChunks: [{ retrievedContext: { uri: 'x' } }] }))).toEqual(plain)
  })

  it('is gathered from all chunks of a stream, from live sessions, and from the AI SDK', () => {
    const chunk = (query: string, more: object = {}): object => ({
      candidates: [{ groundingMetadata: { webSearchQueries: [query] }, ...more }],
      usageMetadata,
    })
    const stream = [chunk('a'), chunk('b', { finishReason: 'STOP' })]
    expect(usageFrom(stream)).toEqual({ inputTokens: 20, outputTokens: 10, webSearches: 2 })
    const live = { serverContent: { groundingMetadata: { webSearchQueries: ['a'] } }, usageMetadata }
    expect(usageFrom(live)).toMatchObject({ webSearches: 1 })
    const sdk = (modelId: string): object => ({
      usage: { inputTokens: 20, outputTokens: 10, inputTokenDetails: {} },
      response: { modelId },
      providerMetadata: { google: { groundingMetadata: { webSearchQueries: ['a', 'b'] } } },
    })
    expect(usageFrom(sdk('gemini-3.5-flash'))).toEqual({ inputTokens: 20, outputTokens: 10, webSearches: 2 })
    expect(usageFrom(sdk('gemini-2.5-flash'))).toMatchObject({ webSearches: 1 })
  })
})
