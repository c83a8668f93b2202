import { describe, expect, it } from 'vitest'
import { findArchitecture } from '../../src/deployment/catalog.ts'
import { kvBytes, weightBytes } from '../../src/deployment/roofline.ts'
import { estimateSelfHosted } from '../../src/deployment/self-hosted.ts'
import type { SelfHostedOptions } from '../../src/deployment/self-hosted-types.ts'
import type { Quantization } from '../../src/deployment/types.ts'

const GIB = 2 ** 30
const fits = (model: string, gpu: string, count: number, more: Partial<SelfHostedOptions> = {}) =>
  estimateSelfHosted({ model, gpu, count, promptTokens: 1000, outputTokens: 200, ...more }).fits

describe('memory', () => {
  it.each<[string, Quantization, number, number]>([
    // GiB of files: XiongjieDai/GPU-Benchmarks-on-LLM-Inference README, and model cards.
    ['llama-3-8b', 'fp16', 14.96, 0.01],
    ['llama-3-70b', 'fp16', 131.42, 0.01],
    ['llama-3-8b', 'q4_k_m', 4.58, 0.03],
    ['llama-3-70b', 'q4_k_m', 39.59, 0.03],
    ['llama-3-70b', 'q8_0', 69.83, 0.01],
    ['llama-2-7b', 'q4_0', 3.56, 0.02],
    ['llama-2-70b', 'q4_0', 36.2, 0.02],
    ['gpt-oss-120b', 'mxfp4', 60.8, 0.03],
    ['gpt-oss-20b', 'mxfp4', 12.8, 0.03],
    // 641 GiB with the module that predicts a second token: 671 of its 685 billion parameters.
    ['deepseek-v3', 'fp8', 628, 0.01],
  ])('of the weights of %s in %s is %d GiB', (model, quantization, gib, tolerance) => {
    const { rest, experts } = weightBytes(findArchitecture(model), quantization)
    expect(Math.abs((rest + experts) / GIB / gib - 1)).toBeLessThan(tolerance)
  })

  it.each([
    // Hugging Face, "Llama 3.1": keys and values in 16 bits of 128,000 tokens.
    ['llama-3.1-8b', 128_000, 15.62],
    ['llama-3.1-70b', 128_000, 39.06],
    ['llama-3.1-405b', 128_000, 61.52],
    ['llama-3.1-8b', 16_000, 1.95],
    ['llama-3.1-70b', 1000, 0.31],
  ])('of keys and values of %s at %d tokens is %d GiB', (model, tokens, gib) => {
    expect(kvBytes(findArchitecture(model), 'fp16', tokens) / GIB).toBeCloseTo(gib, 1)
  })

  it('of latent attention is one vector per layer: 70 kB a token for DeepSeek V3 (its report, table 1 of V2: 576 × layers)', () => {
    expect(kvBytes(findArchitecture('deepseek-v3'), 'fp16', 1)).toBe(61 * 576 * 2)
  })

  it('of a sliding window stops growing in its layers', () => {
    const model = findArchitecture('gpt-oss-120b')
    const perLayer = 2 * 8 * 64 * 2
    expect(kvBytes(model, 'fp16', 100)).toBe(36 * 100 * perLayer)
    expect(kvBytes(model, 'fp16', 10_128)).toBe(18 * 10_128 * perLayer + 18 * 128 * perLayer)
  })

  it('holds what is known to be held, and no more', () => {
    expect(fits('llama-3-70b', 'h100', 2)).toBe(true)
    expect(fits('llama-3-70b', 'h100', 1)).toBe(false)
    expect(fits('llama-3-70b', 'h100', 1, { quantization: 'fp8' })).toBe(true)
    expect(fits('llama-3-70b', 'l40s', 1, { quantization: 'int4' })).toBe(true)
    expect(fits('llama-3-70b', 'rtx-a6000', 1, { quantization: 'q4_k_m' })).toBe(true)
    expect(fits('llama-3-70b', 'rtx-4090', 1, { quantization: 'int4' })).toBe(false)
    expect(fits('llama-3-70b', 'rtx-4090', 2, { quantization: 'q4_k_m' })).toBe(true)
    expect(fits('llama-3-8b', 'rtx-4090', 1)).toBe(true)
    expect(fits('llama-3-8b', 't4', 1)).toBe(false)
    expect(fits('llama-3-8b', 't4', 1, { quantization: 'int4' })).toBe(true)
    expect(fits('deepseek-v3', 'h200', 8)).toBe(true)
    expect(fits('deepseek-v3', 'h100', 8)).toBe(false)
    expect(fits('deepseek-v3', 'h100', 16)).toBe(true)
    expect(fits('deepseek-v3', 'a100-80gb', 8, { quantization: 'int4' })).toBe(true)
    expect(fits('deepseek-v3', 'mi300x', 8)).toBe(true)
    expect(fits('llama-3.1-405b', 'h100', 8, { quantization: 'fp8' })).toBe(true)
    expect(fits('llama-3.1-405b', 'h100', 8)).toBe(false)
    expect(fits('llama-3.1-405b', 'mi300x', 8)).toBe(true)
    expect(fits('gpt-oss-120b', 'h100', 1)).toBe(true)
    expect(fits('gpt-oss-120b', 'a100-40gb', 1)).toBe(false)
    expect(fits('gpt-oss-20b', 't4', 1)).toBe(false)
    expect(fits('gpt-oss-20b', 'rtx-4090', 1)).toBe(true)
    expect(fits('mixtral-8x7b', 'a100-80gb', 1)).toBe(false)
    expect(fits('mixtral-8x7b', 'a100-80gb', 2)).toBe(true)
  })

  it('counts keys and values of a long context', () => {
    const long = { promptTokens: 130_000, outputTokens: 1000 }
    expect(fits('llama-3.1-70b', 'h100', 2, { ...long, quantization: 'fp8' })).toBe(true)
    expect(fits('llama-3.1-70b', 'h100', 2, long)).toBe(false)
    expect(fits('llama-3.1-70b', 'h100', 4, long)).toBe(true)
    expect(fits('llama-3.1-8b', 'rtx-4090', 1, long)).toBe(false)
  })

  it('says how many GPUs are needed, and gives no speed where it does not fit', () => {
    const tooSmall = estimateSelfHosted({ model: 'llama-3-70b', gpu: 'h100', count: 1, rental: 'lambda/h100' })
    expect(tooSmall.memory.gpusNeeded).toBe(2)
    expect([tooSmall.speed, tooSmall.cost, tooSmall.energy]).toEqual([null, null, null])
    expect(tooSmall.warnings.map(({ code }) => code)).toContain('does-not-fit')
    expect(estimateSelfHosted({ model: 'llama-3-70b', gpu: 'h100' }).count).toBe(2)
    expect(estimateSelfHosted({ model: 'deepseek-r1', gpu: 'h100' }).count).toBe(16)
    expect(estimateSelfHosted({ model: 'kimi-k2', gpu: 't4' }).memory.gpusNeeded).toBeNull()
  })

  it('lets requests wait for which there is no memory', () => {
    const crowded = estimateSelfHosted({
      model: 'llama-2-7b',
      gpu: 'a100-80gb',
      count: 1,
      concurrency: 64,
      promptTokens: 2048,
      outputTokens: 2048,
    })
    expect(crowded.concurrency.expected).toBeLessThan(64)
    expect(crowded.memory.fits).toBe(false)
    expect(crowded.fits).toBe(true)
    expect(crowded.warnings.map(({ code }) => code)).toContain('requests-wait')
  })
})
