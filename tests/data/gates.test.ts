import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accept } from '../../scripts/prices/accept.ts'
import { gateAlarms, siblingRates } from '../../scripts/prices/gates.ts'
import { generatedIds, generatedModule, readOverrides, readPriceFiles } from '../../scripts/prices/generate.ts'
import { agree } from '../../scripts/prices/merge.ts'
import { isConfirmed } from '../../scripts/prices/overrides.ts'
import { packSeller } from '../../scripts/prices/pack.ts'
import { asOfPeriod } from '../../scripts/prices/periods.ts'
import { rowsOf } from '../../scripts/prices/read-pi.ts'
import { checkIntegrity, latestPins, pinnedSources } from '../../scripts/prices/sources.ts'
import { compileSeller } from '../../src/pricing/compile.ts'
import type { FileModel, FilePeriod, FileRates, PriceFile } from '../../src/pricing/file.ts'
import { unpackSeller } from '../../src/pricing/packed.ts'
import { validatePriceFile } from '../../src/pricing/validate.ts'

const files = readPriceFiles()
const day = '2026-11-10'
const siblings = siblingRates(files, day)
const confirmedOf = (seller: string) =>
  new Set(
    readOverrides()
      .find((file) => file.seller === seller)
      ?.models.filter(isConfirmed)
      .map(({ id }) => id),
  )

/** A file with one model's current rates replaced. */
function withRates(file: PriceFile, id: string, rates: FileRates): PriceFile {
  return {
    ...file,
    models: file.models.map((model) => {
      if (model.id !== id) return model
      const current = asOfPeriod(model.periods, day) as FilePeriod
      return { ...model, periods: model.periods.map((period) => (period === current ? { ...period, rates } : period)) }
    }),
  }
}

const alarmsFor = (before: PriceFile | undefined, after: PriceFile) =>
  gateAlarms(after, { day, before, siblings, confirmed: new Set() })

