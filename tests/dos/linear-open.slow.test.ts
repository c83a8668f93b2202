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
    let [eighth, whole] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    // In turns, since a slow minute of the machine must not fall on one of them alone.
    for (let attempt = 0; attempt < 4; attempt++) {
      eighth = Math.min(
        eighth,
        cpuMilliseconds(() => encoding.count(text.slice(0, text.length / 8))),
      )
      whole = Math.min(
        whole,
        cpuMilliseconds(() => encoding.count(text)),
      )
    }
    expect((whole / eighth) ** (1 / 3)).toBeLessThan(2.2)
  })
})
