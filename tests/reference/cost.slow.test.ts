import { expect, it } from 'vitest'
import { compareCosts } from './compare-costs.ts'

it('row 22: prices a million random usages exactly as the reference does', () => {
  const { compared, differences } = compareCosts(1_000_000, 4)
  expect(differences.slice(0, 5)).toEqual([])
  expect(compared).toBe(1_000_000)
})
