import { describe, expect, it } from 'vitest'
import { breakEvenRent, breakEvenSubscription } from '../../src/deployment/break-even.ts'
import { findArchitecture, findGpu, findPlan, findRental, listRentals } from '../../src/deployment/catalog.ts'
import { InvalidDeploymentError, UnknownNameError } from '../../src/deployment/errors.ts'
import { estimateFineTuning } from '../../src/deployment/fine-tuning.ts'
import { breakEven, costCurve, costOfCalls } from '../../src/deployment/offers.ts'
import { costOfRun } from '../../src/deployment/rental.ts'
import { estimateSelfHosted } from '../../src/deployment/self-hosted.ts'
import { trainingCosts } from '../../src/deployment/training-rates.ts'
import { isTokenfareError } from '../../src/errors.ts'

const setup = { model: 'llama-3.1-8b', gpu: 'h100' } as const
// What callers without types pass in.
const run = (call: (value: never) => unknown, value: unknown) => () => call(value as never)

const estimate = (value: unknown) => run(estimateSelfHosted, value)
const invalid: readonly (readonly [string, () => unknown, field: string])[] = [
  ['no GPUs', estimate({ ...setup, count: 0 }), 'count'],
  ['half a GPU', estimate({ ...setup, count: 0.5 }), 'count'],
  ['too many GPUs', estimate({ ...setup, count: 1e9 }), 'count'],
  ['GPUs that are not a number', estimate({ ...setup, count: Number.NaN }), 'count'],
  ['GPUs as text', estimate({ ...setup, count: '2' }), 'count'],
  ['an unknown format', estimate({ ...setup, quantization: 'fp3' }), 'quantization'],
  ['__proto__ as a format', estimate({ ...setup, quantization: '__proto__' }), 'quantization'],
  ['an unknown format of keys', estimate({ ...setup, kvFormat: 'int2' }), 'kvFormat'],
  ['an unknown engine', estimate({ ...setup, engine: 'toString' }), 'engine'],
  ['no prompt', estimate({ ...setup, promptTokens: 0 }), 'promptTokens'],
  ['an endless reply', estimate({ ...setup, outputTokens: Number.POSITIVE_INFINITY }), 'outputTokens'],
  ['a concurrency below one', estimate({ ...setup, concurrency: -1 }), 'concurrency'],
  ['a concurrency in words', estimate({ ...setup, concurrency: 'many' }), 'concurrency'],
  ['no utilisation', estimate({ ...setup, utilisation: 0 }), 'utilisation'],
  ['a utilisation above one', estimate({ ...setup, utilisation: 1.1 }), 'utilisation'],
  ['a utilisation of NaN', estimate({ ...setup, utilisation: Number.NaN }), 'utilisation'],
  ['a negative price', estimate({ ...setup, rental: { usdPerHour: '-1' } }), 'rental.usdPerHour'],
  ['a price as a number', estimate({ ...setup, rental: { usdPerHour: 2 } }), 'rental.usdPerHour'],
  ['a price in exponent form', estimate({ ...setup, rental: { usdPerHour: '1e3' } }), 'rental.usdPerHour'],
  ['a rental without a price', estimate({ ...setup, rental: {} }), 'rental'],
  ['a price that is inherited', estimate({ ...setup, rental: Object.create({ usdPerHour: '1' }) }), 'rental'],
  ['a machine with half a GPU', estimate({ ...setup, rental: { usdPerHour: '1', gpus: 0.5 } }), 'rental.gpus'],
  ['a model that is no name', estimate({ ...setup, model: 7 }), 'model'],
  [
    'a model without layers',
    estimate({ ...setup, model: { ...findArchitecture('phi-4'), layers: 0 } }),
    'model.layers',
  ],
  ['a GPU without memory', estimate({ ...setup, gpu: { ...findGpu('t4'), memoryMiB: -1 } }), 'gpu.memoryMiB'],
  [
    'a GPU without figures',
    estimate({ ...setup, gpu: { ...findGpu('t4'), denseTeraflops: {} } }),
    'gpu.denseTeraflops.fp16',
  ],
  ['a name that is too long', () => findGpu('x'.repeat(201)), 'gpu'],
  ['an empty name', () => findPlan(''), 'plan'],
  ['negative seconds', run(costOfRun, { hardware: 'replicate/h100', seconds: -1 }), 'seconds'],
  ['seconds of NaN', run(costOfRun, { hardware: 'replicate/h100', seconds: Number.NaN }), 'seconds'],
  ['no seconds', run(costOfRun, { hardware: 'replicate/h100' }), 'seconds'],
  ['half a run', run(costOfRun, { hardware: 'replicate/h100', seconds: 1, runs: 1.5 }), 'runs'],
  [
    'an increment of nothing',
    run(costOfRun, { hardware: 'replicate/h100', seconds: 1, rules: { incrementSeconds: 0 } }),
    'rules.incrementSeconds',
  ],
  [
    'an increment below a millisecond',
    run(costOfRun, { hardware: 'replicate/h100', seconds: 1, rules: { incrementSeconds: 1e-10 } }),
    'rules.incrementSeconds',
  ],
  [
    'an estimate without a cost',
    () => breakEvenRent({ estimate: estimateSelfHosted(setup), apiUsdPerCall: '1' }),
    'estimate',
  ],
  ['no estimate', run(breakEvenRent, { apiUsdPerCall: '1' }), 'estimate'],
  [
    'a day of 25 hours',
    () =>
      breakEvenRent({
        estimate: estimateSelfHosted({ ...setup, rental: 'lambda/h100' }),
        apiUsdPerCall: '1',
        hoursPerDay: 25,
      }),
    'hoursPerDay',
  ],
  ['a negative price of calls', () => breakEven({ name: 'a', usdPerCall: '-1' }, { name: 'b' }), 'from.usdPerCall'],
  [
    'a price of calls as a number',
    run((offer) => breakEven({ name: 'a' }, offer), { name: 'b', usdPerCall: 1 }),
    'to.usdPerCall',
  ],
  [
    'units on the side that is left',
    () => breakEven({ name: 'a', callsPerUnit: 3 }, { name: 'b' }),
    'from.callsPerUnit',
  ],
  ['units of nothing', () => breakEven({ name: 'a' }, { name: 'b', callsPerUnit: 0 }), 'to.callsPerUnit'],
  ['half a call', () => costOfCalls({ name: 'a' }, 0.5), 'calls'],
  ['a curve that runs backwards', () => costCurve([], 10, 5), 'to'],
  [
    'a plan without a yearly price',
    () => breakEvenSubscription({ plan: 'chatgpt-plus', apiUsdPerMessage: '1', yearly: true }),
    'yearly',
  ],
  ['no training tokens', run(estimateFineTuning, { ...setup, method: 'full', tokens: 0 }), 'tokens'],
  ['an unknown method', run(estimateFineTuning, { ...setup, method: 'rlhf', tokens: 1 }), 'method'],
  ['an unknown method at sellers', run(trainingCosts, { model: 'llama-3-8b', method: 'qlora', tokens: 1 }), 'method'],
]

