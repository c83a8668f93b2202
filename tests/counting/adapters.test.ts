import { describe, expect, it } from 'vitest'
import { detectApi, readRequest } from '../../src/counting/adapters/read.ts'
import { type ApiName, countRequest } from '../../src/counting/index.ts'
import type { Fields } from '../../src/counting/read.ts'
import { oracles } from './oracle-encodings.ts'

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const call = { city: 'Lima' }

/** One conversation, as each API writes it: system, question, tool call, its result. */
const conversation: Readonly<Partial<Record<ApiName, Fields>>> = {
  'openai-chat': {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Is it hot in Lima?' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: JSON.stringify(call) } }],
      },
      { role: 'tool', tool_call_id: 'a', content: '31 C' },
    ],
    tools: [{ type: 'function', function: { name: 'weather', description: 'Weather now', parameters: schema } }],
  },
  'openai-responses': {
    instructions: 'Be brief.',
    input: [
      { role: 'user', content: [{ type: 'input_text', text: 'Is it hot in Lima?' }] },
      { type: 'function_call', call_id: 'a', name: 'weather', arguments: JSON.stringify(call) },
      { type: 'function_call_output', call_id: 'a', output: '31 C' },
    ],
    tools: [{ type: 'function', name: 'weather', description: 'Weather now', parameters: schema }],
  },
  'anthropic-messages': {
    max_tokens: 100,
    system: 'Be brief.',
    messages: [
      { role: 'user', content: 'Is it hot in Lima?' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'weather', input: call }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '31 C' }] },
    ],
    tools: [{ name: 'weather', description: 'Weather now', input_schema: schema }],
  },
  gemini: {
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Is it hot in Lima?' }] },
      { role: 'model', parts: [{ functionCall: { name: 'weather', args: call } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'weather', response: '31 C' } }] },
    ],
    tools: [{ functionDeclarations: [{ name: 'weather', description: 'Weather now', parameters: schema }] }],
  },
  'bedrock-converse': {
    system: [{ text: 'Be brief.' }],
    messages: [
      { role: 'user', content: [{ text: 'Is it hot in Lima?' }] },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'weather', input: call } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ text: '31 C' }] } }] },
    ],
    toolConfig: {
      tools: [{ toolSpec: { name: 'weather', description: 'Weather now', inputSchema: { json: schema } } }],
    },
  },
  'ai-sdk': {
    prompt: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Is it hot in Lima?' }] },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'weather', input: call }] },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'a', toolName: 'weather', output: { type: 'text', value: '31 C' } },
        ],
      },
    ],
    tools: [{ type: 'function', name: 'weather', description: 'Weather now', inputSchema: schema }],
  },
  langchain: {
    messages: [
      {
        lc: 1,
        type: 'constructor',
        id: ['langchain_core', 'messages', 'SystemMessage'],
        kwargs: { content: 'Be brief.' },
      },
      { type: 'human', content: 'Is it hot in Lima?' },
      { type: 'ai', content: '', tool_calls: [{ id: 'a', name: 'weather', args: call }] },
      { type: 'tool', tool_call_id: 'a', content: '31 C' },
    ],
    tools: [{ type: 'function', function: { name: 'weather', description: 'Weather now', parameters: schema } }],
  },
}

/** What a reader found, without the form it had. */
function gist(body: Fields, api: ApiName): unknown {
  const { messages, tools, warnings } = readRequest(body, api)
  const parts = messages.flatMap(({ role, parts: own }) =>
    own.flatMap((part): unknown[] => {
      if (part.kind === 'text') return part.text === '' ? [] : [[role, part.text]]
      if (part.kind === 'tool-call') return [['call', part.name, JSON.parse(part.arguments)]]
      if (part.kind === 'tool-result')
        return [
          [
            'result',
            part.name,
            part.parts.map((inner) => (inner.kind === 'text' ? inner.text.replaceAll('"', '') : inner.kind)).join(),
          ],
        ]
      return [[part.kind]]
    }),
  )
  return { parts, tools: tools.map(({ name, description, schema: own }) => [name, description, own]), warnings }
}

