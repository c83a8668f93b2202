/**
 * Fits the weights of the heuristic count to o200k_base and measures its error on chunks that the fit has not seen.
 *
 *   npx tsx scripts/calibration/fit-heuristic.ts UDHR_FOLDER HANDBOOK_FOLDER [--write]
 */
import { writeFileSync } from 'node:fs'
import { get_encoding } from 'tiktoken'
import { classFeatures } from '../../src/tokenizer/class-features.ts'
import { wordCount } from '../../src/tokenizer/heuristic.ts'
import { charClasses, featuresPerClass } from '../../src/tokenizer/heuristic-classes.ts'
import { type Chunk, corpus, minorLabels, udhrFolder } from './corpus.ts'
import { nonNegativeLeastSquares } from './least-squares.ts'

const folder = udhrFolder(process.argv[2] ?? '')
const oracle = get_encoding('o200k_base')
const chunks = corpus(folder, process.argv[3] ?? '', process.cwd())
const counts = chunks.map(({ text }) => oracle.encode(text, [], []).length)
const features = chunks.map(({ text }) => classFeatures(text))
/** Each label weighs the same, minor languages less, whatever its number of chunks; within it the relative error counts. */
const labelSizes = new Map<string, number>()
for (const { label } of chunks) labelSizes.set(label, (labelSizes.get(label) ?? 0) + 1)
const minorShare = 0.05
const weights = chunks.map(
  ({ label }, index) => Math.sqrt((minorLabels.has(label) ? minorShare : 1) / labelSizes.get(label)!) / counts[index]!,
)

/** Where a class has few chunks the weights lean on this: a short word is a token, a longer one grows by its characters. */
const prior = charClasses.flatMap((name) =>
  ['latin', 'joinedLatin'].includes(name) ? [0.8, 0.03, 0.15] : name === 'rareLetters' ? [0, 2.5, 0] : [0.5, 0.4, 0],
)

function solve(use: (index: number) => boolean): Float64Array {
  const chosen = chunks.map((_, index) => index).filter(use)
  const rows = chosen.map((index) => features[index]!.map((value) => value * weights[index]!))
  return nonNegativeLeastSquares(
    rows,
    chosen.map((index) => counts[index]! * weights[index]!),
    { ridge: 3e-4, prior },
  )
}

function tokensPerClass(solution: Float64Array, index: number): Float64Array {
  const tokens = new Float64Array(charClasses.length)
  features[index]!.forEach((value, at) => {
    tokens[Math.floor(at / featuresPerClass)]! += value * solution[at]!
  })
  return tokens
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0
}

/** Ratios true / estimated, of every chunk, each estimated by the half it is not in. */
const halves = [solve((index) => index % 2 === 0), solve((index) => index % 2 === 1)]
const outOfSample = chunks.map((_, index) => tokensPerClass(halves[1 - (index % 2)]!, index))
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
const ratios = outOfSample.map((tokens, index) => counts[index]! / sum(tokens))

/** Both halves hold chunks of the same documents; other documents differ by more. */
const shift = 0.06
/** Where a class is known from one or two sources only, other texts differ by much more. */
const narrowShift = 0.2
const wellKnown = new Set([
  'latin',
  'joinedLatin',
  'extendedLatin',
  'digits',
  'whitespace',
  'punctuation',
  'emoji',
  'cyrillic',
])

/** Bounds of a class: of the chunks in which it makes up the larger part, four fifths of every language included; of all of them where they are few. */
const bounds = charClasses.map((name, at) => {
  const margin = wellKnown.has(name) ? shift : narrowShift
  const own = chunks
    .map((_, index) => index)
    .filter((index) => outOfSample[index]![at]! > 0.4 * sum(outOfSample[index]!))
  const from = own.length >= 12 ? own.map((index) => ratios[index]!) : ratios
  const labels = [...new Set(own.map((index) => chunks[index]!.label))]
  const most = (share: number): number[] =>
    labels.map((label) =>
      quantile(
        own.filter((index) => chunks[index]!.label === label).map((index) => ratios[index]!),
        share,
      ),
    )
  const low = Math.min(1, quantile(from, 0.01), ...most(0.1))
  return [low - margin, Math.max(1, quantile(from, 0.99), ...most(0.9)) + margin] as const
})

