import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakEvenRent, breakEvenSubscription } from '../../src/deployment/break-even.ts'
import { findPlan, findRental, listPlans, listRentals } from '../../src/deployment/catalog.ts'
import { estimateFineTuning } from '../../src/deployment/fine-tuning.ts'
import { breakEven, costCurve, costOfCalls, type Offer, unitsOf } from '../../src/deployment/offers.ts'
import { costOfRun, picoUsdPerHour } from '../../src/deployment/rental.ts'
import { estimateSelfHosted } from '../../src/deployment/self-hosted.ts'
import { trainingCosts } from '../../src/deployment/training-rates.ts'
import { exactUsd, parseUsd } from '../../src/money.ts'

const clock = (): number => Date.parse('2026-11-22')

/** Cost by definition, in picodollars. */
function slowCost({ fixed, perCall, size }: { fixed: number; perCall: number; size: number }, calls: number): number {
  return fixed * Math.max(1, Math.ceil(calls / size)) + perCall * calls
}

const usd = (pico: number): string => exactUsd(BigInt(pico))

describe('break-even', () => {
  it('is the first call at which the other offer costs no more, and the place from which it stays so', () => {
    const amounts = fc.record({
      fixedA: fc.integer({ min: 0, max: 60 }),
      perA: fc.integer({ min: 0, max: 30 }),
      fixed: fc.integer({ min: 0, max: 400 }),
      perCall: fc.integer({ min: 0, max: 30 }),
      size: fc.integer({ min: 1, max: 25 }),
    })
    fc.assert(
      fc.property(amounts, ({ fixedA, perA, fixed, perCall, size }) => {
        const from: Offer = { name: 'api', fixedUsd: usd(fixedA), usdPerCall: usd(perA) }
        const to: Offer = { name: 'gpu', fixedUsd: usd(fixed), usdPerCall: usd(perCall), callsPerUnit: size }
        const wins = (calls: number): boolean =>
          slowCost({ fixed, perCall, size }, calls) <=
          slowCost({ fixed: fixedA, perCall: perA, size: Number.POSITIVE_INFINITY }, calls)
        const horizon = 20_000
        let first: number | null = null
        let lost = 0
        for (let calls = 1; calls <= horizon; calls++) {
          if (wins(calls)) first ??= calls
          else lost = calls
        }
        const crossing = breakEven(from, to)
        expect(crossing.calls).toBe(first)
        if (crossing.always !== null) {
          expect(lost).toBe(crossing.always - 1)
          expect(wins(crossing.always)).toBe(true)
        } else expect(first === null || lost > horizon - size - 1).toBe(true)
        if (crossing.calls !== null) {
          expect(parseUsd(crossing.fromCost?.exact as string)).toBe(BigInt(fixedA + perA * crossing.calls))
          expect(parseUsd(crossing.toCost?.exact as string)).toBe(
            BigInt(slowCost({ fixed, perCall, size }, crossing.calls)),
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  it('holds without units, and for amounts of any size: both sides are computed again', () => {
    const pico = fc.bigInt({ min: 0n, max: 10n ** 14n })
    fc.assert(
      fc.property(pico, pico, pico, pico, (fixedA, perA, fixedB, perB) => {
        const [from, to]: Offer[] = [
          { name: 'a', fixedUsd: exactUsd(fixedA), usdPerCall: exactUsd(perA) },
          { name: 'b', fixedUsd: exactUsd(fixedB), usdPerCall: exactUsd(perB) },
        ]
        const { calls } = breakEven(from, to)
        const difference = (count: number): bigint =>
          parseUsd(costOfCalls(to, count)?.exact as string) - parseUsd(costOfCalls(from, count)?.exact as string)
        if (calls === null) expect(difference(1) > 0n && difference(1e12) > 0n).toBe(true)
        else {
          expect(difference(calls) <= 0n).toBe(true)
          if (calls > 1) expect(difference(calls - 1) > 0n).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('of rented GPUs has both costs at the crossing, and never wins where a full machine is dearer than the API', () => {
    const estimate = estimateSelfHosted({
      model: 'llama-3.1-8b',
      gpu: 'h100',
      concurrency: 64,
      rental: 'runpod/h100-secure',
      utilisation: 0.5,
      clock,
    })
    const result = breakEvenRent({ estimate, apiUsdPerCall: '0.001' })
    expect(result.rentPerDay.exact).toBe('83.76')
    for (const point of ['low', 'expected', 'high'] as const) {
      const { calls } = result.crossing[point]
      expect(calls).toBe(83_760)
      expect(result.callsPerDay[point]).toBeGreaterThan(83_760)
    }
    const calls = result.crossing.expected.calls as number
    expect(costOfCalls(result.rented, calls - 1)?.usd).toBeGreaterThan(
      costOfCalls(result.api, calls - 1)?.usd as number,
    )
    expect(costOfCalls(result.rented, calls)?.usd).toBeLessThanOrEqual(costOfCalls(result.api, calls)?.usd as number)
    const cheap = breakEvenRent({ estimate, apiUsdPerCall: '0.000001' })
    expect(cheap.crossing.expected.calls).toBeNull()
    expect(breakEvenRent({ estimate, apiUsdPerCall: '0.001', hoursPerDay: 8 }).rentPerDay.exact).toBe('27.92')
  })

  it('of a subscription is the plan divided by the message, within what the plan allows', () => {
    const result = breakEvenSubscription({ plan: 'claude-pro', apiUsdPerMessage: '0.0153', clock })
    expect(result.crossing.calls).toBe(Math.ceil(20 / 0.0153))
    expect(result.mostMessagesPerMonth).toBe(45 * 144)
    expect(result.assumptions[0].code).toBe('every-window')
    expect(breakEvenSubscription({ plan: 'claude-pro', apiUsdPerMessage: '0.0153', yearly: true }).crossing.calls).toBe(
      1112,
    )
    expect(breakEvenSubscription({ plan: 'chatgpt-plus', apiUsdPerMessage: '0.0000001' }).crossing.calls).toBeNull()
    expect(breakEvenSubscription({ plan: 'copilot-pro', apiUsdPerMessage: '0.01' }).mostMessagesPerMonth).toBeNull()
  })

  it('of batch against interactive and of small against large is that of two lines', () => {
    expect(breakEven({ name: 'interactive', usdPerCall: '0.02' }, { name: 'batch', usdPerCall: '0.01' }).calls).toBe(1)
    const tuned: Offer = { name: 'small, tuned once for 30 dollars', fixedUsd: '30', usdPerCall: '0.0004' }
    const crossing = breakEven({ name: 'large', usdPerCall: '0.004' }, tuned)
    expect(crossing.calls).toBe(Math.ceil(30 / 0.0036))
    expect(crossing.always).toBe(crossing.calls)
  })

  it('has curves with the exact costs of its offers', () => {
    const offers: Offer[] = [
      { name: 'api', usdPerCall: '0.001' },
      { name: 'gpu', fixedUsd: '50', callsPerUnit: 100_000 },
      { name: 'plan', fixedUsd: '20', mostCalls: 5000 },
    ]
    const curve = costCurve(offers, 10, 1_000_000, 40)
    expect(curve[0].calls).toBe(10)
    expect(curve.at(-1)?.calls).toBe(1_000_000)
    for (const { calls, costs } of curve) {
      expect(costs.map((cost) => cost?.exact)).toEqual(offers.map((offer) => costOfCalls(offer, calls)?.exact))
    }
    expect(curve.at(-1)?.costs.map((cost) => cost?.exact)).toEqual(['1000', '500', undefined])
    expect(unitsOf(offers[1], 100_001)).toBe(2)
  })
})

describe('runs by the second', () => {
  it('cost seconds times the rate', () => {
    expect(costOfRun({ hardware: 'replicate/h100', seconds: 10, clock }).total.exact).toBe('0.01525')
    expect(costOfRun({ hardware: 'replicate/a100-80gb-8x', seconds: 60, clock }).total.exact).toBe('0.672')
    expect(costOfRun({ hardware: 'replicate/cpu', seconds: 1.5, clock }).total.exact).toBe('0.00015')
  })

  it('bill set-up and waiting for models of one’s own only', () => {
    const run = { hardware: 'replicate/l40s', seconds: 4, setupSeconds: 60, idleSeconds: 30, runs: 10, clock } as const
    expect(costOfRun(run).billedSeconds).toBe(40)
    const own = costOfRun({ ...run, privateModel: true })
    expect(own.billedSeconds).toBe(130)
    expect(own.total.exact).toBe('0.12675')
    expect(own.perRun.exact).toBe('0.012675')
    expect(own.lines.map(({ part, billed }) => `${part} ${billed}`)).toEqual(['work true', 'setup true', 'idle true'])
  })

  it('are rounded up to the increment and to the least time', () => {
    expect(costOfRun({ hardware: 'aws/p5.48xlarge', seconds: 10, clock }).billedSeconds).toBe(60)
    expect(costOfRun({ hardware: 'aws/p5.48xlarge', seconds: 60.2, clock }).billedSeconds).toBe(61)
    expect(costOfRun({ hardware: 'lambda/h100', seconds: 61, clock }).billedSeconds).toBe(120)
    expect(costOfRun({ hardware: 'runpod/h100-serverless', seconds: 0.1 + 0.2, clock }).billedSeconds).toBe(1)
    expect(costOfRun({ hardware: 'replicate/h100', seconds: 0.1 + 0.2, clock }).billedSeconds).toBe(0.3)
    expect(costOfRun({ hardware: 'aws/p5.48xlarge', seconds: 0, clock }).total.exact).toBe('0')
    const rules = { incrementSeconds: 3600 }
    expect(costOfRun({ hardware: 'lambda/h100', seconds: 1, rules, clock }).total.exact).toBe('4.29')
  })

  it('are exact whatever the time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...listRentals()), fc.integer({ min: 0, max: 10_000_000 }), (rental, ms) => {
        const { total, billedSeconds } = costOfRun({ hardware: rental.id, seconds: ms / 1000, clock })
        const pico = parseUsd(total.exact)
        const exact = picoUsdPerHour(rental) * BigInt(Math.round(billedSeconds * 1000))
        expect(pico * 3_600_000n >= exact && (pico - 1n) * 3_600_000n < exact).toBe(true)
        expect(Math.round(billedSeconds * 1000)).toBeGreaterThanOrEqual(ms)
      }),
      { numRuns: 300 },
    )
  })
})

describe('fine-tuning', () => {
  const qwen7b = {
    ...estimateShape(),
    id: 'qwen-7b',
  }

  function estimateShape() {
    return {
      aliases: [],
      name: 'Qwen 7B',
      totalParameters: 7_721_324_544,
      activeParameters: 7_721_324_544,
      layers: 32,
      hiddenSize: 4096,
      feedForwardSize: 11_008,
      attentionHeads: 32,
      kvHeads: 32,
      headSize: 128,
      vocabularySize: 151_936,
      tiedEmbeddings: false,
      contextTokens: 8192,
      nativeFormat: 'fp16' as const,
      source: 'Qwen/Qwen-7B',
      checked: '2026-11-22',
      staleAfterDays: 3650,
    }
  }

  it('takes the memory and time that Qwen publishes for Qwen-7B on an A100', () => {
    // QwenLM/Qwen, fine-tuning: sequences of 2,048, one per step, eight steps per update, adapters of rank 64.
    const common = {
      model: qwen7b,
      gpu: 'a100-80gb',
      count: 1,
      tokens: 8 * 2048,
      sequenceTokens: 2048,
      adapterRank: 64,
    } as const
    for (const [method, gigabytes, secondsPerUpdate] of [
      ['lora', 23.8, 5.2],
      ['qlora', 13.9, 7.0],
    ] as const) {
      const { memoryBytesPerGpu, hours } = estimateFineTuning({ ...common, method, clock })
      expect(memoryBytesPerGpu.low).toBeLessThan(gigabytes * 2 ** 30)
      expect(memoryBytesPerGpu.high).toBeGreaterThan(gigabytes * 2 ** 30)
      expect(hours.low * 3600).toBeLessThan(secondsPerUpdate)
      expect(hours.high * 3600).toBeGreaterThan(secondsPerUpdate)
      expect((hours.expected * 3600) / secondsPerUpdate).toBeCloseTo(1, 0)
    }
  })

  it('takes the GPU hours that Meta publishes for Llama 3 and 3.1', () => {
    // Model cards: 15 trillion tokens in 1.3 (8B) and 6.4 (70B) million H100 hours; 3.1 405B in 30.84 million.
    for (const [model, millions] of [
      ['llama-3-8b', 1.3],
      ['llama-3-70b', 6.4],
      ['llama-3.1-405b', 30.84],
    ] as const) {
      const { gpuHours } = estimateFineTuning({
        model,
        method: 'full',
        tokens: 15e12,
        gpu: 'h100',
        count: 16_384,
        clock,
      })
      expect(gpuHours.low / 1e6, model).toBeLessThan(millions)
      expect(gpuHours.high / 1e6, model).toBeGreaterThan(millions)
    }
  })

  it('needs the memory that is known to be needed', () => {
    const needed = (model: string, method: 'full' | 'lora' | 'qlora', gpu: string) =>
      estimateFineTuning({ model, method, gpu, tokens: 1e6, sequenceTokens: 512, clock }).gpusNeeded
    expect(needed('llama-3-70b', 'qlora', 'rtx-a6000')).toBe(1)
    expect(needed('llama-3-8b', 'qlora', 'rtx-4090')).toBe(1)
    expect(needed('llama-2-7b', 'lora', 'rtx-4090')).toBe(1)
    expect(needed('llama-2-7b', 'full', 'a100-80gb')).toBe(2)
    expect(needed('llama-3-70b', 'full', 'h100')).toBe(16)
    expect(needed('kimi-k2', 'full', 't4')).toBeNull()
  })

  it('costs rent by the hour, or tokens at sellers that price them', () => {
    const own = estimateFineTuning({
      model: 'llama-3-8b',
      method: 'lora',
      gpu: 'h100',
      tokens: 10e6,
      epochs: 3,
      rental: 'lambda/h100',
      clock,
    })
    expect(own.usd?.expected).toBeCloseTo(own.hours.expected * 4.29, 9)
    const costs = trainingCosts({ model: 'llama-3-8b', method: 'lora', tokens: 10e6, epochs: 3, clock })
    expect(costs.map(({ rate, total }) => `${rate} ${total.exact}`)).toEqual([
      'together/lora-16b 14.4',
      'fireworks/lora-16b 15',
    ])
    expect(costs[0].warnings[0].code).toBe('stale-row')
    expect(trainingCosts({ model: 'gpt-4.1-mini', tokens: 2e6, clock })[0].total.exact).toBe('10')
    expect(trainingCosts({ model: 'llama-3.1-405b', tokens: 1, clock })).toEqual([])
  })
})

describe('old rows', () => {
  it('warn from the day after they may be trusted', () => {
    const rental = findRental('lambda/h100')
    const last = Date.parse(rental.checked) + rental.staleAfterDays * 86_400_000
    const codes = (at: number): string[] =>
      estimateSelfHosted({ model: 'llama-3.1-8b', gpu: 'h100', rental: rental.id, clock: () => at }).warnings.map(
        ({ code }) => code,
      )
    expect(codes(last)).not.toContain('stale-row')
    expect(codes(last + 86_400_000)).toContain('stale-row')
    const plan = findPlan('google-ai-pro')
    expect(breakEvenSubscription({ plan: plan.id, apiUsdPerMessage: '1', clock }).warnings[0].message).toContain(
      plan.checked,
    )
    expect(
      listPlans().some(
        ({ id }) => breakEvenSubscription({ plan: id, apiUsdPerMessage: '1', clock }).warnings.length === 0,
      ),
    ).toBe(true)
  })
})
