import { createOutputModel } from '../../src/index.ts'
import { randomOf, workloads } from './workloads.ts'

export const FIRST = 30

/** Percent of the replies after the first 30 that stay within the bound that was stated before they came. */
export function coverageOf(name: string, seed: number, replies: number): number {
  const random = randomOf(seed)
  const model = createOutputModel()
  const key = { application: 'app', template: name }
  let within = 0
  for (let index = 0; index < replies; index++) {
    const tokens = workloads[name]?.(index, replies, random) as number
    if (index >= FIRST && tokens <= (model.predict(key)?.bound as number)) within++
    model.learn(key, tokens)
  }
  return (100 * within) / (replies - FIRST)
}
