/**
 * Patterns of published tokenizers that have a hand-written scanner, by their text. Sources: openai/tiktoken `openai_public.py`, and the
 * `tokenizer.json` files of Qwen 2.5, Llama 3, gpt-oss and Mistral Nemo.
 */
const known: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", 'gpt2'],
  ["'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", 'gpt2'],
  [cl100k('\\p{N}{1,3}'), 'cl100k'],
  [cl100k('\\p{N}'), 'qwen2'],
  [o200k("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", '\\p{N}{1,3}'), 'o200k'],
  [o200k('', '\\p{N}'), 'tekken'],
])

function cl100k(numbers: string): string {
  return `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${numbers}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`
}

function o200k(contractions: string, numbers: string): string {
  const upper = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]'
  const lower = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]'
  const before = '[^\\r\\n\\p{L}\\p{N}]?'
  return [
    `${before}${upper}*${lower}+${contractions}`,
    `${before}${upper}+${lower}*${contractions}`,
    `${numbers}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
  ].join('|')
}

/** The scanner whose splits are the matches of this pattern, all of them side by side; `undefined` if there is none. */
export function knownScanner(pattern: string): string | undefined {
  return known.get(pattern)
}

/** The three splits of DeepSeek V3, each within the pieces of the one before, which one scanner does. */
export const deepseekPatterns: readonly string[] = [
  '\\p{N}{1,3}',
  '[一-龥\u3040-ゟ゠-ヿ]+',
  '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+',
]
