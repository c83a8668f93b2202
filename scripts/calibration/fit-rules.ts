/**
 * Fits the constants of the counting rules, and the spreads of their bounds, to recorded bills, and writes the reviewed data file.
 *
 *   npm run calibration:fit -- RECORDINGS.json [--seed N]
 *
 * The same recordings and seed give the same file, its date apart. Constants of exact vocabularies are not written: they stand by
 * hand in `frames.ts`, and the fit fails when it finds others.
 */
import { writeFileSync } from 'node:fs'
import { type FittedRow, frameId, handSetRules, valueAt } from '../../src/counting/rules/rule-set.ts'
import { loadEncodings, remembering } from '../accuracy/encodings.ts'
import { readRecordings } from '../accuracy/recordings.ts'
import type { Fitted } from './rule-fit.ts'
import { parameters } from './rule-parameters.ts'
import { fitWithSpread } from './rule-spread.ts'

const target = 'src/counting/rules/fitted.ts'

const [path, ...rest] = process.argv.slice(2)
if (path === undefined) throw new Error('usage: npm run calibration:fit -- RECORDINGS.json [--seed N]')
const seed = rest[0] === '--seed' ? Number(rest[1]) : 1
const recordings = readRecordings(path)
const { encodings, standIns } = await loadEncodings()
if (standIns.length > 0) throw new Error(`build first, the fit needs the vocabularies ${standIns.join(', ')}`)
const fitted = fitWithSpread(recordings, encodings.map(remembering), seed)
checkExactRows(fitted)
writeFileSync(target, fileOf(fitted))
console.log(`${target}: ${fitted.size} rows from ${recordings.length} recorded calls`)

/** What the bills say of the rows of exact vocabularies must be what stands there. */
function checkExactRows(rows: Fitted): void {
  for (const { row } of parameters.filter(({ whole }) => whole === true)) {
    const frame = handSetRules().frames.find((one) => frameId(one) === row)!
    for (const [name, value] of Object.entries(rows.get(row)?.constants ?? {}))
      if (valueAt(frame, name) !== value)
        throw new Error(`${row}: the bills ask for ${name} = ${value}, and ${valueAt(frame, name)} stands there`)
    rows.delete(row)
  }
}

function fileOf(rows: Fitted): string {
  const head = [
    '/**',
    ` * Constants and spreads fitted to ${recordings.length} recorded bills on ${new Date().toISOString().slice(0, 10)}, with seed ${seed}; written by`,
    ' * `npm run calibration:fit -- RECORDINGS.json`, reviewed like code. Constants replace those that stand in the rows of the',
    ' * other files. `calls` are the recorded calls of the row; the errors are theirs when other folds were fitted on, in shares of the bill.',
    ' */',
    "import type { FittedRow } from './rule-set.ts'",
    '',
    'export function fittedRows(): Readonly<Record<string, FittedRow>> {',
    '  return {',
  ]
  return [...head, ...[...rows].map(([name, row]) => `    '${name}': ${rowText(row)},`), '  }', '}', ''].join('\n')
}

function rowText({ calls, medianError, p90Error, constants, spread }: FittedRow): string {
  const lines = [`    calls: ${calls},`]
  if (medianError !== undefined) lines.push(`    medianError: ${medianError},`, `    p90Error: ${p90Error},`)
  const entries = Object.entries(constants).map(
    ([name, value]) => [/[.]/.test(name) ? `'${name}'` : name, value] as const,
  )
  if (entries.length === 0) lines.push('    constants: {},')
  else lines.push('    constants: {', ...entries.map(([name, value]) => `      ${name}: ${value},`), '    },')
  if (spread !== undefined) lines.push(`    spread: { text: ${spread.text}, tools: ${spread.tools} },`)
  return ['{', ...lines, '  }'].join('\n')
}
