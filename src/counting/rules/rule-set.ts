/** The rules that counts are made by: the hand-set rows, with the fitted constants put in. */
import { calibrations, type TextCalibration } from './calibrations.ts'
import { closedFrames } from './closed-frames.ts'
import { deepSeekFrames } from './deepseek-frames.ts'
import { fittedRows } from './fitted.ts'
import type { Frame, Spread } from './frames.ts'
import { openFrames } from './open-frames.ts'
import { openAiFrames } from './openai-frames.ts'

export interface RuleSet {
  readonly frames: readonly Frame[]
  readonly calibrations: readonly TextCalibration[]
}

/** What a fit found for one row, and its evidence. */
export interface FittedRow {
  /** Recorded calls of the row. */
  readonly calls: number
  /** Errors of the count on calls that it was not fitted on, in shares of the bill; absent when there is no such call. */
  readonly medianError?: number
  readonly p90Error?: number
  /** Constants by their paths in the row, `perCall` or `tools.base`. */
  readonly constants: Readonly<Record<string, number>>
  readonly spread?: Spread
}

/** The rows as they stand in the files, before any fit. */
export function handSetRules(): RuleSet {
  return {
    frames: [...openAiFrames(), ...closedFrames(), ...deepSeekFrames(), ...openFrames()],
    calibrations: calibrations(),
  }
}

/** What a row is called in the file of fitted constants: whom it holds for. */
export function frameId({ families, apis = [], sellers = [], until }: Frame): string {
  const end = until === undefined ? [] : [`until ${until}`]
  return ['frame', families.join('+'), ...apis, ...sellers, ...end].join(' ')
}

export function calibrationId({ families }: TextCalibration): string {
  return `text ${families.join('+')}`
}

/** Row of {@link withFitted} whose spread holds for calibrated frames without a row of their own. */
export const generalRow = 'frame of any other family'

/** Rules with other constants put in, each row's by its id. */
export function withFitted(rules: RuleSet, fitted: ReadonlyMap<string, FittedRow>): RuleSet {
  const general = fitted.get(generalRow)
  const openAi = new Set(openAiFrames().map(frameId))
  return {
    frames: rules.frames.map((row) =>
      withConstants(row, fitted.get(frameId(row)) ?? (openAi.has(frameId(row)) ? undefined : general)),
    ),
    calibrations: rules.calibrations.map((row) => withConstants(row, fitted.get(calibrationId(row)))),
  }
}

/** A copy of a row with constants put in at their paths, `perCall` or `tools.base`. */
function withConstants<Row extends object>(row: Row, fitted: FittedRow | undefined): Row {
  if (fitted === undefined) return row
  const copy: Record<string, unknown> = { ...(row as Record<string, unknown>) }
  if (fitted.spread !== undefined) copy['spread'] = fitted.spread
  for (const [path, value] of Object.entries(fitted.constants)) {
    const [group = '', name] = path.split('.')
    copy[group] = name === undefined ? value : { ...(copy[group] as object | undefined), [name]: value }
  }
  return copy as Row
}

/** The constant that stands at a path of a row. */
export function valueAt(row: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], row)
}

let current: RuleSet | undefined

/** The rules in force. Made on first use: an import that counts nothing need not wait for them. */
export function currentRules(): RuleSet {
  current ??= withFitted(handSetRules(), new Map(Object.entries(fittedRows())))
  return current
}
