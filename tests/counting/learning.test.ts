import { describe, expect, it } from 'vitest'
import {
  countByProvider,
  countRequest,
  createCalibration,
  type ProviderCountOptions,
} from '../../src/counting/index.ts'
import { oracles } from './oracle-encodings.ts'

const body = {
  model: 'claude-opus-5',
  max_tokens: 10,
  messages: [{ role: 'user', content: 'A somewhat longer question about ferries.' }],
}
const key = { model: 'claude-opus-5', template: 'faq' }
const count = countRequest(body, { encodings: oracles })

describe('createCalibration', () => {
  it('corrects later counts once there are enough bills, and says so', () => {
    const calibration = createCalibration()
    const billed = Math.round(count.tokens * 1.25)
    for (let pair = 0; pair < 4; pair += 1) calibration.learn(count, billed, key)
    expect(calibration.apply(count, key)).toBe(count)
    calibration.learn(count, billed, key)
    const corrected = calibration.apply(count, key)
    expect(corrected.tokens).toBe(billed)
    expect(corrected.low).toBeLessThanOrEqual(billed)
    expect(corrected.high).toBeGreaterThanOrEqual(billed)
    expect(corrected.assumptions.at(-1)?.code).toBe('learned-correction')
    expect(calibration.apply(count, { model: 'claude-opus-5' })).toBe(count)
  })

  it('keeps ranges that held, also when one bill went another way, and widens those that did not', () => {
    const calibration = createCalibration()
    for (let pair = 0; pair < 9; pair += 1) calibration.learn(count, count.tokens, key)
    calibration.learn(count, count.tokens * 2, key)
    expect(calibration.apply(count, key)).toMatchObject({ tokens: count.tokens, low: count.low, high: count.high })
    for (let pair = 0; pair < 2; pair += 1) calibration.learn(count, count.tokens * 2, key)
    expect(calibration.apply(count, key)).toMatchObject({ tokens: count.tokens, high: count.tokens * 2 })
  })

  it('is bounded, whatever the bills say', () => {
    const calibration = createCalibration()
    for (let pair = 0; pair < 50; pair += 1) calibration.learn(count, count.tokens * 1000, key)
    expect(calibration.apply(count, key).tokens).toBe(count.tokens * 2)
    for (const wrong of [0, -1, 1.5, Number.NaN]) expect(() => calibration.learn(count, wrong, key)).toThrow(RangeError)
  })

  it('survives storage as JSON', () => {
    const calibration = createCalibration()
    for (let pair = 0; pair < 9; pair += 1) calibration.learn(count, count.tokens + pair, key)
    const restored = createCalibration(JSON.parse(JSON.stringify(calibration.state())))
    expect(restored.state()).toEqual(calibration.state())
    expect(restored.apply(count, key)).toEqual(calibration.apply(count, key))
    // biome-ignore lint/suspicious/noExplicitAny: a state that was tampered with
    expect(() => createCalibration({ version: 1, entries: { x: { pairs: 'many' } } } as any)).toThrow(TypeError)
  })

  it('reports drift', () => {
    const calibration = createCalibration()
    for (let pair = 0; pair < 40; pair += 1) calibration.learn(count, count.tokens, key)
    expect(calibration.entry(key)?.drifted).toBe(false)
    for (let pair = 0; pair < 8; pair += 1) calibration.learn(count, Math.round(count.tokens * 1.4), key)
    expect(calibration.entry(key)?.drifted).toBe(true)
  })
})

describe('countByProvider', () => {
  function answering(status: number, answer: unknown, seen: string[] = []): ProviderCountOptions['fetch'] {
    return async (url, init) => {
      seen.push(url, init.body)
      return { ok: status === 200, status, json: async () => answer }
    }
  }

  it('gives the count of the provider', async () => {
    const seen: string[] = []
    const counted = await countByProvider(body, {
      encodings: oracles,
      fetch: answering(200, { input_tokens: 21 }, seen),
    })
    expect(counted).toMatchObject({ tokens: 21, low: 21, high: 21, method: 'provider' })
    expect(seen[0]).toBe('https://api.anthropic.com/v1/messages/count_tokens')
    expect(JSON.parse(seen[1] ?? '')).toEqual({ model: 'claude-opus-5', messages: body.messages })
  })

  it('asks Gemini about the whole request', async () => {
    const seen: string[] = []
    const request = { contents: [{ parts: [{ text: 'hi' }] }] }
    const options = { model: 'gemini-2.5-flash', encodings: oracles, fetch: answering(200, { totalTokens: 2 }, seen) }
    expect((await countByProvider(request, options)).tokens).toBe(2)
    expect(seen[0]).toContain('/v1beta/models/gemini-2.5-flash:countTokens')
  })

  it.each([
    ['an error status', answering(529, {})],
    ['an answer without a count', answering(200, { tokens: 'many' })],
    [
      'a failed call',
      async () => {
        throw new Error('offline')
      },
    ],
  ] as const)('counts offline with a warning after %s', async (_, fetch) => {
    const counted = await countByProvider(body, { encodings: oracles, fetch })
    expect(counted.tokens).toBe(count.tokens)
    expect(counted.warnings.map(({ code }) => code)).toEqual(['provider-count-failed'])
  })

  it('counts offline where no endpoint exists', async () => {
    const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] }
    const counted = await countByProvider(chat, { encodings: oracles, fetch: answering(200, {}) })
    expect(counted.tokens).toBe(8)
    expect(counted.warnings[0]?.message).toContain('no count endpoint')
  })
})
