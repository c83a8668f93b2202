/**
 * The frame of reports that are one HTML file: no script, no network, readable in light and dark, everything that came from outside
 * escaped. Charts are inline SVG drawn with the colours of the page. The files beside this one whose names end in `-html` fill it.
 */
import { printable } from './printable.ts'

/** Text as HTML shows it. Control and bidi characters become visible escapes first. */
export function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const style = `
:root { color-scheme: light dark; --text: #1b1f24; --faint: #57606a; --line: #d0d7de; --page: #ffffff; --panel: #f6f8fa;
  --main: #0969da; --soft: #b6d4f7; --other: #bc4c00; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --faint: #9198a1; --line: #3d444d; --page: #0d1117;
  --panel: #151b23; --main: #4493f8; --soft: #1f4a86; --other: #f0883e; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 3rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } .faint, figcaption { color: var(--faint); font-size: .875rem; } figcaption { margin: .25rem 0 1rem; } figure { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .3rem .6rem; text-align: left; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--faint); font-weight: 500; } .number { text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; } .big { font-size: 1.8rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; min-width: 8rem; }
svg { display: block; width: 100%; height: auto; } svg text { fill: var(--faint); font: 12px system-ui, sans-serif; }
.main { fill: var(--main); } .soft { fill: var(--soft); } .axis { stroke: var(--line); fill: none; }
.area { fill: var(--soft); } .stroke { stroke: var(--main); fill: none; stroke-width: 2; }
.stroke2 { stroke: var(--other); fill: none; stroke-width: 2; stroke-dasharray: 5 4; } .key { font-size: .875rem; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .35em; }
`

/** A whole page. @param extraStyle rules of one kind of report, after those of all */
export function page(title: string, body: readonly string[], extraStyle = ''): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}${extraStyle}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

interface Column {
  readonly title: string
  readonly number?: boolean
}

/** A table of plain texts, which are escaped here. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cell = (tag: 'td' | 'th', text: string, column: Column | undefined): string =>
    `<${tag}${column?.number === true ? ' class="number"' : ''}>${escaped(text)}</${tag}>`
  const head = `<tr>${columns.map((column) => cell('th', column.title, column)).join('')}</tr>`
  const body = rows.map((row) => `<tr>${row.map((text, index) => cell('td', text, columns[index])).join('')}</tr>`)
  return `<div class="scroll"><table><thead>${head}</thead><tbody>${body.join('\n')}</tbody></table></div>`
}

/** A figure in large type under its label. */
export function card(label: string, value: string): string {
  return `<div class="card"><div class="faint">${escaped(label)}</div><div class="big">${escaped(value)}</div></div>`
}

/** Width of a chart in units of its drawing, which is scaled to the page. */
export const CHART_WIDTH = 720

/** The key of a chart: a colour of the page, by its name there, and what it stands for. */
export function swatches(keys: readonly (readonly [string, string])[]): string {
  return keys
    .map(([name, label]) => `<span class="swatch" style="background: var(--${name})"></span>${escaped(label)} `)
    .join(' ')
}
