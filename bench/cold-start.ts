/**
 * The first count of a fresh process, beside the peers': import, table and a count of 100 characters, in CPU time and memory added
 * to an empty Node. Every run is a process of its own, the implementations in turns; medians.
 *
 * Run: npm run bench:cold -- [--encoding o200k_base] [--runs 9] [--json FILE]
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    encoding: { type: 'string', default: 'o200k_base' },
    runs: { type: 'string', default: '9' },
    json: { type: 'string' },
  },
})

/** One run: what it took, and what it counted, so that all are seen to do the same work. */
interface Run {
  readonly tokens: number
  readonly cpuMs: number
  readonly wallMs: number
  readonly rssMiB: number
}

/** Programs that make `count` ready, as the documentation of each has it. */
const programs: Readonly<Record<string, string>> = {
  tokenfare: `const { default: encoding } = await import('../dist/encodings/ENCODING.js'); count = (text) => encoding.count(text)`,
  'gpt-tokenizer': `const { countTokens } = await import('gpt-tokenizer/encoding/ENCODING'); count = countTokens`,
  'tiktoken-wasm': `const { get_encoding } = await import('tiktoken'); const e = get_encoding('ENCODING'); count = (text) => e.encode(text).length`,
  'ai-tokenizer': `const { Tokenizer } = await import('ai-tokenizer'); const e = new Tokenizer(await import('ai-tokenizer/encoding/ENCODING')); count = (text) => e.encode(text).length`,
  'js-tiktoken': `const { Tiktoken } = await import('js-tiktoken/lite'); const e = new Tiktoken((await import('js-tiktoken/ranks/ENCODING')).default); count = (text) => e.encode(text).length`,
}

const text = 'The quick brown fox jumps over the lazy dog; 12 sheep counted 3,456 times before they fell asleep.'

// Where a machine names certificates of its own, Node reads them all at each start: as long as all the rest of it.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env

function run(program: string): Run {
  const script = `
    const memory = process.memoryUsage().rss, cpu = process.cpuUsage(), wall = performance.now()
    let count
    ${program.replaceAll('ENCODING', values.encoding)}
    const tokens = count(${JSON.stringify(text)})
    const used = process.cpuUsage(cpu)
    console.log(JSON.stringify({
      tokens,
      cpuMs: (used.user + used.system) / 1000,
      wallMs: performance.now() - wall,
      rssMiB: (process.memoryUsage().rss - memory) / 2 ** 20,
    }))`
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      env,
    }),
  ) as Run
}

const runs = new Map<string, Run[]>(Object.keys(programs).map((name) => [name, []]))
for (let turn = 0; turn < Number(values.runs); turn++) {
  for (const [name, program] of Object.entries(programs)) runs.get(name)?.push(run(program))
}

function median(name: string, figure: (run: Run) => number): number {
  const sorted = (runs.get(name) as Run[]).map(figure).sort((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}

const counts = new Set([...runs.values()].flat().map(({ tokens }) => tokens))
if (counts.size !== 1) throw new Error(`the implementations count differently: ${[...counts].join(', ')}`)

const rows = Object.keys(programs).map((name) => ({
  name,
  cpuMs: median(name, (r) => r.cpuMs),
  wallMs: median(name, (r) => r.wallMs),
  rssMiB: median(name, (r) => r.rssMiB),
  cpuRatio: median(name, (r) => r.cpuMs) / median('gpt-tokenizer', (r) => r.cpuMs),
}))
console.log(
  `${values.encoding}, first count in a fresh process; ${cpus()[0]?.model}, Node ${process.version}; medians of ${values.runs}`,
)
console.log('implementation   CPU ms   wall ms   RSS MiB   CPU / gpt-tokenizer')
for (const { name, cpuMs, wallMs, rssMiB, cpuRatio } of rows) {
  console.log(
    `${name.padEnd(15)} ${cpuMs.toFixed(0).padStart(7)} ${wallMs.toFixed(0).padStart(9)} ${rssMiB.toFixed(0).padStart(9)} ${cpuRatio.toFixed(2).padStart(10)}`,
  )
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`)
