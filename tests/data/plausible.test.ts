import { describe, expect, it } from 'vitest'
import { readPriceFiles } from '../../scripts/prices/generate.ts'
import type { FileCard, FilePeriod, FileRates } from '../../src/pricing/file.ts'
import type { RateKey } from '../../src/pricing/units.ts'

const periods = readPriceFiles().flatMap((file) =>
  file.models.flatMap((model) => model.periods.map((period) => ({ name: `${file.seller}/${model.id}`, period }))),
)

/** Whether a rate is at most another one, where both are known. */
const atMost = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a == null || b == null || Number(a) <= Number(b)

const tokenRates: readonly RateKey[] = ['input', 'output', 'cacheRead', 'cacheWrite']
const cheaper = (a: FileRates, b: FileRates): boolean => tokenRates.every((key) => atMost(a[key], b[key]))

const faulty = (isPlausible: (period: FilePeriod) => boolean): string[] =>
  periods.filter(({ period }) => !isPlausible(period)).map(({ name }) => name)

const modes = ({ modes: own = {} }: FilePeriod): [string, FileCard][] => Object.entries(own)

/** What holds of every price list that has been read so far, so that a row against it is a fault of a catalogue or of the import. */
describe('every row of the table', () => {
  it('reads from a cache at no more than the input, and keeps for an hour at no less than for minutes', () => {
    expect(faulty(({ rates }) => atMost(rates.cacheRead, rates.input))).toEqual([])
    expect(faulty(({ rates }) => atMost(rates.cacheWrite, rates.cacheWrite1h))).toEqual([])
  })

  it('writes to a cache at no less than the input, but for MiniMax, whose faster models write at the price of the others', () => {
    const below = faulty(({ rates }) => !Number(rates.input) || atMost(rates.input, rates.cacheWrite))
    expect(below.filter((name) => !/minimax-m2.*highspeed/i.test(name))).toEqual([])
  })

  it('asks no less for a long context, and says what its cache costs wherever the base does', () => {
    expect(faulty(({ rates, tiers = [] }) => tiers.every((tier) => cheaper(rates, tier.rates)))).toEqual([])
    const silent = faulty(({ rates, tiers = [] }) =>
      tiers.every((tier) => rates.cacheRead === undefined || tier.rates.cacheRead !== undefined),
    )
    expect(silent).toEqual(['xai/grok-4', 'xai/grok-4-0709'])
  })

  it('asks no more for slower answers and no less for faster ones, in long contexts, too', () => {
    const wrong = faulty((period) =>
      modes(period).every(([mode, card]) => {
        const isSlower = mode === 'batch' || mode === 'flex'
        const fits = isSlower ? cheaper(card.rates, period.rates) : cheaper(period.rates, card.rates)
        return fits && (card.tiers ?? []).length === (period.tiers ?? []).length
      }),
    )
    expect(wrong).toEqual([])
  })
})
