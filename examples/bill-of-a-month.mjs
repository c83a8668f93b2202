// Adds up real usage exactly: floats drift, decimal strings and integers do not.
import { calcCost } from 'tokenfare'

const calls = Array.from({ length: 1000 }, () => ({ inputTokens: 1200, cacheReadTokens: 1024, outputTokens: 350 }))

/** Exact dollars as a whole number of 10^-12 dollars. */
function picodollars({ exact }) {
  const [whole, fraction = ''] = exact.split('.')
  return BigInt(whole + fraction.padEnd(12, '0'))
}

const one = calcCost(calls[0], 'gpt-4o-mini', { at: '2026-11-01' })
const total = calls.reduce(
  (sum, usage) => sum + picodollars(calcCost(usage, 'gpt-4o-mini', { at: '2026-11-01' }).total),
  0n,
)
console.log(total === 1000n * picodollars(one.total) ? 'exact' : 'drifted')
console.log(one.lines.map(({ part, quantity }) => `${part} ${quantity}`).join(', '))
