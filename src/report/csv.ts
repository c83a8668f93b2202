/** CSV by RFC 4180, safe to open in a spreadsheet and to show on a terminal. */
import { printable } from './printable.ts'

export type Cell = string | number | boolean | null

/**
 * Text that a spreadsheet would run as a formula, also in the full-width forms that it folds (OWASP ASVS 1.2.10, CWE-1236).
 * Tabs, line breaks and NUL cannot start a cell: they are escapes by then.
 * Numbers are written by this program and stay numbers, negative ones too.
 */
const FORMULA_START = /^\s*[=+\-@＝＋－＠]/

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = printable(cell)
  const inert = FORMULA_START.test(text) ? `'${text}` : text
  return /[",]/.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert
}

/** Rows of cells under a header line; lines end in CRLF. `null` is an empty cell. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}
