/**
 * calcCost against @pydantic/genai-prices' calcPrice: the same models and usages in one process, outputs compared first, rounds
 * interleaved in every order, CPU time, medians. Run: `npx tsx bench/calc-cost.ts`.
 */
import { cpus } from 'node:os'
import { calcPrice } from '@pydantic/genai-prices'
import { calcCost, listModels, type ModelReference, resolveModel } from '../src/index.ts'

const at = new Date('2026-09-15T00:00:00Z')
const sellers = { openai: 'openai', anthropic: 'anthropic', google: 'google', mistral: 'mistral', groq: 'groq' }

interface Case {
  readonly seller: string
  readonly id: string
  readonly resolved: ModelReference
  readonly inputTokens: number
  readonly cacheReadTokens: number
  readonly outputTokens: number
}

const theirs = (one: Case) =>
  calcPrice(
    { input_tokens: one.inputTokens, cache_read_tokens: one.cacheReadTokens, output_tokens: one.outputTokens },
    one.id,
    { providerId: one.seller, timestamp: at },
  )
const usageOf = ({ inputTokens, cacheReadTokens, outputTokens }: Case) => ({
  inputTokens,
  cacheReadTokens,
  outputTokens,
})
const byModel = (one: Case) => calcCost(usageOf(one), one.resolved, { at })
const byId = (one: Case) => calcCost(usageOf(one), one.id, { at, seller: one.seller })

/** Cases on which both agree, so that both do the same work. */
function agreedCases(): { agreed: Case[]; tried: number } {
  const agreed: Case[] = []
  let tried = 0
  for (const seller of Object.keys(sellers)) {
    listModels({ seller, kind: 'chat' }).forEach(({ id }, index) => {
      const one = {
        seller,
        id,
        resolved: resolveModel(id, { seller }),
        inputTokens: 1_000 + index * 977,
        cacheReadTokens: index * 31,
        outputTokens: 200 + index * 13,
      }
      tried++
      try {
        const [ours, other] = [byModel(one), theirs(one)]
        if (ours.complete && other !== null && Math.abs(ours.total.usd - other.total_price) <= 1e-9 * ours.total.usd)
          agreed.push(one)
      } catch {
        // A price that one of the two does not have on that day is no common work.
      }
    })
  }
  return { agreed, tried }
}

const { agreed, tried } = agreedCases()
const ROUNDS = 25
const CALLS = 6_000
const contenders = { 'genai-prices calcPrice': theirs, 'tokenfare, resolved model': byModel, 'tokenfare, by id': byId }

function cpuMicros(run: (one: Case) => unknown): number {
  const start = process.cpuUsage()
  for (let i = 0; i < CALLS; i++) run(agreed[i % agreed.length] as Case)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / CALLS
}

const samples = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]))
/** Every order in turn, since a round also pays for the garbage that the one before it left. */
const names = Object.keys(contenders) as (keyof typeof contenders)[]
const orders = names.flatMap((first) =>
  names
    .filter((name) => name !== first)
    .map((second) => [first, second, names.find((name) => name !== first && name !== second) as typeof first]),
)
for (let round = 0; round < ROUNDS; round++) {
  for (const name of orders[round % orders.length] as typeof names) {
    const run = contenders[name]
    const micros = cpuMicros(run)
    if (round > 0) samples.get(name)?.push(micros)
  }
}
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number
const reference = median(samples.get('genai-prices calcPrice') as number[])
process.stdout.write(
  `${cpus()[0]?.model}, Node ${process.version}; ${agreed.length} of ${tried} models with equal results\n`,
)
for (const [name, values] of samples) {
  const micros = median(values)
  process.stdout.write(`${name.padEnd(28)} ${micros.toFixed(2)} µs  ${(reference / micros).toFixed(1)} ×\n`)
}
