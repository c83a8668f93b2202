/** Tables and wrapped text for a terminal. Whatever comes in is made printable here, so that no renderer can forget it. */
import { displayWidth, fitted, printable } from './printable.ts'

/** Ways to stress a text; without colour each returns its text. */
export interface Styles {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly accent: (text: string) => string
  readonly warn: (text: string) => string
}

function sgr(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\x1b[${on}m${text}\x1b[${off}m`)
}

export function stylesFor(color: boolean): Styles {
  const plain = (text: string): string => text
  return color
    ? { strong: sgr(1, 22), faint: sgr(2, 22), accent: sgr(36, 39), warn: sgr(33, 39) }
    : { strong: plain, faint: plain, accent: plain, warn: plain }
}

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  readonly style?: (text: string) => string
  /** Gives way first when the table is wider than the screen. */
  readonly shrinks?: boolean
}

const GAP = '  '
const LEAST_SHRUNK = 8

/** Lines of a table no wider than `columns`, as far as its shrinking columns allow. Trailing spaces are cut. */
export function table(
  header: readonly Column[],
  cells: readonly (readonly string[])[],
  columns: number,
  styles: Styles,
): string[] {
  const rows = cells.map((row) => row.map(printable))
  const titled = header.some((column) => column.title !== '')
  const widths = header.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  )
  const excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1) - columns
  shrink(header, widths, excess)
  const body = rows.map((row) => line(header, row, widths, (column) => column.style))
  return titled
    ? [
        line(
          header,
          header.map((column) => column.title),
          widths,
          () => styles.faint,
        ),
        ...body,
      ]
    : body
}

function shrink(header: readonly Column[], widths: number[], excess: number): void {
  let left = excess
  header.forEach((column, index) => {
    if (!column.shrinks || left <= 0) return
    const cut = Math.min(left, Math.max(0, widths[index] - LEAST_SHRUNK))
    widths[index] -= cut
    left -= cut
  })
}

function line(
  header: readonly Column[],
  cells: readonly string[],
  widths: readonly number[],
  styleOf: (column: Column) => ((text: string) => string) | undefined,
): string {
  const padded = header.map((column, index) => {
    const text = fitted(cells[index] ?? '', widths[index])
    const padding = ' '.repeat(widths[index] - displayWidth(text))
    const styled = (styleOf(column) ?? String)(text)
    return column.align === 'right' ? padding + styled : styled + padding
  })
  return padded.join(GAP).trimEnd()
}

/** Wraps a text at spaces into lines of at most `columns`, continued under an indent. A longer word stands alone. */
export function wrapped(text: string, columns: number, indent: string): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of printable(text).split(' ')) {
    if (current !== '' && displayWidth(current) + 1 + displayWidth(word) > columns - indent.length) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current].map((part, index) => (index === 0 ? part : indent + part))
}
