/** Writes a price file so that a change of one price is a change of one line. */
import type { FileModel, FilePeriod, PriceFile } from '../../src/pricing/file.ts'

const indent = (depth: number): string => ' '.repeat(depth)

/** One line for a period; service tiers, regions and schedules on lines of their own. */
function formatPeriod(period: FilePeriod): string {
  const { modes, regions, schedule, variants, ...plain } = period
  const blocks = [
    ...named('modes', modes),
    ...named('regions', regions),
    ...(variants === undefined ? [] : [listed('variants', variants)]),
    ...(schedule === undefined ? [] : [`"schedule":${JSON.stringify(schedule)}`]),
  ]
  const line = JSON.stringify(plain)
  return blocks.length === 0 ? line : `${line.slice(0, -1)},\n${blocks.map((block) => indent(6) + block).join(',\n')}}`
}

function named(key: string, map: Readonly<Record<string, unknown>> | undefined): string[] {
  if (map === undefined || Object.keys(map).length === 0) return []
  const rows = Object.entries(map).map(
    ([name, value]) => `${indent(8)}${JSON.stringify(name)}:${JSON.stringify(value)}`,
  )
  return [`"${key}":{\n${rows.join(',\n')}}`]
}

function listed(key: string, rows: readonly unknown[]): string {
  return `"${key}":[\n${rows.map((row) => indent(8) + JSON.stringify(row)).join(',\n')}]`
}

function formatModel(model: FileModel): string {
  const { periods, ...plain } = model
  const head = JSON.stringify(plain).slice(0, -1)
  return `${indent(2)}${head},"periods":[\n${periods.map((period) => indent(4) + formatPeriod(period)).join(',\n')}]}`
}

/** The text of a price file. */
export function formatFile(file: PriceFile): string {
  const { models, ...head } = file
  const top = JSON.stringify(head, null, 1).slice(0, -2)
  return `${top},\n "models":[\n${models.map(formatModel).join(',\n')}]\n}\n`
}
