import { describe, expect, it } from 'vitest'
import { readOverrides, readPriceFiles } from '../../scripts/prices/generate.ts'
import type { FilePeriod } from '../../src/pricing/file.ts'
import type { RateKey } from '../../src/pricing/units.ts'

const files = new Map(readPriceFiles().map((file) => [file.seller, file]))
const rowOf = (seller: string, id: string) => files.get(seller)?.models.find((model) => model.id === id)

/** What a person wrote about a period; tool fees, service tiers and regions are added to it. */
const written = ({ from, until, status, source, checked, note, rates }: FilePeriod, of: FilePeriod) => ({
  ...{ from, until, status, source, checked, note },
  rates: Object.fromEntries(Object.keys(of.rates).map((key) => [key, rates[key as RateKey]])),
})

const models = readOverrides().flatMap(({ seller, models: own }) => own.map((model) => ({ seller, ...model })))

/** `prices:update` writes the price files from the overrides, so what stands in one only would be lost with the next update. */
describe('the hand-written prices', () => {
  it('stand in the price files as the overrides have them', () => {
    const dated = models.filter(({ periods, earlier, optional }) => (periods ?? earlier) !== undefined && !optional)
    for (const { seller, id, periods, earlier } of dated) {
      const row = rowOf(seller, id)
      const given = periods ?? earlier ?? []
      const kept = given.map((period, index) => written(row?.periods[index] as FilePeriod, period))
      expect(kept, `${seller}/${id}`).toEqual(given.map((period) => written(period, period)))
    }
    expect(dated.length).toBeGreaterThan(60)
  })

  it('name no source in a price file that neither a catalogue nor an override has', () => {
    const catalogue = /^(?:pi|genai|aisdk)(?:@\d+\.\d+\.\d+)?$/
    for (const { seller, sources } of readOverrides()) {
      const periods = files.get(seller)?.models.flatMap((model) => model.periods) ?? []
      const unknown = periods.filter(({ source }) => !catalogue.test(source) && !Object.hasOwn(sources ?? {}, source))
      expect(unknown, seller).toEqual([])
    }
  })

  it('leave out the rows that no such seller has', () => {
    const dropped = models.filter(({ dropped: isDropped }) => isDropped === true)
    expect(dropped.length).toBeGreaterThan(10)
    expect(dropped.filter(({ seller, id }) => rowOf(seller, id) !== undefined)).toEqual([])
  })
})
