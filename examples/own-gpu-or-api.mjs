// From how many calls a day is a rented GPU cheaper than an API?
import { calcCost } from 'tokenfare'
import { breakEvenRent, costOfCalls, estimateSelfHosted } from 'tokenfare/deployment'

const usage = { inputTokens: 1000, outputTokens: 500 }
const api = calcCost(usage, 'gpt-4o-mini', { at: '2026-11-01' }).total
const estimate = estimateSelfHosted({
  model: 'llama-3.1-8b',
  gpu: 'h100',
  concurrency: 64,
  promptTokens: usage.inputTokens,
  outputTokens: usage.outputTokens,
  rental: { usdPerHour: '2.69' },
})
const { crossing, api: calls, rented } = breakEvenRent({ estimate, apiUsdPerCall: api })
const from = crossing.expected.calls
console.log(`renting wins from ${from} calls a day`)
console.log(`at ${from}: $${costOfCalls(rented, from).exact} against $${costOfCalls(calls, from).exact}`)