describe('adapters', () => {
  it.each(Object.entries(conversation))('read the conversation of %s', (api, body) => {
    expect(gist(body, api as ApiName)).toEqual({
      parts: [
        ['system', 'Be brief.'],
        ['user', 'Is it hot in Lima?'],
        ['call', 'weather', call],
        ['result', 'weather', '31 C'],
      ],
      tools: [['weather', 'Weather now', schema]],
      warnings: [],
    })
  })

  it.each(Object.entries(conversation))('recognise %s by its shape', (api, body) => {
    expect(detectApi(body, 'unknown')).toBe(api)
  })

  it('read Cohere in both versions', () => {
    const first = { preamble: 'Be brief.', chat_history: [{ role: 'CHATBOT', message: 'Hello' }], message: 'Bye' }
    const second = {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'Bye' },
      ],
    }
    expect(gist(first, 'cohere')).toEqual(gist(second, 'cohere'))
    expect(detectApi(first, 'cohere')).toBe('cohere')
  })

  it('count deferred Claude tools only once the conversation has loaded them', () => {
    const tools = [
      { name: 'a', description: 'Always here', input_schema: schema },
      { name: 'b', description: 'Deferred', input_schema: schema, defer_loading: true },
    ]
    const result = { type: 'tool_result', tool_use_id: 'x', content: [{ type: 'tool_reference', tool_name: 'b' }] }
    const idle = readRequest({ messages: [{ role: 'user', content: 'hi' }], tools }, 'anthropic-messages')
    const loaded = readRequest({ messages: [{ role: 'user', content: [result] }], tools }, 'anthropic-messages')
    expect([idle.tools.length, idle.laterTools.length]).toEqual([1, 0])
    expect([loaded.tools.length, loaded.laterTools.flat().map(({ name }) => name)]).toEqual([1, ['b']])
  })

  it('say with a code when the bill holds what the body does not', () => {
    const search = {
      model: 'claude-opus-5',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'hi' }],
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
    }
    const stored = { model: 'gpt-5', input: 'go on', previous_response_id: 'resp_1' }
    for (const [body, code] of [
      [search, 'hosted-tools'],
      [stored, 'stored-context'],
    ] as const) {
      const count = countRequest(body, { encodings: oracles })
      expect(count.bounded).toBe(false)
      expect(count.warnings.map((warning) => warning.code)).toContain(code)
    }
  })

  it("count Claude's own tools that the caller runs by their published sizes", () => {
    const tokens = (model: string, ...types: readonly string[]): ReturnType<typeof countRequest> =>
      countRequest(
        {
          max_tokens: 9,
          messages: [{ role: 'user', content: 'hi' }],
          tools: types.map((type) => ({ type, name: type.slice(0, 4) })),
        },
        { model, api: 'anthropic-messages', encodings: oracles },
      )
    const sonnet = (...types: readonly string[]): number => tokens('claude-sonnet-4-5', ...types).tokens
    expect(sonnet('bash_20250124') - sonnet()).toBe(496 + 244)
    expect(sonnet('bash_20250124', 'text_editor_20250728') - sonnet()).toBe(496 + 244 + 700)
    expect(tokens('claude-opus-4-8', 'bash_20250124').tokens - tokens('claude-opus-4-8').tokens).toBeGreaterThan(
      290 + 324,
    )
    expect(tokens('claude-sonnet-4-5', 'bash_20250124').bounded).toBe(true)
    expect(tokens('claude-sonnet-4-5', 'bash_20250124', 'web_search_20250305').bounded).toBe(false)
  })

  it('take tools of other providers not for those of Anthropic', () => {
    const messages = [{ role: 'user', content: 'hi' }]
    expect(detectApi({ messages, tools: [{ type: 'browser_search' }] }, 'gpt-oss')).toBe('openai-chat')
    expect(detectApi({ messages, tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'unknown')).toBe(
      'anthropic-messages',
    )
  })

  it("count OpenAI's custom tools with room for their grammar, in both APIs", () => {
    const format = { type: 'grammar', syntax: 'lark', definition: 'start: "a" | "b"' }
    const tool = { name: 'code', description: 'Runs code.' }
    const chat = {
      model: 'gpt-5',
      messages: [
        { role: 'user', content: 'hi' },
        { role: 'assistant', tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'code', input: 'print(1)' } }] },
      ],
      tools: [{ type: 'custom', custom: { ...tool, format: { type: 'grammar', grammar: format } } }],
    }
    const responses = { model: 'gpt-5', input: 'hi', tools: [{ type: 'custom', ...tool, format }] }
    for (const body of [chat, responses]) {
      const count = countRequest(body, { encodings: oracles })
      expect(count).toMatchObject({ bounded: true, warnings: [] })
      expect(count.high - count.tokens).toBe(20 + 8)
    }
  })

  it('put the published tool prompt on Claude requests with tools', () => {
    const body = {
      max_tokens: 9,
      messages: [{ role: 'user', content: 'hi' }],
      tools: [{ name: 'f', input_schema: { type: 'object' } }],
    }
    const tokens = (model: string, choice?: string): number =>
      countRequest(
        { ...body, ...(choice === undefined ? {} : { tool_choice: { type: choice } }) },
        { model, api: 'anthropic-messages', encodings: oracles },
      ).tokens
    expect(tokens('claude-opus-4-7', 'any') - tokens('claude-opus-4-7')).toBe(804 - 675)
    expect(tokens('claude-sonnet-4-6', 'any') - tokens('claude-sonnet-4-6')).toBe(589 - 497)
  })
})
