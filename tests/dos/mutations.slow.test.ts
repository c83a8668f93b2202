import { expect, it } from 'vitest'
import { loadMutations } from './mutate-files.ts'

it('refuses 100,000 mutated tokenizer files or loads them without losing text', () => {
  const { crashes, losses, refused, loaded, slowestSeconds } = loadMutations(100_000, 2)
  expect(crashes).toEqual([])
  expect(losses).toEqual([])
  expect(slowestSeconds).toBeLessThan(1)
  expect(refused + loaded).toBe(100_000)
})
