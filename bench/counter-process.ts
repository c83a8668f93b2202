/** One implementation in a process of its own: measures the stretches of text that its parent asks for. */
import { corpus } from './corpora.ts'
import { type BenchEncoding, counters } from './counters.ts'

/** A stretch of a corpus to go through once. */
export interface Task {
  readonly corpus: string
  readonly from: number
  readonly to: number
  readonly mode: 'count' | 'encode'
}

export interface Measurement {
  readonly tokens: number
  readonly bytes: number
  /** CPU time of this process, so that neighbours on the machine do not count. */
  readonly cpuMs: number
}

const [name, encoding] = process.argv.slice(2) as [string, BenchEncoding]
const counter = await (counters[name] as (typeof counters)[string])(encoding)

function measure({ corpus: corpusName, from, to, mode }: Task): Measurement {
  const strings = corpus(corpusName).slice(from, to)
  let tokens = 0
  const before = process.cpuUsage()
  if (mode === 'count') for (const text of strings) tokens += counter.count(text)
  else for (const text of strings) tokens += counter.encode(text).length
  const used = process.cpuUsage(before)
  return {
    tokens,
    bytes: strings.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    cpuMs: (used.user + used.system) / 1000,
  }
}

process.on('message', (task: Task) => process.send?.(measure(task)))
process.send?.('ready')
