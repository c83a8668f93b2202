/** Numbers for people. Programs read the JSON, which carries the exact values. */
import type { Amount } from '../money.ts'

/** `1234567` → `1,234,567`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/**
 * Dollars with as many digits as a reader can use: cents from 100 dollars up, four decimals from a cent up, three significant
 * digits below. Rounded from the exact decimal; zero is `$0`, an amount that would round to nothing never looks free.
 */
export function formatUsd(amount: Amount): string {
  const negative = amount.exact.startsWith('-')
  const [whole = '0', fraction = ''] = amount.exact.replace('-', '').split('.')
  if (whole === '0' && fraction === '') return '$0'
  const firstDigit = fraction.search(/[1-9]/)
  const decimals = whole.length > 2 ? 2 : whole !== '0' || (firstDigit >= 0 && firstDigit < 2) ? 4 : firstDigit + 3
  const scaled = BigInt(whole + fraction.padEnd(decimals + 1, '0').slice(0, decimals + 1))
  const rounded = ((scaled + 5n) / 10n).toString().padStart(decimals + 1, '0')
  const dollars = rounded.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${negative ? '-' : ''}$${dollars}.${rounded.slice(-decimals)}`
}

/** `0.0523` → `5.2 %`; tiny shares show as `<0.1 %`. */
export function formatShare(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return '<0.1 %'
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`
}

/** `840` → `0.8 s`, `95000` → `1.6 min`, `9e6` → `2.5 h`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** The day of an ISO instant; an open end in words. */
export function formatDay(iso: string | null, open: string): string {
  return iso === null ? open : iso.slice(0, 10)
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of a share between 0 and 1, in eighths of a column; a value above 0 is always visible. */
export function bar(share: number, columns: number): string {
  const eighths = share > 0 ? Math.max(1, Math.round(Math.min(1, share) * columns * 8)) : 0
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}
