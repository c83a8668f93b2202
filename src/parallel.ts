/// <reference types="node" />
/**
 * Counting off the main thread's time: many texts over worker threads, one long text in turns with other work.
 *
 * Worker threads are Node's; `countAsync` runs everywhere.
 *
 * @packageDocumentation
 */
import { TokenfareError } from './errors.ts'
import { type CountAsyncOptions, countAsync, throwIfAborted } from './tokenizer/count-async.ts'
import type { EncodingName } from './tokenizer/types.ts'

export { type CountAsyncOptions, countAsync }

/** Texts that go to a worker at once: enough that a message costs little beside their counting. */
const BATCH_UNITS = 1 << 18

export interface CountManyOptions extends CountAsyncOptions {
  /** The vocabulary, by its name under `tokenfare/encodings/`. */
  readonly encoding: EncodingName
  /** Number of worker threads, from 1 up. Default: one less than the machine runs at once, at least 1. */
  readonly workers?: number
  /** Is told after each batch how many texts have been counted so far. */
  readonly onProgress?: (counted: number) => void
}

/** What goes to a worker, and what comes back. */
export interface CountBatch {
  readonly from: number
  readonly texts: readonly string[]
}
export interface CountedBatch {
  readonly from: number
  readonly counts: readonly number[]
}

/**
 * Counts many texts over worker threads. The counts come in the order of the texts.
 *
 * It pays when the main thread has better to do, or from some hundred MB of text on: strings have to be copied to the workers, which
 * counting is hardly slower than.
 *
 * @throws TokenfareError `aborted` when the signal ends it, `missing-encoding` for an encoding that does not ship. Whatever ends it
 * early stops all workers.
 * @throws RangeError for a number of workers below 1; TypeError for texts that are none.
 */
export async function countMany(texts: Iterable<string>, options: CountManyOptions): Promise<number[]> {
  throwIfAborted(options.signal)
  // A string is a list of its characters, too, and nobody wants their counts.
  if (typeof texts === 'string') throw new TypeError('texts: a list of strings was expected, got one string')
  const [{ Worker }, { availableParallelism }] = await Promise.all([import('node:worker_threads'), import('node:os')])
  const workerCount = options.workers ?? Math.max(1, availableParallelism() - 1)
  if (!Number.isInteger(workerCount) || workerCount < 1) {
    throw new RangeError(`workers: a whole number from 1 up was expected, got ${workerCount}`)
  }
  const counts: number[] = []
  const pending = batches(texts)
  let counted = 0
  let failed = false

  /** One worker: takes batch after batch until none is left, or another worker failed. */
  async function work(first: CountBatch): Promise<void> {
    const worker = new Worker(new URL('./parallel-worker.js', import.meta.url), { workerData: options.encoding })
    try {
      for (let batch: CountBatch | undefined = first; batch !== undefined && !failed; batch = nextOf(pending)) {
        const { from, counts: found } = await request(worker, batch, options.signal)
        if (failed) break
        for (let i = 0; i < found.length; i++) counts[from + i] = found[i] as number
        counted += found.length
        options.onProgress?.(counted)
      }
    } catch (error) {
      failed = true
      throw error
    } finally {
      await worker.terminate()
    }
  }

  try {
    const working: Promise<void>[] = []
    for (let batch = nextOf(pending); batch !== undefined; batch = nextOf(pending)) {
      working.push(work(batch))
      if (working.length === workerCount) break
    }
    await Promise.all(working)
  } finally {
    // The texts may come from something that has to be closed.
    pending.return()
  }
  return counts
}

function nextOf(pending: Generator<CountBatch, void>): CountBatch | undefined {
  const next = pending.next()
  return next.done === true ? undefined : next.value
}

/** Texts in batches with the place of their first. @throws TypeError for a text that is no string, naming its place. */
function* batches(texts: Iterable<string>): Generator<CountBatch, void> {
  let from = 0
  let batch: string[] = []
  let units = 0
  for (const text of texts) {
    if (typeof text !== 'string')
      throw new TypeError(`texts[${from + batch.length}]: a string was expected, got ${typeof text}`)
    batch.push(text)
    units += text.length
    if (units < BATCH_UNITS) continue
    yield { from, texts: batch }
    from += batch.length
    batch = []
    units = 0
  }
  if (batch.length > 0) yield { from, texts: batch }
}

function request(
  worker: import('node:worker_threads').Worker,
  batch: CountBatch,
  signal: AbortSignal | undefined,
): Promise<CountedBatch> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      settle()
      reject(new TokenfareError('aborted', 'the count was ended by its AbortSignal', { cause: signal?.reason }))
    }
    const failed = (error: Error) => {
      settle()
      reject(error)
    }
    const ended = (status: number) => {
      settle()
      reject(new Error(`a worker thread of countMany ended with status ${status} before it had counted its texts`))
    }
    const answered = (answer: CountedBatch) => {
      settle()
      resolve(answer)
    }
    function settle(): void {
      signal?.removeEventListener('abort', aborted)
      worker.off('message', answered)
      worker.off('error', failed)
      worker.off('exit', ended)
    }
    if (signal?.aborted === true) {
      aborted()
      return
    }
    signal?.addEventListener('abort', aborted)
    worker.on('message', answered)
    worker.on('error', failed)
    worker.on('exit', ended)
    worker.postMessage(batch)
  })
}
