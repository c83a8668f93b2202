/** Where chat templates come from, and what their texts are counted with. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { transform } from 'esbuild'
import type { EncodingName } from '../../src/tokenizer/types.ts'

export interface TemplateSource {
  /** Name of its row in the generated file: the counting family. */
  readonly name: string
  /** Entry of the list in `@huggingface/ollama-utils`, or a file beside this one. */
  readonly from: { readonly listed: string } | { readonly file: string }
  /** The family's own vocabulary, or the nearest that is packed: constants are of control tokens and a little English. */
  readonly vocabulary: EncodingName
  readonly bos: string
  readonly eos: string
  /** What is written in another way for the renderer, which lacks a filter: the text, and what says the same. */
  readonly rewritten?: readonly [string, string]
  /** Texts that are one token each, besides those in the angle brackets that most templates use. */
  readonly control?: RegExp
}

/** `<|im_start|>`, `<｜User｜>` and their like. */
export const commonControl = /<\|[\w-]+\|>|<｜[^｜<>]+｜>/

const deepseek = { bos: '<｜begin▁of▁sentence｜>', eos: '<｜end▁of▁sentence｜>' } as const
const llama = { bos: '<|begin_of_text|>', eos: '<|end_of_text|>' } as const
const mistral = {
  bos: '<s>',
  eos: '</s>',
  control: /<\/?s>|\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS)\]|\[TOOL_CALLS\]|\[ARGS\]/,
} as const
const none = { bos: '', eos: '' } as const
/** Words that Qwen 3 added to its vocabulary; Qwen 2.5 has the first two. */
const qwenControl = /<\/?(?:tool_call|tool_response|think)>/

export const templateSources: readonly TemplateSource[] = [
  { name: 'llama-3', from: { listed: 'llama3:8b' }, vocabulary: 'cl100k_base', ...llama },
  { name: 'llama-3.1', from: { listed: 'llama3.1:8b' }, vocabulary: 'cl100k_base', ...llama },
  { name: 'llama-4', from: { listed: 'llama4:latest' }, vocabulary: 'o200k_base', ...llama },
  {
    name: 'qwen-2.5',
    from: { listed: 'qwen2.5:0.5b' },
    vocabulary: 'qwen3',
    ...none,
    control: /<\/?tool_call>/,
  },
  { name: 'qwen-3', from: { listed: 'qwen3:0.6b' }, vocabulary: 'qwen3', ...none, control: qwenControl },
  {
    name: 'qwen-3-coder',
    from: { listed: 'qwen3-coder:30b' },
    vocabulary: 'qwen3',
    ...none,
    control: qwenControl,
    rewritten: [
      'param_fields.keys() | reject("in", handled_keys) %}',
      'param_fields.keys() if json_key not in handled_keys %}',
    ],
  },
  { name: 'deepseek', from: { listed: 'deepseek-v3:671b' }, vocabulary: 'deepseek_v3', ...deepseek },
  { name: 'deepseek-distill', from: { listed: 'deepseek-r1:8b' }, vocabulary: 'cl100k_base', ...deepseek },
  { name: 'mistral', from: { file: 'mistral.jinja' }, vocabulary: 'tekken', ...mistral },
  { name: 'mistral-v3', from: { file: 'mistral-v3.jinja' }, vocabulary: 'mistral_v3', ...mistral },
  {
    name: 'gemma',
    from: { listed: 'gemma3:1b' },
    vocabulary: 'o200k_base',
    bos: '<bos>',
    eos: '<eos>',
    control: /<bos>|<(?:start|end)_of_turn>/,
  },
  { name: 'phi-4', from: { listed: 'phi4:14b' }, vocabulary: 'cl100k_base', ...none },
]

const root = resolve(import.meta.dirname, '../..')
const list = 'node_modules/@huggingface/ollama-utils'

interface Listed {
  readonly model: string
  readonly gguf: string
}

export interface LoadedTemplate extends TemplateSource {
  readonly text: string
  /** What the generated file says of its origin. */
  readonly origin: string
  readonly sha256: string
}

/** The package exports no list of templates, but it carries the source file that has them. */
async function listedTemplates(): Promise<readonly Listed[]> {
  const source = readFileSync(join(root, list, 'src/chat-template-automap.ts'), 'utf8')
  const { code } = await transform(source, { loader: 'ts', format: 'esm' })
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Record<string, readonly Listed[]>
  return module['OLLAMA_CHAT_TEMPLATE_MAPPING'] ?? []
}

export async function loadTemplates(): Promise<LoadedTemplate[]> {
  const listed = await listedTemplates()
  const { version } = JSON.parse(readFileSync(join(root, list, 'package.json'), 'utf8')) as { version: string }
  return templateSources.map((source) => {
    const { from } = source
    const text =
      'file' in from
        ? readFileSync(join(import.meta.dirname, from.file), 'utf8')
        : listed.find(({ model }) => model === `library/${from.listed}`)?.gguf
    if (text === undefined) throw new Error(`@huggingface/ollama-utils ${version} lists no template for ${source.name}`)
    const origin =
      'file' in from ? `scripts/templates/${from.file}` : `@huggingface/ollama-utils ${version}, library/${from.listed}`
    return { ...source, text, origin, sha256: createHash('sha256').update(text).digest('hex') }
  })
}