function bounded(index: number): readonly [number, number] {
  const tokens = outOfSample[index]!
  let low = 0
  let high = 0
  tokens.forEach((value, at) => {
    low += value * bounds[at]![0]
    high += value * bounds[at]![1]
  })
  return [low, high]
}

const covered = chunks.filter((_, index) => {
  const [low, high] = bounded(index)
  return low <= counts[index]! && counts[index]! <= high
})
const labels = [...labelSizes.keys()]
console.log('| text | chunks | o200k tokens | 4 characters | by class, median | by class, p90 | bounds hold |')
console.log('| --- | --: | --: | --: | --: | --: | --: |')
for (const label of labels) {
  const own = chunks.map((_, index) => index).filter((index) => chunks[index]!.label === label)
  const error = (estimate: (index: number) => number): number[] =>
    own.map((index) => Math.abs(estimate(index) / counts[index]! - 1))
  const classes = error((index) => sum(outOfSample[index]!))
  const total = own.reduce((tokens, index) => tokens + counts[index]!, 0)
  const chars = own.reduce((length, index) => length + chunks[index]!.text.length, 0)
  const inside = own.filter((index) => covered.includes(chunks[index] as Chunk)).length
  console.log(
    `| ${label} | ${own.length} | ${total} | ${percent(chars / 4 / total - 1)} | ${percent(quantile(classes, 0.5))} | ${percent(quantile(classes, 0.9))} | ${percent(inside / own.length)} |`,
  )
}
const errors = ratios.map((ratio) => Math.abs(1 / ratio - 1))
console.log(
  `all: median ${percent(quantile(errors, 0.5))}, p90 ${percent(quantile(errors, 0.9))}, bounds hold ${percent(covered.length / chunks.length)}`,
)

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`
}

const rules = {
  'four-characters': (text: string) => text.length / 4,
  'three-quarter-words': (text: string) => wordCount(text) / 0.75,
}
const ruleBounds = Object.entries(rules).map(([name, rule]) => {
  const own = chunks.map(({ text }, index) => counts[index]! / Math.max(1, rule(text)))
  return { name, low: quantile(own, 0.02), high: quantile(own, 0.98) }
})

if (process.argv.includes('--write')) {
  const solution = solve(() => true)
  const lines = charClasses.map((name, at) => {
    const own = [...solution.slice(at * featuresPerClass, (at + 1) * featuresPerClass)].map((value) =>
      Number(value.toFixed(4)),
    )
    const [low, high] = bounds[at]!
    return `  ${name}: { perRun: ${own[0]}, perChar: ${own[1]}, perTail: ${own[2]}, low: ${low.toFixed(3)}, high: ${high.toFixed(3)} },`
  })
  const head = [
    '/**',
    ' * Tokens of o200k_base per feature of each character class, and the bounds of the ratio of true to estimated tokens.',
    ` * Fitted by scripts/calibration/fit-heuristic.ts on ${chunks.length} chunks of ${labels.length} languages and kinds of content; the bounds`,
    ` * hold ${percent(covered.length / chunks.length)} of chunks that a fit on the other half has not seen.`,
    ' */',
    "import type { CharClass } from './heuristic-classes.ts'",
    '',
    'export interface ClassWeights {',
    '  readonly perRun: number',
    '  readonly perChar: number',
    '  readonly perTail: number',
    '  readonly low: number',
    '  readonly high: number',
    '}',
    '',
    '/** The field’s rules of thumb: a token is about four characters, or three quarters of a word. */',
    "export type RuleOfThumb = 'four-characters' | 'three-quarter-words'",
    '',
    'export const classWeights: Readonly<Record<CharClass, ClassWeights>> = {',
  ]
  const rulesText = [
    '/** Bounds of the ratio of true to estimated tokens for the rules of thumb, on the same chunks. */',
    'export const ruleBounds: Readonly<Record<RuleOfThumb, { readonly low: number; readonly high: number }>> = {',
    ...ruleBounds.map(({ name, low, high }) => `  '${name}': { low: ${low.toFixed(2)}, high: ${high.toFixed(2)} },`),
    '}',
  ]
  writeFileSync('src/tokenizer/heuristic-weights.ts', [...head, ...lines, '}', '', ...rulesText, ''].join('\n'))
}
