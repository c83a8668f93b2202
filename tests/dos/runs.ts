/** Runs of one class, each one piece or nearly so: the inputs on which other tokenizers are quadratic. */
export const runs: readonly string[] = [
  ...['a', ' ', '\n', '_', '^', '的', 'é', '\u0301', '0', 'aB', '👍', '!?', 'ก', '\ud800', ' a'],
]

/** CPU milliseconds of a call: neighbours on the machine do not count. */
function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}

/** The least of a few tries is the one with the fewest interruptions. */
export function leastCpuMilliseconds(tries: number, work: () => void): number {
  return Math.min(...Array.from({ length: tries }, () => cpuMilliseconds(work)))
}
