/**
 * Byte-pair merging as its definition reads: join the leftmost pair of lowest rank until none can be joined. Quadratic and
 * obvious; tokens are strings of one character a byte.
 */
export function slowMerge(bytes: Uint8Array, ranks: ReadonlyMap<string, number>): number[] {
  const parts = Array.from(bytes, (byte) => String.fromCharCode(byte))
  for (;;) {
    let lowest = Number.POSITIVE_INFINITY
    let at = -1
    for (let i = 0; i + 1 < parts.length; i++) {
      const rank = ranks.get((parts[i] as string) + parts[i + 1])
      if (rank !== undefined && rank < lowest) {
        lowest = rank
        at = i
      }
    }
    if (at < 0) return parts.map((part) => ranks.get(part) as number)
    parts.splice(at, 2, (parts[at] as string) + parts[at + 1])
  }
}
