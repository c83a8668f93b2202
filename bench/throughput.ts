/**
 * Counting speed beside the peers'. Each implementation in a process of its own, one at a time, a stretch of text each in rotating
 * order; token totals are compared before a figure counts. First pass: text the process has not seen. Repeated: the median of
 * later passes over the same text.
 *
 * Run: npm run bench -- [--encoding o200k_base] [--corpora english,code] [--only tokenfare,tiktoken-wasm] [--encode] [--json FILE]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { corpus, corpusNames } from './corpora.ts'
import type { Measurement, Task } from './counter-process.ts'
import { counters } from './counters.ts'

const ORACLE = 'tiktoken-wasm'
/** Text measured per corpus, and cut into this many stretches between which the implementations take turns. */
const MEASURED_BYTES = 1_000_000
const STRETCHES = 4
const REPEATS = 3

const { values } = parseArgs({
  options: {
    encoding: { type: 'string', default: 'o200k_base' },
    corpora: { type: 'string', default: corpusNames.join() },
    only: { type: 'string', default: Object.keys(counters).join() },
    encode: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const names = values.only.split(',')
const mode = values.encode ? 'encode' : 'count'

/** Passes over one corpus by one implementation, by stretch. */
interface Passes {
  first: Measurement[]
  repeated: Measurement[][]
}

class CounterProcess {
  private readonly child: ChildProcess
  readonly ready: Promise<void>

  constructor(name: string) {
    this.child = fork(join(import.meta.dirname, 'counter-process.ts'), [name, values.encoding], {
      execArgv: ['--import', 'tsx', ...(name === 'js-tiktoken' ? ['--stack-size=4000'] : [])],
    })
    this.ready = new Promise((resolve, reject) => {
      this.child.once('message', () => resolve())
      this.child.once('exit', (code) => reject(new Error(`${name} could not be made ready: exit code ${code}`)))
    })
  }

  run(task: Task): Promise<Measurement> {
    return new Promise((resolve, reject) => {
      this.child.removeAllListeners()
      this.child.once('message', (message) => resolve(message as Measurement))
      this.child.once('exit', (code) => reject(new Error(`a measured process ended with exit code ${code}`)))
      this.child.send(task)
    })
  }

  stop(): void {
    this.child.removeAllListeners()
    this.child.kill()
  }
}

const processes = new Map(names.map((name) => [name, new CounterProcess(name)]))
for (const process of processes.values()) await process.ready

/** The part of a corpus that warms a process up, and the part that is measured. */
function share(name: string): { warmUp: number; end: number } {
  const strings = corpus(name)
  const warmUp = Math.floor(strings.length / 5)
  let bytes = 0
  let end = warmUp
  while (end < strings.length && bytes < (name === 'short_prompts' ? 16 : 1) * MEASURED_BYTES)
    bytes += Buffer.byteLength(strings[end++] as string)
  return { warmUp, end }
}

for (const process of processes.values()) {
  for (const name of corpusNames) {
    await process.run({ corpus: name, from: 0, to: Math.min(share(name).warmUp, 400), mode })
  }
}

const results = new Map<string, Map<string, Passes>>()
for (const [turn, corpusName] of values.corpora.split(',').entries()) {
  const byCounter = new Map<string, Passes>(names.map((name) => [name, { first: [], repeated: [] }]))
  const { warmUp, end } = share(corpusName)
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const from = warmUp + Math.floor(((end - warmUp) * stretch) / STRETCHES)
    const to = warmUp + Math.floor(((end - warmUp) * (stretch + 1)) / STRETCHES)
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + stretch + turn) % names.length] as string
      const process = processes.get(name) as CounterProcess
      const passes = byCounter.get(name) as Passes
      const task: Task = { corpus: corpusName, from, to, mode }
      passes.first.push(await process.run(task))
      const repeated: Measurement[] = []
      for (let repeat = 0; repeat < REPEATS; repeat++) repeated.push(await process.run(task))
      passes.repeated.push(repeated)
    }
  }
  results.set(corpusName, byCounter)
}
for (const process of processes.values()) process.stop()

function megabytesPerSecond(measurements: readonly Measurement[]): number {
  const bytes = measurements.reduce((sum, { bytes }) => sum + bytes, 0)
  return bytes / 1000 / measurements.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] as number
}

/** Per corpus and implementation: speed, ratio to the oracle, and whether all totals agree. */
const rows = [...results].flatMap(([corpusName, byCounter]) => {
  const oracle = byCounter.get(ORACLE)
  const speeds = new Map(
    [...byCounter].map(([name, { first, repeated }]) => [
      name,
      {
        first: megabytesPerSecond(first),
        repeated: median(
          Array.from({ length: REPEATS }, (_, pass) => megabytesPerSecond(repeated.map((r) => r[pass] as Measurement))),
        ),
      },
    ]),
  )
  const base = speeds.get(ORACLE)
  return [...byCounter].map(([name, { first }]) => {
    const speed = speeds.get(name) as { first: number; repeated: number }
    return {
      corpus: corpusName,
      name,
      firstMBps: speed.first,
      repeatedMBps: speed.repeated,
      firstRatio: base === undefined ? undefined : speed.first / base.first,
      repeatedRatio: base === undefined ? undefined : speed.repeated / base.repeated,
      differs: oracle !== undefined && first.some(({ tokens }, i) => tokens !== oracle.first[i]?.tokens),
    }
  })
})

console.log(
  `${values.encoding}, ${mode}; ${cpus()[0]?.model}, Node ${process.version}; MB/s of UTF-8, × = ratio to ${ORACLE}, ≠ = totals differ from it`,
)
console.log('corpus        implementation    first      ×   repeated     ×')
for (const row of rows) {
  const ratio = (value: number | undefined) => (value === undefined ? '' : value.toFixed(1)).padStart(6)
  console.log(
    `${row.corpus.padEnd(14)}${row.name.padEnd(16)}${row.firstMBps.toFixed(1).padStart(7)} ${ratio(row.firstRatio)}  ${row.repeatedMBps.toFixed(1).padStart(8)}${ratio(row.repeatedRatio)}${row.differs ? '  ≠' : ''}`,
  )
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`)
