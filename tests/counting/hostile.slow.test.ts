import { expect, it } from 'vitest'
import { samples } from './hostile-mutations.ts'
import { checkSpoilt } from './hostile-properties.ts'

const runs = 1000

it.each(samples)('many spoilt bodies are counted or refused: $name', (sample) => {
  expect(checkSpoilt(sample, 'data', runs)).toBeGreaterThan(runs / 4)
  checkSpoilt(sample, 'code', runs)
})
