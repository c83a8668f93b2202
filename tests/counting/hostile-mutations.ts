/** Valid bodies of every API, and ways to spoil them. */
import fc from 'fast-check'
import { type ApiName, countRequest, type TokenCount } from '../../src/counting/index.ts'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import claude_legacy from '../../src/encodings/claude_legacy.ts'
import mistral_v3 from '../../src/encodings/mistral_v3.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import o200k_harmony from '../../src/encodings/o200k_harmony.ts'
import qwen3 from '../../src/encodings/qwen3.ts'
import tekken from '../../src/encodings/tekken.ts'
import { InvalidRequestError } from '../../src/errors.ts'

/** The shipped ones: references are quadratic on what stands here. */
const encodings = [o200k_base, o200k_harmony, cl100k_base, claude_legacy, mistral_v3, qwen3, tekken]

export interface Sample {
  readonly name: string
  readonly api: ApiName
  readonly models: readonly string[]
  /** Fresh at each call: it is going to be spoilt. */
  make(): unknown
}

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'
const schema = {
  type: 'object',
  description: 'Where',
  properties: {
    city: { type: 'string', description: 'A city' },
    unit: { type: 'string', enum: ['c', 'f'] },
    days: { type: 'array', items: { anyOf: [{ type: 'integer' }, { $ref: '#/$defs/day' }] } },
    place: { type: 'object', properties: { lat: { type: ['number', 'null'] } }, required: ['lat'] },
  },
  required: ['city'],
  $defs: { day: { type: 'object', properties: { name: { const: 'Monday' } } } },
}
const anthropic = {
  system: [{ type: 'text', text: 'Be brief.' }],
  messages: [
    { role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture } }] },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 's' },
        { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Oslo', days: [1, 2] } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'Rain' }] }] },
    { role: 'user', content: [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Page' } }] },
  ],
  tools: [{ name: 'weather', description: 'Weather', input_schema: schema }],
  tool_choice: { type: 'tool', name: 'weather' },
  thinking: { type: 'enabled', budget_tokens: 1024 },
  output_config: { format: { type: 'json_schema', schema } },
}
const openAiChat = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      name: 'ann',
      content: [
        { type: 'text', text: 'Weather?' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${picture}`, detail: 'low' } },
        { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo","days":[1]}' } },
        { id: 'b', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'a', content: '{"rain":true}' },
  ],
  tools: [{ type: 'function', function: { name: 'weather', description: 'Weather', parameters: schema } }],
  tool_choice: { type: 'function', function: { name: 'weather' } },
  response_format: { type: 'json_schema', json_schema: { name: 'reply', schema } },
  reasoning_effort: 'low',
}
const converse = {
  system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
  messages: [
    { role: 'user', content: [{ text: 'Weather?' }, { image: { format: 'png', source: { bytes: picture } } }] },
    { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'weather', input: { city: 'Oslo' } } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ json: { rain: true } }, { text: 'x' }] } }] },
    { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'Hm.' } } }] },
  ],
  toolConfig: {
    tools: [{ toolSpec: { name: 'weather', description: 'Weather', inputSchema: { json: schema } } }],
    toolChoice: { tool: { name: 'weather' } },
  },
  outputConfig: { textFormat: { structure: { jsonSchema: { name: 'r', schema: JSON.stringify(schema) } } } },
}
const gpt = ['gpt-4', 'gpt-4o', 'gpt-5', 'gpt-oss-120b', 'llama-3.3-70b', 'qwen3-coder-480b', 'no-such-model']
const claude = ['claude-sonnet-4-5', 'claude-opus-5']

function sample(name: string, api: ApiName, models: readonly string[], body: unknown): Sample {
  return { name, api, models, make: () => structuredClone(body) }
}

export const samples: readonly Sample[] = [
  sample('openai-chat', 'openai-chat', gpt, openAiChat),
  sample('mistral', 'mistral', ['mistral-large-latest', 'mistral-large-2411'], openAiChat),
  sample('openai-responses', 'openai-responses', gpt, {
    instructions: 'Be brief.',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Weather?' },
          { type: 'input_image', image_url: picture },
        ],
      },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'abcd' },
      { type: 'function_call', call_id: 'a', name: 'weather', arguments: '{"city":"Oslo"}' },
      { type: 'function_call', call_id: 'b', name: 'weather', arguments: '{"city":"Rome"}' },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'Rain' }] },
    ],
    tools: [{ type: 'function', name: 'weather', description: 'Weather', parameters: schema }],
    tool_choice: { type: 'function', name: 'weather' },
    text: { format: { type: 'json_schema', name: 'reply', schema }, verbosity: 'low' },
    reasoning: { effort: 'low' },
  }),
  sample('anthropic-messages', 'anthropic-messages', claude, anthropic),
  sample('gemini', 'gemini', ['gemini-2.5-flash', 'gemini-3-flash'], {
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Weather?' }, { inlineData: { mimeType: 'image/png', data: picture } }] },
      { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Oslo' } } }] },
      {
        role: 'user',
        parts: [
          {
            functionResponse: {
              name: 'weather',
              response: { rain: [true] },
              parts: [{ inlineData: { mimeType: 'image/png', data: picture } }],
            },
          },
        ],
      },
    ],
    tools: [{ functionDeclarations: [{ name: 'weather', description: 'Weather', parameters: schema }] }],
    toolConfig: { functionCallingConfig: { mode: 'ANY' } },
    generationConfig: { responseSchema: schema, mediaResolution: 'MEDIA_RESOLUTION_LOW' },
  }),
  sample('bedrock-converse', 'bedrock-converse', ['nova-lite', ...claude], converse),
  sample('bedrock-count converse', 'bedrock-converse', claude, { input: { converse } }),
  sample('InvokeModel', 'bedrock-converse', claude, {
    input: { invokeModel: { body: { anthropic_version: 'bedrock-2023-05-31', ...anthropic } } },
  }),
  sample('cohere', 'cohere', ['command-a-03-2025'], {
    message: 'Weather?',
    preamble: 'Be brief.',
    chat_history: [
      { role: 'USER', message: 'Hi' },
      { role: 'CHATBOT', message: 'Hello' },
    ],
    documents: [{ title: 'a', text: 'b' }, 'c'],
    tools: openAiChat.tools,
  }),
  sample('ai-sdk', 'ai-sdk', [...gpt, ...claude], {
    system: 'Be brief.',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Weather?' },
          { type: 'image', image: picture },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', toolCallId: 'a', toolName: 'weather', input: { city: 'Oslo' } },
        ],
      },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'weather', output: { type: 'json', value: [1] } }],
      },
    ],
    tools: { weather: { description: 'Weather', inputSchema: { jsonSchema: schema } } },
    toolChoice: { type: 'tool', toolName: 'weather' },
    responseFormat: { type: 'json', name: 'r', schema },
  }),
  sample('langchain', 'langchain', [...gpt, ...claude], {
    messages: [
      { type: 'system', content: 'Be brief.' },
      { lc: 1, id: ['langchain_core', 'messages', 'HumanMessage'], kwargs: { content: 'Weather?' } },
      { type: 'ai', content: '', tool_calls: [{ id: 'a', name: 'weather', args: { city: 'Oslo' } }] },
      { type: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'Rain' }] },
    ],
    tools: openAiChat.tools,
  }),
]

type Holder = Record<PropertyKey, unknown>
type Spoil = (holder: Holder, key: string, ancestors: readonly Holder[]) => void

function put(value: () => unknown): Spoil {
  return (holder, key) => {
    Object.defineProperty(holder, key, { value: value(), enumerable: true, configurable: true, writable: true })
  }
}

function nested(levels: number): unknown {
  let deep: unknown = 'x'
  for (let level = 0; level < levels; level += 1)
    deep =
      level % 2 === 0
        ? [deep]
        : { type: 'tool_result', items: deep, content: deep, parts: deep, functionResponse: deep }
  return deep
}

function unfolding(): unknown {
  let bomb: unknown = { type: 'string' }
  for (let level = 0; level < 60; level += 1)
    bomb = { type: 'object', properties: { a: bomb, b: bomb }, anyOf: [bomb, bomb] }
  return bomb
}

/** Spoilers made of data alone: reading them must never fail inside, only be refused on purpose. */
export const dataSpoilers: Readonly<Record<string, Spoil>> = {
  removed: (holder, key) => {
    delete holder[key]
  },
  null: put(() => null),
  NaN: put(() => Number.NaN),
  infinite: put(() => Number.NEGATIVE_INFINITY),
  huge: put(() => 1e308),
  bigint: put(() => 5n),
  symbol: put(() => Symbol('role')),
  function: put(() => () => 1),
  boolean: put(() => true),
  empty: put(() => ''),
  'empty object': put(() => ({})),
  'no prototype': put(() => Object.create(null)),
  'hostile methods': put(() => ({ toString: 1, valueOf: null, toJSON: 2, length: 5 })),
  date: put(() => new Date(Number.NaN)),
  map: put(() => new Map([['a', 1]])),
  bytes: put(() => new Uint8Array(9)),
  'lone surrogates': put(() => '\ud800x\udc00\ud83d'),
  'name of a prototype field': put(() => '__proto__'),
  'name of a method': put(() => 'constructor'),
  'deep JSON text': put(() => '['.repeat(100_000)),
  'own __proto__': put(() => JSON.parse('{"__proto__":{"role":"user"},"constructor":{"name":"x"}}')),
  cycle: (holder, key, ancestors) => {
    holder[key] = ancestors[Math.floor(ancestors.length / 2)]
  },
  'cycle in a list': (holder, key, ancestors) => {
    holder[key] = [ancestors[0], holder, holder]
  },
  'own class': put(() => Object.create({ constructor: Object.defineProperty(() => 1, 'name', { value: 5 }) })),
  wrapped: (holder, key) => {
    holder[key] = [holder[key], holder[key]]
  },
  'long list': put(() => Array.from({ length: 150_000 }, () => ({ type: 'text', text: 'x' }))),
  'sparse list': put(() => new Array(2 ** 32 - 1)),
  deep: put(() => deepOnce),
  unfolding: put(() => unfolding()),
}
const deepOnce = nested(100_000)

/** Spoilers that run code when they are read. */
export const codeSpoilers: Readonly<Record<string, Spoil>> = {
  'throwing getter': (holder, key) => {
    const get = (): never => {
      throw new Error('boom')
    }
    Object.defineProperty(holder, key, { get, enumerable: true, configurable: true })
  },
  'throwing proxy': put(() => {
    const trap = (): never => {
      throw new SyntaxError('trap')
    }
    return new Proxy({}, { get: trap, ownKeys: trap, has: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap })
  }),
  'revoked proxy': put(() => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  }),
  'proxy with a field for every name': put(() => new Proxy({}, { get: (_, key) => String(key) })),
}

/** All places of a body: the holder, the name, and what lies above. */
export function placesOf(body: unknown): readonly (readonly [Holder, string, readonly Holder[]])[] {
  const places: [Holder, string, readonly Holder[]][] = []
  const pending: [unknown, readonly Holder[]][] = [[body, []]]
  while (pending.length > 0) {
    const [value, above] = pending.pop()!
    if (typeof value !== 'object' || value === null) continue
    const holder = value as Holder
    for (const key of Object.keys(holder)) {
      places.push([holder, key, [...above, holder]])
      pending.push([holder[key], [...above, holder]])
    }
  }
  return places
}

/** One to three spoilers at random places, each place looked up again in what is left. */
export function spoils(spoilers: readonly string[]): fc.Arbitrary<readonly (readonly [string, number])[]> {
  return fc.array(fc.tuple(fc.constantFrom(...spoilers), fc.nat(10_000)), { minLength: 1, maxLength: 3 })
}

export interface Outcome {
  readonly refused: InvalidRequestError | undefined
  readonly cpuSeconds: number
}

/** Counts; anything but a sound count or a typed refusal is thrown on. */
export function outcomeOf(body: unknown, model: string, api: ApiName | undefined): Outcome {
  const start = process.cpuUsage()
  let count: TokenCount | undefined
  let refused: InvalidRequestError | undefined
  try {
    count = countRequest(body, { model, encodings, ...(api === undefined ? {} : { api }) })
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error
    refused = error
  }
  const { user, system } = process.cpuUsage(start)
  if (count !== undefined) {
    JSON.stringify(count)
    for (const { tokens, low, high } of [count, ...count.parts])
      if (![tokens, low, high].every((n) => Number.isSafeInteger(n) && n >= 0) || low > tokens || tokens > high)
        throw new Error(`no sound count: ${low} ≤ ${tokens} ≤ ${high}`)
  }
  return { refused, cpuSeconds: (user + system) / 1e6 }
}
