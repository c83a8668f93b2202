// Adds up real usage exactly: floats drift, amounts do not.
import { calcCost, sumAmounts } from 'tokenfare'

const calls = Array.from({ length: 1000 }, () => ({ inputTokens: 1200, cacheReadTokens: 1024, outputTokens: 350 }))

const costs = calls.map((usage) => calcCost(usage, 'gpt-4o-mini', { at: '2026-11-01' }))
const total = sumAmounts(costs.map((cost) => cost.total))
const floats = costs.reduce((sum, cost) => sum + cost.total.usd, 0)
console.log(`exactly $${total.exact}`)
console.log(`floats drift by $${Math.abs(floats - total.usd)}`)
console.log(costs[0].lines.map(({ part, quantity }) => `${part} ${quantity}`).join(', '))
