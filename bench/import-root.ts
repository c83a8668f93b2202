/**
 * What `import('tokenfare')` takes over an empty Node: fresh processes of both in turns, CPU and wall time of the whole process,
 * medians, and the least CPU time, which other work on the machine disturbs least. The import of an empty module is the floor: no
 * package can be below it. `--check MS` ends with status 1 when the CPU time over an empty Node is above it.
 *
 * Run: npm run bench:import -- [--runs 41] [--check 15] [--node another/bin/node]
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '41' },
    check: { type: 'string' },
    node: { type: 'string', default: process.execPath },
  },
})
const version = execFileSync(values.node, ['--version'], { encoding: 'utf8' }).trim()

const report =
  'const { user, system } = process.cpuUsage(); console.log(JSON.stringify([(user + system) / 1000, performance.now()]))'
const programs = {
  'empty Node': report,
  'empty module': `import('./empty.mjs').then(() => { ${report} })`,
  "import('tokenfare')": `import('tokenfare').then(() => { ${report} })`,
  'first calcCost': `import('tokenfare').then(({ calcCost }) => { calcCost({ inputTokens: 1 }, 'gpt-5-mini'); ${report} })`,
}

/** The package as it is installed: a link in a folder of its own. */
const folder = mkdtempSync(join(tmpdir(), 'tokenfare-import-'))
mkdirSync(join(folder, 'node_modules'))
symlinkSync(resolve(import.meta.dirname, '..'), join(folder, 'node_modules', 'tokenfare'), 'dir')
writeFileSync(join(folder, 'empty.mjs'), '')

// Where a machine names certificates of its own, Node reads them all at each start: twice the time of an empty Node, and none of it ours.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env

const samples = new Map(Object.keys(programs).map((name) => [name, { cpuMs: [] as number[], wallMs: [] as number[] }]))
for (let run = 0; run <= Number(values.runs); run++) {
  for (const [name, program] of Object.entries(programs)) {
    const out = execFileSync(values.node, ['-e', program], { cwd: folder, encoding: 'utf8', env })
    const [cpuMs, wallMs] = JSON.parse(out) as [number, number]
    // The first round fills the disk cache.
    if (run === 0) continue
    samples.get(name)?.cpuMs.push(cpuMs)
    samples.get(name)?.wallMs.push(wallMs)
  }
}
rmSync(folder, { recursive: true })

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number
}

/** Milliseconds, those over the empty Node, and their share of it. */
function compared(ms: number, baseMs: number): string[] {
  return [ms.toFixed(1), (ms - baseMs).toFixed(1), ((ms - baseMs) / baseMs).toFixed(2)]
}

const base = samples.get('empty Node') as { cpuMs: number[]; wallMs: number[] }
console.log(`${cpus()[0]?.model}, Node ${version}; medians of ${values.runs} processes each, in turns`)
console.log(
  'program                  CPU ms  over empty       share     wall ms  over empty   least CPU  over empty       share',
)
for (const [name, { cpuMs, wallMs }] of samples) {
  const cells = [
    ...compared(median(cpuMs), median(base.cpuMs)),
    ...compared(median(wallMs), median(base.wallMs)).slice(0, 2),
    ...compared(Math.min(...cpuMs), Math.min(...base.cpuMs)),
  ]
  console.log(`${name.padEnd(20)} ${cells.map((cell) => cell.padStart(11)).join('')}`)
}
const over = median(samples.get("import('tokenfare')")?.cpuMs ?? []) - median(base.cpuMs)
if (values.check !== undefined && over > Number(values.check)) process.exitCode = 1
