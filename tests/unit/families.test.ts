import { describe, expect, it } from 'vitest'
import { listModels, resolveModel } from '../../src/index.ts'
import { bareModelId } from '../../src/models/bare-id.ts'
import { familyOf } from '../../src/models/families.ts'

describe('a bare model id', () => {
  it.each([
    ['gpt-5', 'gpt-5'],
    ['openai/GPT-5', 'gpt-5'],
    ['openai-gpt-4.1', 'gpt-4-1'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1%3A0', 'claude-sonnet-4-5-20250929-v1:0'],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5'],
    ['in.openai.gpt-5.6-luna', 'gpt-5-6-luna'],
    ['models%2Fgemini-2.5-flash', 'gemini-2-5-flash'],
    ['zai-glm-4.7', 'glm-4-7'],
    ['accounts/fireworks/models/llama-v3p3-70b-instruct', 'llama-v3-3-70b-instruct'],
    ['ft:gpt-4o-mini-2024-07-18:my-org::abc', 'gpt-4o-mini-2024-07-18:my-org::abc'],
    ['', ''],
  ])('of %s is %s', (id, bare) => {
    expect(bareModelId(id)).toBe(bare)
  })
})

describe('the family of a model', () => {
  it.each([
    ['gpt-4-turbo', 'gpt-4', 'cl100k_base'],
    ['gpt-4o-mini', 'gpt-4o', 'o200k_base'],
    ['gpt-4o-mini-search-preview-2025-03-11', 'gpt-4o-search', 'o200k_base'],
    ['o3-mini', 'gpt-5', 'o200k_base'],
    ['anthropic/claude-sonnet-4.5', 'claude-4', 'claude_legacy'],
    ['us.anthropic.claude-opus-4-7-v1:0', 'claude-4.7', 'claude_legacy'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'llama-3.1', 'o200k_base'],
    ['mistral-large-2411', 'mistral-v3', 'mistral_v3'],
    ['mistral-large-latest', 'mistral', 'tekken'],
    ['ft:gpt-3.5-turbo-0125:org::x', 'gpt-4', 'cl100k_base'],
    ['fireworks/llama-v3p3-70b-instruct', 'llama-3.1', 'o200k_base'],
    ['qwen3.8-27b', 'qwen-3.5', 'qwen3'],
    ['openrouter/qwen/qwen4-max', 'qwen-3.5', 'qwen3'],
    ['deepseek-r1-distill-qwen-32b', 'deepseek-distill', 'qwen3'],
    ['deepseek-r1-distill-llama-70b', 'deepseek-distill', 'o200k_base'],
    ['deepseek-coder-33b-instruct', 'unknown', 'o200k_base'],
    ['deepseek-ai/DeepSeek-V4-Pro', 'deepseek-v4', 'deepseek_v3'],
    ['deepseek-flash', 'deepseek-v4.1', 'deepseek_v3'],
    ['accounts/fireworks/models/deepseek-v4p1-flash', 'deepseek-v4.1', 'deepseek_v3'],
    ['phi-4-mini-instruct', 'unknown', 'o200k_base'],
    ['o100', 'unknown', 'o200k_base'],
    ['gpt-4oo', 'unknown', 'o200k_base'],
    ['__proto__', 'unknown', 'o200k_base'],
    ['constructor', 'unknown', 'o200k_base'],
    ['', 'unknown', 'o200k_base'],
  ])('%s is %s', (id, name, encoding) => {
    expect(familyOf(id)).toMatchObject({ name, encoding })
  })

  it('says of every priced model what counting uses, and names no vocabulary for a stand-in', () => {
    const models = listModels({ includeMarketplaces: true, includeDeprecated: true })
    expect(models.length).toBeGreaterThan(1500)
    for (const model of models) {
      const { name, encoding, ownEncoding } = familyOf(model.id)
      expect({ id: model.id, family: model.family, encoding: model.encoding }).toEqual({
        id: model.id,
        family: name === 'unknown' ? null : name,
        encoding: ownEncoding ? encoding : null,
      })
    }
  })

  it('knows the maker at other sellers, also of models without counting rules', () => {
    expect(resolveModel('anthropic.claude-sonnet-4-6', { seller: 'amazon-bedrock' }).maker).toBe('anthropic')
    expect(resolveModel('whisper-large-v3', { seller: 'groq' })).toMatchObject({ maker: 'openai', family: null })
    expect(familyOf('GPT-JT-Moderation-6B').maker).toBeNull()
  })
})
