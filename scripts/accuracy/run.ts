/**
 * Counts recorded calls and compares with what was billed.
 *
 *   npm run accuracy -- RECORDINGS.json [--cross-validate [--seed N] [--repetitions N] [--folds N]] [--misses] [--write PAGE.md]
 *
 * `--write` puts each table between its pair of markers in a page, `<!-- accuracy: shipped -->` and so on. `--cross-validate` refits the rules on halves (drawn call by call, and by session so that no near-duplicate is in both) and on
 * all parts but one, and measures them on the calls that were left out.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type CalibrationKey, countRequest, createCalibration, type TokenCount } from '../../src/counting/index.ts'
import { filled } from '../../tests/package/readme.ts'
import { crossValidate } from './cross-validate.ts'
import { loadEncodings, remembering } from './encodings.ts'
import { loadPeers } from './peers.ts'
import { endpointOf, messageText, type Recording, readRecordings, requestText } from './recordings.ts'
import { type Group, groupsOf, type Outcome, table } from './report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'cross-validate': { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    repetitions: { type: 'string', default: '3' },
    folds: { type: 'string', default: '8' },
    misses: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
})
const [path] = positionals
if (path === undefined)
  throw new Error('usage: npm run accuracy -- RECORDINGS.json [--cross-validate] [--misses] [--write PAGE.md]')
const { encodings, standIns } = await loadEncodings()
const { peers, missing } = await loadPeers()
const o200k = encodings.find(({ name }) => name === 'o200k_base')!
const recordings = readRecordings(path)

function count(recording: Recording): TokenCount {
  return countRequest(recording.request, { model: recording.model, ...endpointOf(recording.api), encodings })
}

const outcomes: Outcome[] = recordings.map((recording) => {
  const messages = messageText(recording)
  const all = requestText(recording)
  const others = Object.entries(peers).map(([name, peer]) => [name, peer(recording)] as const)
  return {
    recording,
    billed: recording.billed_input_tokens,
    counted: count(recording),
    others: {
      'four characters': Math.round(all.length / 4),
      'o200k, messages': o200k.count(messages),
      'o200k, all text': o200k.count(all),
      ...Object.fromEntries(others),
    },
  }
})

if (standIns.length > 0) console.log(`NOT BUILT, so counted by o200k_base: ${standIns.join(', ')}\n`)
if (missing.length > 0) console.log(`NOT INSTALLED, so not compared: ${missing.join(', ')} (npm ci --prefix bench)\n`)
const tables = new Map<string, string>()

/** Prints a table, and keeps it for the page. */
function report(marker: string, groups: readonly Group[]): void {
  tables.set(marker, table(groups))
  console.log(`\n${marker}\n\n${tables.get(marker)}`)
}

report('shipped', groupsOf(outcomes))

/** Half of the calls, the same for every run. */
const inFirstHalf = ({ recording }: Outcome): boolean => Number.parseInt(recording.id.slice(0, 6), 16) % 2 === 0

/** The other half, corrected by what a calibration learnt from the bills of this one. */
function corrected(learnt: readonly Outcome[], measured: readonly Outcome[]): Outcome[] {
  const calibration = createCalibration()
  const keyOf = ({ recording }: Outcome): CalibrationKey => ({ model: recording.model, template: recording.api })
  for (const outcome of learnt) calibration.learn(outcome.counted, outcome.billed, keyOf(outcome))
  return measured.map((outcome) => ({ ...outcome, counted: calibration.apply(outcome.counted, keyOf(outcome)) }))
}

const first = outcomes.filter(inFirstHalf).map((outcome) => ({ ...outcome, others: {} }))
const second = outcomes.filter((outcome) => !inFirstHalf(outcome)).map((outcome) => ({ ...outcome, others: {} }))
report('learning', [
  { name: 'half A, as shipped', outcomes: first },
  { name: 'half B, as shipped', outcomes: second },
  { name: 'half B, after learning from the bills of A', outcomes: corrected(first, second) },
  { name: 'half A, after learning from the bills of B', outcomes: corrected(second, first) },
])

if (values['cross-validate']) {
  const { halves, splits } = crossValidate(recordings, encodings.map(remembering), {
    seed: Number(values.seed),
    repetitions: Number(values.repetitions),
    folds: Number(values.folds),
  })
  report('held-out', splits)
  report('halves', halves)
  for (const { name, outcomes: held } of splits) report(name, groupsOf(held))
}

if (values.write !== undefined) {
  let page = readFileSync(values.write, 'utf8')
  for (const [marker, rows] of tables)
    if (page.includes(`<!-- accuracy: ${marker} -->`)) page = filled(page, `accuracy: ${marker}`, `\n\n${rows}\n\n`)
  writeFileSync(values.write, page)
}

if (values.misses)
  for (const { recording, billed, counted } of outcomes) {
    const { tokens, low, high } = counted
    if (billed >= low && billed <= high && Math.abs(tokens - billed) <= 0.05 * billed) continue
    const mark = billed < low || billed > high ? 'OUT' : '   '
    const parts = counted.parts.map((part) => `${part.kind} ${part.tokens}`).join(', ')
    console.log(
      `${mark} ${recording.id} ${recording.api.slice(0, 24)} ${recording.model.slice(-26)} billed ${billed}, counted ${tokens} [${low}, ${high}]${counted.bounded ? '' : ' open'}: ${parts} | ${recording.source.slice(-44)}`,
    )
  }
