import { describe, expect, it } from 'vitest'
import { loadTokenizer } from '../../src/tokenizer.ts'
import { openEncodings } from '../differential/open.ts'
import { characterJson, tiktokenText } from '../reference/small-tokenizers.ts'

/** Runs of one class, on which other tokenizers are quadratic; ▁ and spaces for SentencePiece, a token's letters for merges. */
const runs = ['a', ' ', '的', '!?', '<think>', '\u0000']

const kimi =
  "[\\p{Han}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"

const tokenizers = [
  ...openEncodings,
  { name: 'characters', encoding: loadTokenizer(characterJson()) },
  { name: 'a pattern of a file', encoding: loadTokenizer(tiktokenText(), { pattern: kimi }) },
]

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

describe.each(tokenizers)('$name', ({ encoding }) => {
  it.each(runs)('takes linear time for a run of %j', (unit) => {
    const text = unit.repeat(400_000 / unit.length)
    encoding.count(text.slice(0, 50_000))
    const quarter = best(3, () => encoding.count(text.slice(0, text.length / 4)))
    const whole = best(3, () => encoding.count(text))
    // Two doublings: quadratic time would be 16 times as long. The slow suite asks for 2.2 a doubling, on runs that are long enough.
    expect(whole).toBeLessThan(Math.max(60, quarter * 9))
  })
})
