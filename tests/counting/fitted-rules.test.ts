import { describe, expect, it } from 'vitest'
import { leastAbsolute, mostExact, weightedQuantile } from '../../scripts/calibration/least-absolute.ts'
import { parameters } from '../../scripts/calibration/rule-parameters.ts'
import { type Score, spreadsBy } from '../../scripts/calibration/rule-spread.ts'
import { countRequest } from '../../src/counting/index.ts'
import { fittedRows } from '../../src/counting/rules/fitted.ts'
import {
  calibrationId,
  currentRules,
  frameId,
  generalRow,
  handSetRules,
  valueAt,
  withFitted,
} from '../../src/counting/rules/rule-set.ts'
import { oracles } from './oracle-encodings.ts'

const ids = new Set([
  ...handSetRules().frames.map(frameId),
  ...handSetRules().calibrations.map(calibrationId),
  generalRow,
])

describe('the rows of rules', () => {
  it('have names of their own, and the fitted ones exist', () => {
    expect(new Set(handSetRules().frames.map(frameId)).size).toBe(handSetRules().frames.length)
    expect(Object.keys(fittedRows()).filter((row) => !ids.has(row))).toEqual([])
    expect(parameters.map(({ row }) => row).filter((row) => !ids.has(row))).toEqual([])
  })

  it('take over every fitted constant', () => {
    const rows = [
      ...currentRules().frames.map((row) => [frameId(row), row] as const),
      ...currentRules().calibrations.map((row) => [calibrationId(row), row] as const),
    ]
    let checked = 0
    for (const [id, row] of rows)
      for (const [path, value] of Object.entries(fittedRows()[id]?.constants ?? {})) {
        expect(valueAt(row, path), `${id} ${path}`).toBe(value)
        checked += 1
      }
    expect(checked).toBeGreaterThan(20)
  })

  it('leave the hand-set rows as they are', () => {
    const row = handSetRules().frames.find(({ families }) => families.includes('claude-4'))!
    const before = JSON.stringify(row)
    const changed = withFitted(
      handSetRules(),
      new Map([[frameId(row), { calls: 1, constants: { 'tools.base': 7, base: 9 } }]]),
    )
    const copy = changed.frames.find((frame) => frameId(frame) === frameId(row))!
    expect([copy.base, copy.tools.base, copy.tools.perTool]).toEqual([9, 7, row.tools.perTool])
    expect(JSON.stringify(row)).toBe(before)
  })
})

describe('the fit', () => {
  const rows = Array.from({ length: 40 }, (_, at) => [1, at % 4, at % 3 === 0 ? 1 : 0])
  const truth = [7, 4, 85]
  const bills = rows.map((row) => row.reduce((sum, value, index) => sum + value * truth[index]!, 0))
  const weights = rows.map(() => 0.02)
  const problem = { rows, targets: bills, weights, priors: [3, 3, 30], priorWeights: [1e-3, 1e-3, 1e-3] }

  it('finds the constants that made the bills', () => {
    expect(leastAbsolute(problem).map((value) => Math.round(1e6 * value) / 1e6)).toEqual(truth)
    expect(mostExact(problem, [3, 3, 30])).toEqual(truth)
  })

  it('is not moved by a quarter of bills with hidden input', () => {
    const spoiled = { ...problem, targets: bills.map((bill, at) => (at % 4 === 1 ? bill + 200 + at : bill)) }
    expect(mostExact(spoiled, leastAbsolute(spoiled))).toEqual(truth)
  })

  it('keeps to the prior where the bills say nothing', () => {
    const silent = {
      ...problem,
      rows: rows.map(([base, messages]) => [base!, messages!, 0]),
      targets: rows.map(([, messages]) => 7 + 4 * messages!),
    }
    expect(leastAbsolute(silent)[2]).toBe(30)
  })

  it('weighs quantiles', () => {
    expect(weightedQuantile([3, 1, 2], [1, 1, 1], 0.5)).toBe(2)
    expect(weightedQuantile([3, 1, 2], [8, 1, 1], 0.5)).toBe(3)
    expect(weightedQuantile([], [], 0.5)).toBeNaN()
  })
})

describe('the spread of bounds', () => {
  type Spread = (row: string) => number
  /** Errors spread evenly up to a largest one. */
  const scores = (row: string, calls: number, largest: number): Score[] =>
    Array.from({ length: calls }, (_, at) => ({ row, score: ((at + 0.5) / calls) * largest }))
  const all = [...scores('wide', 60, 2), ...scores('narrow', 60, 1), ...scores('rare', 2, 0.1)]

  it('is wide where errors are, and narrow where they are not', () => {
    const [spread] = spreadsBy(all) as [Spread]
    expect(spread('wide') / spread('narrow')).toBeCloseTo(1.9, 0)
    for (const [row, least] of [
      ['wide', 2],
      ['narrow', 1],
    ] as const) {
      const held = all.filter((one) => one.row === row && one.score <= spread(row)).length
      expect(held).toBeGreaterThanOrEqual(0.95 * 60)
      expect(spread(row)).toBeLessThan(1.5 * least)
    }
  })

  it('leans on all rows where one has few calls, or none', () => {
    const [spread] = spreadsBy(all) as [Spread]
    expect(spread('rare')).toBeGreaterThan(0.8)
    expect(spread('rare')).toBeLessThan(spread('none'))
    expect(spread('none')).toBeLessThan(spread('wide'))
  })

  it('has one reach for all kinds of parts, and a scale of each', () => {
    const [one, other] = spreadsBy(all, scores('wide', 60, 1)) as [Spread, Spread]
    expect(one('wide') / other('wide')).toBeCloseTo(2, 0)
  })

  it('is as stated where there is no call at all', () => {
    expect(spreadsBy([])[0]!('any')).toBe(1)
  })

  it('has an end, however far a call lies out', () => {
    expect(spreadsBy([...all, { row: 'rare', score: 1e9 }])[0]!('rare')).toBeLessThanOrEqual(4)
  })
})

describe('a cache point on Bedrock', () => {
  const long = 'The ferry leaves at seven, but only if the wind has turned by then. '.repeat(100)
  const body = (system: object[]): object => ({
    modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    system,
    messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  })
  const count = (system: object[]) =>
    countRequest(body(system), { model: 'claude-sonnet-4-5', api: 'bedrock-converse', encodings: oracles })

  it('lowers the range to what follows it, and leaves the count', () => {
    const plain = count([{ text: long }])
    const cached = count([{ text: long }, { cachePoint: { type: 'default' } }])
    expect([cached.tokens, cached.high]).toEqual([plain.tokens, plain.high])
    expect(cached.low).toBeLessThan(20)
    expect(plain.low).toBeGreaterThan(1000)
    expect(cached.assumptions.map(({ code }) => code)).toContain('cached-prefix')
  })

  it('means nothing where too little comes before it', () => {
    const cached = count([{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }])
    expect(cached.low).toBe(count([{ text: 'Be brief.' }]).low)
  })
})
