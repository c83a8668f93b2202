/** How alike two names are: for suggestions in errors, never for finding anything. */

/** The ASCII letters and digits of a name, without case. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Codes of the pairs of neighbours among the letters of a name. */
export function pairsOf(name: string): ReadonlySet<number> {
  const letters = lettersOf(name)
  const pairs = new Set<number>()
  for (let i = 0; i + 1 < letters.length; i++) pairs.add(letters.charCodeAt(i) * 128 + letters.charCodeAt(i + 1))
  return pairs
}

/** The share of pairs that two names have in common, from 0 to 1 (Sørensen–Dice coefficient). */
export function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let common = 0
  for (const pair of a) if (b.has(pair)) common++
  return a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size)
}
