/** Lists that hold several calls, answers inside envelopes, and what providers bill beside tokens. Shapes as the SDKs of 2026-11-29 give them. */
import { describe, expect, it } from 'vitest'
import { calcCost, priceContextFrom, usageFrom } from '../../../src/index.ts'

const at = '2026-11-20'
const search = { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } }
const answer = {
  id: 'r1',
  object: 'response',
  service_tier: 'default',
  output: [search],
  usage: { input_tokens: 100, input_tokens_details: {}, output_tokens: 10 },
}

describe('calls with different search tools', () => {
  const called = (id: string, type: string) => ({ ...answer, id, model: 'gpt-4o', tools: [{ type }] })

  it('keep the tool where they agree, and leave it to a stated assumption where they do not', () => {
    const same = usageFrom([called('a', 'web_search_preview'), called('b', 'web_search_preview')])
    expect(same).toMatchObject({ webSearches: 2, searchTool: 'web_search_preview' })
    const mixed = usageFrom([called('a', 'web_search_preview'), called('b', 'web_search'), called('c', 'web_search')])
    expect(mixed).toEqual({ inputTokens: 300, outputTokens: 30, webSearches: 3 })
    expect(calcCost(mixed, 'gpt-4o', { at, clock: () => Date.parse(at) }).warnings).toMatchObject([
      { message: expect.stringContaining('searchTool can say otherwise') },
    ])
  })
})

describe('an answer inside an event, or a line of a batch', () => {
  it.each([
    ['the last event of a stream', { type: 'response.completed', response: answer }],
    ['a line of a batch of OpenAI', { custom_id: 'a', response: { status_code: 200, body: answer } }],
  ])('is read with its tools: %s', (_, response) => {
    expect(usageFrom(response)).toEqual({ inputTokens: 100, outputTokens: 10, webSearches: 1 })
  })

  it('is read with what it is grounded on, as a line of a batch of Google', () => {
    const line = {
      key: 'a',
      response: {
        modelVersion: 'gemini-3-flash-preview',
        candidates: [{ finishReason: 'STOP', groundingMetadata: { webSearchQueries: ['a', 'b'] } }],
        usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 3, totalTokenCount: 8 },
      },
    }
    expect(usageFrom(line)).toEqual({ inputTokens: 5, outputTokens: 3, webSearches: 2 })
    expect(priceContextFrom(line)).toEqual({ serviceTier: 'batch' })
  })

  it.each([
    [{ custom_id: 'a', response: { status_code: 200, body: answer } }, { serviceTier: 'batch' }],
    [{ object: 'batch', usage: { input_tokens: 1, output_tokens: 1 } }, { serviceTier: 'batch' }],
    [
      { metadata: { usage: { inputTokens: 1, outputTokens: 1 }, serviceTier: { type: 'flex' } } },
      { serviceTier: 'flex' },
    ],
    [
      { usageMetadata: { promptTokenCount: 1 }, sdkHttpResponse: { headers: { 'x-gemini-service-tier': 'flex' } } },
      { serviceTier: 'flex' },
    ],
    [
      { usage: { inputTokens: 1 }, providerMetadata: { bedrock: { serviceTier: { type: 'priority' } } } },
      { serviceTier: 'priority' },
    ],
    [
      { usage_metadata: { input_tokens: 1 }, response_metadata: { metadata: { serviceTier: { type: 'flex' } } } },
      { serviceTier: 'flex' },
    ],
  ])('names its tier: %j', (response, context) => {
    expect(priceContextFrom(response)).toEqual(context)
  })

  it('is priced by the tier that answered, not the one that was asked for', () => {
    const asked = { type: 'response.created', response: { id: 'r1', service_tier: 'priority', usage: null } }
    expect(priceContextFrom([asked])).toEqual({ serviceTier: 'priority' })
    expect(priceContextFrom([asked, { type: 'response.completed', response: answer }])).toEqual({})
  })
})

