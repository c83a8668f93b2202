/**
 * Writes docs/performance.md and its plot from the figures that the benchmarks left in bench/results/.
 *
 * Run: npm run bench:report, which measures everything first; about 20 minutes on two quiet cores.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'

const results = resolve(import.meta.dirname, 'results')
const docs = resolve(import.meta.dirname, '../docs')
const OURS = 'tokenfare'
const ORACLE = 'tiktoken-wasm'

interface SpeedRow {
  readonly corpus: string
  readonly name: string
  readonly firstMBps: number
  readonly repeatedMBps: number
  readonly firstRatio: number
  readonly repeatedRatio: number
  readonly differs: boolean
}

interface ColdRow {
  readonly name: string
  readonly cpuMs: number
  readonly wallMs: number
  readonly rssMiB: number
  readonly cpuRatio: number
}

function read<Row>(name: string): Row[] | undefined {
  const file = join(results, `${name}.json`)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Row[]) : undefined
}

function unique(rows: readonly SpeedRow[], key: 'corpus' | 'name'): string[] {
  return [...new Set(rows.map((row) => row[key]))]
}

function table(header: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '--:'))), ...body.map(line)].join('\n')
}

/** Speeds of all implementations, one column each; `≠` where the token totals differ from the oracle's. */
function speedTable(rows: readonly SpeedRow[], figure: 'firstMBps' | 'repeatedMBps'): string {
  const names = unique(rows, 'name')
  const body = unique(rows, 'corpus').map((corpus) => [
    corpus,
    ...names.map((name) => {
      const row = rows.find((candidate) => candidate.corpus === corpus && candidate.name === name)
      return row === undefined ? '' : `${row[figure].toFixed(row[figure] < 10 ? 1 : 0)}${row.differs ? ' ≠' : ''}`
    }),
  ])
  return table(['MB/s', ...names], body)
}

/** How many times as fast as the oracle and as the fastest other implementation in JavaScript. */
function ratioTable(rows: readonly SpeedRow[]): string {
  const scripts = ['gpt-tokenizer', 'ai-tokenizer', 'js-tiktoken', 'hf-tokenizers']
  const body = unique(rows, 'corpus').flatMap((corpus) => {
    const of = (name: string) => rows.find((row) => row.corpus === corpus && row.name === name)
    const ours = of(OURS)
    if (ours === undefined) return []
    const peers = scripts.map(of).filter((row) => row !== undefined)
    const times = (figure: 'firstMBps' | 'repeatedMBps') =>
      (ours[figure] / Math.max(...peers.map((row) => row[figure]))).toFixed(1)
    return [
      [corpus, ours.firstRatio.toFixed(1), ours.repeatedRatio.toFixed(1), times('firstMBps'), times('repeatedMBps')],
    ]
  })
  return table(['times as fast as', `${ORACLE}, first`, 'repeated', 'fastest JavaScript peer, first', 'repeated'], body)
}

