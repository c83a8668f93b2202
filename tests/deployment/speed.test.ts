import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeOf, summarise } from '../../scripts/deployment/accuracy.ts'
import { readDeploymentData, readMeasurements, root } from '../../scripts/deployment/files.ts'
import { caseOf } from '../../scripts/deployment/predict.ts'
import { impliedParameters, touchedExpertShare } from '../../src/deployment/architecture.ts'
import { findArchitecture, findGpu } from '../../src/deployment/catalog.ts'
import { efficiencyNames, efficiencyOf } from '../../src/deployment/efficiency.ts'
import { decodeStep, prefillStep, type Setup } from '../../src/deployment/roofline.ts'
import { estimateSelfHosted } from '../../src/deployment/self-hosted.ts'

const data = readDeploymentData()
const fitted = { serving: efficiencyOf('serving'), 'llama.cpp': efficiencyOf('llama.cpp') }
const outcomes = readMeasurements().measurements.map((row) =>
  outcomeOf(caseOf(row, data.gpus, data.architectures), fitted),
)

describe('predicted against published speeds', () => {
  it('has measurements of many kinds', () => {
    const rows = outcomes.map(({ measurement }) => measurement)
    expect(rows.length).toBeGreaterThanOrEqual(200)
    expect(new Set(rows.map(({ source }) => source)).size).toBeGreaterThanOrEqual(12)
    expect(new Set(rows.map(({ gpu }) => gpu)).size).toBeGreaterThanOrEqual(12)
    for (const format of ['fp16', 'fp8', 'int4'])
      expect(rows.some(({ quantization }) => quantization === format)).toBe(true)
    const sizes = rows.map(({ model }) => findArchitecture(model).totalParameters)
    expect(Math.min(...sizes)).toBeLessThan(7e9)
    expect(Math.max(...sizes)).toBeGreaterThan(670e9)
  })

  it('lies inside the range in 85 % and is off by 25 % in the median, as a whole and for one stream and full servers', () => {
    const groups = [
      outcomes,
      outcomes.filter(({ measurement: { concurrency } }) => concurrency === 1),
      outcomes.filter(({ measurement: { concurrency } }) => concurrency !== 1),
      outcomes.filter(
        ({ measurement: { metric } }) => metric === 'prefillTokensPerSecond' || metric === 'timeToFirstTokenMs',
      ),
    ]
    for (const group of groups) {
      const { rows, inside, medianError } = summarise(group)
      expect(inside / rows).toBeGreaterThanOrEqual(0.85)
      expect(medianError).toBeLessThanOrEqual(0.25)
    }
  })

  it('is what docs/deployment.md says', () => {
    const page = readFileSync(join(root, 'docs/deployment.md'), 'utf8')
    const { rows, inside, medianError } = summarise(outcomes)
    const row = `| factors fitted on all sources | ${rows} | ${inside} (${Math.round((inside / rows) * 100)} %) | ${(medianError * 100).toFixed(1)} % |`
    expect(page.includes(row), row).toBe(true)
    const missing = outcomes.filter(({ measurement }) => !page.includes(`| \`${measurement.id}\` |`))
    expect(missing).toEqual([])
  })
})

