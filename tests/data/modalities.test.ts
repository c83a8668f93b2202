import { describe, expect, it } from 'vitest'
import { modelRows } from '../../src/index.ts'

const takes = (seller: string, model: string): readonly string[] | undefined =>
  modelRows({ seller }).find((row) => row.id === model)?.inputModalities

describe('what models take', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['google', 'gemini-2.5-pro', ['text', 'image', 'audio', 'video', 'pdf']],
    ['google-vertex', 'gemini-3.8-flash', ['text', 'image', 'audio', 'video', 'pdf']],
    ['anthropic', 'claude-sonnet-4-5', ['text', 'image', 'pdf']],
    ['openai', 'gpt-5', ['text', 'image', 'pdf']],
    ['openai', 'gpt-audio', ['text', 'audio']],
    ['openai', 'o3-mini', ['text']],
    ['deepseek', 'deepseek-v4-pro', ['text']],
  ])('%s %s', (seller, model, modalities) => {
    expect(takes(seller, model)).toEqual(modalities)
  })
})
