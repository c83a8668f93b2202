/**
 * What an id tells about a model besides its price: maker, family, and the vocabulary where it is public. The rules read the
 * bare model name, without the paths and prefixes that sellers put around it. They never decide a price.
 *
 * Sources of the vocabularies: tiktoken's model table (OpenAI), the published tokenizer files of Qwen 2 to 3, DeepSeek V3 to
 * V4, Mistral (mistral-common's own map) and the legacy Claude tokenizer.
 */
import type { EncodingName } from '../tokenizer/types.ts'

export interface Family {
  /** Slug of the company that made the model; `null` when the name does not tell. */
  readonly maker: string | null
  /** Line of models that share counting rules, for example `gpt-4o`, `claude-4`, `gemini-2.5`. */
  readonly family: string | null
  /** The vocabulary with which the provider counts, when it is public and known; otherwise counts are estimates. */
  readonly encoding: EncodingName | null
}

type Rule = readonly [pattern: RegExp, maker: string, family: string | null, encoding: EncodingName | null]

/** First match wins. A `null` family is the text that the first group of the pattern matched. */
const rules: readonly Rule[] = [
  [/^gpt-oss/, 'openai', 'gpt-oss', 'o200k_harmony'],
  [/^(?:chatgpt-4o|gpt-4o)/, 'openai', 'gpt-4o', 'o200k_base'],
  [/^gpt-(4\.1|4\.5)(?:-|$)/, 'openai', null, 'o200k_base'],
  [/^(gpt-[56])(?:\.\d+)?(?:-|$)/, 'openai', null, 'o200k_base'],
  [/^(?:chat-latest|gpt-chat-latest|codex-mini)/, 'openai', 'gpt-5', 'o200k_base'],
  [/^(o[134])(?:-|$)/, 'openai', null, 'o200k_base'],
  [/^gpt-(?:audio|realtime|transcribe|image)/, 'openai', 'gpt-4o', 'o200k_base'],
  [/^gpt-4(?:-|$)/, 'openai', 'gpt-4', 'cl100k_base'],
  [/^gpt-3\.?5/, 'openai', 'gpt-3.5', 'cl100k_base'],
  [/^text-embedding-(?:3|ada-002)/, 'openai', 'text-embedding', 'cl100k_base'],
  [/^(?:davinci|babbage)-002$/, 'openai', 'gpt-3', 'cl100k_base'],
  [/^text-davinci-edit/, 'openai', 'gpt-3', 'p50k_edit'],
  [/^(?:text-davinci-00[23]|code-davinci|code-cushman)/, 'openai', 'gpt-3', 'p50k_base'],
  [/^(?:text-davinci-001|text-curie|text-babbage|text-ada|davinci|curie|babbage|ada)/, 'openai', 'gpt-3', 'r50k_base'],
  [/^gpt2$/, 'openai', 'gpt-2', 'gpt2'],
  [/^(?:whisper|tts|dall-e|omni-moderation|sora|computer-use|gpt-live)/, 'openai', 'other', null],
  [/^claude-(?:v1|1|2|instant)/, 'anthropic', 'claude-2', 'claude_legacy'],
  [/^claude-3/, 'anthropic', 'claude-3', null],
  [/^claude-(?:opus|sonnet|haiku|fable)-4|^claude-4/, 'anthropic', 'claude-4', null],
  [/^claude-(?:opus|sonnet|haiku|fable)-5|^claude-5/, 'anthropic', 'claude-5', null],
  [/^claude/, 'anthropic', 'claude', null],
  [/^(gemini-\d+(?:\.\d+)?)/, 'google', null, null],
  [/^gemini/, 'google', 'gemini', null],
  [/^(gemma-\d)/, 'google', null, null],
  [/^(?:veo|imagen|text-embedding-00|embedding-)/, 'google', 'other', null],
  [/^deepseek-(?:r1-distill-qwen)/, 'deepseek', 'deepseek-distill', 'qwen3'],
  [/^deepseek-(?:r1-distill)/, 'deepseek', 'deepseek-distill', null],
  [/^deepseek-(?:chat|reasoner|flash|v[34]|r1)/, 'deepseek', 'deepseek', 'deepseek_v3'],
  [/^deepseek/, 'deepseek', 'deepseek', null],
  [/^qwen-?3\.[5-9]/, 'alibaba', 'qwen3.5', null],
  [/^(?:qwen-?(?:2|3)(?:\.5)?(?:-|$|p5)|qwq)/, 'alibaba', 'qwen', 'qwen3'],
  [/^qwen|^qvq/, 'alibaba', 'qwen', null],
  [
    /^(?:open-)?mistral-nemo|^mistral-(?:small-(?:3|24|25|26|latest)|medium|large-(?:3|25|latest))|^ministral|^pixtral|^devstral|^magistral|^codestral-(?:25|latest)|^voxtral/,
    'mistral',
    'mistral-tekken',
    'tekken',
  ],
  [
    /^(?:open-)?mi(?:s|x)tral-?(?:7b|8x7b|8x22b)|^mistral-large-(?:2402|2407|2411)|^codestral-22b|^codestral-2405/,
    'mistral',
    'mistral',
    'mistral_v3',
  ],
  [/^(?:open-)?mi(?:s|x)tral|^codestral/, 'mistral', 'mistral', null],
  [/^(?:meta-)?(?:llama|codellama)|^muse/, 'meta', 'llama', null],
  [/^grok/, 'xai', 'grok', null],
  [/^(?:command|c4ai|aya|embed-(?:v|english|multilingual)|rerank)/, 'cohere', 'command', null],
  [/^kimi|^moonshot/, 'moonshotai', 'kimi', null],
  [/^glm|^chatglm/, 'zai', 'glm', null],
  [/^minimax/, 'minimax', 'minimax', null],
  [/^(?:nova|titan)/, 'amazon', 'nova', null],
  [/^phi-4(?!-mini|-multimodal)/, 'microsoft', 'phi', null],
  [/^phi|^mai-/, 'microsoft', 'phi', null],
  [/^sonar/, 'perplexity', 'sonar', null],
  [/^voyage/, 'voyageai', 'voyage', null],
]

/**
 * The model's own name inside a seller's id: `us.anthropic.claude-…-v1:0` → `claude-…`, `accounts/fireworks/models/x` → `x`,
 * `meta-llama/Llama-3-8b` → `llama-3-8b`.
 */
export function bareName(id: string): string {
  const tail = id
    .toLowerCase()
    .slice(id.lastIndexOf('/') + 1)
    .replace(/^~/, '')
  return tail
    .replace(/^(?:us|eu|apac|au|jp|ca|us-gov|global)\./, '')
    .replace(
      /^(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|google|moonshotai?|zai|minimax|nvidia|writer|microsoft)\./,
      '',
    )
    .replace(/^ft:/, '')
}

/** Maker, family and vocabulary of a model by its id. */
export function familyOf(id: string): Family {
  const name = bareName(id)
  for (const [pattern, maker, family, encoding] of rules) {
    const match = pattern.exec(name)
    if (match !== null) return { maker, family: family ?? (match[1] as string), encoding }
  }
  return { maker: null, family: null, encoding: null }
}
