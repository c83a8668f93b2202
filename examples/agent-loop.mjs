// An agent that calls tools: what its loop costs with the prompt cache and without, and where a pause empties the cache.
import { forecast } from 'tokenfare'

const plan = { turns: 20, systemTokens: 6000, userTokensPerTurn: 80, outputTokensPerCall: 250, toolRoundsPerTurn: 3 }
for (const secondsBetweenTurns of [60, 900]) {
  const { total, cachePaysFromTurn } = forecast('gpt-4o', { ...plan, secondsBetweenTurns }, { at: '2026-10-01' })
  const saved = Math.round(100 * (1 - total.withCache.usd / total.withoutCache.usd))
  console.log(`${secondsBetweenTurns} s: ${total.withCache.exact}, ${saved} % less, from turn ${cachePaysFromTurn}`)
}
