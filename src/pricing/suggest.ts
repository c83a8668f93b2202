/** Known ids that resemble an unknown one: for error messages only, never for pricing. */
import { sellerSlug } from './sellers.ts'
import type { PriceTable } from './table.ts'

const LONGEST = 80
const HOW_MANY = 3

/** Two-letter sequences of an id without its punctuation, with their counts folded into a set of `pair#n`. */
function pairs(id: string): Set<string> {
  const letters = id.toLowerCase().replace(/[^a-z0-9]/g, '')
  const found = new Set<string>()
  for (let i = 0; i + 1 < letters.length; i++) {
    let n = 0
    while (found.has(`${letters.slice(i, i + 2)}${n}`)) n++
    found.add(`${letters.slice(i, i + 2)}${n}`)
  }
  return found
}

/** Dice coefficient of the letter pairs, 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const pair of a) if (b.has(pair)) common++
  return a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size)
}

/** At most three ids, best first, as `seller/model` unless the maker's bare id is enough. */
export function suggest(table: PriceTable, id: string, seller?: string): readonly string[] {
  const slug = seller === undefined ? undefined : sellerSlug(table, seller)
  const sellers = slug === undefined ? table.sellers.filter((name) => table.kindOf(name) !== 'marketplace') : [slug]
  const asked = id.slice(0, LONGEST)
  const wanted = pairs(asked.slice(asked.indexOf('/') + 1))
  const best: { text: string; score: number }[] = []
  for (const name of sellers) {
    for (const model of table.seller(name)?.models.keys() ?? []) {
      const score = likeness(wanted, pairs(model.slice(model.lastIndexOf('/') + 1)))
      if (score < 0.5) continue
      const text = table.kindOf(name) === 'maker' ? model : `${name}/${model}`
      best.push({ text, score })
    }
  }
  best.sort((a, b) => b.score - a.score || a.text.length - b.text.length)
  return Object.freeze([...new Set(best.map((candidate) => candidate.text))].slice(0, HOW_MANY))
}
