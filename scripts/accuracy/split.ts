/** Random parts of the recordings, the same for the same seed. */
import type { Recording } from './recordings.ts'

/** Parts of about the same size; calls of one session or of one parametrised test stay together, as they are nearly the same. */
export function groupedParts(recordings: readonly Recording[], parts: number, seed: number): Recording[][] {
  const groups = new Map<string, Recording[]>()
  for (const recording of recordings) {
    const name = groupOf(recording)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [recording])
    else group.push(recording)
  }
  const result = Array.from({ length: parts }, (): Recording[] => [])
  for (const group of shuffled([...groups.values()], seed)) smallest(result).push(...group)
  return result
}

/** Parts of about the same size, call by call. */
export function randomParts(recordings: readonly Recording[], parts: number, seed: number): Recording[][] {
  const order = shuffled(recordings, seed)
  return Array.from({ length: parts }, (_, part) => order.filter((_, at) => at % parts === part))
}

/** File of the test and its name, without parameters and the number of the call: `test_tools/test_choice[auto].yaml#1` → `test_tools/test_choice`. */
export function groupOf({ source }: Recording): string {
  return source.replace(/(\[[^/]*)?\.yaml(#\d+)?$/, '')
}

function smallest(parts: Recording[][]): Recording[] {
  return parts.reduce((least, part) => (part.length < least.length ? part : least))
}

/** Fisher and Yates, with a small generator (mulberry32) for repeatable draws. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items]
  let state = seed >>> 0
  function draw(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1))
    const moved = result[last]!
    result[last] = result[other]!
    result[other] = moved
  }
  return result
}
