/**
 * How far bounds must be drawn to hold the stated share of bills: a quantile of what is left over on calls that the constants were
 * not fitted on, as in conformal prediction, in a scale of each row.
 */
import { spreadGroupOf } from '../../src/counting/meter.ts'
import { genericCalibration } from '../../src/counting/rules/calibrations.ts'
import type { Spread } from '../../src/counting/rules/frames.ts'
import {
  calibrationId,
  type FittedRow,
  frameId,
  generalRow,
  handSetRules,
  withFitted,
} from '../../src/counting/rules/rule-set.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'
import { type Recording, wholeInputTokens } from '../accuracy/recordings.ts'
import { quantile } from '../accuracy/report.ts'
import { groupedParts } from '../accuracy/split.ts'
import { weightedQuantile } from './least-absolute.ts'
import { type Counted, countBy, type Fitted, fitConstants, isOpen } from './rule-fit.ts'
import { parameters } from './rule-parameters.ts'

/**
 * Share of bills that the bounds of calibrated parts are to hold. The stated coverage is 95 % of all bills: exact counts hold nearly all of
 * theirs, and some two bills in a hundred hold what no body shows.
 */
const share = 0.975
/** How many calls the scale of all weighs in that of a row: one with few calls of its own has nearly the scale of all. */
const shrinkingCalls = 4
/** Scores beyond this weigh as if they were this large in a scale. */
const largestScore = 3
const folds = 4
/** Narrower or wider than this is chance. */
const narrowest = 0.5
const widest = 4
/**
 * A miss beyond this share of the bill and these tokens is no scatter of a rule but other input than the body shows: a prompt of the
 * provider, a model that was renamed after the recording. Such calls count as misses in every figure, but do not widen bounds.
 */
const faultShare = 0.25
const faultTokens = 15
/** The least distance that a miss is measured in. */
const leastDistance = 0.5

type Side = 'below' | 'above'

/** What is left over of one call, and the distances that its parts state, by group and side. */
interface Miss {
  /** The row of its frame. */
  readonly row: string
  /** The row of its text: frames that stand on one calibration scatter alike. */
  readonly textRow: string
  readonly rows: readonly string[]
  /** Bill less count. */
  readonly left: number
  readonly whole: number
  /** A bill that the body does not explain: counted, and kept out of the spreads. */
  readonly isFault: boolean
  readonly stated: Readonly<Record<keyof Spread, Readonly<Record<Side, number>>>>
}

/** The constants of all calls, with spreads from calls that other folds' constants were tried on. */
export function fitWithSpread(recordings: readonly Recording[], encodings: readonly Encoding[], seed: number): Fitted {
  const fitted = fitConstants(recordings, encodings)
  const parts = groupedParts(recordings, folds, seed)
  const misses = parts.flatMap((part) => {
    const rest = parts.filter((other) => other !== part).flat()
    const rules = withFitted(handSetRules(), fitConstants(rest, encodings))
    return part.flatMap((recording) => missOf(recording, countBy(recording, rules, encodings)) ?? [])
  })
  const exact = new Set(parameters.filter(({ whole }) => whole === true).map(({ row }) => row))
  const sound = misses.filter(({ isFault }) => !isFault)
  const spreads = spreadsOf(sound)
  for (const row of handSetRules()
    .frames.map(frameId)
    .filter((id) => !exact.has(id))) {
    const calls = sound.filter((miss) => miss.row === row).length
    if (calls > 0 || fitted.has(row))
      fitted.set(row, { calls, constants: {}, ...fitted.get(row), spread: spreads(row) })
  }
  for (const [row, found] of fitted)
    fitted.set(row, { ...found, ...evidenceOf(misses.filter(({ rows }) => rows.includes(row))) })
  return fitted.set(generalRow, { calls: sound.length, constants: {}, spread: spreads(generalRow) })
}

