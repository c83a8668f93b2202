import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOf, amountOfSafe, exactUsd, parseUsd, picoUsdPerUnit, sumAmounts } from '../../src/money.ts'

describe('money', () => {
  it('reads rates per million tokens as whole picodollars per token', () => {
    expect(picoUsdPerUnit('2.50', 1_000_000)).toBe(2_500_000n)
    expect(picoUsdPerUnit('0.003625', 1_000_000)).toBe(3_625n)
    expect(picoUsdPerUnit('0', 1_000_000)).toBe(0n)
    expect(picoUsdPerUnit('10', 1_000)).toBe(10_000_000_000n)
    expect(picoUsdPerUnit('0.000225', 1)).toBe(225_000_000n)
  })

  it.each(['', '-1', '1e3', '.5', '5.', ' 1', '0x10', 'NaN', '1'.repeat(16), '0.0000001'])(
    'refuses the rate %j',
    (text) => {
      expect(() => picoUsdPerUnit(text, 1_000_000)).toThrow(RangeError)
    },
  )

  it('writes exact decimals', () => {
    expect(exactUsd(0n)).toBe('0')
    expect(exactUsd(1n)).toBe('0.000000000001')
    expect(exactUsd(-2_500_000_000_000n)).toBe('-2.5')
    expect(amountOf(3_750_000n)).toEqual({ usd: 0.00000375, exact: '0.00000375' })
  })

  it('round-trips any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }), (pico) => parseUsd(exactUsd(pico)) === pico),
    )
  })

  it('gives the same amount for safe integers without big integers', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.maxSafeNat(),
          fc.nat(),
          fc.nat(999).map((n) => n * 1e12),
        ),
        (pico) => {
          expect(amountOfSafe(pico)).toEqual(amountOf(BigInt(pico)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('adds amounts up exactly, where their doubles drift', () => {
    const tenth = amountOf(100_000_000_000n)
    const calls = Array.from({ length: 10 }, () => tenth)
    expect(calls.reduce((sum, { usd }) => sum + usd, 0)).not.toBe(1)
    expect(sumAmounts(calls)).toEqual({ usd: 1, exact: '1' })
    expect(sumAmounts([])).toEqual({ usd: 0, exact: '0' })
    expect(sumAmounts(new Set([tenth, amountOf(-300_000_000_000n)]))).toEqual({ usd: -0.2, exact: '-0.2' })
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n })),
        (picos) =>
          sumAmounts(JSON.parse(JSON.stringify(picos.map(amountOf)))).exact ===
          exactUsd(picos.reduce((sum, pico) => sum + pico, 0n)),
      ),
    )
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [0.5, '0.5'],
    ['0.5', '"0.5"'],
    [{ usd: 0.5 }, 'exact: undefined'],
    [{ exact: 0.5 }, 'exact: 0.5'],
    [{ exact: '5e-7' }, 'exact: "5e-7"'],
    [{ exact: '$1' }, 'exact: "$1"'],
  ])('refuses to add %j', (amount, got) => {
    const amounts = [amountOf(1n), amount] as never
    expect(() => sumAmounts(amounts)).toThrow(TypeError)
    expect(() => sumAmounts(amounts)).toThrow(
      `amounts[1]: an amount such as cost.total was expected, { exact: "0.0036" }; got ${got}`,
    )
  })
})
