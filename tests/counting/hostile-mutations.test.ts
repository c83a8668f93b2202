import { describe, expect, it } from 'vitest'
import { outcomeOf, samples } from './hostile-mutations.ts'
import { checkSpoilt } from './hostile-properties.ts'

const runs = 40

describe.each(samples)('spoilt bodies: $name', (sample) => {
  it('are counted before they are spoilt', () => {
    for (const model of sample.models) expect(outcomeOf(sample.make(), model, sample.api).refused).toBeUndefined()
  })

  it('are counted or refused on purpose, in time, when the fault is in the data', () => {
    expect(checkSpoilt(sample, 'data', runs)).toBeGreaterThan(runs / 4)
  })

  it('are counted or refused when reading them runs code that throws', () => {
    checkSpoilt(sample, 'code', runs)
  })
})
