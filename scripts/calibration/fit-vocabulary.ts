/**
 * Fits the ratio of a vocabulary that does not ship with the package to o200k_base, per character class, and measures what
 * the fit leaves over. Takes a `tokenizer.json` with SentencePiece-like or byte-level BPE that the package
 * `@lenml/tokenizers` can run; nothing of it is kept but the ratios.
 *
 *   npx tsx scripts/calibration/fit-vocabulary.ts NAME UDHR_FOLDER HANDBOOK_FOLDER LENML_TOKENIZERS_MODULE TOKENIZER_JSON CONFIG_JSON
 */
import { readFileSync } from 'node:fs'
import { get_encoding } from 'tiktoken'
import { classFeatures } from '../../src/tokenizer/class-features.ts'
import { tokensByClass } from '../../src/tokenizer/heuristic.ts'
import { charClasses } from '../../src/tokenizer/heuristic-classes.ts'
import { corpus, udhrFolder } from './corpus.ts'
import { nonNegativeLeastSquares } from './least-squares.ts'

interface Tokenizer {
  encode(text: string, options: { add_special_tokens: boolean }): readonly number[]
}

const [name = '', udhr = '', handbook = '', module = '', tokenizerFile = '', configFile = ''] = process.argv.slice(2)
const { TokenizerLoader } = (await import(module)) as {
  TokenizerLoader: { fromPreTrained(data: { tokenizerJSON: unknown; tokenizerConfig: unknown }): Tokenizer }
}
const tokenizer = TokenizerLoader.fromPreTrained({
  tokenizerJSON: JSON.parse(readFileSync(tokenizerFile, 'utf8')) as unknown,
  tokenizerConfig: JSON.parse(readFileSync(configFile, 'utf8')) as unknown,
})
const base = get_encoding('o200k_base')
const chunks = corpus(udhrFolder(udhr), handbook, process.cwd(), 700, 12)
const own = chunks.map(({ text }) => tokenizer.encode(text, { add_special_tokens: false }).length)
const shares = chunks.map(({ text }) => {
  const tokens = tokensByClass(classFeatures(text))
  const total = tokens.reduce((sum, value) => sum + value, 0)
  const count = base.encode(text, [], []).length
  return tokens.map((value) => (value / total) * count)
})
const prior = charClasses.map(() => 1)

function solve(use: (index: number) => boolean): Float64Array {
  const chosen = chunks.map((_, index) => index).filter(use)
  const rows = chosen.map((index) => shares[index]!.map((value) => value / own[index]!))
  return nonNegativeLeastSquares(
    rows,
    chosen.map(() => 1),
    { ridge: 0.02, prior },
  )
}

const halves = [solve((index) => index % 2 === 0), solve((index) => index % 2 === 1)]
const left = chunks.map((_, index) => {
  const ratios = halves[1 - (index % 2)]!
  return own[index]! / shares[index]!.reduce((sum, value, at) => sum + value * ratios[at]!, 0)
})
left.sort((a, b) => a - b)
const at = (share: number): string => left[Math.round(share * (left.length - 1))]!.toFixed(3)
const ratios = [...solve(() => true)].map((ratio, index) => `${charClasses[index]}: ${ratio.toFixed(3)}`)
console.log(`${name}: { ${ratios.join(', ')} }`)
console.log(
  `true / calibrated over ${left.length} unseen chunks: 2.5 % ${at(0.025)}, median ${at(0.5)}, 97.5 % ${at(0.975)}`,
)
