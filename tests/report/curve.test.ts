import { describe, expect, it } from 'vitest'
import { costCurve } from '../../src/deployment.ts'
import { axisCount, axisUsd, curveColumns, curveText } from '../../src/report/curve.ts'
import { curveHtml } from '../../src/report/curve-html.ts'
import { stylesFor } from '../../src/report/table.ts'

const screen = { columns: 60, styles: stylesFor(false) }
const offers = [
  { name: 'api', usdPerCall: '0.001' },
  { name: 'gpu', fixedUsd: '10', callsPerUnit: 50_000 },
  { name: 'plan', fixedUsd: '2', mostCalls: 5000 },
]
const names = offers.map(({ name }) => name)
const curve = costCurve(offers, 100, 1_000_000, curveColumns(screen))

describe('cost curves on a terminal', () => {
  it('draw each offer where its cost is', () => {
    expect(`\n${curveText({ curve, names, unit: 'calls' }, screen).join('\n')}\n`).toMatchInlineSnapshot(`
      "
            $1k │                                               ••
                │                                           ••••
                │                                       ••••     +
                │                                    •••     ++++
            $59 │                                ••••    ++++
                │                            ••••     +++
                │                         •••     ++++
                │+++++++++++++++++++++++++++++++++
           $3.5 │                 ••••
                │×××××××××××××××××××××
                │          •••
                │      ••••
           $0.2 │  ••••
           $0.1 │••
                └─────────────────────────────────────────────────
                 100                    10k                     1M
                 calls
      "
    `)
  })

  it('label axes with two digits', () => {
    expect([0.000123, 0.5, 1, 9.96, 123, 999.9, 1500, 2e6, 3.456e9].map(axisUsd)).toEqual([
      '$0.00012',
      '$0.5',
      '$1',
      '$10',
      '$123',
      '$1k',
      '$1.5k',
      '$2M',
      '$3.5G',
    ])
    expect(axisCount(186_134)).toBe('186k')
  })

  it('are nothing where nothing costs anything', () => {
    const free = costCurve([{ name: 'free' }], 1, 100, 40)
    expect(curveText({ curve: free, names: ['free'], unit: 'calls' }, screen)).toEqual([])
  })
})

describe('cost curves as a page', () => {
  const hostile = '<img src=x onerror=alert(1)>"\u202e'
  const page = curveHtml({
    title: hostile,
    remarks: [hostile],
    curve,
    names: [hostile, 'b', 'c'],
    unit: hostile,
    marks: [
      { calls: 10_000, label: hostile },
      { calls: 10, label: 'outside' },
    ],
    notes: [hostile],
  })

  it('escape every text', () => {
    expect(page).not.toContain('<img')
    expect(page).not.toContain('\u202e')
    expect(page.match(/&lt;img/g)?.length).toBeGreaterThanOrEqual(8)
  })

  it('draw one line per offer, only within the plot, and marks only where they are in it', () => {
    const paths = [...page.matchAll(/<path class="line" stroke="var\(--s\d\)" d="([^"]+)"/g)].map(([, d]) => d)
    expect(paths).toHaveLength(3)
    for (const [, x, y] of paths.join('').matchAll(/[ML]([\d.]+) ([\d.]+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(64)
      expect(Number(x)).toBeLessThanOrEqual(744)
      expect(Number(y)).toBeGreaterThanOrEqual(16)
      expect(Number(y)).toBeLessThanOrEqual(332)
    }
    expect(paths[2].match(/L/g)?.length).toBeLessThan(paths[0].match(/L/g)?.length as number)
    expect(page).not.toContain('outside')
  })
})