describe('a list of several calls', () => {
  const step = (inputTokens: number, outputTokens: number) => ({
    usage: { inputTokens, inputTokenDetails: {}, outputTokens },
    finishReason: 'stop',
    content: [],
  })
  const gemini = (responseId: string, promptTokenCount: number, candidatesTokenCount: number) => ({
    responseId,
    candidates: [{ finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount, candidatesTokenCount },
  })
  const claude = (id: string, input: number, output: number) => [
    { type: 'message_start', message: { id, usage: { input_tokens: input, output_tokens: 1 } } },
    { type: 'message_delta', usage: { output_tokens: output } },
  ]
  const line = (id: string, input: number, output: number) => ({
    custom_id: id,
    result: {
      type: 'succeeded',
      message: { id, type: 'message', usage: { input_tokens: input, output_tokens: output } },
    },
  })
  it.each([
    ['steps of the AI SDK', [step(130, 50), step(150, 7)]],
    [
      'calls of functions by the SDK of Google',
      [gemini('r1', 130, 50), { candidates: [{ content: {} }] }, gemini('r2', 150, 7)],
    ],
    ['events of two messages of Anthropic', [...claude('m1', 130, 50), ...claude('m2', 150, 7)]],
    ['lines of a batch', [line('a', 130, 50), line('b', 150, 7)]],
    [
      'messages of LangChain',
      [
        {
          usage_metadata: { input_tokens: 130, output_tokens: 50 },
          response_metadata: { model_provider: 'anthropic', stop_reason: 'tool_use' },
        },
        {
          usage_metadata: { input_tokens: 150, output_tokens: 7 },
          response_metadata: { model_provider: 'anthropic', stop_reason: 'end_turn' },
        },
      ],
    ],
    [
      'answers of a realtime session',
      [
        { type: 'response.done', response: { id: 'r1', usage: { input_tokens: 130, output_tokens: 50 } } },
        { type: 'response.done', response: { id: 'r2', usage: { input_tokens: 150, output_tokens: 7 } } },
      ],
    ],
    [
      'whole completions',
      [
        { id: 'c1', object: 'chat.completion', usage: { prompt_tokens: 130, completion_tokens: 50 } },
        { id: 'c2', object: 'chat.completion', usage: { prompt_tokens: 150, completion_tokens: 7 } },
      ],
    ],
  ])('is added up: %s', (_, list) => {
    expect(usageFrom(list)).toEqual({ inputTokens: 280, outputTokens: 57 })
  })

  it('is one call where chunks repeat their usage, or a message goes on', () => {
    const chunk = (completion_tokens: number) => ({
      object: 'chat.completion.chunk',
      id: `c${completion_tokens}`,
      usage: { prompt_tokens: 9, completion_tokens },
    })
    expect(usageFrom([chunk(1), chunk(2)])).toEqual({ inputTokens: 9, outputTokens: 2 })
    expect(usageFrom(claude('m1', 130, 50))).toEqual({ inputTokens: 130, outputTokens: 50 })
  })

  it('keeps transcripts of a session apart, which another model made', () => {
    const done = { type: 'response.done', response: { id: 'r1', usage: { input_tokens: 200, output_tokens: 100 } } }
    const transcript = {
      type: 'conversation.item.input_audio_transcription.completed',
      usage: {
        type: 'tokens',
        input_tokens: 20,
        output_tokens: 10,
        input_token_details: { text_tokens: 0, audio_tokens: 20 },
      },
    }
    expect(usageFrom([done, transcript])).toEqual({
      inputTokens: 200,
      outputTokens: 100,
      otherModels: [{ model: null, usage: { inputTokens: 20, outputTokens: 10, inputAudioTokens: 20 } }],
    })
    expect(usageFrom([transcript])).toMatchObject({ inputTokens: 20 })
  })

  it('keeps the other models of every step', () => {
    const advised = (input: number) => ({
      ...step(10, 5),
      usage: {
        ...step(10, 5).usage,
        raw: {
          input_tokens: 10,
          output_tokens: 5,
          cache_read_input_tokens: 0,
          iterations: [{ type: 'advisor_message', model: 'claude-opus-5', input_tokens: input, output_tokens: 1 }],
        },
      },
    })
    expect(usageFrom({ steps: [advised(800), advised(900)] }).otherModels).toHaveLength(2)
  })
})

describe('a refusal of Claude', () => {
  const usage = { input_tokens: 412, output_tokens: 4, cache_read_input_tokens: 0 }
  const refusal = (category: string | null, content: readonly object[] = []) => ({
    type: 'message',
    content,
    stop_reason: 'refusal',
    stop_details: { type: 'refusal', category },
    usage,
  })
  const free = { inputTokens: 0, outputTokens: 0 }
  const billed = { inputTokens: 412, outputTokens: 4 }

  it.each([
    ['cyber', free],
    ['general_harms', free],
    [null, free],
    ['bio', billed],
    ['frontier_llm', billed],
    ['reasoning_extraction', billed],
  ])('before any output, of the category %s', (category, expected) => {
    const message = refusal(category)
    expect(usageFrom(message)).toMatchObject(expected)
    expect(usageFrom(message, { api: 'anthropic-messages' })).toMatchObject(expected)
    // as Bedrock has it, and a line of a batch
    expect(usageFrom({ ...message, usage: { input_tokens: 412, output_tokens: 4 } })).toMatchObject(expected)
    expect(usageFrom({ custom_id: 'a', result: { type: 'succeeded', message } })).toMatchObject(expected)
    const { content, usage: own, ...response_metadata } = message
    const usage_metadata = { input_tokens: 412, output_tokens: 4, total_tokens: 416, input_token_details: {} }
    expect(usageFrom({ content, usage_metadata, response_metadata })).toMatchObject(expected)
    const events = [
      { type: 'message_start', message: { content: [], usage: { ...own, output_tokens: 1 } } },
      {
        type: 'message_delta',
        delta: { stop_reason: 'refusal', stop_details: message.stop_details },
        usage: { output_tokens: 4 },
      },
      { type: 'message_stop' },
    ]
    expect(usageFrom(events)).toMatchObject(expected)
    // some events alone do not tell whether there was output
    expect(usageFrom(events.slice(0, 2))).toMatchObject(billed)
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }
    expect(usageFrom(events.flatMap((event, position) => (position === 1 ? [block, event] : [event])))).toMatchObject(
      billed,
    )
  })

  it('is billed after some output, and where its category or its content is not known', () => {
    expect(usageFrom(refusal('cyber', [{ type: 'text', text: 'Hello' }]))).toMatchObject(billed)
    expect(usageFrom({ ...refusal('cyber'), stop_details: null })).toMatchObject(billed)
    expect(usageFrom({ ...refusal('cyber'), content: undefined })).toMatchObject(billed)
    expect(usageFrom({ ...refusal('cyber'), stop_reason: 'end_turn' })).toMatchObject(billed)
  })

  it('costs nothing, and says so as a known cost', () => {
    const declined = refusal('cyber', [{ type: 'fallback', from: { model: 'a' }, to: { model: 'b' } }])
    expect(calcCost(usageFrom(declined), 'claude-fable-5', { at })).toMatchObject({
      complete: true,
      total: { exact: '0' },
    })
  })
})

