import { describe, expect, it } from 'vitest'
import { packSeller } from '../../../scripts/prices/pack.ts'
import type { FileModel, PriceFile } from '../../../src/pricing/file.ts'
import { unpackSeller } from '../../../src/pricing/packed.ts'

const model = (id: string, name: string): FileModel => ({
  id,
  name,
  periods: [{ rates: { input: '1' }, source: 'list', checked: '2026-11-23' }],
})
const odd = ["it's", 'a`b', 'a"b', 'a\\b', 'a!b', '!0', 'a|b', 'ä→🐬', '']
const file: PriceFile = {
  seller: 'acme',
  models: [
    model('plain', "Plain, 'quoted' and `marked`"),
    ...odd.map((id) => model(id, `the ${id} one`)),
    model('last', 'Last'),
  ],
}
const ids = file.models.map(({ id }) => id)

describe('rows of a packed seller', () => {
  it('are ASCII without double quotes', () => {
    expect(packSeller(file)).toMatch(/^[ !#-~]+$/)
  })

  it('are found one by one, whatever their ids and names are made of', () => {
    for (const id of ids) {
      const { models } = unpackSeller(packSeller(file))
      expect(models.get(id)).toMatchObject({ id, name: file.models.find((one) => one.id === id)?.name })
    }
  })

  it('are the same objects before and after all are read, in the order of the file', () => {
    const { models } = unpackSeller(packSeller(file))
    const last = models.get('last')
    expect([...models.keys()]).toEqual(ids)
    expect([...models.values()].at(-1)).toBe(last)
    expect(models.get('last')).toBe(last)
    expect(models.size).toBe(ids.length)
    expect(new Map(models)).toEqual(new Map([...models.entries()]))
  })

  it.each(['pla', 'lain', '__proto__', "plain',[[[0,1],0]],'Plain", '`[', "'", 'acme', 'list'])('%j is no id', (id) => {
    const { models } = unpackSeller(packSeller(file))
    expect(models.get(id)).toBeUndefined()
    expect(models.has(id)).toBe(false)
    expect([...models.keys()]).toEqual(ids)
    expect(models.get(id)).toBeUndefined()
  })

  it('a seller may have none', () => {
    const { models } = unpackSeller(packSeller({ seller: 'none', models: [] }))
    expect([models.size, models.get('x')]).toEqual([0, undefined])
  })
})
