import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOf } from '../../src/money.ts'
import { csv } from '../../src/report/csv.ts'
import { bar, formatCount, formatShare, formatUsd } from '../../src/report/format.ts'
import { jsonText } from '../../src/report/json.ts'
import { displayWidth, fitted, printable } from '../../src/report/printable.ts'
import { stylesFor, table, wrapped } from '../../src/report/table.ts'

/** ESC, an OSC 52 clipboard write, an OSC 8 link, CR, C1, bidi override, zero width, a tag character, a lone surrogate. */
const hostile =
  '\x1b[2J\x1b]52;c;YQ==\x07\x1b]8;;http://x\x1b\\\r\n\t\0\x7f\x9b31m\u202e\u200b\u2028\ufeff\u{e0041}\ud800'
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
const RAW = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}\ud800-\udfff]/u

describe('printable', () => {
  it('shows as escapes whatever could move a terminal', () => {
    expect(printable('plain ünï 漢 👍')).toBe('plain ünï 漢 👍')
    expect(printable('\x1b[31m\u202egpj.exe')).toBe('\\x1b[31m\\u202egpj.exe')
    expect(printable(hostile)).not.toMatch(/\n/)
    expect(printable(hostile)).not.toMatch(RAW)
  })

  it('holds for tables, paragraphs, CSV and JSON', () => {
    const styles = stylesFor(false)
    for (const text of [
      table([{ title: 'x', shrinks: true }], [[hostile]], 30, styles).join('\n'),
      wrapped(`a ${hostile}`, 20, ' ').join('\n'),
      csv(['x'], [[hostile]]).replaceAll('\r\n', '\n'),
      jsonText({ [hostile]: hostile }),
    ])
      expect(text).not.toMatch(RAW)
    expect(JSON.parse(jsonText({ [hostile]: hostile }))).toEqual({ [hostile]: hostile })
  })

  it('measures and fits columns', () => {
    expect(displayWidth('漢字e\u0301👍')).toBe(7)
    expect(fitted('漢字漢字', 5)).toBe('漢字…')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, columns) => {
        return displayWidth(fitted(printable(text), columns)) <= columns
      }),
    )
  })
})

describe('CSV', () => {
  it('quotes by RFC 4180 and disarms formulas; numbers stay numbers', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          [-5, null],
          [true, 0.5],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n-5,\r\ntrue,0.5\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\0=1', '＝1', '＋1', '－1', '＠x', '  =1', '\n=1'])(
    'makes %j no formula',
    (text) => {
      const cell = csv([], [[text]]).split('\r\n')[1]
      expect(cell).toMatch(/^"?(?:'|\\)/)
    },
  )
})

describe('numbers for people', () => {
  it.each([
    [0n, '$0'],
    [1n, '$0.00000000000100'],
    [123_456n, '$0.000000123'],
    [999_999_999n, '$0.001000'],
    [3_750_000_000n, '$0.00375'],
    [50_000_000_000n, '$0.0500'],
    [999_999_999_999n, '$1.0000'],
    [1_280_400_000_000n, '$1.2804'],
    [1_234_567_895_000_000_000n, '$1,234,567.90'],
    [-2_500_000_000_000n, '-$2.5000'],
  ])('writes %d picodollars as %s', (pico, text) => {
    expect(formatUsd(amountOf(pico))).toBe(text)
  })

  it('never shows an amount above nothing as nothing, and is near it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), (pico) => {
        const shown = Number(formatUsd(amountOf(pico)).replace(/[$,]/g, ''))
        return (
          shown > 0 &&
          Math.abs(shown - amountOf(pico).usd) <= Math.max(0.005, 0) &&
          Math.abs(shown / amountOf(pico).usd - 1) < 0.006
        )
      }),
    )
  })

  it('groups digits, shortens shares, draws bars', () => {
    expect(formatCount(1234567)).toBe('1,234,567')
    expect([0, 0.0001, 0.0523, 0.523].map(formatShare)).toEqual(['0.0 %', '<0.1 %', '5.2 %', '52 %'])
    expect([0, 0.0001, 0.5, 1, 2].map((share) => bar(share, 4))).toEqual(['', '▏', '██', '████', '████'])
  })
})
