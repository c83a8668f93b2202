import { describe, expect, it } from 'vitest'
import { readDeploymentData, readJson, readMeasurements } from '../../scripts/deployment/files.ts'
import { schemaErrors } from '../../scripts/deployment/schema.ts'
import { impliedParameters } from '../../src/deployment/architecture.ts'
import { picoUsdPerHour } from '../../src/deployment/rental.ts'
import { getPrice, listModels } from '../../src/index.ts'
import { picoUsdPerUnit } from '../../src/money.ts'

const files = ['hardware', 'plans', 'training', 'architectures', 'measurements']
const data = readDeploymentData()

describe('deployment data', () => {
  it.each(files)('%s.json follows its schema', (name) => {
    const schema = readJson<object>(`pricing/schema/${name}.schema.json`)
    expect(schemaErrors(readJson(`pricing/${name}.json`), schema)).toEqual([])
  })

  it.each(files)('%s.schema.json would notice a wrong file', (name) => {
    const schema = readJson<object>(`pricing/schema/${name}.schema.json`)
    const file = readJson<Record<string, unknown>>(`pricing/${name}.json`)
    expect(schemaErrors({ ...file, extra: 1 }, schema)).toEqual(['the file: extra is not known'])
    const list = Object.keys(file).find((key) => Array.isArray(file[key])) as string
    const [first, ...rest] = file[list] as Record<string, unknown>[]
    expect(schemaErrors({ ...file, [list]: [{ ...first, id: 7 }, ...rest] }, schema)).toEqual([
      `${list}[0].id: integer, not string`,
    ])
    const { source: _, ...sourceless } = first
    expect(schemaErrors({ ...file, [list]: [sourceless, ...rest] }, schema)).toEqual([`${list}[0]: no source`])
  })

  it('names every row once, also by alias', () => {
    const lists = [data.gpus, data.sellers, data.rentals, data.plans, data.trainingRates, data.architectures]
    for (const rows of lists) {
      const names = rows
        .flatMap((row) => [row.id, ...('aliases' in row ? row.aliases : [])])
        .map((n) => n.toLowerCase())
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    }
  })

  it('uses only sources that are listed, and days that exist', () => {
    const keys = /^[a-z0-9.-]+$/
    for (const row of [...data.gpus, ...data.sellers, ...data.rentals, ...data.plans, ...data.trainingRates]) {
      expect(row.source, row.id).not.toMatch(keys)
      expect(new Date(row.checked).toISOString().slice(0, 10)).toBe(row.checked)
    }
  })

  it('has one rate per rental, of a known GPU and seller', () => {
    for (const rental of data.rentals) {
      expect(
        [rental.usdPerHour, rental.usdPerSecond].filter((rate) => rate !== undefined),
        rental.id,
      ).toHaveLength(1)
      expect(data.sellers.map(({ id }) => id)).toContain(rental.seller)
      if (rental.gpu !== null) expect(data.gpus.map(({ id }) => id)).toContain(rental.gpu)
      expect(rental.id.startsWith(`${rental.seller}/`)).toBe(true)
    }
  })

  it('has shapes whose parameters add up to those that are stated, within 0.3 %', () => {
    for (const model of data.architectures) {
      const { total, active } = impliedParameters(model)
      expect(Math.abs(total / model.totalParameters - 1), model.id).toBeLessThan(0.003)
      expect(Math.abs(active / model.activeParameters - 1), model.id).toBeLessThan(0.003)
    }
  })

  it('agrees with the rows of the price table on Replicate', () => {
    const rows = listModels({ seller: 'replicate' }).filter(({ id }) => id.startsWith('hardware/'))
    const rentals = data.rentals.filter(({ seller }) => seller === 'replicate')
    expect(rows.map(({ id }) => id.replace('hardware/', 'replicate/')).sort()).toEqual(
      rentals.map(({ id }) => id).sort(),
    )
    for (const rental of rentals) {
      const { rates } = getPrice(rental.id.replace('replicate/', 'hardware/'), { seller: 'replicate' })
      expect(picoUsdPerUnit(rates.hardwareUsdPerSecond as string, 1) * 3600n, rental.id).toBe(picoUsdPerHour(rental))
    }
  })

  it('has measurements of known models and GPUs, each with its source', () => {
    const { sources, measurements } = readMeasurements()
    for (const { id, source, model, gpu } of measurements) {
      expect(Object.hasOwn(sources, source), id).toBe(true)
      expect(data.architectures.map((row) => row.id)).toContain(model)
      expect(data.gpus.map((row) => row.id)).toContain(gpu)
    }
    expect(new Set(measurements.map(({ id }) => id)).size).toBe(measurements.length)
  })
})
