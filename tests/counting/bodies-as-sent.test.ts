/** Forms of bodies that SDKs and gateways send, which once were read as another API's or not at all. */
import { describe, expect, it } from 'vitest'
import { countRequest } from '../../src/counting/index.ts'
import tekken from '../../src/encodings/tekken.ts'
import { InvalidRequestError } from '../../src/errors.ts'
import { oracles } from './oracle-encodings.ts'

const long = 'The quick brown fox jumps over the lazy dog. '.repeat(100)
/** Tokens of `long`, to which frames add some. */
const whole = 1000
const user = (content: unknown) => [{ role: 'user', content }]
const count = (request: unknown, options = {}) => countRequest(request, { encodings: [...oracles, tekken], ...options })

describe('nothing of a body is lost', () => {
  it.each([
    ['a system text beside a prompt', { model: 'gpt-5', system: long, prompt: 'hi' }],
    ['a system message beside a prompt', { model: 'gpt-5', system: { role: 'system', content: long }, prompt: 'hi' }],
    [
      'tools by key beside a prompt',
      { model: 'gpt-5', prompt: 'hi', tools: { f: { description: long, inputSchema: {} } } },
    ],
    [
      'messages of a user interface',
      { model: 'gpt-5', messages: [{ role: 'user', parts: [{ type: 'text', text: long }] }] },
    ],
    ['parts as contents of Gemini', { model: 'gemini-2.5-flash', contents: [{ text: long }] }],
    ['one part', { model: 'gemini-2.5-flash', contents: { text: long } }],
    ['one content', { model: 'gemini-2.5-flash', contents: { role: 'user', parts: [{ text: long }] } }],
    ['texts and parts', { model: 'gemini-2.5-flash', contents: ['hi', { text: long }] }],
    [
      'a system instruction as a list',
      { model: 'gemini-2.5-flash', contents: 'hi', config: { systemInstruction: [long] } },
    ],
    [
      'a system instruction as a part',
      { model: 'gemini-2.5-flash', contents: 'hi', config: { systemInstruction: { text: long } } },
    ],
    [
      'calls of tools for a model of Claude by OpenAI',
      {
        model: 'claude-sonnet-4-5',
        messages: [
          ...user('hi'),
          { role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: long } }] },
        ],
      },
    ],
    [
      'the plan of Cohere',
      { model: 'command-a-03-2025', messages: [...user('hi'), { role: 'assistant', tool_plan: long }] },
    ],
    [
      'what a tool of Cohere found',
      {
        model: 'command-a-03-2025',
        messages: [...user('hi'), { role: 'tool', content: [{ type: 'document', document: { data: long } }] }],
      },
    ],
    [
      'results of tools of Cohere 1',
      { model: 'command-a-03-2025', message: 'hi', tool_results: [{ outputs: [{ text: long }] }] },
    ],
    [
      'thoughts of Mistral',
      {
        model: 'mistral-large-latest',
        messages: [
          ...user('hi'),
          { role: 'assistant', content: [{ type: 'thinking', thinking: [{ type: 'text', text: long }] }] },
        ],
      },
    ],
    [
      'the context of a document',
      {
        model: 'claude-sonnet-4-5',
        max_tokens: 1,
        messages: user([
          { type: 'document', context: long, source: { type: 'text', media_type: 'text/plain', data: 'x' } },
        ]),
      },
    ],
    [
      'the content of a document',
      {
        model: 'claude-sonnet-4-5',
        max_tokens: 1,
        messages: user([{ type: 'document', source: { type: 'content', content: [{ type: 'text', text: long }] } }]),
      },
    ],
    [
      'examples of a tool',
      {
        model: 'claude-sonnet-4-5',
        max_tokens: 1,
        messages: user('hi'),
        tools: [{ name: 'f', input_schema: {}, input_examples: [{ a: long }] }],
      },
    ],
    [
      'a document of Bedrock as text',
      {
        modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
        messages: user([{ document: { name: 'd', format: 'txt', source: { text: long } } }]),
      },
    ],
    [
      'a document of Bedrock as texts',
      {
        modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
        messages: user([{ document: { name: 'd', format: 'txt', source: { content: [{ text: long }] } } }]),
      },
    ],
    [
      'a table as bytes',
      {
        modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
        messages: user([{ document: { name: 'd', format: 'csv', source: { bytes: new TextEncoder().encode(long) } } }]),
      },
    ],
    [
      'base64 in lines',
      {
        model: 'gpt-5',
        messages: user([
          { type: 'file', file: { file_data: `data:text/plain;base64,${btoa(long).replace(/.{76}/g, '$&\r\n')}` } },
        ]),
      },
    ],
    [
      'text by another name',
      {
        model: 'gemini-2.5-flash',
        contents: [{ parts: [{ inlineData: { mimeType: 'APPLICATION/XML', data: btoa(long) } }] }],
      },
    ],
  ])('%s', (_, body) => {
    const { tokens, high } = count(body)
    expect(tokens).toBeGreaterThan(whole * 0.9)
    expect(tokens).toBeLessThan(whole * 1.75)
    expect(high).toBeLessThan(whole * 1.9)
  })

  it('a schema that a validator holds, or it says so', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', description: long } } }
    const body = (inputSchema: unknown) => ({
      model: 'gpt-5',
      prompt: 'hi',
      tools: { f: { description: 'd', inputSchema } },
    })
    const plain = count(body(schema))
    expect(count(body({ _zod: {}, '~standard': {}, toJSONSchema: () => schema })).tokens).toBe(plain.tokens)
    expect(count(body({ '~standard': { jsonSchema: { input: () => schema } } })).tokens).toBe(plain.tokens)
    expect(count(body({ _def: { typeName: 'ZodObject' } }))).toMatchObject({
      bounded: false,
      warnings: [{ code: 'malformed-field', path: 'tools.f' }],
    })
  })

  it('but what is not counted leaves the count without a bound', () => {
    expect(count({ model: 'gpt-4o', messages: user({ text: long }) })).toMatchObject({ bounded: false })
    expect(count({ model: 'gpt-4o', messages: user('hi'), prompt: long })).toMatchObject({
      bounded: false,
      warnings: [{ code: 'malformed-field', path: 'prompt' }],
    })
    expect(count({ model: 'gpt-4o', previous_response_id: 'r' })).toMatchObject({ bounded: false })
  })
})

