/** Model id → counting family: which vocabulary and which prompt frame its requests are billed by. */
import type { EncodingName } from '../tokenizer/types.ts'

/**
 * Models that share a vocabulary and a prompt frame. Kept apart from price entries: a price belongs to one id, a family to all
 * ids of a generation, dated snapshots and regional ids included.
 */
export interface Family {
  readonly name: FamilyName
  /** The vocabulary that counts its text. */
  readonly encoding: EncodingName
  /** Whether that is the family's own vocabulary (its bare text is exact) or a stand-in to calibrate on. */
  readonly ownEncoding: boolean
}

export type FamilyName = (typeof table)[number][0]

/**
 * Family, vocabulary, own or stand-in, and the beginnings of ids. An id belongs to the longest beginning that fits it and ends
 * at a word border (`o1` fits `o1-mini`, not `o100`). Vocabularies: docs/accuracy.md, "Which vocabulary counts what".
 */
const table = [
  ['gpt-3.5-0301', 'cl100k_base', true, 'gpt-3.5-turbo-0301'],
  ['gpt-4', 'cl100k_base', true, 'gpt-4 gpt-3.5 gpt-35'],
  ['gpt-4o', 'o200k_base', true, 'gpt-4o chatgpt-4o gpt-4.1 gpt-4.5 computer-use'],
  ['gpt-4o-search', 'o200k_base', true, 'gpt-4o-search-preview gpt-4o-mini-search-preview'],
  ['gpt-5', 'o200k_base', true, 'gpt-5 gpt-6 o1 o3 o4 codex chatgpt'],
  ['gpt-oss', 'o200k_harmony', true, 'gpt-oss'],
  [
    'openai-text',
    'cl100k_base',
    true,
    'text-embedding-3 text-embedding-ada gpt-3.5-turbo-instruct davinci-002 babbage-002',
  ],
  ['openai-text', 'p50k_base', true, 'text-davinci code-davinci code-cushman'],
  ['openai-text', 'r50k_base', true, 'davinci curie babbage ada text-curie text-babbage text-ada'],
  ['claude-2', 'claude_legacy', true, 'claude-1 claude-2 claude-instant claude-v'],
  ['claude-3', 'claude_legacy', false, 'claude-3'],
  ['claude-4', 'claude_legacy', false, 'claude claude-sonnet-4 claude-opus-4 claude-haiku-4 claude-4'],
  ['claude-4.7', 'claude_legacy', false, 'claude-opus-4-7 claude-opus-4-8 claude-sonnet-4-7 claude-sonnet-4-8'],
  [
    'claude-4.7',
    'claude_legacy',
    false,
    'claude-haiku-4-7 claude-haiku-4-8 claude-opus-4-9 claude-fable claude-mythos',
  ],
  ['claude-4.7', 'claude_legacy', false, 'claude-opus-5 claude-sonnet-5 claude-haiku-5 claude-5'],
  ['gemini-1.5', 'o200k_base', false, 'gemini-1 gemini-1.5 gemini-pro'],
  ['gemini-2.0', 'o200k_base', false, 'gemini-2.0'],
  ['gemini-2.5', 'o200k_base', false, 'gemini gemini-2 gemini-2.5'],
  ['gemini-3', 'o200k_base', false, 'gemini-3 gemini-4'],
  ['gemma', 'o200k_base', false, 'gemma'],
  ['llama-3', 'o200k_base', false, 'llama-3 llama3'],
  [
    'llama-3.1',
    'o200k_base',
    false,
    'llama-3.1 llama3.1 llama-3.2 llama3.2 llama-3.3 llama3.3 llama3-1 llama3-2 llama3-3',
  ],
  ['deepseek-distill', 'o200k_base', false, 'deepseek-r1-distill'],
  ['llama-4', 'o200k_base', false, 'llama-4 llama4'],
  ['qwen-2.5', 'qwen3', true, 'qwen qwen2 qwen2.5 qwen-2 qwen-2.5 qwq'],
  ['qwen-3', 'qwen3', true, 'qwen3 qwen-3'],
  ['qwen-3.5', 'qwen3', false, 'qwen3.5 qwen3.6 qwen-3.5 qwen-3.6'],
  ['deepseek', 'deepseek_v3', true, 'deepseek'],
  [
    'mistral-v3',
    'mistral_v3',
    true,
    'mistral-7b mixtral open-mistral-7b open-mixtral mistral-large-2402 mistral-large-2407',
  ],
  ['mistral-v3', 'mistral_v3', true, 'mistral-large-2411 mistral-small-2402 codestral-2405 mistral-tiny pixtral-large'],
  ['mistral', 'tekken', true, 'mistral ministral devstral magistral pixtral codestral open-mistral-nemo'],
  ['glm-4', 'o200k_base', false, 'glm glm-4'],
  ['glm-5', 'o200k_base', false, 'glm-5'],
  ['kimi', 'o200k_base', false, 'kimi'],
  ['minimax', 'o200k_base', false, 'minimax'],
  ['nova', 'o200k_base', false, 'nova'],
  ['nova-2', 'o200k_base', false, 'nova-2'],
  ['grok', 'o200k_base', false, 'grok'],
  ['cohere', 'o200k_base', false, 'command c4ai aya'],
  ['palmyra', 'o200k_base', false, 'palmyra'],
  ['phi-4', 'cl100k_base', true, 'phi-4'],
  ['unknown', 'o200k_base', false, ''],
] as const

