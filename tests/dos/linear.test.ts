import { describe, expect, it } from 'vitest'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import { leastCpuMilliseconds, runs } from './runs.ts'

/**
 * How many times as long the whole text takes as a quarter. Neighbours on the machine slow single tries down, never all of them; in quadratic
 * time it would be 16 times in each.
 */
function leastGrowth(text: string, work: (part: string) => unknown): number {
  const growths = Array.from({ length: 3 }, () => {
    const quarter = leastCpuMilliseconds(2, () => void work(text.slice(0, text.length / 4)))
    const whole = leastCpuMilliseconds(2, () => void work(text))
    return whole < 30 ? 1 : whole / quarter
  })
  return Math.min(...growths)
}

describe.each([o200k_base, cl100k_base].map((encoding) => ({ name: encoding.name, encoding })))(
  '$name',
  ({ encoding }) => {
    it.each(runs)('takes linear time for a run of %j up to 600 kB', (unit) => {
      const text = unit.repeat(600_000 / unit.length)
      encoding.count(text.slice(0, 100_000))
      expect(leastGrowth(text, (part) => encoding.count(part))).toBeLessThan(2.4 * 2.4)
    })

    it.each(['a', '的', '\n'])('takes linear time to split a run of %j of 60 kB into parts of ten tokens', (unit) => {
      const text = unit.repeat(60_000)
      encoding.split(text.slice(0, 10_000), 10)
      expect(leastGrowth(text, (part) => encoding.split(part, 10))).toBeLessThan(2.4 * 2.4)
    })
  },
)
