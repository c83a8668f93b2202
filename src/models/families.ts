/**
 * What an id tells about a model besides its price: maker, counting family, and the vocabulary that counts it. It never decides
 * a price.
 *
 * Sources of the vocabularies: tiktoken's model table (OpenAI), the published tokenizer files of Qwen 2 to 3, DeepSeek V3 to
 * V4, Phi-4, Mistral (mistral-common's own map) and the legacy Claude tokenizer; docs/accuracy.md, "Which vocabulary counts what".
 */
import type { EncodingName } from '../tokenizer/types.ts'
import { bareModelId, dashed, longestBeginning } from './bare-id.ts'

/**
 * Models that share a vocabulary and a prompt frame. Kept apart from price entries: a price belongs to one id, a family to all
 * ids of a generation, dated snapshots and regional ids included.
 */
export interface Family {
  /** Named after one of its models; `unknown` when no counting rules are known for the model. */
  readonly name: FamilyName
  /** Slug of the company that made the model; `null` when the id does not tell. */
  readonly maker: string | null
  /** The vocabulary that counts its text. */
  readonly encoding: EncodingName
  /** Whether that is the family's own vocabulary (its bare text is exact) or a stand-in to calibrate on. */
  readonly ownEncoding: boolean
}

export type FamilyName = ReturnType<typeof table>[number][0]

/**
 * Family, maker, vocabulary, own or stand-in, and the beginnings of ids. An id belongs to the longest beginning that fits it and
 * ends at a word border (`o1` fits `o1-mini`, not `o100`).
 */
