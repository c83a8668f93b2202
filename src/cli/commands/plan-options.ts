/** Options of `plan`, and how they become options of the deployment layer. */
import type { SelfHostedOptions } from '../../deployment.ts'
import { type Arguments, given, type Options, wholeNumber } from '../args.ts'
import { UsageError } from '../io.ts'

export const planOptions: Options = {
  gpu: { short: 'g', value: 'GPU', help: 'the GPU, such as h100; `plan list gpus` names them' },
  count: { value: 'N', help: 'how many; default: the fewest that hold the model' },
  quantization: {
    short: 'q',
    value: 'FORMAT',
    help: 'fp16, fp8, int8, int4, fp4, mxfp4, q8_0, q4_k_m …; default: as published',
  },
  kv: { value: 'FORMAT', help: 'keys and values in fp16 (default) or fp8' },
  prompt: { value: 'N', help: 'tokens of a prompt; default 1000' },
  output: { value: 'N', help: 'tokens of a reply; default 500' },
  concurrency: { short: 'c', value: 'N', help: 'requests at once, or max; default 1, to compare 32' },
  utilisation: { value: 'SHARE', help: 'share of the rented time with that load, 0 to 1; default 1' },
  rental: { short: 'r', value: 'ID', help: 'rental of the catalogue; default, to compare: the cheapest on demand' },
  'usd-per-hour': { value: 'USD', help: 'rent of one GPU instead' },
  hours: { value: 'N', help: 'hours per day for which GPUs are rented; default 24' },
  api: { value: 'MODEL', help: 'the API model that a subscription is compared with' },
  yearly: { help: 'the plan is paid for a year' },
  seconds: { value: 'N', help: 'working time of a run' },
  setup: { value: 'N', help: 'seconds of start-up' },
  idle: { value: 'N', help: 'seconds of waiting after the last run' },
  runs: { value: 'N', help: 'runs that share start-up and waiting; default 1' },
  private: { help: 'a model of your own, for which some sellers bill start-up and waiting' },
  method: { value: 'NAME', help: 'full, lora (default) or qlora' },
  tokens: { value: 'N', help: 'tokens of the training set' },
  epochs: { value: 'N', help: 'passes over it; default 1' },
  from: { value: 'N', help: 'least calls of the plot' },
  to: { value: 'N', help: 'most calls of the plot' },
}

/** A number of an option, which the library checks further. @throws UsageError */
export function numberOption(args: Arguments, name: string): number | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  if (!/^\d+(\.\d+)?$/.test(text)) throw new UsageError(`--${name} takes a number, got ${JSON.stringify(text)}`)
  return Number(text)
}

/** The value of an option that has to be there. @throws UsageError */
export function required<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`)
  return value
}

export function lengthsOf(args: Arguments): { promptTokens: number; outputTokens: number } {
  return { promptTokens: wholeNumber(args, 'prompt', 1) ?? 1000, outputTokens: wholeNumber(args, 'output', 1) ?? 500 }
}

/** What an open model runs on, without the model. @throws UsageError */
export function setupOf(args: Arguments, clock: () => number): Omit<SelfHostedOptions, 'model' | 'gpu'> {
  const concurrency = args.text('concurrency') === 'max' ? 'max' : wholeNumber(args, 'concurrency', 1)
  const usdPerHour = args.text('usd-per-hour')
  const rental = args.text('rental')
  if (rental !== undefined && usdPerHour !== undefined)
    throw new UsageError('--rental and --usd-per-hour exclude each other')
  return {
    ...lengthsOf(args),
    ...given({
      count: wholeNumber(args, 'count'),
      // Words that the types do not know go to the library as they are: its errors name the known ones.
      quantization: args.text('quantization') as SelfHostedOptions['quantization'],
      kvFormat: args.text('kv') as SelfHostedOptions['kvFormat'],
      concurrency,
      utilisation: numberOption(args, 'utilisation'),
      rental: usdPerHour === undefined ? rental : { usdPerHour },
    }),
    clock,
  }
}
