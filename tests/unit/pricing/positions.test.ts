import { describe, expect, it } from 'vitest'
import * as positions from '../../../src/pricing/positions.ts'
import { rateUnits, unitIndex } from '../../../src/pricing/units.ts'

/** `CACHE_WRITE_1H` → `cacheWrite1h` */
function keyOf(name: string): string {
  return name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}

describe('positions in rate cards', () => {
  it.each(Object.entries(positions))('%s is %i', (name, position) => {
    expect(rateUnits[position]?.key).toBe(keyOf(name))
  })

  it('are those that keys are found at', () => {
    for (const [index, { key }] of rateUnits.entries()) expect(unitIndex(key)).toBe(index)
    expect(unitIndex('__proto__')).toBeUndefined()
  })

  it('fallbacks come before the units that fall back to them, and have none themselves', () => {
    for (const [index, { fallback }] of rateUnits.entries()) {
      if (fallback === undefined) continue
      expect(unitIndex(fallback)).toBeLessThan(index)
      expect(rateUnits[unitIndex(fallback)]?.fallback).toBeUndefined()
    }
  })
})
