/** Deployment results as text for people. */

import type { FineTuningEstimate } from '../deployment/fine-tuning.ts'
import type { RunCost } from '../deployment/rental.ts'
import type { SelfHostedEstimate } from '../deployment/self-hosted-types.ts'
import type { TrainingCost } from '../deployment/training-rates.ts'
import type { Architecture, Gpu, Plan, Range, Rental } from '../deployment/types.ts'
import type { Cell } from './csv.ts'
import { formatCount, formatUsd } from './format.ts'
import { labelled, notices, type Screen } from './screen.ts'
import { type Column, table } from './table.ts'

/** Three significant digits, thousands separated. */
export function formatFigure(value: number): string {
  if (value >= 1000) return formatCount(Math.round(Number(value.toPrecision(3))))
  return String(Number(value.toPrecision(3)))
}

export function formatDollars(usd: number): string {
  return `$${formatFigure(usd)}`
}

const GB = 1e9

function rangeRow(name: string, range: Range, unit: string, format = formatFigure): string[] {
  return [name, format(range.low), format(range.expected), format(range.high), unit]
}

function rangeColumns({ styles }: Screen): Column[] {
  return [
    { title: '' },
    { title: 'low', align: 'right' },
    { title: 'expected', align: 'right', style: styles.strong },
    { title: 'high', align: 'right' },
    { title: '', style: styles.faint, shrinks: true },
  ]
}

/** One setup: memory, speed, cost, energy. */
export function selfHostedText(estimate: SelfHostedEstimate, screen: Screen): string {
  const { memory, speed, cost, energy, concurrency } = estimate
  const { styles, columns } = screen
  const rows = [
    ...(speed === null
      ? []
      : [
          rangeRow('requests at once', concurrency, ''),
          rangeRow('first token', speed.timeToFirstTokenMs, 'ms, for one request'),
          rangeRow('one stream', speed.tokensPerSecondPerUser, `tokens/s, bound by ${speed.boundBy}`),
          rangeRow('all streams', speed.outputTokensPerSecond, 'output tokens/s, with prompts'),
          rangeRow('prompts', speed.prefillTokensPerSecond, 'tokens/s'),
        ]),
    ...(cost === null
      ? []
      : [
          rangeRow('input', cost.inputUsdPerMTok, 'per million tokens', formatDollars),
          rangeRow('output', cost.outputUsdPerMTok, 'per million tokens', formatDollars),
          rangeRow('request', cost.usdPerRequest, 'each', formatDollars),
        ]),
    ...(energy === null ? [] : [rangeRow('energy', energy.kWhPerMTok, 'kWh per million tokens')]),
  ]
  return [
    styles.strong(`${estimate.model} (${estimate.quantization}) on ${estimate.count} × ${estimate.gpu}`),
    '',
    ...labelled(
      'memory',
      `weights ${formatFigure(memory.weightsBytes / GB)} GB, keys and values ${formatFigure(memory.kvBytesPerRequest / GB)} GB per request, usable ${formatFigure(memory.usableBytes.expected / GB)} GB: ${estimate.fits ? 'fits' : 'does not fit'}`,
      screen,
    ),
    ...labelled(
      'needs',
      memory.gpusNeeded === null ? 'more than 64 GPUs' : `${memory.gpusNeeded} × ${estimate.gpu}`,
      screen,
    ),
    ...(rows.length === 0 ? [] : ['', ...table(rangeColumns(screen), rows, columns, styles)]),
    '',
    ...(cost === null
      ? []
      : labelled(
          'rent',
          `${formatUsd(cost.perHour)} per hour for ${cost.machines} ${cost.machines === 1 ? 'machine' : 'machines'}${cost.rental === null ? '' : `, ${cost.rental}, read on ${cost.checked}`}`,
          screen,
        )),
    ...notices(estimate.assumptions, estimate.warnings, screen),
    '',
  ].join('\n')
}

export function runText(run: RunCost, screen: Screen): string {
  const { styles } = screen
  return [
    styles.strong(
      `${formatUsd(run.total)} for ${formatCount(run.runs)} ${run.runs === 1 ? 'run' : 'runs'} on ${run.hardware}`,
    ),
    '',
    ...(run.runs === 1 ? [] : labelled('each', formatUsd(run.perRun), screen)),
    ...labelled('billed', `${run.billedSeconds} s`, screen),
    ...run.lines
      .filter(({ seconds }) => seconds > 0)
      .flatMap(({ part, seconds, billed }) => labelled(part, `${seconds} s${billed ? '' : ', not billed'}`, screen)),
    ...labelled('price', `read on ${run.checked}; ${run.source}`, screen),
    ...notices([], run.warnings, screen),
    '',
  ].join('\n')
}

