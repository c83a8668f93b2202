import { cl100kScanner, qwen2Scanner } from './cl100k.ts'
import { deepseekScanner } from './deepseek.ts'
import { gpt2Scanner } from './gpt2.ts'
import { o200kScanner, tekkenScanner } from './o200k.ts'
import type { Scanner } from './scanner.ts'

/** The hand-written splitting rules by the name that a packed vocabulary gives. Made on first use: they need Unicode tables. */
export const scanners: ReadonlyMap<string, () => Scanner> = /* @__PURE__ */ new Map([
  ['o200k', o200kScanner],
  ['tekken', tekkenScanner],
  ['cl100k', cl100kScanner],
  ['qwen2', qwen2Scanner],
  ['gpt2', gpt2Scanner],
  ['deepseek', deepseekScanner],
])
