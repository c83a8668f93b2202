/** Names of models, files and errors are hostile: what is printed must not move the cursor, set a clipboard or reorder a line. */

/**
 * Control characters (C0, DEL, C1), line separators, bidi controls, invisible characters and lone surrogates become visible
 * escapes: `\x1b`, `\u202e`. Every text that the program did not write itself passes through here before it is printed.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => {
    const code = char.codePointAt(0) as number
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
  })
}

const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\u{e0000}-\u{e0fff}]/gu

/** First and last code points of what terminals show two columns wide: East Asian scripts and emoji. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
]

/** Combining marks that take no column of their own. */
const narrowRanges: readonly (readonly [number, number])[] = [
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x0591, 0x05bd],
  [0x064b, 0x065f],
  [0x20d0, 0x20ff],
]

/** Columns that a printable text takes on a terminal. */
export function displayWidth(text: string): number {
  let columns = 0
  for (const char of text) {
    const code = char.codePointAt(0) as number
    if (code < 0x300) columns += 1
    else if (within(code, wideRanges)) columns += 2
    else if (!within(code, narrowRanges)) columns += 1
  }
  return columns
}

function within(code: number, ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last)
}

/** Cuts a printable text to a number of columns, marking the cut. */
export function fitted(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let kept = ''
  let used = 1
  for (const char of text) {
    used += displayWidth(char)
    if (used > columns) break
    kept += char
  }
  return `${kept}…`
}
