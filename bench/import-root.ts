/**
 * What `import('tokenfare')` takes over an empty Node: fresh processes of both in turns, CPU and wall time of the whole process,
 * medians, and the least CPU time, which other work on the machine disturbs least. `--check MS` ends with status 1 when the CPU time over an empty Node is above it.
 *
 * Run: npm run bench:import -- [--runs 41] [--check 15]
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '41' }, check: { type: 'string' } } })

const report =
  'const { user, system } = process.cpuUsage(); console.log(JSON.stringify([(user + system) / 1000, performance.now()]))'
const programs = {
  'empty Node': report,
  "import('tokenfare')": `import('tokenfare').then(() => { ${report} })`,
  'first calcCost': `import('tokenfare').then(({ calcCost }) => { calcCost({ inputTokens: 1 }, 'gpt-5-mini'); ${report} })`,
}

/** The package as it is installed: a link in a folder of its own. */
const folder = mkdtempSync(join(tmpdir(), 'tokenfare-import-'))
mkdirSync(join(folder, 'node_modules'))
symlinkSync(resolve(import.meta.dirname, '..'), join(folder, 'node_modules', 'tokenfare'), 'dir')

const samples = new Map(Object.keys(programs).map((name) => [name, { cpuMs: [] as number[], wallMs: [] as number[] }]))
for (let run = 0; run <= Number(values.runs); run++) {
  for (const [name, program] of Object.entries(programs)) {
    const out = execFileSync(process.execPath, ['-e', program], { cwd: folder, encoding: 'utf8' })
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

const base = samples.get('empty Node') as { cpuMs: number[]; wallMs: number[] }
console.log(`${cpus()[0]?.model}, Node ${process.version}; medians of ${values.runs} processes each, in turns`)
console.log('program                  CPU ms  over empty     wall ms  over empty   least CPU  over empty')
for (const [name, { cpuMs, wallMs }] of samples) {
  const cells = [
    median(cpuMs),
    median(cpuMs) - median(base.cpuMs),
    median(wallMs),
    median(wallMs) - median(base.wallMs),
    Math.min(...cpuMs),
    Math.min(...cpuMs) - Math.min(...base.cpuMs),
  ]
  console.log(`${name.padEnd(20)} ${cells.map((cell) => cell.toFixed(1).padStart(11)).join('')}`)
}
const over = median(samples.get("import('tokenfare')")?.cpuMs ?? []) - median(base.cpuMs)
if (values.check !== undefined && over > Number(values.check)) process.exitCode = 1