describe('the gates', () => {
  it('row 26: raise 0 false alarms on the real table', () => {
    const alarms = files.flatMap((file) =>
      gateAlarms(file, { day, before: file, siblings, confirmed: confirmedOf(file.seller) }),
    )
    expect(alarms).toEqual([])
  })

  it('row 26: catch at least 99 of 100 seeded faults on update', () => {
    const times = (factor: number) => (rates: FileRates) =>
      Object.fromEntries(
        Object.entries(rates).map(([key, rate]) => [key, rate === null ? null : String(Number(rate) * factor)]),
      )
    const faults: readonly ((rates: FileRates) => FileRates)[] = [
      times(1_000),
      times(100_000),
      times(1_000_000),
      times(0.001),
      (rates) => ({ ...rates, input: rates.output as string, output: rates.input as string }),
      (rates) => ({ ...rates, output: '0' }),
      (rates) => ({ ...rates, output: String(Number(rates.output) / 10) }),
      (rates) => ({ ...rates, input: String(Number(rates.input) * 2.5) }),
      times(7.2),
      (rates) => ({ ...rates, input: '10', output: '30' }),
    ]
    const targets = files
      .filter(({ kind }) => kind !== 'marketplace')
      .flatMap((file) =>
        file.models
          .filter((model) => {
            const rates = asOfPeriod(model.periods, day)?.rates
            const [input, output] = [Number(rates?.input), Number(rates?.output)]
            const placeholderLike = input >= 4 && input <= 20 && output >= 14 && output <= 60
            return (model.kind ?? 'chat') === 'chat' && input > 0 && output > input && !placeholderLike
          })
          .map((model) => ({ file, model })),
      )
    const step = Math.floor(targets.length / 100)
    const missed = Array.from({ length: 100 }, (_, n) => {
      const { file, model } = targets[n * step] as { file: PriceFile; model: FileModel }
      const rates = (asOfPeriod(model.periods, day) as FilePeriod).rates
      const after = withRates(file, model.id, (faults[n % faults.length] as (typeof faults)[number])(rates))
      const alarms = alarmsFor(file, after).filter((alarm) => alarm.model === model.id)
      return alarms.length > 0 ? undefined : `${file.seller}/${model.id} fault ${n % faults.length}`
    }).filter((name) => name !== undefined)
    expect(missed.length).toBeLessThanOrEqual(1)
  })

  it.each([
    ['google', 'gemini-2.0-flash', '150', '600', 'unit'],
    ['cohere', 'command-r7b-12-2024', '0.15', '0.0375', 'swap'],
    ['google', 'gemini-2.5-pro', '1.25', '1', 'swap'],
    ['google', 'gemini-1.5-flash', '0.075', '0', 'zero'],
  ])(
    'catch the recorded catalogue fault %s/%s %s/%s even without a price before',
    (seller, id, input, output, gate) => {
      const file = files.find((one) => one.seller === seller) as PriceFile
      const alarms = alarmsFor(undefined, withRates(file, id, { input, output }))
      expect(alarms.filter(({ model }) => model === id).map((alarm) => alarm.gate)).toContain(gate)
    },
  )

  it.each([
    ['openai', 'gpt-5', '10', '30'],
    ['openai', 'gpt-4.1', '10', '30'],
    ['openai', 'gpt-4o', '10', '30'],
    ['openai', 'gpt-5.5-pro', '90', '540'],
    ['moonshotai', 'kimi-k3', '30', '30'],
  ])('catch the placeholder or foreign price %s/%s %s/%s against the price before', (seller, id, input, output) => {
    const file = files.find((one) => one.seller === seller) as PriceFile
    const alarms = alarmsFor(file, withRates(file, id, { input, output }))
    expect(alarms.some(({ model }) => model === id)).toBe(true)
  })

  it('let a doubling pass, as the merge rule says, and nothing above', () => {
    const file = files.find((one) => one.seller === 'openai') as PriceFile
    const model = file.models.find(({ id }) => id === 'gpt-4.1')
    const { rates } = asOfPeriod(model?.periods ?? [], day) as FilePeriod
    const at = (input: string) =>
      alarmsFor(file, withRates(file, 'gpt-4.1', { ...rates, input })).filter(({ model }) => model === 'gpt-4.1')
    const twice = 2 * Number(rates.input)
    expect(at(String(twice))).toEqual([])
    expect(at(String(twice + 0.000001)).map(({ gate }) => gate)).toEqual(['change'])
  })

  it('hold a row that lost a rate, as Nova did its cache writes on 2026-11-20, but at marketplaces', () => {
    const lost = (seller: string, id: string) => {
      const file = files.find((one) => one.seller === seller) as PriceFile
      const { rates } = asOfPeriod(file.models.find((model) => model.id === id)?.periods ?? [], day) as FilePeriod
      const { cacheWrite, ...others } = rates
      expect(cacheWrite).toBeDefined()
      return alarmsFor(file, withRates(file, id, others)).map(({ model, text }) => `${model}: ${text}`)
    }
    expect(lost('amazon-bedrock', 'amazon.nova-pro-v1:0')).toEqual([
      'amazon.nova-pro-v1:0: cacheWrite 0.8 is not quoted any more',
    ])
    expect(lost('openrouter', 'anthropic/claude-opus-4.6').join()).not.toContain('claude-opus-4.6')
  })

  it('hold a row with an alarm, append a changed one, and refuse a shrunk seller', () => {
    const before: PriceFile = {
      seller: 'acme',
      models: ['a', 'b', 'c'].map((id) => ({
        id,
        periods: [{ rates: { input: '1', output: '2' }, source: 's', checked: '2026-01-01' }],
      })),
    }
    const fresh: PriceFile = {
      ...before,
      models: before.models.map((model, index) => ({
        ...model,
        periods: [
          { rates: { input: ['1', '1.5', '9'][index] as string, output: '2' }, source: 's', checked: '2026-02-01' },
        ],
      })),
    }
    const context = {
      day: '2026-02-01',
      before,
      siblings: new Map(),
      confirmed: new Set<string>(),
      set: new Set<string>(),
    }
    const { file, remarks } = accept(
      {
        ...fresh,
        models: fresh.models.map((m) =>
          m.id === 'c'
            ? { ...m, periods: [{ ...(m.periods[0] as FilePeriod), rates: { input: '9', output: '18' } }] }
            : m,
        ),
      },
      context,
    )
    expect(
      file.models.map(({ periods }) => periods.map(({ from, until, rates }) => [from, until, rates.input])),
    ).toEqual([
      [[undefined, undefined, '1']],
      [
        [undefined, '2026-02-01', '1'],
        ['2026-02-01', undefined, '1.5'],
      ],
      [[undefined, undefined, '1']],
    ])
    expect(remarks.map(({ model, kind, text }) => [model, kind, text])).toEqual([
      ['b', 'changed', 'input 1 → 1.5'],
      ['c', 'held', expect.stringContaining('kept as it was; change: input 1 → 9')],
    ])
    const shrunk = { ...fresh, models: fresh.models.slice(1) }
    expect(() => accept(shrunk, context)).toThrow('has shrunk: 2 models, there were 3; lost without a reason: a')
    expect(accept(shrunk, { ...context, confirmed: new Set(['a']) }).remarks.map(({ kind }) => kind)).toContain(
      'removed',
    )
  })
})

