import { describe, expect, it } from 'vitest'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'

/** Runs of one class, each one piece or nearly so: the inputs on which other tokenizers are quadratic. */
const runs = ['a', ' ', '\n', '_', '^', '的', 'é', '\u0301', '0', 'aB', '👍', '!?', 'ก', '\ud800', ' a']

/** CPU milliseconds of a call: neighbours on the machine do not count. */
function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}

/** The least of a few tries is the one with the fewest interruptions. */
function best(tries: number, work: () => void): number {
  return Math.min(...Array.from({ length: tries }, () => cpuMilliseconds(work)))
}

describe.each([o200k_base, cl100k_base].map((encoding) => ({ name: encoding.name, encoding })))(
  '$name',
  ({ encoding }) => {
    it.each(runs)('takes linear time for a run of %j up to 600 kB', (unit) => {
      const text = unit.repeat(600_000 / unit.length)
      encoding.count(text.slice(0, 100_000))
      const quarter = best(2, () => encoding.count(text.slice(0, text.length / 4)))
      const whole = best(2, () => encoding.count(text))
      // Two doublings at 2.4 each, with a floor for runs that take too little to measure.
      expect(whole).toBeLessThan(Math.max(30, quarter * 2.4 * 2.4))
    })
  },
)