let families: ReadonlyMap<string, Family> | undefined

/** By beginning of the id; made on first use, so that importing costs nothing. */
function familyByStart(): ReadonlyMap<string, Family> {
  families ??= new Map(
    table.flatMap(([name, encoding, ownEncoding, starts]) =>
      starts.split(' ').map((start) => [dashed(start), { name, encoding, ownEncoding }] as const),
    ),
  )
  return families
}

/** Longest model id that is looked at; ids are hostile input. */
const maxIdChars = 256

/** Sellers that gateways write in front of an id with a dash. */
const dashedSellers = ['openai-', 'zai-', 'databricks-', 'meta-', 'hf-']

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

/** A model id without seller and region, lower-case, versions with dashes. */
export function bareModelId(model: string): string {
  const escaped = model.slice(-maxIdChars).toLowerCase().replaceAll('%3a', ':').replaceAll('%2f', '/')
  const id = dashed(escaped.slice(escaped.lastIndexOf('/') + 1))
  const bare = id.slice(id.lastIndexOf('.') + 1)
  const seller = dashedSellers.find((prefix) => bare.startsWith(prefix))
  return bare.slice(seller?.length ?? 0)
}

/** What stands in a table for the longest beginning of an id. */
export function longestBeginning<T>(id: string, table: ReadonlyMap<string, T>): T | undefined {
  for (let end = id.length; end > 0; end -= 1) {
    const found = isWordEnd(id, end) ? table.get(id.slice(0, end)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether an id may go on here with other words: `gpt-4` begins `gpt-4-turbo`, not `gpt-4o`; `qwen` begins `qwen3`. */
function isWordEnd(id: string, end: number): boolean {
  const after = end === id.length ? 'other' : kind(id.charCodeAt(end))
  return after === 'other' || (after === 'digit' && kind(id.charCodeAt(end - 1)) === 'letter')
}

/** Versions are written with dots or with dashes (`4.5`, `4-5`); both read as dashes. Other dots part region and seller. */
function dashed(id: string): string {
  return id.replace(/(\d)\.(?=\d)/g, '$1-')
}

function kind(code: number): 'digit' | 'letter' | 'other' {
  if (code >= 48 && code <= 57) return 'digit'
  return code >= 97 && code <= 122 ? 'letter' : 'other'
}
