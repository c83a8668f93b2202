/** The property of spoilt bodies, for short and for long runs. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { codeSpoilers, dataSpoilers, outcomeOf, placesOf, type Sample, spoils } from './hostile-mutations.ts'

const maxCpuSeconds = 2

/** Spoils a body `runs` times; gives how many were still counted. */
export function checkSpoilt(sample: Sample, kind: 'data' | 'code', runs: number): number {
  const spoilers = kind === 'data' ? dataSpoilers : { ...dataSpoilers, ...codeSpoilers }
  let counted = 0
  fc.assert(
    fc.property(
      spoils(Object.keys(kind === 'data' ? dataSpoilers : codeSpoilers)),
      fc.constantFrom(...sample.models),
      fc.boolean(),
      (steps, model, named) => {
        const body = sample.make()
        const places = placesOf(body)
        for (const [name, at] of steps) {
          const [holder, key, ancestors] = places[at % places.length]!
          spoilers[name]!(holder, key, ancestors)
        }
        const { refused, cpuSeconds } = outcomeOf(body, model, named ? sample.api : undefined)
        if (refused === undefined) counted += 1
        // A cause is an error nobody foresaw: only code inside the body may bring one about.
        else if (kind === 'data') expect(refused.cause).toBeUndefined()
        expect(cpuSeconds).toBeLessThan(maxCpuSeconds)
      },
    ),
    { numRuns: runs, seed: 20_261_123 },
  )
  return counted
}