function evidenceOf(misses: readonly Miss[]): Omit<FittedRow, 'constants' | 'spread'> {
  if (misses.length === 0) return { calls: 0 }
  const errors = misses.map(({ left, whole }) => Math.abs(left) / whole)
  const at = (share: number): number => Math.round(1000 * quantile(errors, share)) / 1000
  return { calls: misses.length, medianError: at(0.5), p90Error: at(0.9) }
}

function missOf(recording: Recording, counted: Counted): Miss | undefined {
  const parts = counted.measured.meter.parts()
  const whole = wholeInputTokens(recording)
  const left = whole - parts.reduce((sum, { tokens }) => sum + tokens, 0)
  if (isOpen(counted)) return undefined
  const isFault = Math.abs(left) > faultShare * whole + faultTokens
  const stated = { text: { below: 0, above: 0 }, tools: { below: 0, above: 0 } }
  for (const { kind, tokens, low, high, method } of parts) {
    const group = method === 'calibrated' ? spreadGroupOf(kind) : undefined
    if (group === undefined) continue
    stated[group].below += tokens - low
    stated[group].above += high - tokens
  }
  const [row = '', calibration = row] = counted.rows
  const textRow = calibration === calibrationId(genericCalibration) ? row : calibration
  return { row, textRow, rows: counted.rows, left, whole, isFault, stated }
}

/** The spread of text from calls that hold nothing else, then that of tools from what it leaves over on the other calls. */
function spreadsOf(misses: readonly Miss[]): (row: string) => Spread {
  const sideOf = ({ left }: Miss): Side => (left < 0 ? 'below' : 'above')
  const texts = misses.flatMap((miss): Score[] => {
    const stated = miss.stated.text[sideOf(miss)]
    if (hasTools(miss) || stated === 0) return []
    return [{ row: miss.textRow, score: Math.abs(miss.left) / Math.max(leastDistance, stated) }]
  })
  const [alone] = spreadsBy(texts)
  const others = misses.flatMap((miss): Score[] => {
    const side = sideOf(miss)
    if (miss.stated.tools[side] === 0) return []
    const rest = Math.max(0, Math.abs(miss.left) - alone!(miss.textRow) * miss.stated.text[side])
    return [{ row: miss.row, score: rest / Math.max(leastDistance, miss.stated.tools[side]) }]
  })
  const [text, tools] = spreadsBy(texts, others)
  const textRows = new Map(misses.map(({ row, textRow }) => [row, textRow]))
  return (row) => ({ text: text!(textRows.get(row) ?? row), tools: tools!(row) })
}

function hasTools({ stated }: Miss): boolean {
  return stated.tools.below + stated.tools.above > 0
}

export interface Score {
  readonly row: string
  readonly score: number
}

/** Each row has its own scale: the mean of its scores, shrunk towards that of all. */
function scaleOf(scores: readonly Score[], row: string, except?: Score): number {
  const own = scores.filter((score) => score.row === row && score !== except)
  const sum = (list: readonly Score[]): number =>
    list.reduce((all, { score }) => all + Math.min(largestScore, score), 0)
  const overall = sum(scores) / Math.max(1, scores.length)
  return (sum(own) + shrinkingCalls * overall) / (own.length + shrinkingCalls)
}

/**
 * Spreads of rows by their scores, of one or more kinds. How far beyond its scale a row reaches is learnt from all rows and kinds
 * together, each call measured by the scale of the others of its row, so that it does not hang on the one or two outliers of a small row.
 */
export function spreadsBy(...kinds: readonly (readonly Score[])[]): ((row: string) => number)[] {
  const reaches = kinds.flatMap((scores) => scores.map((one) => one.score / scaleOf(scores, one.row, one)))
  const level = Math.min(1, (share * (reaches.length + 1)) / Math.max(1, reaches.length))
  const weights = reaches.map(() => 1)
  const reach = weightedQuantile(reaches, weights, level)
  return kinds.map((scores) => (row) => {
    const spread = scores.length === 0 ? 1 : reach * scaleOf(scores, row)
    return Math.round(100 * Math.min(widest, Math.max(narrowest, spread))) / 100
  })
}
