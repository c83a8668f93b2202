/**
 * Token counts that every runtime must reproduce, by OpenAI's own tokenizer (tiktoken, its Rust code as WebAssembly), special
 * tokens taken as text. The texts are those where runtimes and their Unicode tables differ.
 *
 * Run: npm run vectors:runtimes
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { get_encoding, type TiktokenEncoding } from 'tiktoken'

const names: readonly TiktokenEncoding[] = ['o200k_base', 'cl100k_base', 'p50k_base', 'p50k_edit', 'r50k_base', 'gpt2']

const texts: readonly string[] = [
  '',
  'hello world',
  "I'LL we've DON'T it’s",
  '1234567890 3.14 1,000,000',
  'line one\r\nline two\n\n\n  indented\ttab   ',
  '\ufeffbyte order mark\ufeff',
  'next\u0085line, no-break\u00a0space, ideographic\u3000space',
  'a lone \ud800 surrogate \udfff and \ud83d',
  '👩‍👩‍👧‍👦 family 🇩🇪 flag ❤️ heart 🏳️‍🌈',
  '敏捷的棕色狐狸跳过懒狗。素早い茶色の狐。빠른 갈색 여우',
  'Съешь же ещё этих мягких французских булок',
  'نص حكيم له سر قاطع وذو شأن عظيم',
  'सभी मनुष्य जन्म से स्वतंत्र हैं ทุกคนเกิดมาอิสระ',
  'CamelCaseWord snake_case_word SHOUTING İstanbul ǅungla ﬁne',
  'combining: e\u0301 a\u0308\u0323 \u0300alone',
  'new letters: \u088f \u{1e5d0} \u{10d4a} \u{16d40} \u0897 \u1c89\u1c8a',
  'math 𝒜𝓑 ½ Ⅷ ² ₂ ①',
  'const x = (a) => { return a?.b ?? c[0] }; // комментарий',
  '<|endoftext|><|im_start|>user<|fim_prefix|>',
  'aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IHRleHQ=',
  'a'.repeat(3000),
  ' '.repeat(777),
  '\n'.repeat(500),
  '漢'.repeat(400),
  '\u0000\u0001\u007f\u009f control',
  '\u200b\u200d\u2060 invisible \u202eright to left\u202c',
]

const tokens: Record<string, number[]> = {}
for (const name of names) {
  const encoding = get_encoding(name)
  tokens[name] = texts.map((text) => encoding.encode(text, [], []).length)
  encoding.free()
}
// o200k_harmony differs from o200k_base in special tokens only, which are text here.
tokens['o200k_harmony'] = tokens['o200k_base'] as number[]

const file = join(import.meta.dirname, '../tests/runtimes/vectors.json')
writeFileSync(file, `${JSON.stringify({ source: 'tiktoken@1.0.22', tokens, texts }, null, 1)}\n`)