describe('a model that no catalogue has any more', () => {
  const kept = (id: string): FileModel => ({
    id,
    periods: [{ rates: { input: '1', output: '2' }, source: 'cat', checked: '2026-02-01' }],
  })
  const many = Array.from({ length: 30 }, (_, i) => kept(`m${i}`))
  const gone: FileModel = {
    id: 'a',
    periods: [
      { until: '2025-06-01', rates: { input: '4', output: '8' }, source: 'page', checked: '2025-01-01' },
      { from: '2025-06-01', rates: { input: '3', output: '6' }, source: 'cat', checked: '2026-01-01' },
    ],
  }
  const seller = { seller: 'acme', name: 'Acme', kind: 'maker', currency: 'USD' } as const
  const before: PriceFile = { ...seller, sources: { cat: 'npm cat@1.0.0', page: 'a page' }, models: [gone, ...many] }
  const fresh: PriceFile = { ...seller, sources: { cat: 'npm cat@2.0.0' }, models: many }
  const context = (was: PriceFile, day: string, confirmed: readonly string[] = []) => ({
    day,
    before: was,
    siblings: new Map(),
    confirmed: new Set(confirmed),
    set: new Set<string>(),
  })

  it('stays with its history and its sources, retired from the day on, for all imports to come', () => {
    const { file, remarks } = accept(fresh, context(before, '2026-02-01'))
    expect(remarks.map(({ model, kind }) => [model, kind])).toEqual([['a', 'removed']])
    expect(file.models[0]?.deprecated).toBe(true)
    expect(file.models.map(({ id }) => id)).toEqual(['a', ...many.map(({ id }) => id)].sort())
    expect(file.models[0]?.periods.map(({ from, until, rates, status }) => [from, until, rates.input, status])).toEqual(
      [
        [undefined, '2025-06-01', '4', undefined],
        ['2025-06-01', '2026-02-01', '3', undefined],
        ['2026-02-01', undefined, '3', 'retired'],
      ],
    )
    expect(file.models[0]?.periods.map(({ source }) => file.sources?.[source])).toEqual([
      'a page',
      'npm cat@1.0.0',
      'npm cat@1.0.0',
    ])
    expect(file.models[1]?.periods.map(({ source }) => file.sources?.[source])).toEqual(['npm cat@2.0.0'])
    validatePriceFile(file)
    expect(accept(fresh, context(file, '2026-03-01'))).toEqual({ file, remarks: [] })
  })

  it('is on offer again once a catalogue has it, and leaves where an override drops it', () => {
    const { file } = accept(fresh, context(before, '2026-02-01'))
    const back = { id: 'a', periods: [{ rates: { input: '3', output: '6' }, source: 'cat', checked: '2026-03-01' }] }
    const returned = accept({ ...fresh, models: [back, ...many] }, context(file, '2026-03-01')).file.models[0]
    expect(returned?.periods.at(-1)).toMatchObject({ from: '2026-02-01', rates: { input: '3' } })
    expect(returned?.periods.at(-1)).not.toHaveProperty('status')
    const dropped = accept(fresh, context(file, '2026-03-01', ['a']))
    expect(dropped.file.models.map(({ id }) => id)).not.toContain('a')
    expect(dropped.remarks.map(({ model, kind }) => [model, kind])).toEqual([['a', 'removed']])
  })
})

