/** The worker thread of `countMany`: counts the batches that it is sent, with the encoding that it was started for. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadEncoding } from './encodings/load.ts'
import type { CountBatch, CountedBatch } from './parallel.ts'
import type { EncodingName } from './tokenizer/types.ts'

const encoding = loadEncoding(workerData as EncodingName)

parentPort?.on('message', async ({ from, texts }: CountBatch) => {
  const loaded = await encoding
  parentPort?.postMessage({ from, counts: texts.map((text) => loaded.count(text)) } satisfies CountedBatch)
})
