/** `plan compare` and `plan subscription`: curves, and where one offer becomes the cheaper. */
import {
  breakEven,
  breakEvenRent,
  breakEvenSubscription,
  type CurvePoint,
  costCurve,
  type Offer,
} from '../../deployment.ts'
import { calcCost } from '../../index.ts'
import { callsText, curveColumns, curveLegend, curveText } from '../../report/curve.ts'
import { curveHtml } from '../../report/curve-html.ts'
import { formatCount, formatUsd } from '../../report/format.ts'
import { labelled, notices } from '../../report/screen.ts'
import { type Arguments, given, wholeNumber } from '../args.ts'
import { screenOf, worldOf } from '../command.ts'
import { type CliIo, UsageError } from '../io.ts'
import { formatOf, type Output, writeHtml, writeOutput } from '../output.ts'
import { type PlannedOffer, plannedOffer } from './plan-offers.ts'
import { lengthsOf, numberOption, required } from './plan-options.ts'

interface Comparison {
  readonly title: string
  readonly unit: string
  readonly offers: readonly Offer[]
  /** What stands above the plot: one crossing each. */
  readonly findings: readonly string[]
  readonly marks: readonly { readonly calls: number; readonly label: string }[]
  readonly notes: readonly string[]
  readonly warnings: PlannedOffer['warnings']
  /** Calls around which the plot is laid. */
  readonly centre: number
  readonly json: object
}

/** @throws UsageError, InputError */
export async function planCompare(names: readonly string[], args: Arguments, io: CliIo): Promise<void> {
  if (names.length < 2) throw new UsageError('compare takes two offers or more, the first one paid by the call')
  const planned = names.map((name) => plannedOffer(name, args, io))
  const [first, ...others] = planned
  const hours = numberOption(args, 'hours')
  const crossings = first.estimate !== null ? [] : others.map((other) => crossingOf(first, other, hours))
  await write(
    {
      title: `${names.join(' against ')}`,
      unit: 'calls per day',
      offers: planned.map(({ offer }) => offer),
      findings: crossings.map(({ finding }) => finding),
      marks: crossings.flatMap(({ calls, name }) =>
        calls === null || calls === 1 ? [] : [{ calls, label: `${name} from ${formatCount(calls)}` }],
      ),
      notes: planned.flatMap(({ notes }) => notes),
      warnings: planned.flatMap(({ warnings }) => warnings),
      centre: crossings.find(({ calls }) => calls !== null && calls > 1)?.calls ?? 10_000,
      json: { offers: planned, crossings: crossings.map(({ name, detail }) => ({ name, ...detail })) },
    },
    args,
    io,
  )
}

function crossingOf(api: PlannedOffer, other: PlannedOffer, hours: number | undefined) {
  const { name } = other.offer
  const said = (calls: number | null): string =>
    calls === null
      ? `${name} is never cheaper`
      : calls === 1
        ? `${name} is cheaper from the first call`
        : `${name} is cheaper from ${formatCount(calls)} calls a day`
  if (other.estimate === null) {
    const detail = { crossing: breakEven(api.offer, other.offer) }
    return { name, calls: detail.crossing.calls, finding: said(detail.crossing.calls), detail }
  }
  const detail = breakEvenRent({
    estimate: other.estimate,
    apiUsdPerCall: api.offer.usdPerCall as NonNullable<Offer['usdPerCall']>,
    ...given({ hoursPerDay: hours }),
  })
  const { crossing, callsPerDay } = detail
  const calls = crossing.expected.calls
  const unsure =
    crossing.low.calls === crossing.high.calls
      ? ''
      : `; ${callsText(crossing.low.calls)} at the low end of its speed, ${callsText(crossing.high.calls)} at the high end`
  const machines = ` (one serves ${formatCount(callsPerDay.low)} to ${formatCount(callsPerDay.high)})`
  const { always } = crossing.expected
  const stays =
    calls === null || always === calls
      ? ''
      : always === null
        ? `; not with further machines`
        : `; for good from ${formatCount(always)}`
  return { name, calls, finding: `${said(calls)}${machines}${unsure}${stays}`, detail }
}

/** @throws UsageError, InputError */
export async function planSubscription(names: readonly string[], args: Arguments, io: CliIo): Promise<void> {
  const [plan, ...more] = names
  if (plan === undefined || more.length > 0)
    throw new UsageError('subscription takes one plan; `plan list subscriptions` names them')
  const model = required('api', args.text('api'))
  const { promptTokens, outputTokens } = lengthsOf(args)
  const cost = calcCost({ inputTokens: promptTokens, outputTokens }, model, worldOf(io))
  const result = breakEvenSubscription({
    plan,
    apiUsdPerMessage: cost.total,
    yearly: args.flag('yearly'),
    clock: io.clock,
  })
  const { calls } = result.crossing
  const most = result.mostMessagesPerMonth
  await write(
    {
      title: `${result.subscription.name} against ${model}`,
      unit: 'messages per month',
      offers: [{ ...result.perToken, name: model }, result.subscription],
      findings: [
        calls === null
          ? `${result.subscription.name} is never cheaper${most === null ? '' : ` within its ${formatCount(most)} messages a month`}`
          : `${result.subscription.name} is cheaper from ${formatCount(calls)} messages a month`,
      ],
      marks: calls === null ? [] : [{ calls, label: `${result.subscription.name} from ${formatCount(calls)}` }],
      notes: [
        `${model}: $${cost.total.exact} per message of ${promptTokens} + ${outputTokens} tokens, price read on ${cost.price.checked}`,
        `${result.subscription.name}: ${formatUsd(result.perMonth)} per month`,
        ...result.assumptions.map(({ message }) => message),
      ],
      warnings: [...cost.warnings, ...result.warnings],
      centre: calls ?? most ?? 1000,
      json: result,
    },
    args,
    io,
  )
}

/** Orders of magnitude on each side of the centre. */
const REACH = 100

async function write(comparison: Comparison, args: Arguments, io: CliIo): Promise<void> {
  const { title, unit, offers, findings, marks, notes, warnings, centre } = comparison
  const format = formatOf(args)
  const screen = screenOf(io)
  const from = wholeNumber(args, 'from', 1) ?? Math.max(1, Math.floor(centre / REACH))
  const to = wholeNumber(args, 'to', from + 1) ?? Math.max(from + 1, centre * REACH)
  const curve = costCurve(offers, from, to, curveColumns(screen))
  const names = offers.map(({ name }) => name)
  await writeHtml(args, io, () =>
    curveHtml({
      title,
      remarks: findings,
      curve: costCurve(offers, from, to, 400),
      names,
      unit,
      marks,
      notes: [...notes, ...warnings.map(({ message }) => message)],
    }),
  )
  const output: Output = {
    text: () =>
      [
        screen.styles.strong(title),
        '',
        ...findings.flatMap((finding) => labelled('finding', finding, screen)),
        '',
        ...curveText({ curve, names, unit }, screen),
        '',
        ...labelled('legend', curveLegend(names), screen),
        ...notes.flatMap((note) => labelled('offer', note, screen)),
        ...notices([], warnings, screen),
        '',
      ].join('\n'),
    json: () => ({ ...comparison.json, curve }),
    csv: () => ({ header: [unit.replaceAll(' ', '_'), ...names], rows: curve.map(csvRow) }),
  }
  writeOutput(output, format, io)
}

function csvRow({ calls, costs }: CurvePoint): (number | string | null)[] {
  return [calls, ...costs.map((cost) => (cost === null ? null : cost.exact))]
}