export function tuningText(estimate: FineTuningEstimate, sellers: readonly TrainingCost[], screen: Screen): string {
  const { styles, columns } = screen
  const rows = [
    rangeRow('memory', estimate.memoryBytesPerGpu, 'GB per GPU', (bytes) => formatFigure(bytes / GB)),
    rangeRow('time', estimate.hours, 'hours'),
    rangeRow('GPU time', estimate.gpuHours, 'hours'),
    rangeRow('speed', estimate.tokensPerSecond, 'tokens/s'),
    ...(estimate.usd === null ? [] : [rangeRow('cost', estimate.usd, 'rent', formatDollars)]),
  ]
  const verdict = estimate.fits ? 'fits' : 'does not fit'
  return [
    styles.strong(
      `${estimate.method} fine-tuning of ${estimate.model} on ${estimate.count} × ${estimate.gpu}: ${verdict}`,
    ),
    '',
    ...table(rangeColumns(screen), rows, columns, styles),
    '',
    ...sellers.flatMap(({ rate, total, checked }) =>
      labelled('seller', `${formatUsd(total)} at ${rate}, read on ${checked}`, screen),
    ),
    ...notices([], [...estimate.warnings, ...sellers.flatMap(({ warnings }) => warnings)], screen),
    '',
  ].join('\n')
}

export interface Listing {
  readonly header: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export function gpuListing(gpus: readonly Gpu[]): Listing {
  return {
    header: ['id', 'memory_mib', 'gb_per_s', 'fp16_tflops', 'fp8_tflops', 'fp4_tflops', 'tdp_w', 'checked'],
    rows: gpus.map(({ id, memoryMiB, memoryGBPerSecond, denseTeraflops: { fp16, fp8, fp4 }, tdpWatts, checked }) => [
      id,
      memoryMiB,
      memoryGBPerSecond,
      fp16,
      fp8 ?? null,
      fp4 ?? null,
      tdpWatts,
      checked,
    ]),
  }
}

export function rentalListing(rentals: readonly Rental[]): Listing {
  return {
    header: ['id', 'gpus', 'commitment', 'usd', 'per', 'checked'],
    rows: rentals.map(({ id, gpus, commitment, usdPerHour, usdPerSecond, checked }) => [
      id,
      gpus,
      commitment,
      usdPerHour ?? usdPerSecond ?? null,
      usdPerHour === undefined ? 'second' : 'hour',
      checked,
    ]),
  }
}

export function planListing(plans: readonly Plan[]): Listing {
  return {
    header: ['id', 'usd_per_month', 'yearly', 'messages', 'per_hours', 'checked'],
    rows: plans.map(({ id, usdPerMonth, usdPerMonthYearly, allowance, checked }) => [
      id,
      usdPerMonth,
      usdPerMonthYearly ?? null,
      allowance?.messages ?? null,
      allowance?.windowHours ?? null,
      checked,
    ]),
  }
}

export function architectureListing(models: readonly Architecture[]): Listing {
  return {
    header: ['id', 'parameters_b', 'active_b', 'layers', 'kv_heads', 'context', 'format'],
    rows: models.map(({ id, totalParameters, activeParameters, layers, kvHeads, mla, contextTokens, nativeFormat }) => [
      id,
      Number((totalParameters / 1e9).toPrecision(4)),
      Number((activeParameters / 1e9).toPrecision(4)),
      layers,
      mla === undefined ? kvHeads : 'latent',
      contextTokens,
      nativeFormat,
    ]),
  }
}

/** Titles that leave room for the cells; those of CSV carry the unit. */
const shortTitles: ReadonlyMap<string, string> = new Map([
  ['gpus', '×'],
  ['memory_mib', 'MiB'],
  ['gb_per_s', 'GB/s'],
  ['fp16_tflops', 'fp16 TF'],
  ['fp8_tflops', 'fp8'],
  ['fp4_tflops', 'fp4'],
  ['tdp_w', 'W'],
  ['parameters_b', '10⁹'],
  ['active_b', 'active'],
  ['usd_per_month', '$/month'],
  ['per_hours', 'per h'],
])

export function listingText({ header, rows }: Listing, { columns, styles }: Screen): string {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))))
  const columnOf = (title: string, index: number): Column => ({
    title: shortTitles.get(title) ?? title,
    ...(index > 0 && cells.every((row) => /^[\d.–]+$/.test(row[index])) ? { align: 'right' as const } : {}),
  })
  return `${table(header.map(columnOf), cells, columns, styles).join('\n')}\n`
}