describe('the roofline', () => {
  const setup: Setup = {
    model: findArchitecture('llama-3.1-8b'),
    gpu: findGpu('h100'),
    count: 1,
    quantization: 'fp16',
    kvFormat: 'fp16',
    engine: 'serving',
  }
  const efficiency = efficiencyOf('serving')

  it('has factors in order: the high end is never slower', () => {
    for (const engine of ['serving', 'llama.cpp'] as const)
      for (const name of efficiencyNames) {
        const { low, expected, high } = efficiencyOf(engine)
        const worse = name.endsWith('Seconds') || name.endsWith('Pcie') || name === 'expertLaunches'
        const [a, b, c] = worse ? [high[name], expected[name], low[name]] : [low[name], expected[name], high[name]]
        expect(a <= b && b <= c, `${engine} ${name}`).toBe(true)
      }
  })

  it('never beats the hardware: not faster than reading the weights or multiplying at the peak', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...data.architectures),
        fc.constantFrom(...data.gpus),
        fc.integer({ min: 1, max: 512 }),
        fc.integer({ min: 1, max: 32_768 }),
        (model, gpu, batch, context) => {
          const one = { ...setup, model, gpu, count: 4 }
          const best = efficiency.high
          const peak = gpu.denseTeraflops.fp16 * 1e12 * one.count
          const step = decodeStep(one, batch, context, best).total
          expect(step).toBeGreaterThan((2 * model.activeParameters * batch) / peak)
          expect(step).toBeGreaterThan((model.activeParameters * 2) / (gpu.memoryGBPerSecond * 1e9 * one.count) / 2)
          const prefill = prefillStep(one, 1, context, best).total
          expect(prefill).toBeGreaterThan((2 * model.activeParameters * context) / peak)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('takes longer with more sequences, more context and more tokens of a prompt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 100_000 }), (batch, context) => {
        for (const point of ['low', 'expected', 'high'] as const) {
          const at = efficiency[point]
          expect(decodeStep(setup, batch + 1, context, at).total).toBeGreaterThanOrEqual(
            decodeStep(setup, batch, context, at).total,
          )
          expect(decodeStep(setup, batch, context + 1, at).total).toBeGreaterThan(
            decodeStep(setup, batch, context, at).total,
          )
          expect(prefillStep(setup, 1, context + 1, at).total).toBeGreaterThanOrEqual(
            prefillStep(setup, 1, context, at).total,
          )
        }
      }),
      { numRuns: 200 },
    )
  })

  it('reads the weights for one stream and multiplies in prefill', () => {
    const one = estimateSelfHosted({ model: 'llama-3.1-70b', gpu: 'h100', count: 4 })
    expect(one.speed?.boundBy).toBe('weights')
    expect(prefillStep(setup, 1, 4096, efficiency.expected).compute).toBeGreaterThan(0)
  })

  it('expects the share of experts that random choice touches', () => {
    const model = findArchitecture('mixtral-8x7b')
    expect(touchedExpertShare(model, 1)).toBeCloseTo(2 / 8, 12)
    // 8 experts, 2 of them for each of 4 tokens, drawn by a small fixed generator.
    let seed = 7
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    let touched = 0
    const rounds = 20_000
    for (let round = 0; round < rounds; round++) {
      const chosen = new Set<number>()
      for (let token = 0; token < 4; token++) {
        const first = Math.floor(random() * 8)
        chosen.add(first).add((first + 1 + Math.floor(random() * 7)) % 8)
      }
      touched += chosen.size
    }
    expect(touched / rounds / 8).toBeCloseTo(touchedExpertShare(model, 4), 2)
    expect(touchedExpertShare(findArchitecture('llama-2-7b'), 100)).toBe(0)
    expect(impliedParameters(model).active).toBeLessThan(impliedParameters(model).total)
  })

  it('gives ranges in order, and cheaper tokens to fuller servers', () => {
    const common = { model: 'llama-3.1-8b', gpu: 'h100', rental: 'lambda/h100' } as const
    const costs = [1, 8, 64].map((concurrency) => estimateSelfHosted({ ...common, concurrency }))
    const dollars = costs.map(({ cost }) => cost?.outputUsdPerMTok.expected as number)
    expect(dollars[0]).toBeGreaterThan(dollars[1])
    expect(dollars[1]).toBeGreaterThan(dollars[2])
    for (const { speed, cost, energy } of costs)
      for (const range of [...Object.values(speed ?? {}), ...Object.values(cost ?? {}), ...Object.values(energy ?? {})])
        if (typeof range === 'object' && range !== null && 'low' in range) {
          expect(range.low).toBeLessThanOrEqual(range.expected)
          expect(range.expected).toBeLessThanOrEqual(range.high)
        }
    const half = estimateSelfHosted({ ...common, utilisation: 0.5 }).cost?.usdPerRequest.expected as number
    expect(half).toBeCloseTo(2 * (costs[0].cost?.usdPerRequest.expected as number), 12)
  })

  it('splits the rent of a request over its prompt and its reply', () => {
    const { cost, promptTokens, outputTokens } = estimateSelfHosted({
      model: 'llama-3.3-70b',
      gpu: 'h100',
      count: 2,
      quantization: 'fp8',
      concurrency: 16,
      rental: 'lambda/h100',
    })
    for (const point of ['low', 'expected', 'high'] as const) {
      const parts =
        (cost?.inputUsdPerMTok[point] ?? 0) * promptTokens + (cost?.outputUsdPerMTok[point] ?? 0) * outputTokens
      expect(parts / 1e6 / (cost?.usdPerRequest[point] ?? 0)).toBeCloseTo(1, 1)
    }
    expect(cost?.perHour.exact).toBe('8.58')
    expect(cost?.machines).toBe(2)
  })
})
