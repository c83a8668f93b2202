import { describe, expect, it } from 'vitest'
import { loadTokenizer } from '../../src/tokenizer.ts'
import { openEncodings } from '../differential/open.ts'
import { characterJson } from '../reference/small-tokenizers.ts'

const megabyte = 1_000_000
const runs = ['a', ' ', '\n', '的', 'e\u0301', '!?', 'hello', '▁', '\u0000', '0']
const tokenizers = [...openEncodings, { name: 'characters', encoding: loadTokenizer(characterJson()) }]

function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}

describe.each(tokenizers)('$name', ({ encoding }) => {
  it.each(runs)('takes linear time for a run of %j up to 10 MB', (unit) => {
    const bytes = new TextEncoder().encode(unit).length
    const text = unit.repeat((10 * megabyte) / bytes)
    encoding.count(text.slice(0, text.length / 8))
    const time = (part: number) =>
      Math.min(
        ...Array.from({ length: 3 }, () => cpuMilliseconds(() => encoding.count(text.slice(0, text.length / part)))),
      )
    const [eighth, whole] = [time(8), time(1)]
    expect((whole / eighth) ** (1 / 3)).toBeLessThan(2.2)
  })
})
