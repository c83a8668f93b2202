import { describe, expect, it } from 'vitest'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import { leastCpuMilliseconds, runs } from './runs.ts'

describe.each([o200k_base, cl100k_base].map((encoding) => ({ name: encoding.name, encoding })))(
  '$name',
  ({ encoding }) => {
    it.each(runs)('takes linear time for a run of %j up to 600 kB', (unit) => {
      const text = unit.repeat(600_000 / unit.length)
      encoding.count(text.slice(0, 100_000))
      // Neighbours on the machine slow single tries down, never all of them; quadratic time would be 16 times in each.
      const growths = Array.from({ length: 3 }, () => {
        const quarter = leastCpuMilliseconds(2, () => encoding.count(text.slice(0, text.length / 4)))
        const whole = leastCpuMilliseconds(2, () => encoding.count(text))
        return whole < 30 ? 1 : whole / quarter
      })
      expect(Math.min(...growths)).toBeLessThan(2.4 * 2.4)
    })
  },
)
