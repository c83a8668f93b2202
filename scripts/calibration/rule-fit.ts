/** Fits the constants of the rules to recorded bills. Deterministic: the same recordings give the same constants. */
import { type Measured, measure } from '../../src/counting/count.ts'
import { calibrationFor } from '../../src/counting/rules/calibrations.ts'
import {
  calibrationId,
  type FittedRow,
  frameId,
  handSetRules,
  type RuleSet,
  withFitted,
} from '../../src/counting/rules/rule-set.ts'
import { familyOf } from '../../src/models/families.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'
import { endpointOf, type Recording, wholeInputTokens } from '../accuracy/recordings.ts'
import { leastAbsolute, mostExact } from './least-absolute.ts'
import { generalPriors, parameters, priorScales, type RowParameters } from './rule-parameters.ts'

export type Fitted = Map<string, FittedRow>

/** A recording by some rules, with the rows of the rules that it was counted by. */
export interface Counted {
  readonly recording: Recording
  readonly measured: Measured
  readonly rows: readonly string[]
}

export function countBy(recording: Recording, rules: RuleSet, encodings: readonly Encoding[]): Counted {
  const options = { model: recording.model, ...endpointOf(recording.api), encodings }
  const measured = measure(recording.request, options, rules)
  const family = familyOf(recording.model)
  const rows = measured.frame === undefined ? [] : [frameId(measured.frame)]
  if (!family.ownEncoding) rows.push(calibrationId(calibrationFor(family.name, rules.calibrations)))
  return { recording, measured, rows }
}

/** Bills that hold what the body does not show; no rule can be learnt from them. */
const hidden: ReadonlySet<string> = new Set(['hosted-tools', 'hidden-prompt', 'stored-context'])

export function isOpen({ measured }: Counted): boolean {
  return measured.warnings.some(({ code }) => hidden.has(code))
}

/** Whether a part of the count is known within bounds only; of the constants around it such a bill says nothing exact. */
function hasBand({ measured }: Counted): boolean {
  return measured.meter.parts().some(({ method }) => method === 'calibrated' || method === 'heuristic')
}

/** One constant of one row, and where it starts. */
interface Unknown {
  readonly row: string
  readonly path: string
  readonly prior: number
}

const outerRounds = 4
/** Bills below this weigh as if they were this large: a token more or less of a tiny bill says little. */
const smallBill = 40

/** The constants that bring the counts closest to the bills, in relative terms. */
export function fitConstants(recordings: readonly Recording[], encodings: readonly Encoding[]): Fitted {
  let fitted: Fitted = new Map()
  for (const group of groups())
    for (let round = 0; round < outerRounds; round += 1) fitted = refit(group, recordings, encodings, fitted)
  return fitted
}

/** Rows that are fitted together, since one bill depends on all of them: the exact ones, then the others, then those that lean on them. */
function groups(): readonly (readonly RowParameters[])[] {
  return [
    parameters.filter(({ whole }) => whole === true),
    parameters.filter(({ whole, parent }) => whole !== true && parent === undefined),
    parameters.filter(({ whole, parent }) => whole !== true && parent !== undefined),
  ]
}

function refit(
  group: readonly RowParameters[],
  recordings: readonly Recording[],
  encodings: readonly Encoding[],
  fitted: Fitted,
): Fitted {
  const unknowns = group.flatMap((row) => unknownsOf(row, fitted))
  const start = new Map(fitted)
  for (const { row, parent, parentFactor = 1 } of group) {
    if (start.has(row)) continue
    const taken = Object.entries(fitted.get(parent ?? '')?.constants ?? {}).map(
      ([path, value]) => [path, value * parentFactor] as const,
    )
    const own = unknowns.filter((one) => one.row === row).map(({ path, prior }) => [path, prior] as const)
    start.set(row, rowOf(0, [...taken, ...own]))
  }
  const rules = withFitted(handSetRules(), start)
  const counted = recordings.map((recording) => countBy(recording, rules, encodings))
  const isExact = group.every(({ whole }) => whole === true)
  const used = counted.filter(
    (one) =>
      !isOpen(one) && (!isExact || !hasBand(one)) && one.rows.some((row) => group.some((member) => member.row === row)),
  )
  const current = unknowns.map(({ row, path }) => start.get(row)!.constants[path]!)
  const features = unknowns.map(({ row, path }, at) => {
    const probe = new Map(start)
    const constants = { ...start.get(row)!.constants, [path]: current[at]! + 1 }
    probe.set(row, { ...start.get(row)!, constants })
    const probed = withFitted(handSetRules(), probe)
    return used.map(({ recording, measured, rows }) =>
      rows.includes(row)
        ? countBy(recording, probed, encodings).measured.meter.fraction() - measured.meter.fraction()
        : 0,
    )
  })
  const rows = used.map((_, at) => features.map((column) => column[at]!))
  const targets = used.map(
    ({ recording, measured }, at) =>
      wholeInputTokens(recording) -
      measured.meter.fraction() +
      rows[at]!.reduce((sum, value, index) => sum + value * current[index]!, 0),
  )
  const problem = {
    rows,
    targets,
    weights: used.map(({ recording }) => 1 / Math.max(smallBill, wholeInputTokens(recording))),
    priors: unknowns.map(({ prior }) => prior),
    priorWeights: unknowns.map(({ path }) => priorWeight(path)),
  }
  const fractions = leastAbsolute(problem)
  const solution = isExact ? mostExact(problem, fractions) : fractions
  const result = new Map(fitted)
  for (const { row, whole } of group) {
    const own = unknowns.flatMap((unknown, at) => (unknown.row === row ? [[unknown.path, solution[at]!] as const] : []))
    const calls = used.filter(({ rows: names }) => names.includes(row)).length
    const all = [...Object.entries(start.get(row)!.constants), ...own]
    result.set(
      row,
      rowOf(
        calls,
        all.map(([path, value]) => [path, rounded(path, value, whole === true)]),
      ),
    )
  }
  return result
}

function unknownsOf(
  { row, parent, parentFactor = 1, parentShifts = {}, paths }: RowParameters,
  fitted: Fitted,
): Unknown[] {
  const own = parent === undefined ? undefined : fitted.get(parent)
  return paths.map((path) => {
    const inherited = own?.constants[path]
    return {
      row,
      path,
      prior: inherited === undefined ? generalPriors[path]! : inherited * parentFactor + (parentShifts[path] ?? 0),
    }
  })
}

/** One prior weighs as much as a miss of this share of a bill when the constant moves by its scale. */
const priorShare = 0.01

function priorWeight(path: string): number {
  const [group = ''] = path.split('.')
  return priorShare / (priorScales[path] ?? priorScales[group] ?? 10)
}

function rounded(path: string, value: number, whole: boolean): number {
  if (whole) return Math.round(value)
  const digits = path.includes('atio') || path === 'other' ? 1000 : 10
  return Math.round(value * digits) / digits
}

function rowOf(calls: number, constants: readonly (readonly [string, number])[]): FittedRow {
  return { calls, constants: Object.fromEntries(constants) }
}
