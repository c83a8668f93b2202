/**
 * Sets of code points as ascending, disjoint, inclusive ranges: `[first, last, first, last, …]`.
 */
export type CodePointSet = readonly number[]

export const LAST_CODE_POINT = 0x10ffff

export function union(...sets: readonly CodePointSet[]): CodePointSet {
  const ranges: [number, number][] = []
  for (const set of sets) for (let i = 0; i < set.length; i += 2) ranges.push([set[i], set[i + 1]])
  ranges.sort((a, b) => a[0] - b[0])
  const result: number[] = []
  for (const [first, last] of ranges) {
    const end = result.length - 1
    if (end > 0 && first <= result[end] + 1) result[end] = Math.max(result[end], last)
    else result.push(first, last)
  }
  return result
}

export function complement(set: CodePointSet): CodePointSet {
  const result: number[] = []
  let next = 0
  for (let i = 0; i < set.length; i += 2) {
    if (set[i] > next) result.push(next, set[i] - 1)
    next = set[i + 1] + 1
  }
  if (next <= LAST_CODE_POINT) result.push(next, LAST_CODE_POINT)
  return result
}

export function intersection(a: CodePointSet, b: CodePointSet): CodePointSet {
  const result: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const first = Math.max(a[i], b[j])
    const last = Math.min(a[i + 1], b[j + 1])
    if (first <= last) result.push(first, last)
    if (a[i + 1] < b[j + 1]) i += 2
    else j += 2
  }
  return result
}

export function contains(set: CodePointSet, codePoint: number): boolean {
  let low = 0
  let high = set.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    if (codePoint < set[2 * middle]) high = middle - 1
    else if (codePoint > set[2 * middle + 1]) low = middle + 1
    else return true
  }
  return false
}