describe('a body in the form of one API', () => {
  it('is read so for models of other makers', () => {
    const body = (url: string) => ({
      model: 'claude-sonnet-4-5',
      max_tokens: 10,
      messages: user([{ type: 'image_url', image_url: { url } }]),
    })
    expect(count(body('https://example.org/a.png'))).toMatchObject({ warnings: [{ code: 'unknown-media-size' }] })
    expect(count(body('https://example.org/a.png')).high).toBeGreaterThan(1500)
    expect(
      count({
        ...body(''),
        messages: user([
          { type: 'file', file: { file_data: `data:application/pdf;base64,${btoa('%PDF /Type /Page')}` } },
        ]),
      }).high,
    ).toBeLessThan(5000)
  })

  it.each([
    [{ model: 'gpt-4o', instructions: long, input: long }, 'openai-chat', 'openai-responses'],
    [{ model: 'gpt-4o', contents: [{ parts: [{ text: long }] }] }, 'openai-chat', 'gemini'],
    [{ model: 'gpt-4o', messages: user(long) }, 'gemini', 'openai-chat'],
  ])('is not counted as nothing by that of another', (body, api, own) => {
    expect(() => count(body, { api })).toThrow(InvalidRequestError)
    expect(() => count(body, { api })).toThrow(`no message in the form of ${api}; its fields are those of ${own}`)
  })

  it.each([
    [{ api: 'openai' }, RangeError, 'api must be one of openai-chat'],
    [{ model: 5 }, TypeError, 'model: a text was expected, got 5'],
    [{ seller: null }, TypeError, 'seller: a text was expected'],
  ])('is asked for by name: %j', (options, kind, message) => {
    expect(() => count({ model: 'gpt-4o', messages: user('hi') }, options)).toThrow(kind)
    expect(() => count({ model: 'gpt-4o', messages: user('hi') }, options)).toThrow(message)
  })
})

describe('pages of a PDF', () => {
  const pdf = (text: string) =>
    count({
      model: 'gemini-2.5-flash',
      contents: [{ parts: [{ inlineData: { mimeType: 'application/pdf', data: btoa(`%PDF-1.7 ${text}`) } }] }],
    })
  const page = '<< /Type /Page >> '
  const tree = (pages: number) => `<< /Type /Pages /Kids [1 0 R 2 0 R] /Count ${pages} >> `
  const perPage = 258

  it.each([
    ['as its tree and its objects say', page.repeat(3) + tree(3), [3, 3]],
    [
      'without an outline, which counts its entries',
      `${page.repeat(3)}${tree(3)}<< /Type /Outlines /First 9 0 R /Count 40 >>`,
      [3, 3],
    ],
    ['of which most are compressed', page + tree(50), [1, 50]],
    ['of which versions were saved', page.repeat(10) + tree(1), [1, 10]],
  ])('are bounded %s', (_, text, [low, high]) => {
    const found = pdf(text)
    expect(found.low).toBeLessThanOrEqual((low as number) * perPage + 10)
    expect(found.high).toBeGreaterThanOrEqual((high as number) * perPage)
    if (low === high) expect(found.tokens).toBeLessThan((high as number) * perPage * 1.2)
  })
})

describe('a remark', () => {
  it('is made once, however many pictures it is about', () => {
    const picture = { type: 'image_url', image_url: { url: 'https://example.org/a.png' } }
    const { warnings } = count({ model: 'gpt-4o', messages: user(Array.from({ length: 1000 }, () => picture)) })
    expect(warnings).toHaveLength(1)
  })
})
