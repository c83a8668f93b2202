import {
  costOfRun,
  estimateFineTuning,
  estimateSelfHosted,
  type FineTuningOptions,
  listArchitectures,
  listGpus,
  listPlans,
  listRentals,
  trainingCosts,
} from '../../deployment.ts'
import {
  architectureListing,
  gpuListing,
  type Listing,
  listingText,
  planListing,
  rentalListing,
  runText,
  selfHostedText,
  tuningText,
} from '../../report/deployment.ts'
import { type Arguments, given, wholeNumber } from '../args.ts'
import type { Command } from '../command.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import { csvOption, help, htmlOption, json } from '../options.ts'
import { formatOf, type Output, writeOutput } from '../output.ts'
import { planCompare, planSubscription } from './plan-compare.ts'
import { numberOption, planOptions, required, setupOf } from './plan-options.ts'

type Topic = (names: readonly string[], args: Arguments, io: CliIo) => void | Promise<void>

const topics: ReadonlyMap<string, Topic> = new Map([
  ['gpu', planGpu],
  ['compare', planCompare],
  ['subscription', planSubscription],
  ['run', planRun],
  ['tune', planTune],
  ['list', planList],
])

export const plan: Command = {
  name: 'plan',
  usage: 'gpu|compare|subscription|run|tune|list …',
  summary: 'own GPU or API, subscription or per token: what pays from when',
  description:
    'gpu MODEL: what an open model needs, does and costs on GPUs. compare OFFER OFFER…: costs over calls per day, and from how many ' +
    'the later offers beat the first; an offer is an API model, MODEL@batch, or OPEN-MODEL@2xGPU:FORMAT. subscription PLAN --api ' +
    'MODEL: messages per month from which a plan pays. run HARDWARE --seconds N: a run on a seller by the second. tune MODEL: ' +
    'fine-tuning by GPU hours and at sellers. list gpus|rentals|subscriptions|models: what is known, with the day it was read.',
  options: { ...planOptions, ...htmlOption, ...json, ...csvOption, ...help },
  examples: [
    'tokenfare plan gpu llama-3.3-70b --gpu h100 --quantization fp8 --concurrency 32',
    'tokenfare plan compare gpt-4o-mini llama-3.1-8b@h100:fp8 --utilisation 0.3',
    'tokenfare plan compare gpt-5-mini gpt-5-mini@batch',
    'tokenfare plan subscription claude-pro --api claude-sonnet-4-5 --html plan.html',
    'tokenfare plan run replicate/h100 --seconds 12.5',
    'tokenfare plan tune llama-3.1-8b --gpu h100 --tokens 10000000 --epochs 3 -r lambda/h100',
  ],
  run: runPlan,
}

async function runPlan(args: Arguments, io: CliIo): Promise<ExitCode> {
  const [name, ...names] = args.positionals
  const topic = topics.get(name ?? '')
  if (topic === undefined) {
    const got = name === undefined ? 'nothing' : JSON.stringify(name)
    throw new UsageError(`plan takes one of ${[...topics.keys()].join(', ')}; got ${got}`)
  }
  await topic(names, args, io)
  return exitCodes.ok
}

/** The one name that a topic takes. @throws UsageError */
function onlyName(what: string, names: readonly string[]): string {
  const [name, ...more] = names
  if (name === undefined || more.length > 0) throw new UsageError(`one ${what} was expected, got ${names.length}`)
  return name
}

/** Writes a result that has no rows for CSV. @throws UsageError */
function writeResult(result: object, text: Output['text'], args: Arguments, io: CliIo): void {
  const format = formatOf(args)
  if (format === 'csv') throw new UsageError('--csv is for compare, subscription and list')
  writeOutput({ text, json: () => result }, format, io)
}

function planGpu(names: readonly string[], args: Arguments, io: CliIo): void {
  const model = onlyName('open model', names)
  const gpu = required('gpu', args.text('gpu'))
  const estimate = estimateSelfHosted({ ...setupOf(args, io.clock), model, gpu })
  writeResult(estimate, (screen) => selfHostedText(estimate, screen), args, io)
}

function planRun(names: readonly string[], args: Arguments, io: CliIo): void {
  const hardware = onlyName('hardware', names)
  const seconds = required('seconds', numberOption(args, 'seconds'))
  const run = costOfRun({
    hardware,
    seconds,
    setupSeconds: numberOption(args, 'setup') ?? 0,
    idleSeconds: numberOption(args, 'idle') ?? 0,
    runs: wholeNumber(args, 'runs', 1) ?? 1,
    privateModel: args.flag('private'),
    clock: io.clock,
  })
  writeResult(run, (screen) => runText(run, screen), args, io)
}

function planTune(names: readonly string[], args: Arguments, io: CliIo): void {
  const model = onlyName('open model', names)
  const tokens = required('tokens', wholeNumber(args, 'tokens', 1))
  const epochs = wholeNumber(args, 'epochs', 1) ?? 1
  const { rental, count } = setupOf(args, io.clock)
  // A method that does not exist is refused by the library.
  const method = (args.text('method') ?? 'lora') as FineTuningOptions['method']
  const estimate = estimateFineTuning({
    model,
    method,
    tokens,
    epochs,
    gpu: required('gpu', args.text('gpu')),
    clock: io.clock,
    ...given({ count, rental }),
  })
  const sellers = trainingCosts({ model, method: method === 'full' ? 'full' : 'lora', tokens, epochs, clock: io.clock })
  writeResult({ ...estimate, sellers }, (screen) => tuningText(estimate, sellers, screen), args, io)
}

/** What the data has rows of, by the word for it. */
const lists: ReadonlyMap<string, (args: Arguments) => Output> = new Map<string, (args: Arguments) => Output>([
  ['gpus', () => listOutput(listGpus(), gpuListing)],
  ['rentals', (args) => listOutput(listRentals(args.text('gpu')), rentalListing)],
  ['subscriptions', () => listOutput(listPlans(), planListing)],
  ['models', () => listOutput(listArchitectures(), architectureListing)],
])

function listOutput<Row>(rows: readonly Row[], listingOf: (rows: readonly Row[]) => Listing): Output {
  const listing = listingOf(rows)
  return { text: (screen) => listingText(listing, screen), json: () => rows, csv: () => listing }
}

function planList(names: readonly string[], args: Arguments, io: CliIo): void {
  const name = onlyName('list', names)
  const output = lists.get(name)
  if (output === undefined)
    throw new UsageError(`list takes one of ${[...lists.keys()].join(', ')}; got ${JSON.stringify(name)}`)
  writeOutput(output(args), formatOf(args), io)
}
