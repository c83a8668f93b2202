import { expect, it } from 'vitest'
import { compareCosts } from './compare-costs.ts'

it('row 22: prices random usages of every model exactly as the reference does', () => {
  const { compared, contexts, differences } = compareCosts(40_000, 20261122)
  expect(differences.slice(0, 5)).toEqual([])
  expect(compared).toBeGreaterThan(contexts * 5)
})
