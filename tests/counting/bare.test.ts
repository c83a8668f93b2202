import { describe, expect, it } from 'vitest'
import { countRequest } from '../../src/counting/index.ts'
import { oracles } from './oracle-encodings.ts'

const count = (request: unknown): ReturnType<typeof countRequest> => countRequest(request, { encodings: oracles })

describe('models that read bare text', () => {
  const model = 'text-embedding-3-small'

  it.each<readonly [string, object, number]>([
    ['a text', { model, input: 'hello there' }, 2],
    ['several texts', { model, input: ['hello there', 'hello'] }, 3],
    ['ids of tokens', { model, input: [15339, 1070] }, 2],
    ['several lists of ids', { model, input: [[15339, 1070], [15339]] }, 3],
    ['a completion', { model: 'gpt-3.5-turbo-instruct', prompt: 'hello there' }, 2],
    ['several completions', { model: 'gpt-3.5-turbo-instruct', prompt: ['hello there', 'hello'] }, 3],
  ])('count %s exactly', (_, body, tokens) => {
    expect(count(body)).toMatchObject({ tokens, low: tokens, high: tokens, warnings: [] })
  })

  it.each([
    { model: 'embed-v4.0', texts: ['hello there'] },
    { model: 'voyage-3-large', input: ['hello there'] },
    { model: 'gemini-embedding-001', input: 'hello there' },
  ])('are known by their names: $model', (body) => {
    expect(count(body).parts.map(({ kind }) => kind)).toEqual(['text'])
  })

  it('leave what they do not take to the readers of chats', () => {
    expect(count({ model, input: [{ role: 'user', content: 'hello there' }] }).tokens).toBeGreaterThan(2)
  })
})
