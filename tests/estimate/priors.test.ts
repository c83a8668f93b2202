import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type OutputTask, outputTasks, priorOf } from '../../src/estimate/priors.ts'

type Histogram = readonly (readonly [tokens: number, replies: number])[]

const traces = JSON.parse(readFileSync(join(import.meta.dirname, 'reply-lengths.json'), 'utf8')) as {
  azure2023OddMinutes: Record<'chat' | 'code-completion', Histogram>
  mooncakeConversation: Histogram
  azure2024Figure: Record<'chat' | 'code-completion', Histogram>
}
const quantiles = { p10: 10, p50: 50, p90: 90, p95: 95, p99: 99 } as const

/** Percent of the replies that are shorter, and that are not longer, than so many tokens. */
function coverage(histogram: Histogram, tokens: number): { below: number; upTo: number } {
  let below = 0
  let upTo = 0
  let all = 0
  for (const [length, replies] of histogram) {
    all += replies
    if (length < tokens) below += replies
    if (length <= tokens) upTo += replies
  }
  return { below: (100 * below) / all, upTo: (100 * upTo) / all }
}

/**
 * Points by which each stated share is missed. Lengths are whole numbers: where many replies have the very length of a
 * quantile, any share between those shorter and those not longer is met.
 */
function misses(task: OutputTask, histogram: Histogram): Record<string, number> {
  const prior = priorOf(task)
  return Object.fromEntries(
    Object.entries(quantiles).map(([name, percent]) => {
      const { below, upTo } = coverage(histogram, prior[name as 'p10'])
      const miss = percent < below ? below - percent : percent > upTo ? upTo - percent : 0
      return [name, Math.round(10 * miss) / 10]
    }),
  )
}

describe('priors', () => {
  it.each(['chat', 'code-completion'] as const)('%s covers replies it was not fitted to within 3 points', (task) => {
    const held = traces.azure2023OddMinutes[task]
    expect(held.reduce((sum, [, replies]) => sum + replies, 0)).toBeGreaterThan(4000)
    const found = misses(task, held)
    console.log(`${task}, Azure 2023, odd minutes: misses in points ${JSON.stringify(found)}`)
    for (const [name, points] of Object.entries(found)) expect(Math.abs(points), name).toBeLessThanOrEqual(3)
  })

  it("their upper ends hold in another year's services, which are published as a figure", () => {
    const published = (task: 'chat' | 'code-completion', tokens: number): number =>
      traces.azure2024Figure[task].find(([at]) => Math.abs(at - tokens) <= 6)?.[1] as number
    for (const task of ['chat', 'code-completion'] as const) {
      expect(Math.abs(published(task, priorOf(task).p95) - 95), task).toBeLessThanOrEqual(3)
      expect(Math.abs(published(task, priorOf(task).p99) - 99), task).toBeLessThanOrEqual(3)
    }
    expect(Math.abs(published('code-completion', priorOf('code-completion').p90) - 90)).toBeLessThanOrEqual(3)
  })

  it('do not hold for every service: that is what the output model learns', () => {
    const found = misses('chat', traces.mooncakeConversation)
    console.log(`chat, Mooncake conversation: misses in points ${JSON.stringify(found)}`)
    expect(found['p50']).toBeLessThan(-20)
    const published2024 = traces.azure2024Figure.chat.find(([at]) => at === 133)?.[1] as number
    expect(published2024).toBeGreaterThan(70)
  })

  it('ascend, name their source and say how sure they are', () => {
    for (const task of outputTasks) {
      const { p10, p50, p90, p95, p99, mean, evidence, source } = priorOf(task)
      expect([p10, p50, p90, p95, p99]).toEqual([p10, p50, p90, p95, p99].toSorted((a, b) => a - b))
      expect(mean >= p10 && mean <= p99 && source.length > 10, task).toBe(true)
      expect(['trace', 'derived', 'judged']).toContain(evidence)
    }
    expect(() => priorOf('__proto__' as OutputTask)).toThrow(/output\.task must be one of chat/)
  })
})
