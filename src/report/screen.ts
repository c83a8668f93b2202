/** What every human report needs to know, and the parts they share. */
import type { PriceReference } from '../pricing/types.ts'
import { formatDay } from './format.ts'
import { type Styles, wrapped } from './table.ts'

export interface Screen {
  readonly columns: number
  readonly styles: Styles
}

/** A labelled paragraph, continued under its text. */
export function labelled(label: string, text: string, { columns, styles }: Screen): string[] {
  const indent = ' '.repeat(LABEL_COLUMNS)
  const [first = '', ...rest] = wrapped(text, columns - LABEL_COLUMNS, '')
  return [styles.faint(label.padEnd(LABEL_COLUMNS)) + first, ...rest.map((line) => indent + line)]
}

const LABEL_COLUMNS = 10

/** Remarks, one paragraph each; warnings stand out. */
export function notices(
  assumptions: readonly { readonly message: string }[],
  warnings: readonly { readonly code: string; readonly message: string; readonly path?: string }[],
  screen: Screen,
): string[] {
  const { styles } = screen
  const marked = { ...screen, styles: { ...styles, faint: styles.warn } }
  return [
    ...assumptions.flatMap(({ message }) => labelled('assumes', message, screen)),
    ...warnings.flatMap(({ message, path }) =>
      labelled('warning', path === undefined ? message : `${path}: ${message}`, marked),
    ),
  ]
}

/** Where a price stands: row, period, table, source. */
export function provenance(price: PriceReference, screen: Screen): string[] {
  const context = [
    price.serviceTier === 'standard' ? undefined : `${price.serviceTier} tier`,
    price.region === null ? undefined : `region ${price.region}`,
    price.contextTier === null ? undefined : `above ${price.contextTier} input tokens`,
    price.schedule === null ? undefined : `${price.schedule} hours`,
  ].filter((part) => part !== undefined)
  const period = `${formatDay(price.from, 'start unknown')} to ${formatDay(price.until, 'now')}`
  return [
    ...labelled('price', [`${price.seller}/${price.model}`, period, ...context].join(', '), screen),
    ...labelled('', `table ${price.table}, read on ${price.checked}`, screen),
    ...labelled('', price.source, screen),
  ]
}
