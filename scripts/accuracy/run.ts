/**
 * Counts recorded calls and compares with what was billed.
 *
 *   npm run accuracy -- RECORDINGS.json [--misses]
 */
import { type CalibrationKey, countRequest, createCalibration, type TokenCount } from '../../src/counting/index.ts'
import { loadEncodings } from './encodings.ts'
import { endpointOf, type Recording, readRecordings, visibleText } from './recordings.ts'
import { groupsOf, type Outcome, table } from './report.ts'

const path = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
if (path === undefined) throw new Error('usage: npm run accuracy -- RECORDINGS.json [--misses]')
const { encodings, standIns } = await loadEncodings()
const o200k = encodings.find(({ name }) => name === 'o200k_base')!

function count(recording: Recording): TokenCount {
  return countRequest(recording.request, { model: recording.model, ...endpointOf(recording.api), encodings })
}

const outcomes: Outcome[] = readRecordings(path).map((recording) => {
  const counted = count(recording)
  const text = visibleText(recording)
  return {
    recording,
    billed: recording.billed_input_tokens,
    counted,
    others: { 'four characters': Math.round(text.length / 4), 'text, o200k': o200k.count(text) },
  }
})

if (standIns.length > 0) console.log(`not built, so counted by o200k_base: ${standIns.join(', ')}\n`)
console.log(table(groupsOf(outcomes)))
/** Half of the calls, the same for every run. */
const inFirstHalf = ({ recording }: Outcome): boolean => Number.parseInt(recording.id.slice(0, 6), 16) % 2 === 0

/** The other half, corrected by what a calibration learnt from the bills of this one. */
function corrected(learnt: readonly Outcome[], measured: readonly Outcome[]): Outcome[] {
  const calibration = createCalibration()
  const keyOf = ({ recording }: Outcome): CalibrationKey => ({ model: recording.model, template: recording.api })
  for (const outcome of learnt) calibration.learn(outcome.counted, outcome.billed, keyOf(outcome))
  return measured.map((outcome) => ({ ...outcome, counted: calibration.apply(outcome.counted, keyOf(outcome)) }))
}

const first = outcomes.filter(inFirstHalf)
const second = outcomes.filter((outcome) => !inFirstHalf(outcome))
console.log(
  `\n${table([
    { name: 'half A, as shipped', outcomes: first },
    { name: 'half B, as shipped', outcomes: second },
    { name: 'half B, after learning from the bills of A', outcomes: corrected(first, second) },
    { name: 'half A, after learning from the bills of B', outcomes: corrected(second, first) },
  ])}`,
)

if (process.argv.includes('--misses'))
  for (const { recording, billed, counted } of outcomes) {
    const { tokens, low, high } = counted
    if (billed >= low && billed <= high && Math.abs(tokens - billed) <= 0.05 * billed) continue
    const mark = billed < low || billed > high ? 'OUT' : '   '
    const parts = counted.parts.map((part) => `${part.kind} ${part.tokens}`).join(', ')
    console.log(
      `${mark} ${recording.id} ${recording.api.slice(0, 24)} ${recording.model.slice(-26)} billed ${billed}, counted ${tokens} [${low}, ${high}]${counted.bounded ? '' : ' open'}: ${parts} | ${recording.source.slice(-44)}`,
    )
  }
