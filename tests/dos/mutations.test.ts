import { expect, it } from 'vitest'
import { loadMutations } from './mutate-files.ts'

it('refuses mutated tokenizer files or loads them without losing text', () => {
  const { crashes, losses, refused, loaded, slowestSeconds } = loadMutations(4000, 1)
  expect(crashes).toEqual([])
  expect(losses).toEqual([])
  expect(slowestSeconds).toBeLessThan(1)
  expect(refused).toBeGreaterThan(1000)
  expect(loaded).toBeGreaterThan(100)
})
