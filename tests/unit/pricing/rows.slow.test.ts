import { expect, it } from 'vitest'
import { calcCost, InvalidPriceTableError } from '../../../src/index.ts'
import { definePrices, loadPrices } from '../../../src/pricing.ts'
import { wholeFile } from './price-files.ts'

const at = '2026-11-20'

it('row 22: 1,000,000,000 additions drift by 0', () => {
  const { exact } = calcCost({ inputTokens: 1, outputTokens: 1 }, 'gpt-4o-mini', { at }).total
  const [whole = '0', fraction = ''] = exact.split('.')
  const pico = Number(whole + fraction.padEnd(12, '0'))
  let sum = 0
  for (let i = 0; i < 1_000_000_000; i++) sum += pico
  expect(sum).toBe(750_000_000_000_000)
  expect(Number.isSafeInteger(sum)).toBe(true)
})

it('row 29: 100,000 mutations of a price file: 0 crashes, 0 partial loads', async () => {
  const base = JSON.stringify(wholeFile)
  const inserts = [
    '',
    '"',
    '{',
    '}',
    '[',
    ']',
    '0',
    '-',
    'e9',
    '1e999',
    ',',
    ':',
    '\\u0000',
    '\ud800',
    '__proto__',
    '\ufeff',
    'null',
  ]
  const before = definePrices([], { base: null })
  let [loaded, refused] = [0, 0]
  for (let i = 0; i < 100_000; i++) {
    // A cut, a replacement or a doubling, at places and of lengths that a multiplicative walk spreads evenly.
    const position = (i * 48_271) % base.length
    const length = (i * 16_807) % 7
    const insert = inserts[i % inserts.length] as string
    const doubled = i % 5 === 0 ? base.slice(position, position + length * 9) : ''
    const text = base.slice(0, position) + insert + doubled + base.slice(position + length)
    const table = await loadPrices('p', {
      base: null,
      readFile: async () => new TextEncoder().encode(text),
    }).catch((error: unknown) => error)
    if (table instanceof Error) {
      expect(table).toBeInstanceOf(InvalidPriceTableError)
      refused++
    } else {
      const { sellers, seller } = table as typeof before
      expect(sellers).toHaveLength(1)
      const models = [...(seller(sellers[0] as string)?.models.values() ?? [])]
      for (const model of models) expect(model.periods.length).toBeGreaterThan(0)
      loaded++
    }
  }
  expect(loaded + refused).toBe(100_000)
  expect(refused).toBeGreaterThan(50_000)
  expect(before.sellers).toEqual([])
}, 540_000)
