import type { Merges } from '../../src/tokenizer/merges.ts'
import type { PackHeader } from '../../src/tokenizer/pack.ts'

/**
 * The merge list of a ranked vocabulary: every token of two or more bytes is the join of the two tokens that merging its
 * bytes with the lower ranks leaves. @throws when a token cannot be reached that way, since it would be lost.
 */
export function mergesOfRanks(ranks: ReadonlyMap<number, Uint8Array>): {
  merges: Merges
  bytes: PackHeader['bytes']
  idShifts: PackHeader['idShifts']
} {
  const ids = [...ranks.keys()].sort((a, b) => a - b)
  const size = ids.length
  const indexOf = new Map<string, number>()
  const left = new Int32Array(size)
  const right = new Int32Array(size)
  const byteOf = new Uint8Array(256)
  const idShifts: [number, number][] = []
  let shift = 0

  ids.forEach((id, index) => {
    if (id - index !== shift) idShifts.push([index, (shift = id - index)])
    const token = Buffer.from(ranks.get(id) as Uint8Array).toString('latin1')
    if (index < 256) {
      if (token.length !== 1) throw new Error(`token ${id} should be a single byte`)
      byteOf[index] = token.charCodeAt(0)
    } else {
      const [first, second, ...more] = mergeBelow(token, index, indexOf)
      if (second === undefined || more.length > 0) throw new Error(`token ${id} is not the join of two lower tokens`)
      left[index] = indexOf.get(first) as number
      right[index] = indexOf.get(second) as number
    }
    indexOf.set(token, index)
  })
  return { merges: { left, right, byteOf, size }, bytes: ranges(byteOf), idShifts }
}

/** Merges the bytes of a token (as latin1) with all tokens of a lower index, lowest first. */
function mergeBelow(token: string, limit: number, indexOf: ReadonlyMap<string, number>): [string, ...string[]] {
  const parts = [...token]
  for (;;) {
    let lowest = limit
    let at = -1
    for (let i = 0; i + 1 < parts.length; i++) {
      const index = indexOf.get((parts[i] as string) + parts[i + 1])
      if (index !== undefined && index < lowest) {
        lowest = index
        at = i
      }
    }
    if (at < 0) return parts as [string, ...string[]]
    parts.splice(at, 2, (parts[at] as string) + parts[at + 1])
  }
}

function ranges(bytes: Uint8Array): [number, number][] {
  const result: [number, number][] = []
  for (const byte of bytes) {
    const last = result.at(-1)
    if (last !== undefined && last[1] + 1 === byte) last[1] = byte
    else result.push([byte, byte])
  }
  return result
}
