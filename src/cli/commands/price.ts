import { checkPrices, getPrice, priceHistory, resolveModel } from '../../index.ts'
import { tableAgeDays } from '../../pricing/notices.ts'
import type { PriceEntry } from '../../pricing/types.ts'
import { type Cell, csv } from '../../report/csv.ts'
import { jsonText } from '../../report/json.ts'
import { changedRates, diffText, historyText, priceText, tableCheckText } from '../../report/price.ts'
import { type Arguments, wholeNumber } from '../args.ts'
import { type Command, screenOf, worldOf } from '../command.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import { csvOption, formatOf, help, instant, json, placeOf, priceOptions } from '../options.ts'

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
    'tokenfare price claude-sonnet-4-5 --seller amazon-bedrock --region us',
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
  if (args.flag('history') && before !== undefined) throw new UsageError('--history and --diff exclude each other')
  const screen = screenOf(io)
  if (args.flag('history')) {
    const periods = priceHistory(model, place)
    const resolved = resolveModel(model, place)
    if (format === 'json') io.writeOut(jsonText(periods))
    else if (format === 'csv')
      io.writeOut(
        csv(
          historyHeader,
          periods.flatMap((period) => rateRows(period, period.rates)),
        ),
      )
    else io.writeOut(historyText(`${resolved.seller}/${resolved.id}`, periods, io.clock(), screen))
    return exitCodes.ok
  }
  const entry = getPrice(model, place)
  if (before !== undefined) {
    const old = getPrice(model, { ...place, at: before })
    const changes = changedRates(old.rates, entry.rates)
    if (format === 'json') io.writeOut(jsonText({ before: old, after: entry, changes }))
    else if (format === 'csv')
      io.writeOut(
        csv(
          diffHeader,
          changes.map((c) => [c.rate, c.before, c.after, c.change]),
        ),
      )
    else io.writeOut(diffText(old, entry, screen))
  } else if (format === 'json') io.writeOut(jsonText(entry))
  else if (format === 'csv') io.writeOut(csv(historyHeader, rateRows(entry, entry.rates)))
  else io.writeOut(priceText(entry, args.flag('source'), screen))
  return checks ? check(entry, maxAgeDays ?? OLD_AFTER_DAYS, io) : exitCodes.ok
}

const historyHeader = ['from', 'until', 'status', 'rate', 'usd', 'checked', 'source']
const diffHeader = ['rate', 'before_usd', 'after_usd', 'change']

type Dated = Pick<PriceEntry, 'from' | 'until' | 'status' | 'checked' | 'source'>

function rateRows({ from, until, status, checked, source }: Dated, rates: PriceEntry['rates']): Cell[][] {
  return Object.entries(rates).map(([rate, usd]) => [from, until, status, rate, usd, checked, source])
}

/** The age of the whole table; status 1 when it is above the limit. */
function checkTable(args: Arguments, maxAgeDays: number | undefined, format: string, io: CliIo): ExitCode {
  if (args.flag('history') || args.text('diff') !== undefined) throw new UsageError('one MODEL was expected, got 0')
  const limit = maxAgeDays === undefined ? {} : { maxAgeDays }
  const state = checkPrices({ ...limit, clock: io.clock, ...(io.prices === undefined ? {} : { prices: io.prices }) })
  if (format === 'json') io.writeOut(jsonText(state))
  else if (format === 'csv')
    io.writeOut(
      csv(
        ['seller', 'model', 'reason'],
        state.dueForReview.map(({ seller, model, reason }) => [seller, model, reason]),
      ),
    )
  else io.writeOut(tableCheckText(state, screenOf(io)))
  return state.stale ? exitCodes.overLimit : exitCodes.ok
}

/** Reasons to look at the seller's page again. */
function check(entry: PriceEntry, maxAgeDays: number, io: CliIo): ExitCode {
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
