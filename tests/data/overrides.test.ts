import { describe, expect, it } from 'vitest'
import { withLaterPeriods } from '../../scripts/prices/carry.ts'
import { readOverrides, readPriceFiles } from '../../scripts/prices/generate.ts'
import { checkReasons } from '../../scripts/prices/overrides.ts'
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

  it('say why', () => {
    expect(() => checkReasons(readOverrides())).not.toThrow()
    const models = [{ id: 'm', reason: ' ' }]
    expect(() => checkReasons([{ seller: 'acme', models }])).toThrow(/overrides\/acme\.json: m needs a "reason"/)
  })
})

describe('a price that begins after the day of the table', () => {
  const own = { source: 's', checked: '2026-11-29' }
  const today: FilePeriod = {
    ...own,
    rates: { input: '1', output: '5', cacheRead: '0.1', webSearch: '10' },
    tiers: [{ above: 1000, rates: { input: '2', output: '7.5', webSearch: '10' } }],
    modes: {
      batch: {
        rates: { input: '0.5', output: '2.5', cacheRead: '0.1', webSearch: '10' },
        tiers: [{ above: 1000, rates: { input: '1', output: '3.75', webSearch: '10' } }],
      },
    },
    regions: { us: { rates: { input: '1.1', output: '5.5', cacheRead: null, webSearch: '10' } } },
  }
  const later: FilePeriod = {
    ...own,
    from: '2026-11-25',
    rates: { input: '0.8', output: '4', cacheRead: '0.08', cacheWrite: '1' },
    tiers: [{ above: 1000, rates: { input: '1.6', output: '6' } }],
  }
  const carriedOver = (period: FilePeriod): FilePeriod => {
    const model = { id: 'm', periods: [{ ...today, until: '2026-11-25' }, period] }
    const made = withLaterPeriods(new Map([['acme', new Map([['m', model]])]]), '2026-11-20')
    return made.get('acme')?.get('m')?.periods[1] as FilePeriod
  }

  it('keeps the fees, and the service tiers and regions in the ratio of today', () => {
    expect(carriedOver(later)).toMatchObject({
      from: '2026-11-25',
      rates: { ...later.rates, webSearch: '10' },
      tiers: [{ rates: { input: '1.6', output: '6', webSearch: '10' } }],
      modes: {
        batch: {
          rates: { input: '0.4', output: '2', cacheRead: '0.08', webSearch: '10' },
          tiers: [{ rates: { input: '0.8', output: '3', webSearch: '10' } }],
        },
      },
      // what cannot be told is unknown
      regions: { us: { rates: { input: '0.88', output: '4.4', cacheRead: null, webSearch: '10' } } },
    })
    expect(carriedOver(later).modes?.batch?.rates).not.toHaveProperty('cacheWrite')
  })

  it('has its own where it says so, and is left alone when it was cancelled', () => {
    const modes = { batch: { rates: { input: '0.1' } } }
    expect(carriedOver({ ...later, modes }).modes).toEqual(modes)
    const cancelled: FilePeriod = { ...later, status: 'cancelled' }
    expect(carriedOver(cancelled)).toEqual(cancelled)
  })
})