function table() {
  return [
    ['gpt-3.5-0301', 'openai', 'cl100k_base', true, 'gpt-3.5-turbo-0301'],
    ['gpt-4', 'openai', 'cl100k_base', true, 'gpt-4 gpt-3.5 gpt-35'],
    ['gpt-4o', 'openai', 'o200k_base', true, 'gpt-4o chatgpt-4o gpt-4.1 gpt-4.5 gpt-audio computer-use'],
    ['gpt-4o-search', 'openai', 'o200k_base', true, 'gpt-4o-search-preview gpt-4o-mini-search-preview'],
    ['gpt-5', 'openai', 'o200k_base', true, 'gpt-5 gpt-6 o1 o3 o4 codex chatgpt gpt-chat chat-latest'],
    ['gpt-oss', 'openai', 'o200k_harmony', true, 'gpt-oss'],
    [
      'openai-text',
      'openai',
      'cl100k_base',
      true,
      'text-embedding-3 text-embedding-ada gpt-3.5-turbo-instruct davinci-002 babbage-002',
    ],
    ['openai-text', 'openai', 'p50k_base', true, 'text-davinci code-davinci code-cushman'],
    ['openai-text', 'openai', 'r50k_base', true, 'davinci curie babbage ada text-curie text-babbage text-ada'],
    ['claude-2', 'anthropic', 'claude_legacy', true, 'claude-1 claude-2 claude-instant claude-v'],
    ['claude-3', 'anthropic', 'claude_legacy', false, 'claude-3'],
    ['claude-4', 'anthropic', 'claude_legacy', false, 'claude'],
    [
      'claude-4.7',
      'anthropic',
      'claude_legacy',
      false,
      'claude-opus-4-7 claude-opus-4-8 claude-opus-4-9 claude-sonnet-4-7 claude-sonnet-4-8 claude-haiku-4-7 claude-haiku-4-8',
    ],
    [
      'claude-4.7',
      'anthropic',
      'claude_legacy',
      false,
      'claude-opus-5 claude-sonnet-5 claude-haiku-5 claude-5 claude-fable claude-mythos',
    ],
    ['gemini-1.5', 'google', 'o200k_base', false, 'gemini-1 gemini-pro'],
    ['gemini-2.0', 'google', 'o200k_base', false, 'gemini-2.0'],
    ['gemini-2.5', 'google', 'o200k_base', false, 'gemini'],
    ['gemini-3', 'google', 'o200k_base', false, 'gemini-3 gemini-4'],
    ['gemma', 'google', 'o200k_base', false, 'gemma'],
    ['llama-3', 'meta', 'o200k_base', false, 'llama-3 llama3 llama-v3'],
    [
      'llama-3.1',
      'meta',
      'o200k_base',
      false,
      'llama-3.1 llama3.1 llama-3.2 llama3.2 llama-3.3 llama3.3 llama-v3.1 llama-v3.2 llama-v3.3',
    ],
    ['llama-4', 'meta', 'o200k_base', false, 'llama-4 llama4'],
    ['qwen-2.5', 'alibaba', 'qwen3', true, 'qwen qwq'],
    ['qwen-3', 'alibaba', 'qwen3', true, 'qwen3 qwen-3'],
    ['qwen-3-coder', 'alibaba', 'qwen3', true, 'qwen3-coder qwen-3-coder'],
    [
      'qwen-3.5',
      'alibaba',
      'qwen3',
      false,
      'qwen3.5 qwen3.6 qwen3.7 qwen3.8 qwen4 qwen-3.5 qwen-3.6 qwen-3.7 qwen-3.8 qwen-4',
    ],
    ['deepseek', 'deepseek', 'deepseek_v3', true, 'deepseek'],
    ['deepseek-v4', 'deepseek', 'deepseek_v3', true, 'deepseek-v4'],
    ['deepseek-v4.1', 'deepseek', 'deepseek_v3', true, 'deepseek-v4.1 deepseek-v4p1 deepseek-flash'],
    ['deepseek-distill', 'deepseek', 'o200k_base', false, 'deepseek-r1-distill'],
    ['deepseek-distill', 'deepseek', 'qwen3', true, 'deepseek-r1-distill-qwen'],
    [
      'mistral-v3',
      'mistral',
      'mistral_v3',
      true,
      'mistral-7b mixtral open-mistral-7b open-mixtral mistral-large-2402 mistral-large-2407 mistral-large-2411',
    ],
    [
      'mistral-v3',
      'mistral',
      'mistral_v3',
      true,
      'mistral-small-2402 codestral-2405 codestral-mamba mistral-tiny pixtral-large',
    ],
    [
      'mistral',
      'mistral',
      'tekken',
      true,
      'mistral ministral devstral magistral pixtral codestral voxtral open-mistral-nemo',
    ],
    ['glm-4', 'zai', 'o200k_base', false, 'glm'],
    ['glm-5', 'zai', 'o200k_base', false, 'glm-5'],
    ['kimi', 'moonshotai', 'o200k_base', false, 'kimi'],
    ['minimax', 'minimax', 'o200k_base', false, 'minimax'],
    ['nova', 'amazon', 'o200k_base', false, 'nova'],
    ['nova-2', 'amazon', 'o200k_base', false, 'nova-2'],
    ['grok', 'xai', 'o200k_base', false, 'grok'],
    ['cohere', 'cohere', 'o200k_base', false, 'command c4ai aya'],
    ['palmyra', 'writer', 'o200k_base', false, 'palmyra'],
    ['phi-4', 'microsoft', 'cl100k_base', true, 'phi-4'],
    [
      'unknown',
      'openai',
      'o200k_base',
      false,
      'gpt-image gpt-realtime gpt-live gpt-transcribe whisper tts dall-e omni-moderation sora',
    ],
    ['unknown', 'google', 'o200k_base', false, 'veo imagen text-embedding-004 text-embedding-005 embedding'],
    ['unknown', 'alibaba', 'o200k_base', false, 'qvq'],
    ['unknown', 'deepseek', 'o200k_base', false, 'deepseek-coder deepseek-llm deepseek-v2'],
    ['unknown', 'meta', 'o200k_base', false, 'llama codellama muse'],
    ['unknown', 'cohere', 'o200k_base', false, 'embed-v embed-english embed-multilingual rerank'],
    ['unknown', 'moonshotai', 'o200k_base', false, 'moonshot'],
    ['unknown', 'zai', 'o200k_base', false, 'chatglm'],
    ['unknown', 'amazon', 'o200k_base', false, 'titan'],
    ['unknown', 'microsoft', 'o200k_base', false, 'phi phi-4-mini phi-4-multimodal mai'],
    ['unknown', 'perplexity', 'o200k_base', false, 'sonar'],
    ['unknown', 'voyageai', 'o200k_base', false, 'voyage'],
    ['unknown', null, 'o200k_base', false, ''],
  ] as const
}

let families: ReadonlyMap<string, Family> | undefined

/** By beginning of the id; made on first use, so that importing costs nothing. */
function familyByStart(): ReadonlyMap<string, Family> {
  families ??= new Map(
    table().flatMap(([name, maker, encoding, ownEncoding, starts]) =>
      starts.split(' ').map((start) => [dashed(start), { name, maker, encoding, ownEncoding }] as const),
    ),
  )
  return families
}

/**
 * The counting family of a model id as providers and gateways spell it: `openai/gpt-5`, `us.anthropic.claude-sonnet-4-5-v1:0`,
 * `models/gemini-2.5-flash`, URL-escaped forms. An id that no beginning fits gets the family `unknown`.
 */
export function familyOf(model: string): Family {
  const known = asked.get(model)
  if (known !== undefined) return known
  const family = longestBeginning(bareModelId(model), familyByStart()) ?? familyByStart().get('')!
  if (asked.size >= maxAsked) asked.clear()
  asked.set(model, family)
  return family
}

/** Ids that were asked for before; programs ask for the same few again and again. */
const asked = new Map<string, Family>()
const maxAsked = 256
