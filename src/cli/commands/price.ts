import { checkPrices, getPrice, priceHistory, resolveModel } from '../../index.ts'
import { tableAgeDays } from '../../pricing/notices.ts'
import type { Period, PriceEntry } from '../../pricing/types.ts'
import type { Cell } from '../../report/csv.ts'
import { changedRates, diffText, historyText, priceText, tableCheckText } from '../../report/price.ts'
import { type Arguments, given, wholeNumber } from '../args.ts'
import { type Command, worldOf } from '../command.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import { csvOption, help, instant, json, placeOf, priceOptions } from '../options.ts'
import { formatOf, type Output, writeOutput } from '../output.ts'

/** A price that was not looked up at its source for longer is reported by `--check`. */
const OLD_AFTER_DAYS = 60
const DAY_MS = 86_400_000

export const price: Command = {
  name: 'price',
  usage: 'MODEL | --check',
  summary: 'the rates of a model, now, on a day, or over time',
  description:
    'Shows the rates in force with the row of the table they come from and where they were read. Exit status 3 when the model ' +
    'or its price is not known. With --check and no MODEL: the age of the table, and its prices that need another look.',
  options: {
    ...priceOptions,
    history: { help: 'all known periods, oldest first, with a plot of what changed' },
    diff: { value: 'DATE', help: 'what changed between DATE and --at' },
    source: { help: "also show the digest of the table's data" },
    check: {
      help: `end with status 1 when the price may be out of date: read over ${OLD_AFTER_DAYS} days ago, not in force`,
    },
    'max-age': { value: 'DAYS', help: 'as --check, with another age; 0 is today' },
    ...json,
    ...csvOption,
    ...help,
  },
  examples: [
    'tokenfare price gpt-5-mini',
    'tokenfare price claude-opus-4-6 --region us',
    'tokenfare price gpt-4o --history',
    'tokenfare price gpt-4o --diff 2024-06-01',
    'tokenfare price --check --max-age 45',
  ],
  run: runPrice,
}

async function runPrice(args: Arguments, io: CliIo): Promise<ExitCode> {
  const format = formatOf(args)
  const [model, ...more] = args.positionals
  const maxAgeDays = wholeNumber(args, 'max-age')
  const checks = args.flag('check') || maxAgeDays !== undefined
  if (model === undefined && checks) return checkTable(args, maxAgeDays, format, io)
  if (model === undefined || more.length > 0)
    throw new UsageError(`one MODEL was expected, got ${args.positionals.length}`)
  const place = { ...placeOf(args), ...worldOf(io) }
  const before = instant(args, 'diff')
  if (args.flag('history')) {
    if (before !== undefined) throw new UsageError('--history and --diff exclude each other')
    writeOutput(historyOutput(model, place), format, io)
    return checks ? checkEntry(getPrice(model, place), maxAgeDays ?? OLD_AFTER_DAYS, io) : exitCodes.ok
  }
  const entry = getPrice(model, place)
  const output =
    before === undefined
      ? entryOutput(entry, args.flag('source'))
      : differenceOutput(getPrice(model, { ...place, at: before }), entry)
  writeOutput(output, format, io)
  if (Object.values(entry.rates).every((rate) => rate === null)) {
    io.writeError(`tokenfare: no rate of ${entry.seller}/${entry.model} is known\n`)
    return exitCodes.unknownModel
  }
  return checks ? checkEntry(entry, maxAgeDays ?? OLD_AFTER_DAYS, io) : exitCodes.ok
}

function historyOutput(model: string, place: ReturnType<typeof placeOf> & ReturnType<typeof worldOf>): Output {
  const periods = priceHistory(model, place)
  const { seller, id } = resolveModel(model, place)
  return {
    text: (screen) => historyText(`${seller}/${id}`, periods, place.clock(), screen),
    json: () => periods,
    csv: () => ({ header: historyHeader, rows: periods.flatMap(rateRows) }),
  }
}

function differenceOutput(before: PriceEntry, after: PriceEntry): Output {
  const changes = changedRates(before, after)
  return {
    text: (screen) => diffText(before, after, screen),
    json: () => ({ before, after, changes }),
    csv: () => ({
      header: ['rate', 'input_tokens_above', 'before_usd', 'after_usd', 'change'],
      rows: changes.map((row) => [row.rate, row.inputTokensAbove, row.before, row.after, row.change]),
    }),
  }
}

function entryOutput(entry: PriceEntry, withSource: boolean): Output {
  return {
    text: (screen) => priceText(entry, withSource, screen),
    json: () => entry,
    csv: () => ({ header: historyHeader, rows: rateRows(entry) }),
  }
}

const historyHeader = ['from', 'until', 'status', 'rate', 'usd', 'checked', 'source']

function rateRows({ from, until, status, checked, source, rates }: Period): Cell[][] {
  return Object.entries(rates).map(([rate, usd]) => [from, until, status, rate, usd, checked, source])
}

/** The age of the whole table; status 1 when it is above the limit. */
function checkTable(args: Arguments, maxAgeDays: number | undefined, format: keyof Output, io: CliIo): ExitCode {
  if (args.flag('history') || args.text('diff') !== undefined) throw new UsageError('one MODEL was expected, got 0')
  const state = checkPrices({ ...worldOf(io), ...given({ maxAgeDays }) })
  const output: Output = {
    text: (screen) => tableCheckText(state, screen),
    json: () => state,
    csv: () => ({
      header: ['seller', 'model', 'reason'],
      rows: state.dueForReview.map(({ seller, model, reason }) => [seller, model, reason]),
    }),
  }
  writeOutput(output, format, io)
  return state.stale ? exitCodes.overLimit : exitCodes.ok
}

/** Says what reasons there are to look at the seller's page again; status 1 when there is one. */
function checkEntry(entry: PriceEntry, maxAgeDays: number, io: CliIo): ExitCode {
  const now = io.clock()
  const readDays = Math.floor((now - Date.parse(entry.checked)) / DAY_MS)
  const reasons = [
    readDays > maxAgeDays ? `it was read ${readDays} days ago` : undefined,
    tableAgeDays(entry.table, io.clock) > maxAgeDays ? `the table is of ${entry.table.asOf}` : undefined,
    entry.status === 'actual' ? undefined : `its status is ${entry.status}`,
    entry.guaranteedUntil !== null && Date.parse(entry.guaranteedUntil) <= now
      ? `the seller promised it only until ${entry.guaranteedUntil.slice(0, 10)}`
      : undefined,
  ].filter((reason) => reason !== undefined)
  for (const reason of reasons)
    io.writeError(`tokenfare: the price of ${entry.seller}/${entry.model} may be out of date: ${reason}\n`)
  return reasons.length === 0 ? exitCodes.ok : exitCodes.overLimit
}