/** Bars of the first pass, ours and each peer's, per corpus. Colours that read on light and dark ground. */
function plot(rows: readonly SpeedRow[]): string {
  const names = unique(rows, 'name')
  const corpora = unique(rows, 'corpus')
  const colours = ['#2f81f7', '#8b949e', '#d29922', '#3fb950', '#a371f7', '#f85149', '#db6d28']
  const barHeight = 7
  const groupHeight = names.length * barHeight + 12
  const left = 110
  const width = 640
  const most = Math.max(...rows.map((row) => row.firstMBps))
  const bars = corpora.map((corpus, group) => {
    const top = 40 + group * groupHeight
    const label = `<text x="${left - 8}" y="${top + (names.length * barHeight) / 2 + 4}" text-anchor="end">${corpus}</text>`
    const each = names.map((name, i) => {
      const row = rows.find((candidate) => candidate.corpus === corpus && candidate.name === name)
      const length = ((row?.firstMBps ?? 0) / most) * (width - left - 60)
      const value =
        name === OURS
          ? `<text x="${left + length + 5}" y="${top + i * barHeight + 7}">${row?.firstMBps.toFixed(0)}</text>`
          : ''
      return `<rect x="${left}" y="${top + i * barHeight}" width="${length.toFixed(1)}" height="${barHeight - 1}" fill="${colours[i % colours.length]}"/>${value}`
    })
    return label + each.join('')
  })
  const legend = names.map(
    (name, i) =>
      `<rect x="${left + (i % 4) * 130}" y="${i < 4 ? 4 : 20}" width="10" height="10" fill="${colours[i % colours.length]}"/><text x="${left + 14 + (i % 4) * 130}" y="${i < 4 ? 13 : 29}">${name}</text>`,
  )
  const height = 44 + corpora.length * groupHeight
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11" role="img" aria-label="Counting speed of text not seen before, MB/s">
<style>text{fill:#57606a}@media(prefers-color-scheme:dark){text{fill:#adbac7}}</style>
${legend.join('')}
${bars.join('\n')}
</svg>
`
}

const sections: string[] = []
for (const encoding of ['o200k_base', 'cl100k_base']) {
  for (const mode of ['count', 'encode']) {
    const rows = read<SpeedRow>(`${mode}-${encoding}`)
    if (rows === undefined) continue
    if (encoding === 'o200k_base' && mode === 'count') {
      writeFileSync(join(docs, 'performance.svg'), plot(rows))
      sections.push('![Counting speed of text not seen before](performance.svg)')
    }
    const what = mode === 'count' ? 'Counting' : 'Encoding'
    sections.push(
      `## ${what}, ${encoding}`,
      ratioTable(rows),
      `First pass, text that the process has not seen:`,
      speedTable(rows, 'firstMBps'),
      'Repeated passes over the same text, median:',
      speedTable(rows, 'repeatedMBps'),
    )
  }
}
const cold = read<ColdRow>('cold-o200k_base')
if (cold !== undefined) {
  sections.push(
    '## First count in a fresh process, o200k_base',
    table(
      ['', 'CPU ms', 'wall ms', 'memory added, MiB', 'CPU as a share of gpt-tokenizer’s'],
      cold.map((row) => [
        row.name,
        row.cpuMs.toFixed(0),
        row.wallMs.toFixed(0),
        row.rssMiB.toFixed(0),
        row.cpuRatio.toFixed(2),
      ]),
    ),
  )
}

/** Profiles by V8's sampling profiler, 2026-11-22 to 28; the aims are 15 times tiktoken on ASCII, 12 on CJK, 8 elsewhere. */
sections.push(
  `## What keeps the slower ones slow

Shares of the time of a first pass, unless said otherwise, by profile. From run to run on a shared machine a ratio moves by a fifth.

- Chinese: three tenths go into reading the characters of unseen phrases and finding where they can be cut, a sixth into merging, a quarter into
  looking up phrases and keeping them; the rest into the scanner.
- Thai: a half into reading characters and finding the cuts, a quarter into merging; the rest into looking up and keeping the parts, and the scanner.
- Russian and Hindi: two fifths and a third into merging words not seen before; the rest into the scanner and look-ups.
- English and JSON: a sixth and a third into merging pieces not seen before; the rest into the scanner and look-ups.
- Logs and code beside the fastest peer: pieces of one to three characters of unforeseeable kinds, so that two thirds go into wrongly
  guessed branches of the scanner and the first look-up; random identifiers come to no table's help.
- Repeated passes: English, JSON and logs spend four fifths and more in the scanner and the first look-up, other scripts most of their time
  in the look-up of longer pieces and the scanner. Nothing is merged any more.
- Encoding beside counting: the list of ids is what more it writes.

Tried against the slow ones, in turns with the code as it is, and left out since nothing or too little came of it (differences below a
twentieth do not show on this machine):

- Chinese and Thai: a finer filter of the borders that a merge may cross with a part of a character; a filter before the table of merges; a
  table of how far the merges of two characters reach; runs of Chinese characters told by two bytes in the scanner.
- ASCII: finding the ends of many pieces first and looking them up afterwards, which makes repeated passes a tenth slower.
- English, JSON and Thai: looking for the lowest rank without branches, or in the same pass that closes the gap of a merge; a byte of every hash
  before the table of merges.
- English: words with a space before them told by eight bytes at once.
- First count: going through all merges once in rank order instead of making the table of merges takes a tenth at most off the first count, but
  makes the second one slow and seven short counts two fifths dearer, since the table has to be made all the same.`,
)

writeFileSync(
  join(docs, 'performance.md'),
  `# Performance

Made by \`npm run bench:report\` on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}; do not edit. The machine is shared: only ratios
within a table mean something. Every implementation runs in a process of its own, one at a time, a stretch of text each in rotating order; CPU time;
token totals are compared with tiktoken's WASM before a figure counts (\`≠\` marks a difference). Texts: \`bench/corpora.ts\`.

${sections.join('\n\n')}
`,
)
