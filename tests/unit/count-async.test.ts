import { describe, expect, it } from 'vitest'
import mistral_v3 from '../../src/encodings/mistral_v3.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import { isTokenfareError } from '../../src/errors.ts'
import { countAsync } from '../../src/tokenizer/count-async.ts'

const text = 'A line of some words, and 12345 numbers.\nПривет, мир! 你好，世界。\n'.repeat(60_000)

describe('countAsync', () => {
  it('gives the count and lets timers run in between', async () => {
    await countAsync(o200k_base, text.slice(0, 1_000_000))
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const tokens = await countAsync(o200k_base, text)
    clearInterval(timer)
    expect(tokens).toBe(o200k_base.count(text))
    expect(turns).toBeGreaterThan(3)
  })

  it('gives the count of tokenizers that put a mark before a text', async () => {
    for (const unit of ['A line of some words.\n', 'word ', '  indented ', '中文，测试。', '[INST] hi </s> \n'])
      for (const repeated of [unit.repeat(6_000), unit.repeat(20_001)])
        expect(await countAsync(mistral_v3, repeated)).toBe(mistral_v3.count(repeated))
  })

  it('does nothing for a signal that was aborted before', async () => {
    await expect(countAsync(o200k_base, '', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  })

  it('ends early when aborted, with the reason as the cause', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')), 5)
    const error = await countAsync(o200k_base, text.repeat(20), { signal: controller.signal }).catch((thrown) => thrown)
    expect(isTokenfareError(error) && error.code).toBe('aborted')
    expect(error.cause.message).toBe('enough')
  })
})
