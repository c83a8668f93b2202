import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import cl100k_base from '../../src/encodings/cl100k_base.ts'
import o200k_base from '../../src/encodings/o200k_base.ts'
import { leastCpuMilliseconds, runs } from './runs.ts'

/** How long each run is measured at least. */
const leastMilliseconds = 20_000

describe.each([o200k_base, cl100k_base].map((encoding) => ({ name: encoding.name, encoding })))(
  '$name',
  ({ encoding }) => {
    it.each(runs)('takes linear time for 10 MB of %j', (unit) => {
      const bytesPerUnit = Buffer.byteLength(unit)
      const texts = [1_250_000, 2_500_000, 5_000_000, 10_000_000].map((bytes) => unit.repeat(bytes / bytesPerUnit))
      encoding.count(texts[0] as string)
      const times = texts.map(() => Number.POSITIVE_INFINITY)
      // The sizes in turns, since a slow minute of the machine must not fall on one of them alone; short times more often.
      const start = performance.now()
      for (let attempt = 0; attempt < 4 || performance.now() - start < leastMilliseconds; attempt++) {
        for (const [i, text] of texts.entries()) {
          times[i] = Math.min(
            times[i] as number,
            leastCpuMilliseconds(1, () => encoding.count(text)),
          )
        }
      }
      const worst = Math.max(...times.slice(1).map((time, i) => time / (times[i] as number)))
      const megabytesPerSecond = 10_000 / (times.at(-1) as number)
      console.log(
        `${encoding.name} ${JSON.stringify(unit)}: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms; worst doubling ${worst.toFixed(2)}, ${megabytesPerSecond.toFixed(1)} MB/s`,
      )
      expect(worst).toBeLessThan(2.4)
      expect(megabytesPerSecond).toBeGreaterThan(2)
      expect(((times.at(-1) as number) / (times[0] as number)) ** (1 / 3)).toBeLessThan(2.2)
    })
  },
)

it('needs no stack for 100 MB of one letter', () => {
  execFileSync('npm', ['run', '--silent', 'build:code'])
  const script = `const { default: encoding } = await import('./dist/encodings/o200k_base.js')
    console.log(encoding.count('a'.repeat(100_000_000)))`
  const printed = execFileSync(process.execPath, ['--stack-size=200', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  expect(printed.trim()).toBe('12500000')
})
