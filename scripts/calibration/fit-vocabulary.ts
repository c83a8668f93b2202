/**
 * Fits the ratio of a vocabulary that does not ship with the package to o200k_base, per character class, and measures what
 * the fit leaves over. Takes a `tokenizer.json` with SentencePiece-like or byte-level BPE that the package
 * `@lenml/tokenizers` can run; nothing of it is kept but the ratios.
 *
 *   npx tsx scripts/calibration/fit-vocabulary.ts NAME UDHR_FOLDER HANDBOOK_FOLDER LENML_TOKENIZERS_MODULE TOKENIZER_JSON CONFIG_JSON [RECORDINGS]
 *
 * With recorded calls their texts are part of the corpus: tools, JSON and prompts are what agents send, and documents are not like them.
 */
import { readFileSync } from 'node:fs'
import { get_encoding } from 'tiktoken'
import { signsApart } from '../../src/counting/text-counters.ts'
import { classFeatures } from '../../src/tokenizer/class-features.ts'
import { tokensByClass } from '../../src/tokenizer/heuristic.ts'
import { charClasses, featuresPerClass } from '../../src/tokenizer/heuristic-classes.ts'
import { readRecordings } from '../accuracy/recordings.ts'
import { corpus, udhrFolder } from './corpus.ts'
import { leastAbsolute } from './least-absolute.ts'

interface Tokenizer {
  encode(text: string, options: { add_special_tokens: boolean }): readonly number[]
}

const [name = '', udhr = '', handbook = '', module = '', tokenizerFile = '', configFile = '', recordings] =
  process.argv.slice(2)
const { TokenizerLoader } = (await import(module)) as {
  TokenizerLoader: { fromPreTrained(data: { tokenizerJSON: unknown; tokenizerConfig: unknown }): Tokenizer }
}
const tokenizer = TokenizerLoader.fromPreTrained({
  tokenizerJSON: JSON.parse(readFileSync(tokenizerFile, 'utf8')) as unknown,
  tokenizerConfig: JSON.parse(readFileSync(configFile, 'utf8')) as unknown,
})
const base = get_encoding('o200k_base')
const chunks = [
  ...corpus(udhrFolder(udhr), handbook, process.cwd(), 700, 12).map(({ text }) => ({
    text,
    weight: 1,
    isRequest: false,
  })),
  ...requestTexts(recordings).map((text) => ({ text, weight: Math.min(4, text.length / 20), isRequest: true })),
]
const own = chunks.map(({ text }) => tokenizer.encode(text, { add_special_tokens: false }).length)
const signs = ['underscore', 'apostrophe'] as const
const names: readonly string[] = [...charClasses, ...signs]
const digitsAt = charClasses.indexOf('digits') * featuresPerClass
/** Digits beyond one per group of three, which `singleDigits` counts. */
const moreDigits: number[] = []
const shares = chunks.map(({ text }) => {
  const features = classFeatures(text)
  moreDigits.push(features[digitsAt + 1]! - features[digitsAt]!)
  const tokens = tokensByClass(features)
  const total = tokens.reduce((sum, value) => sum + value, 0)
  const count = base.encode(text, [], []).length
  const apart = signs.map((sign) => signsApart(text, { underscore: 0, apostrophe: 0, [sign]: 1 }))
  return Float64Array.from([...tokens.map((value) => (value / total) * count), ...apart])
})
const prior = names.map((_, at) => (at < charClasses.length ? 1 : 0))

/** By least absolute errors: most words cost the same in both vocabularies, to the token, and a few that do not are to move nothing. */
function solve(use: (index: number) => boolean): number[] {
  const chosen = chunks.map((_, index) => index).filter(use)
  return leastAbsolute(
    {
      rows: chosen.map((index) => [...shares[index]!]),
      targets: chosen.map((index) => own[index]! - moreDigits[index]!),
      weights: chosen.map((index) => chunks[index]!.weight / own[index]!),
      priors: prior,
      priorWeights: prior.map(() => 0.1),
    },
    30,
  )
}

const halves = [solve((index) => index % 2 === 0), solve((index) => index % 2 === 1)]
const left = chunks.map(({ isRequest }, index) => {
  const ratios = halves[1 - (index % 2)]!
  const counted = moreDigits[index]! + shares[index]!.reduce((sum, value, at) => sum + value * ratios[at]!, 0)
  return { isRequest, ratio: own[index]! / counted, tokens: own[index]! }
})
const ratios = [...solve(() => true)].map((ratio, index) => `${names[index]}: ${ratio.toFixed(3)}`)
console.log(`${name}: { ${ratios.join(', ')} }`)
report('unseen chunks of the corpus', (one) => !one.isRequest)
for (const [least, most] of [
  [1, 7],
  [8, 31],
  [32, 127],
  [128, Number.POSITIVE_INFINITY],
] as const)
  report(
    `unseen texts of requests of ${least} to ${most} tokens`,
    (one) => one.isRequest && one.tokens >= least && one.tokens <= most,
  )

function report(what: string, use: (one: (typeof left)[number]) => boolean): void {
  const sorted = left.filter(use).sort((one, other) => one.ratio - other.ratio)
  const at = (share: number): string => sorted[Math.round(share * (sorted.length - 1))]?.ratio.toFixed(3) ?? '–'
  console.log(
    `true / calibrated over ${sorted.length} ${what}: 2.5 % ${at(0.025)}, 10 % ${at(0.1)}, median ${at(0.5)}, 90 % ${at(0.9)}, 97.5 % ${at(0.975)}`,
  )
}

/** Texts of the recorded requests, each once: no ids, no data, no signatures. */
function requestTexts(path: string | undefined): string[] {
  if (path === undefined) return []
  const texts = new Set<string>()
  const pending: unknown[] = readRecordings(path).map(({ request }) => request)
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value === 'string' && /^[^\n]{0,40}(\s|$)/.test(value) && value.length > 3)
      texts.add(value.slice(0, 2000))
    else if (typeof value === 'object' && value !== null) {
      const isBare = (key: string): boolean => /signature|data|id$|url|encrypted|role|model|type/i.test(key)
      pending.push(...Object.entries(value).flatMap(([key, child]) => (isBare(key) ? [] : [child])))
    }
  }
  return [...texts]
}
