/** The program that every runtime runs: counts the vectors, and estimates one call. Bundled into one file, vectors included. */
import { createEstimator } from 'tokenfare'
import cl100k from 'tokenfare/encodings/cl100k_base'
import gpt2 from 'tokenfare/encodings/gpt2'
import o200k from 'tokenfare/encodings/o200k_base'
import harmony from 'tokenfare/encodings/o200k_harmony'
import p50k from 'tokenfare/encodings/p50k_base'
import p50kEdit from 'tokenfare/encodings/p50k_edit'
import r50k from 'tokenfare/encodings/r50k_base'
import vectors from './vectors.json' with { type: 'json' }

export interface Report {
  /** Number of counts that were compared. */
  readonly compared: number
  readonly wrong: readonly string[]
  /** An estimate at a fixed instant, as JSON. */
  readonly estimate: string
}

const encodings = [o200k, harmony, cl100k, p50k, p50kEdit, r50k, gpt2]

export function check(): Report {
  const wrong: string[] = []
  let compared = 0
  for (const encoding of encodings) {
    const expected = (vectors.tokens as Record<string, number[]>)[encoding.name]
    vectors.texts.forEach((text, index) => {
      compared += 1
      const tokens = encoding.count(text)
      const pieces = encoding.encode(text).length
      if (tokens !== expected[index] || pieces !== tokens)
        wrong.push(`${encoding.name} ${index}: ${tokens} and ${pieces}, not ${expected[index]}`)
    })
  }
  const estimator = createEstimator({ encodings, clock: () => Date.UTC(2026, 10, 22) })
  const request = { model: 'gpt-5-mini', prompt: vectors.texts.join('\n') }
  return { compared, wrong, estimate: JSON.stringify(estimator.estimateCost(request)) }
}