describe('what is billed beside tokens, or not', () => {
  it('is the attempt that was declined before a fallback answered, at its own rates', () => {
    const attempt = (type: string, model: string, output_tokens: number) => ({
      type,
      model,
      input_tokens: 2,
      output_tokens,
    })
    const usage = (declinedAfter: number) => ({
      input_tokens: 2,
      output_tokens: 90,
      iterations: [
        attempt('message', 'claude-fable-5', declinedAfter),
        attempt('fallback_message', 'claude-opus-4-8', 90),
      ],
    })
    expect(usageFrom({ usage: usage(50) })).toEqual({
      inputTokens: 2,
      outputTokens: 90,
      otherModels: [{ model: 'claude-fable-5', usage: { inputTokens: 2, outputTokens: 50 } }],
    })
    expect(usageFrom({ usage: usage(0) })).toEqual({ inputTokens: 2, outputTokens: 90 })
    const continued = (category: string) => [
      { type: 'fallback', from: { model: 'a' }, to: { model: 'b' }, trigger: { type: 'refusal', category } },
      { type: 'text', text: 'Hello' },
    ]
    expect(usageFrom({ content: continued('cyber'), usage: usage(0) }).otherModels).toBeUndefined()
    expect(usageFrom({ content: continued('bio'), usage: usage(0) }).otherModels).toEqual([
      { model: 'claude-fable-5', usage: { inputTokens: 2, outputTokens: 0 } },
    ])
  })

  it.each([
    [
      'connectors of Mistral',
      {
        usage: {
          prompt_tokens: 188,
          completion_tokens: 55,
          total_tokens: 7355,
          connector_tokens: 7112,
          connectors: { web_search: 1 },
        },
      },
      { inputTokens: 7300, outputTokens: 55, webSearches: 1 },
    ],
    [
      'searches of OpenRouter',
      {
        usage: {
          prompt_tokens: 9,
          completion_tokens: 5,
          cost: 0.1,
          is_byok: false,
          server_tool_use_details: { web_search_requests: 2 },
        },
      },
      { inputTokens: 9, outputTokens: 5, webSearches: 2 },
    ],
    [
      "OpenRouter's SDK",
      {
        usage: {
          inputTokens: 100,
          inputTokensDetails: { cachedTokens: 10, cacheWriteTokens: 20 },
          outputTokens: 20,
          outputTokensDetails: { reasoningTokens: 5 },
          isByok: false,
        },
      },
      { inputTokens: 100, outputTokens: 20, cacheReadTokens: 10, cacheWriteTokens: 20, reasoningTokens: 5 },
    ],
    [
      'tools of Interactions',
      {
        usage: {
          total_input_tokens: 10,
          total_output_tokens: 5,
          total_tokens: 15,
          grounding_tool_count: [
            { type: 'google_search', count: 2 },
            { type: 'google_maps', count: 1 },
          ],
        },
      },
      { inputTokens: 10, outputTokens: 5, webSearches: 2, mapsQueries: 1 },
    ],
    [
      'a hosted shell',
      {
        output: [
          { type: 'shell_call', environment: { type: 'container_reference', container_id: 'c' } },
          { type: 'shell_call', environment: { type: 'local' } },
        ],
        usage: { input_tokens: 3, input_tokens_details: {}, output_tokens: 4 },
      },
      { inputTokens: 3, outputTokens: 4, codeSessions: 1 },
    ],
    [
      'a search model of OpenAI',
      {
        object: 'chat.completion',
        model: 'gpt-4o-search-preview-2025-03-11',
        usage: { prompt_tokens: 9, completion_tokens: 5 },
      },
      { inputTokens: 9, outputTokens: 5, webSearches: 1 },
    ],
    [
      'cached tokens of Nova',
      { usage: { inputTokens: 433, outputTokens: 16, totalTokens: 3201, cacheReadInputTokenCount: 2752 } },
      { inputTokens: 3185, outputTokens: 16, cacheReadTokens: 2752 },
    ],
    [
      'seconds with four decimals',
      { text: '', usage: { type: 'duration', seconds: 8.4701 } },
      { inputTokens: 0, outputTokens: 0, inputAudioSeconds: 8.47 },
    ],
    [
      'a blocked answer of Gemini',
      { candidates: [{ finishReason: 'SAFETY' }], usageMetadata: { promptTokenCount: 10, totalTokenCount: 10 } },
      { inputTokens: 10, outputTokens: 0 },
    ],
    [
      'the last event of Interactions',
      {
        event_type: 'interaction.completed',
        interaction: { usage: { total_input_tokens: 1, total_output_tokens: 2 } },
      },
      { inputTokens: 1, outputTokens: 2 },
    ],
  ])('are %s', (_, response, expected) => {
    expect(usageFrom(response)).toEqual(expected)
  })

  it('are the pictures that the AI SDK had OpenAI draw', () => {
    const result = {
      images: [{}],
      usage: { inputTokens: 50, outputTokens: 4160, totalTokens: 4210 },
      providerMetadata: { openai: { images: [{ imageTokens: 40, textTokens: 10 }] } },
    }
    // 10 × 5 + 40 × 8 + 4160 × 32 per million
    expect(calcCost(usageFrom(result), 'gpt-image-1.5', { at }).total.exact).toBe('0.13349')
  })

  it('are cached tokens that a stream of LangChain repeats in every chunk', () => {
    const chunk = (input_tokens: number, output_tokens: number, finishReason?: string) => ({
      usage_metadata: {
        input_tokens,
        output_tokens,
        total_tokens: input_tokens + output_tokens,
        input_token_details: { cache_read: 100 },
      },
      response_metadata: { model_provider: 'google-genai', ...(finishReason === undefined ? {} : { finishReason }) },
    })
    expect(usageFrom([chunk(400, 5), chunk(0, 25), chunk(0, 25, 'STOP')])).toEqual({
      inputTokens: 400,
      outputTokens: 55,
      cacheReadTokens: 100,
    })
    expect(usageFrom([chunk(400, 5), chunk(0, 25)]).missing).toEqual(['outputTokens'])
  })
})

