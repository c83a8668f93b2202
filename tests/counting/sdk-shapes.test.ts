/** What SDKs take beside plain JSON bodies: bytes for files, lists of messages, ids under the SDK's own name. */
import { describe, expect, it } from 'vitest'
import { countRequest } from '../../src/counting/index.ts'
import { oracles } from './oracle-encodings.ts'

function count(request: unknown, model?: string): ReturnType<typeof countRequest> {
  return countRequest(request, { encodings: oracles, ...(model === undefined ? {} : { model }) })
}

/** The beginning of a PNG file, which has its size. */
function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return bytes
}

const picture = png(1024, 1024)
const base64 = Buffer.from(picture).toString('base64')
const dataUrl = `data:image/png;base64,${base64}`
/** 1024 × 1024 for GPT-4o, and what stands around it. */
const withPicture = 765 + 3 + 4 + 1 + 1

describe('files as bytes', () => {
  const part = (content: object): object => ({
    messages: [{ role: 'user', content: [content, { type: 'text', text: 'hello there' }] }],
  })

  it.each<readonly [string, object]>([
    ['a Uint8Array', { type: 'image', image: picture }],
    ['a Buffer', { type: 'file', mediaType: 'image/png', data: Buffer.from(picture) }],
    ['an ArrayBuffer', { type: 'image', image: picture.buffer }],
    ['base64', { type: 'image', image: base64 }],
    ['a data URL', { type: 'image', image: new URL(dataUrl) }],
    ['tagged data', { type: 'file', mediaType: 'image/png', data: { type: 'data', data: picture } }],
  ])('the AI SDK gives a picture as %s', (_, content) => {
    const counted = countRequest(part(content), { encodings: oracles, model: 'gpt-4o', api: 'ai-sdk' })
    expect(counted).toMatchObject({ tokens: withPicture, low: withPicture, high: withPicture, warnings: [] })
  })

  it("the AI SDK's detail is read", () => {
    const content = { type: 'image', image: picture, providerOptions: { openai: { imageDetail: 'low' } } }
    const counted = countRequest(part(content), { encodings: oracles, model: 'gpt-4o', api: 'ai-sdk' })
    expect(counted.parts.find(({ kind }) => kind === 'images')?.tokens).toBe(85)
  })

  it('a picture in a result of a tool is a picture and no JSON', () => {
    const output = {
      type: 'content',
      value: [
        { type: 'text', text: 'see' },
        { type: 'media', mediaType: 'image/png', data: base64 },
      ],
    }
    const messages = [
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'shot', input: {} }] },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'shot', output }] },
    ]
    const counted = count({ messages }, 'gpt-4o')
    expect(counted.parts.find(({ kind }) => kind === 'images')?.tokens).toBe(765)
  })

  it('Bedrock Converse takes bytes, and the id of its SDK', () => {
    const content = [{ image: { format: 'png', source: { bytes: png(1000, 1000) } } }, { text: 'hello there' }]
    const body = { modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', messages: [{ role: 'user', content }] }
    const counted = count(body)
    expect(counted.warnings).toEqual([])
    expect(counted.parts.find(({ kind }) => kind === 'images')?.tokens).toBe(1296 + 4)
  })
})

describe('lists of messages', () => {
  const system = 'Be brief.'
  const body = {
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: 'hello there' },
    ],
  }
  const serialised = (name: string, content: string): object => ({
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', name],
    kwargs: { content },
  })

  it.each<readonly [string, readonly unknown[]]>([
    ['roles', body.messages],
    [
      'pairs',
      [
        ['system', system],
        ['human', 'hello there'],
      ],
    ],
    [
      'types',
      [
        { type: 'system', content: system },
        { type: 'human', content: 'hello there' },
      ],
    ],
    ['serialised ones', [serialised('SystemMessage', system), serialised('HumanMessage', 'hello there')]],
  ])('count as a body: %s', (_, messages) => {
    expect(count(messages, 'gpt-4o').tokens).toBe(count(body, 'gpt-4o').tokens)
  })
})

describe('blocks of LangChain', () => {
  const human = (content: readonly unknown[]): object => ({ messages: [{ type: 'human', content }] })

  it.each<readonly [string, object]>([
    ['version 0.3', { type: 'image', source_type: 'base64', mime_type: 'image/png', data: base64 }],
    ['version 1', { type: 'image', mimeType: 'image/png', data: base64 }],
    ['Anthropic', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: base64 } }],
    ['OpenAI', { type: 'image_url', image_url: { url: dataUrl } }],
  ])('a picture of %s', (_, block) => {
    expect(count(human([block, { type: 'text', text: 'hello there' }]), 'gpt-4o').tokens).toBe(withPicture)
  })

  it('a call stands once, though it is in the content as well', () => {
    const call = { name: 'weather', args: { city: 'Lima' }, id: 'a', type: 'tool_call' }
    const block = { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Lima' } }
    const once = [
      { type: 'human', content: 'hot?' },
      { type: 'ai', content: 'I look.', tool_calls: [call] },
    ]
    const twice = [
      { type: 'human', content: 'hot?' },
      { type: 'ai', content: [{ type: 'text', text: 'I look.' }, block], tool_calls: [call] },
    ]
    expect(count(twice, 'claude-sonnet-4-5')).toEqual(count(once, 'claude-sonnet-4-5'))
  })
})
