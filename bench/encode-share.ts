/**
 * How fast `encode` is beside `count`: both on the same texts, which neither instance has seen, in turns in one process. Every id list
 * is as long as the count, or the run ends. Medians of several fresh instances.
 *
 * Run: npm ci --prefix bench && npm run build:code && npx tsx bench/encode-share.ts [--encoding o200k_base]
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Encoding } from '../src/index.ts'
import { corpus, corpusNames } from './corpora.ts'

const { values } = parseArgs({ options: { encoding: { type: 'string', default: 'o200k_base' } } })
const INSTANCES = 5
/** Code is compiled and tables know the common words after so much text. */
const WARM_UP_BYTES = 400_000
const MEASURED_BYTES = 500_000

let copies = 0

/** A module of its own, with tables of its own. */
async function freshEncoding(): Promise<Encoding> {
  const file = join(import.meta.dirname, '../dist/encodings', `${values.encoding}.js`)
  return ((await import(`${file}?copy=${copies++}`)) as { default: Encoding }).default
}

async function share(texts: readonly string[]): Promise<number> {
  const [counting, encoding] = [await freshEncoding(), await freshEncoding()]
  let [countMs, encodeMs, bytes] = [0, 0, 0]
  for (const text of texts) {
    if (bytes > WARM_UP_BYTES + MEASURED_BYTES) break
    const start = performance.now()
    const tokens = counting.count(text)
    const between = performance.now()
    const ids = encoding.encode(text)
    const end = performance.now()
    if (ids.length !== tokens) throw new Error(`${tokens} tokens are counted and ${ids.length} encoded`)
    bytes += Buffer.byteLength(text)
    if (bytes <= WARM_UP_BYTES) continue
    countMs += between - start
    encodeMs += end - between
  }
  return countMs / encodeMs
}

for (const name of corpusNames) {
  const texts = corpus(name)
  const shares: number[] = []
  for (let instance = 0; instance < INSTANCES; instance++) shares.push(await share(texts))
  const median = shares.sort((a, b) => a - b)[INSTANCES >> 1] as number
  console.log(`${values.encoding} ${name.padEnd(14)} encode at ${median.toFixed(2)} of count`)
}