describe('the history of a price', () => {
  const price = (input: string, rest: Partial<FilePeriod> = {}): FilePeriod => ({
    rates: { input, output: '20', cacheRead: '0.1' },
    source: 's',
    checked: '2026-01-01',
    ...rest,
  })
  const imported = (input: string, rest: Partial<FilePeriod> = {}) => price(input, { checked: '2026-02-01', ...rest })

  /** The periods after an import, as from, until and input. */
  function periodsAfter(before: readonly FilePeriod[], fresh: readonly FilePeriod[]): (string | undefined | null)[][] {
    const file = (periods: readonly FilePeriod[]): PriceFile => ({
      seller: 'acme',
      kind: 'marketplace',
      models: [{ id: 'a', periods }],
    })
    const context = {
      day: '2026-02-01',
      before: file(before),
      siblings: new Map(),
      confirmed: new Set<string>(),
      set: new Set<string>(),
    }
    return (
      accept(file(fresh), context).file.models[0]?.periods.map(({ from, until, rates }) => [
        from,
        until,
        rates.input,
      ]) ?? []
    )
  }

  const earlier = [price('4', { until: '2025-01-01' }), price('3', { from: '2025-01-01', until: '2025-06-01' })]

  it('goes on behind the periods that an override gives', () => {
    const since = { from: '2025-06-01' }
    const changed = periodsAfter([...earlier, price('1', since)], [...earlier, imported('1.5', since)])
    expect(changed.slice(2)).toEqual([
      ['2025-06-01', '2026-02-01', '1'],
      ['2026-02-01', undefined, '1.5'],
    ])
  })

  it('keeps what imports appended behind those periods while nothing changes', () => {
    const since = { from: '2025-06-01' }
    const appended = [price('1', { ...since, until: '2026-01-01' }), price('1.5', { from: '2026-01-01' })]
    expect(periodsAfter([...earlier, ...appended], [...earlier, imported('1.5', since)])).toEqual(
      [...earlier, ...appended].map(({ from, until, rates }) => [from, until, rates.input]),
    )
  })

  it('follows a start that an override or a dated catalogue corrects', () => {
    const [first] = earlier as [FilePeriod, FilePeriod]
    const corrected = { ...first, until: '2024-12-01' }
    expect(
      periodsAfter([first, price('3', { from: '2025-01-01' })], [corrected, imported('3', { from: '2024-12-01' })]),
    ).toEqual([
      [undefined, '2024-12-01', '4'],
      ['2024-12-01', undefined, '3'],
    ])
    expect(periodsAfter([price('4')], [corrected, imported('3', { from: '2024-12-01' })])).toEqual([
      [undefined, '2024-12-01', '4'],
      ['2024-12-01', undefined, '3'],
    ])
  })

  it('is told in the review, rate by rate and tier by tier', () => {
    const tier = (above: number, output: string) => ({ above, rates: { input: '2', output } })
    const changes = (was: Partial<FilePeriod>, is: Partial<FilePeriod>) => {
      const file = (period: FilePeriod): PriceFile => ({
        seller: 'acme',
        kind: 'marketplace',
        models: [{ id: 'a', periods: [period] }],
      })
      const context = { day: '2026-02-01', siblings: new Map(), confirmed: new Set<string>(), set: new Set<string>() }
      const before = file(price('1', was))
      return accept(file(imported('1', is)), { ...context, before }).remarks.map(({ text }) => text)
    }
    const rates = { input: '1', output: '20', cacheRead: '0.1', cacheWrite: '1.25' }
    expect(changes({ rates }, { rates: { input: '1.1', output: '20', cacheWrite: '1' } })).toEqual([
      'input 1 → 1.1, cacheRead 0.1 → not quoted, cacheWrite 1.25 → 1',
    ])
    expect(changes({ tiers: [tier(1000, '25')] }, { tiers: [tier(1000, '30')] })).toEqual(['output 25 → 30 above 1000'])
    expect(changes({ tiers: [tier(1000, '25')] }, { tiers: [tier(2000, '25')] })).toEqual(['tiers above 1000 → 2000'])
    expect(changes({}, { tiers: [tier(2000, '25')] })).toEqual(['tiers above none → 2000'])
    expect(changes({ rates }, { rates })).toEqual([])
  })

  it('counts a rate or a tier that is quoted no more as a change, and one that is new as known from the start', () => {
    const tiers = [{ above: 1000, rates: { input: '2', output: '4' } }]
    expect(periodsAfter([price('1')], [imported('1', { rates: { input: '1', output: '20' } })])).toHaveLength(2)
    expect(periodsAfter([price('1', { tiers })], [imported('1')])).toHaveLength(2)
    expect(periodsAfter([price('1')], [imported('1', { tiers })])).toHaveLength(2)
    expect(
      periodsAfter(
        [price('1')],
        [imported('1', { rates: { input: '1', output: '20', cacheRead: '0.1', cacheWrite: '1' } })],
      ),
    ).toHaveLength(1)
  })
})

