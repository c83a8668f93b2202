import { describe, expect, it } from 'vitest'
import { coverageOf } from './coverage.ts'
import { workloads } from './workloads.ts'

describe('the bound of an output model, with many seeds', () => {
  it.each(Object.keys(workloads))('covers 88 to 92 percent after 30 replies: %s', (name) => {
    const found = Array.from({ length: 60 }, (_, seed) => coverageOf(name, seed + 100, 1500)).sort((a, b) => a - b)
    const outside = found.filter((percent) => percent < 88 || percent > 92).length
    console.log(
      `${name}: ${found[0]?.toFixed(1)} to ${found.at(-1)?.toFixed(1)} %, ${outside} of 60 outside 88 to 92 %`,
    )
    expect(outside).toBe(0)
  })
})
