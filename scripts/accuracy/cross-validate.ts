/** Rules fitted on some of the recordings, measured on the others. */
import { countOf } from '../../src/counting/count.ts'
import { handSetRules, type RuleSet, withFitted } from '../../src/counting/rules/rule-set.ts'
import type { Encoding } from '../../src/tokenizer/types.ts'
import { countBy } from '../calibration/rule-fit.ts'
import { fitWithSpread } from '../calibration/rule-spread.ts'
import type { Recording } from './recordings.ts'
import type { Group, Outcome } from './report.ts'
import { groupedParts, randomParts } from './split.ts'

export interface CrossValidation {
  readonly seed: number
  /** Halvings, each measured both ways. */
  readonly repetitions: number
  /** Parts of the finer split: each is measured by rules fitted on all others. */
  readonly folds: number
}

/** Rows of figures for each half, then all held-out outcomes by how the calls were split. */
export interface HeldOut {
  readonly halves: readonly Group[]
  readonly splits: readonly Group[]
}

export function crossValidate(
  recordings: readonly Recording[],
  encodings: readonly Encoding[],
  { seed, repetitions, folds }: CrossValidation,
): HeldOut {
  const halves: Group[] = []
  const splits: Group[] = []
  const ways = { 'call by call': randomParts, 'by session': groupedParts }
  for (const [way, split] of Object.entries(ways)) {
    const held: Outcome[] = []
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const [first = [], second = []] = split(recordings, 2, seed + repetition)
      for (const [fitted, measured, name] of [
        [first, second, `fitted on half ${2 * repetition + 1}`],
        [second, first, `fitted on half ${2 * repetition + 2}`],
      ] as const) {
        const rules = withFitted(handSetRules(), fitWithSpread(fitted, encodings, seed))
        const outcomes = outcomesBy(rules, measured, encodings)
        halves.push({ name: `${way}: ${name}, the same half`, outcomes: outcomesBy(rules, fitted, encodings) })
        halves.push({ name: `${way}: ${name}, the other half`, outcomes })
        held.push(...outcomes)
      }
    }
    splits.push({ name: `halves, ${way}, ${repetitions} times`, outcomes: held })
    if (folds > 2)
      splits.push({
        name: `${folds} parts, ${way}`,
        outcomes: byParts(split(recordings, folds, seed), encodings, seed),
      })
  }
  return { halves, splits }
}

/** Every part, by rules fitted on all others. */
function byParts(parts: readonly (readonly Recording[])[], encodings: readonly Encoding[], seed: number): Outcome[] {
  return parts.flatMap((part) => {
    const rest = parts.filter((other) => other !== part).flat()
    return outcomesBy(withFitted(handSetRules(), fitWithSpread(rest, encodings, seed)), part, encodings)
  })
}

function outcomesBy(rules: RuleSet, recordings: readonly Recording[], encodings: readonly Encoding[]): Outcome[] {
  return recordings.map((recording) => ({
    recording,
    billed: recording.billed_input_tokens,
    counted: countOf(countBy(recording, rules, encodings).measured),
    others: {},
  }))
}