describe('the import', () => {
  it('row 27: reads 0 as unknown beside a price, as free where the id says so, and a sentinel not at all', () => {
    const model = (id: string, input: number, output: number, cacheRead: number) => ({
      id,
      name: id,
      type: 'chat',
      cost: { input, output, cacheRead, cacheWrite: 0 },
    })
    const rows = rowsOf('openrouter', [
      model('a', 1, 2, 0),
      model('b:free', 0, 0, 0),
      model('c', 0, 0, 0),
      model('auto', -1, -1, 0),
    ])
    expect(rows.map(({ model: { id }, periods }) => [id, periods[0]?.rates])).toEqual([
      ['a', { input: '1', output: '2' }],
      ['b:free', { input: '0', output: '0', cacheRead: '0', cacheWrite: '0' }],
    ])
  })

  it('counts catalogues as agreeing only on rates that both quote', () => {
    expect(
      agree({ rates: { input: '1', output: '2' } }, { rates: { input: '1', output: '2', cacheRead: '0.1' } }),
    ).toBe(true)
    expect(agree({ rates: { input: '1', output: '2' } }, { rates: { input: '1', output: '3' } })).toBe(false)
  })

  it('refuses bytes that were not pinned', () => {
    const source = { name: 'a', version: '1.0.0', integrity: 'sha512-AAAA' }
    expect(() => checkIntegrity(new Uint8Array([1]), source)).toThrow('integrity')
  })
})

describe('the pins', () => {
  const [pin, ...others] = pinnedSources() as [
    ReturnType<typeof pinnedSources>[number],
    ...ReturnType<typeof pinnedSources>,
  ]
  const integrity = `sha512-${'A'.repeat(86)}==`

  it('move to the newest version with its hash and day, and only then', () => {
    const view = (name: string) => {
      const own = [pin, ...others].find((source) => source.name === name)
      if (own === undefined || name !== pin.name)
        return { version: own?.version ?? '', integrity: own?.integrity ?? '', day: '2027-01-01' }
      return { version: '9.8.7', integrity, day: '2026-12-01' }
    }
    expect(latestPins([pin, ...others], view)).toEqual([
      { ...pin, version: '9.8.7', integrity, checked: '2026-12-01' },
      ...others,
    ])
  })

  it('refuse other bytes under the same version, and versions without a sha512', () => {
    expect(() => latestPins([pin], () => ({ version: pin.version, integrity, day: '2026-12-01' }))).toThrow(
      'changed its bytes',
    )
    expect(() => latestPins([pin], () => ({ version: '2.0.0-beta.1', integrity, day: '2026-12-01' }))).toThrow(
      'no plain version',
    )
    expect(() => latestPins([pin], () => ({ version: '2.0.0', integrity: 'sha1-x', day: '2026-12-01' }))).toThrow(
      'no plain version',
    )
  })
})

describe('the files', () => {
  it('are the ones from which the packed table and the ids were generated', () => {
    expect(generatedModule()).toBe(readFileSync(new URL('../../src/pricing/table.gen.ts', import.meta.url), 'utf8'))
    expect(generatedIds()).toBe(readFileSync(new URL('../../src/pricing/ids.gen.ts', import.meta.url), 'utf8'))
  })

  it('follow their format, and say the same packed and plain', () => {
    for (const file of files) {
      validatePriceFile(file)
      const packed = unpackSeller(packSeller(file))
      const plain = compileSeller(file, { checked: 'unused' })
      expect({ ...packed, models: new Map(packed.models) }).toEqual(plain)
      const oneByOne = unpackSeller(packSeller(file)).models
      for (const [id, row] of plain.models) expect(oneByOne.get(id)).toEqual(row)
    }
  })

  it('give a source and a day for every period', () => {
    const bare = files.flatMap(({ seller, models }) =>
      models.flatMap(({ id, periods }) =>
        periods.filter(({ source, checked }) => !source || !checked).map(() => `${seller}/${id}`),
      ),
    )
    expect(bare).toEqual([])
  })
})
