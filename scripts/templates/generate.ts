/**
 * Measures the prompt frames of open models on their chat templates and writes them for the counting rules:
 * `npm run templates:generate`. Which of them count, and why others do not, stands in `open-frames.ts` and `deepseek-frames.ts` of `src/counting/rules/`.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import deepseek_v3 from '../../src/encodings/deepseek_v3.ts'
import mistral_v3 from '../../src/encodings/mistral_v3.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import qwen3 from '../../src/encodings/qwen3.ts'
import tekken from '../../src/encodings/tekken.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'
import { type MeasuredFrame, type MeasuredTools, measureFrame } from './measure.ts'
import { promptCounter } from './render.ts'
import { type LoadedTemplate, loadTemplates } from './sources.ts'

const encodings: readonly Encoding[] = [cl100k_base, deepseek_v3, mistral_v3, o200k_base, qwen3, tekken]

function measured(source: LoadedTemplate): MeasuredFrame {
  const encoding = encodings.find(({ name }) => name === source.vocabulary)
  if (encoding === undefined)
    throw new Error(`${source.name}: no vocabulary ${source.vocabulary} among the loaded ones`)
  const count = (text: string): number => encoding.count(text)
  return measureFrame(source.name, promptCounter(source, count), count)
}

const head = `// npm run templates:generate
/**
 * Prompt frames measured on chat templates. What a template has no words for is missing. Calls and results are those of one call a
 * turn. The digest is of the template.
 */
import type { JsonLayout } from '../json.ts'

export interface TemplateFrame {
  readonly base: number
  readonly perMessage: number
  readonly perAssistant: number
  readonly perSystem?: number
  readonly perCall?: number
  readonly perArgument?: number
  readonly perResult?: number
  readonly withoutThinking?: number
  readonly tools?: {
    readonly layout: JsonLayout | 'markup'
    readonly base: number
    readonly perTool: number
    readonly withSystem?: number
  }
}
`
const templates = await loadTemplates()
const rows = templates.map((source) => {
  const { tools, withoutThinking, ...frame } = measured(source)
  const row = { ...frame, withoutThinking: withoutThinking || undefined, tools: tools && toolsRow(tools) }
  const off = tools === undefined || tools.slack === 0 ? '' : `; prompts with tools off by up to ${tools.slack}`
  const note = `/** ${source.origin}, sha256 ${source.sha256}; counted with ${source.vocabulary}${off}. */`
  return `${note}\nexport function ${functionName(source.name)}(): TemplateFrame {\n  return ${JSON.stringify(row)}\n}\n`
})
writeFileSync(
  join(resolve(import.meta.dirname, '../..'), 'src/counting/rules/templates.gen.ts'),
  [head, ...rows].join('\n'),
)
console.log(`${templates.length} templates measured`)

function toolsRow({ layout, base, perTool, withSystem }: MeasuredTools): object {
  return { layout, base, perTool, withSystem: withSystem || undefined }
}

function functionName(name: string): string {
  return name.replace(/[-.](\w)/g, (_match, letter: string) => letter.toUpperCase())
}