describe('row 33: a cut stream', () => {
  const both = ['inputTokens', 'outputTokens']
  it.each([
    [
      'of Vertex, which counts at its end alone',
      [{ candidates: [{}], usageMetadata: { trafficType: 'ON_DEMAND' } }],
      both,
    ],
    [
      'of Vertex in the AI SDK',
      {
        steps: [
          { usage: { inputTokens: 0, inputTokenDetails: {}, outputTokens: 0, raw: { trafficType: 'ON_DEMAND' } } },
        ],
      },
      both,
    ],
    [
      'in the AI SDK',
      { steps: [{ usage: { inputTokens: 400, outputTokens: 5 }, finishReason: 'interrupted' }] },
      ['outputTokens'],
    ],
    [
      'in version 6 of it',
      { steps: [{ usage: { inputTokens: 400, outputTokens: 5 }, finishReason: 'other', rawFinishReason: undefined }] },
      ['outputTokens'],
    ],
    [
      'of Anthropic in LangChain',
      [{ usage_metadata: { input_tokens: 10, output_tokens: 4 }, response_metadata: { model_provider: 'anthropic' } }],
      ['outputTokens'],
    ],
    [
      'after its first event',
      { type: 'message_start', message: { usage: { input_tokens: 10, output_tokens: 1 } } },
      ['outputTokens'],
    ],
    ['before its first event', { type: 'message_delta', usage: { output_tokens: 50 } }, ['inputTokens']],
    ['with tokens that are not known', { embedding: [1], usage: { tokens: Number.NaN } }, both],
  ])('%s is not whole', (_, response, missing) => {
    expect(usageFrom(response).missing).toEqual(missing)
  })

  it('is whole at the end of a turn of a live session, with what its earlier messages are grounded on', () => {
    const messages = [
      { serverContent: { modelTurn: {}, groundingMetadata: { webSearchQueries: ['a', 'b'] } } },
      {
        serverContent: { turnComplete: true },
        usageMetadata: { promptTokenCount: 10, responseTokenCount: 4, totalTokenCount: 14 },
      },
    ]
    expect(usageFrom(messages)).toEqual({ inputTokens: 10, outputTokens: 4, webSearches: 2 })
  })
})
