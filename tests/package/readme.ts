/** Reading and filling README.md. */
import { manifest, runNode } from './installed.ts'
import { bundle, gzipBytes } from './sizes.ts'

/** The text with the part between a pair of markers replaced. */
export function filled(text: string, marker: string, content: string): string {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker.replace(/:.*/, '')} -->`]
  const from = text.indexOf(open) + open.length
  const to = text.indexOf(close, from)
  if (from < open.length || to < 0) throw new Error(`README.md has no ${open} … ${close}`)
  return text.slice(0, from) + content + text.slice(to)
}

/** What stands between a pair of markers. */
export function between(text: string, marker: string): string {
  const cleared = filled(text, marker, '')
  const from = text.indexOf(`<!-- ${marker} -->`) + `<!-- ${marker} -->`.length
  return text.slice(from, from + text.length - cleared.length)
}

export function programs(text: string): string[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1])
}

/** What the first program prints. */
export function programOutput(text: string, folder: string): string {
  return runNode(folder, 'readme.mjs', programs(text)[0])
}

interface Size {
  readonly path: string
  readonly gives: string
  readonly program: string
}

const encodingWords: Readonly<Record<string, string>> = {
  o200k_base: 'vocabulary of GPT-4o, GPT-4.1, GPT-5, o1, o3, o4',
  o200k_harmony: 'vocabulary of gpt-oss',
  cl100k_base: 'vocabulary of GPT-4, GPT-3.5 and text-embedding-3',
  p50k_base: 'vocabulary of text-davinci-003 and Codex',
  p50k_edit: 'vocabulary of text-davinci-edit-001',
  r50k_base: 'vocabulary of GPT-3',
  gpt2: 'vocabulary of GPT-2',
  qwen3: 'vocabulary of Qwen 2, 2.5 and 3',
  deepseek_v3: 'vocabulary of DeepSeek V3, R1 and V4',
  tekken: 'vocabulary of Mistral Nemo, Ministral, Pixtral, Small 3 and later',
  mistral_v3: 'vocabulary of Mistral 7B, Mixtral and Large 2',
  claude_legacy: 'vocabulary of Claude 1 and 2; later Claude is calibrated on it',
  phi4: 'vocabulary of Phi-4',
}

const pathWords: Readonly<Record<string, string>> = {
  './heuristic': 'bounds for any text without a vocabulary',
  './tokenizer': 'vocabularies of your own: tokenizer.json, .tiktoken, tekken.json, SentencePiece',
  './pricing': 'price tables of your own: type, check, load, merge',
  './sellers': 'single sellers of the price table, where few are needed; here all of them',
  './deployment': 'open models on GPUs, machine time by the second, subscriptions, break-even, fine-tuning',
  './parallel': 'many texts over worker threads, long ones in turns with other work',
}

/** One row per import path, the root by what is used of it. */
function sizes(): Size[] {
  const root: Size[] = [
    {
      path: 'tokenfare',
      gives: '`calcCost` alone: prices, without counting',
      program: `export { calcCost } from 'tokenfare'`,
    },
    {
      path: 'tokenfare',
      gives: '`createEstimator`: counting and prices, without a vocabulary',
      program: `export { createEstimator } from 'tokenfare'`,
    },
  ]
  const others = Object.keys(manifest.exports)
    .filter((path) => path !== '.' && path !== './package.json')
    .map((path) => {
      const encoding = /^\.\/encodings\/(.*)$/.exec(path)?.[1]
      const gives = encoding === undefined ? pathWords[path] : (encodingWords[encoding] ?? `vocabulary ${encoding}`)
      if (gives === undefined) throw new Error(`${path}: say in tests/package/readme.ts what it gives`)
      const name = `tokenfare/${path.slice(2)}`
      return {
        path: name,
        gives,
        program: `export * from '${name}'; ${encoding === undefined ? '' : `export { default } from '${name}'`}`,
      }
    })
  return [...root, ...others]
}

/** Rows of the table of imports. */
export async function sizeRows(folder: string): Promise<string> {
  const rows = sizes().map(async ({ path, gives, program }) => {
    const bytes = gzipBytes(await bundle(folder, program))
    return `| \`${path}\` | ${gives} | ${Math.max(1, Math.round(bytes / 1000))} kB |\n`
  })
  return `\n| import | gives | gzip |\n| --- | --- | --- |\n${(await Promise.all(rows)).join('')}\n`
}
