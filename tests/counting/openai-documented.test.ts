import { describe, expect, it } from 'vitest'
import { countRequest, encodingNeeded } from '../../src/counting/index.ts'
import { isTokenfareError } from '../../src/errors.ts'
import { oracles } from './oracle-encodings.ts'

/** The worked example of the OpenAI cookbook, "How to count tokens with tiktoken", with its API counts. */
const cookbookMessages = [
  {
    role: 'system',
    content: 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
  },
  { role: 'system', name: 'example_user', content: 'New synergies will help drive top-line growth.' },
  { role: 'system', name: 'example_assistant', content: 'Things working well together will increase revenue.' },
  {
    role: 'system',
    name: 'example_user',
    content: "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
  },
  {
    role: 'system',
    name: 'example_assistant',
    content: "Let's talk later when we're less busy about how to do better.",
  },
  {
    role: 'user',
    content: "This late pivot means we don't have time to boil the ocean for the client deliverable.",
  },
]

const weatherTool = {
  type: 'function',
  function: {
    name: 'get_current_weather',
    description: 'Get the current weather in a given location',
    parameters: {
      type: 'object',
      properties: {
        location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
        unit: { type: 'string', description: 'The unit of temperature to return', enum: ['celsius', 'fahrenheit'] },
      },
      required: ['location'],
    },
  },
}

function tokens(request: unknown, model: string): number {
  const count = countRequest(request, { model, encodings: oracles })
  expect(count.low).toBeLessThanOrEqual(count.tokens)
  expect(count.high).toBeGreaterThanOrEqual(count.tokens)
  return count.tokens
}

describe('documented OpenAI counts', () => {
  it.each([
    ['gpt-3.5-turbo-0301', 127],
    ['gpt-3.5-turbo-0613', 129],
    ['gpt-3.5-turbo', 129],
    ['gpt-4-0613', 129],
    ['gpt-4', 129],
    ['gpt-4o', 124],
    ['gpt-4o-mini', 124],
  ])('cookbook chat on %s is %i tokens', (model, expected) => {
    expect(tokens({ model, messages: cookbookMessages }, model)).toBe(expected)
  })

  it.each([
    ['gpt-3.5-turbo', 105],
    ['gpt-4', 105],
    ['gpt-4o', 101],
    ['gpt-4o-mini', 101],
  ])('cookbook tools on %s are %i tokens', (model, expected) => {
    const messages = [
      { role: 'system', content: 'You are a helpful assistant that can answer to questions about the weather.' },
      { role: 'user', content: "What's the weather like in San Francisco?" },
    ]
    expect(tokens({ messages, tools: [weatherTool] }, model)).toBe(expected)
  })

  it('counts a string as bare text and a prompt as one user message', () => {
    expect(countRequest('hello', { model: 'gpt-4o', encodings: oracles })).toMatchObject({ tokens: 1, method: 'exact' })
    expect(countRequest({ model: 'gpt-4o', prompt: 'hello' }, { encodings: oracles })).toMatchObject({
      tokens: 8,
      low: 8,
      high: 8,
      method: 'rule',
    })
    expect(tokens({ model: 'gpt-5', prompt: 'hello' }, 'gpt-5')).toBe(7)
  })
})

describe('encodings are passed in', () => {
  it('names the one a model needs', () => {
    expect(encodingNeeded('openai/gpt-4.1')).toBe('o200k_base')
    expect(encodingNeeded('gpt-4-turbo')).toBe('cl100k_base')
    expect(encodingNeeded('gpt-oss-120b')).toBe('o200k_harmony')
  })

  it('refuses to count without it', () => {
    let caught: unknown
    try {
      countRequest('hello', { model: 'gpt-4', encodings: oracles.filter(({ name }) => name === 'o200k_base') })
    } catch (error) {
      caught = error
    }
    expect(isTokenfareError(caught) && caught.code).toBe('missing-encoding')
    expect(String(caught)).toContain('cl100k_base')
  })
})