describe('impossible inputs', () => {
  it.each(invalid)('%s', (_, call, field) => {
    let thrown: unknown
    try {
      call()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(InvalidDeploymentError)
    expect(isTokenfareError(thrown)).toBe(true)
    const error = thrown as InvalidDeploymentError
    expect([error.code, error.field]).toEqual(['invalid-deployment', field])
    expect(error.message).toMatch(/must be .*, got /)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'h1000', '\u202eh100', '../h100'])(
    'a name that does not exist: %j',
    (name) => {
      for (const find of [findGpu, findArchitecture, findPlan, findRental, listRentals]) {
        expect(() => find(name)).toThrow(UnknownNameError)
      }
    },
  )

  it('suggests names that resemble the one asked for, and shows hostile ones escaped', () => {
    const thrown = (call: () => unknown): UnknownNameError => {
      try {
        call()
      } catch (error) {
        return error as UnknownNameError
      }
      throw new Error('nothing was thrown')
    }
    expect(thrown(() => findGpu('h100-sxm5')).suggestions[0]).toBe('h100-sxm')
    expect(thrown(() => findArchitecture('llama3.1-70b')).suggestions).toContain('llama-3.1-70b')
    expect(thrown(() => findGpu('\u202e')).message).not.toContain('\u202e')
    expect(thrown(() => findGpu('zzzzzz')).suggestions).toEqual([])
  })

  it.each([undefined, null, 7, 'text', []])('options that are no object: %j', (options) => {
    for (const call of [
      estimateSelfHosted,
      costOfRun,
      breakEvenRent,
      breakEvenSubscription,
      estimateFineTuning,
      trainingCosts,
    ])
      expect(run(call as (value: never) => unknown, options)).toThrow(TypeError)
  })
})
