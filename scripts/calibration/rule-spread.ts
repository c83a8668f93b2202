/**
 * How far bounds must be drawn to hold the stated share of bills: quantiles of what is left over on calls that the constants were
 * not fitted on, as in conformal prediction.
 */
import { spreadGroupOf } from '../../src/counting/meter.ts'
import type { Spread } from '../../src/counting/rules/frames.ts'
import { type FittedRow, frameId, generalRow, handSetRules, withFitted } from '../../src/counting/rules/rule-set.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'
import { type Recording, wholeInputTokens } from '../accuracy/recordings.ts'
import { quantile } from '../accuracy/report.ts'
import { groupedParts } from '../accuracy/split.ts'
import { weightedQuantile } from './least-absolute.ts'
import { type Counted, countBy, type Fitted, fitConstants, isOpen } from './rule-fit.ts'
import { parameters } from './rule-parameters.ts'

/** Share of bills that each bound is to hold on its side. */
const share = 0.975
/** Calls of other rows that a row's own are pooled with, by weight: with fewer calls of its own a row has the general spread. */
const pooledWeight = 4
/** With fewer calls than this a row has no spread of its own. */
const fewCalls = 3
const folds = 4
/** Narrower or wider than this is chance. */
const narrowest = 0.3
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
    const rules = withFitted(handSetRules, fitConstants(rest, encodings))
    return part.flatMap((recording) => missOf(recording, countBy(recording, rules, encodings)) ?? [])
  })
  const exact = new Set(parameters.filter(({ whole }) => whole === true).map(({ row }) => row))
  const sound = misses.filter(({ isFault }) => !isFault)
  for (const row of handSetRules.frames.map(frameId).filter((id) => !exact.has(id))) {
    const calls = sound.filter(({ rows }) => rows.includes(row)).length
    if (calls >= fewCalls || fitted.has(row))
      fitted.set(row, { calls, constants: {}, ...fitted.get(row), spread: spreadOf(row, sound) })
  }
  for (const [row, found] of fitted)
    fitted.set(row, { ...found, ...evidenceOf(misses.filter(({ rows }) => rows.includes(row))) })
  return fitted.set(generalRow, { calls: sound.length, constants: {}, spread: spreadOf(generalRow, sound) })
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
  return { rows: counted.rows, left, whole, isFault, stated }
}

/** The spread of text from calls that hold nothing else, then that of tools from what it leaves over on the other calls. */
function spreadOf(row: string, misses: readonly Miss[]): Spread {
  const hasTools = ({ stated }: Miss): boolean => stated.tools.below + stated.tools.above > 0
  const side = (name: Side): readonly [number, number] => {
    const distance = ({ left }: Miss): number => Math.max(0, name === 'below' ? -left : left)
    const texts = misses.filter((miss) => !hasTools(miss) && miss.stated.text[name] > 0)
    const text = pooled(row, texts, (miss) => distance(miss) / Math.max(leastDistance, miss.stated.text[name]))
    const others = misses.filter((miss) => miss.stated.tools[name] > 0)
    const tools = pooled(row, others, (miss) => {
      const rest = distance(miss) - text * miss.stated.text[name]
      return Math.max(0, rest) / Math.max(leastDistance, miss.stated.tools[name])
    })
    return [text, tools]
  }
  const [textBelow, toolsBelow] = side('below')
  const [textAbove, toolsAbove] = side('above')
  return { text: { below: textBelow, above: textAbove }, tools: { below: toolsBelow, above: toolsAbove } }
}

function pooled(row: string, misses: readonly Miss[], score: (miss: Miss) => number): number {
  const others = misses.filter((miss) => !miss.rows.includes(row)).length
  const weights = misses.map((miss) => (miss.rows.includes(row) ? 1 : pooledWeight / Math.max(1, others)))
  const value = misses.length === 0 ? 1 : weightedQuantile(misses.map(score), weights, share)
  return Math.round(100 * Math.min(widest, Math.max(narrowest, value))) / 100
}
