/** Known ids that resemble an unknown one: for error messages only, never for pricing. */
import { lettersOf, likeness, pairsOf } from '../likeness.ts'
import { sellerSlug } from './sellers.ts'
import type { PriceTable } from './table.ts'

const LONGEST = 80
const HOW_MANY = 3
const LEAST_LIKENESS = 0.5

interface Candidate {
  readonly seller: string
  readonly text: string
  readonly pairs: ReadonlySet<number>
  readonly letters: string
}

/** Likeness of ids with the same letters in another order: two keys struck the wrong way round share few pairs in a short id. */
const SAME_LETTERS = 0.9

/** The letters and digits of an id in alphabetical order. */
function sortedLetters(id: string): string {
  return [...lettersOf(id)].sort().join('')
}

const candidates = new WeakMap<PriceTable, readonly Candidate[]>()

/** All ids outside marketplaces, as a caller would write them: `seller/model` unless the maker's bare id is enough. */
function candidatesOf(table: PriceTable): readonly Candidate[] {
  const known = candidates.get(table)
  if (known !== undefined) return known
  const list = table.sellers
    .filter((seller) => table.kindOf(seller) !== 'marketplace')
    .flatMap((seller) =>
      [...(table.seller(seller)?.models.keys() ?? [])].map((id) => ({
        seller,
        text: table.kindOf(seller) === 'maker' ? id : `${seller}/${id}`,
        pairs: pairsOf(id.slice(id.lastIndexOf('/') + 1)),
        letters: sortedLetters(id.slice(id.lastIndexOf('/') + 1)),
      })),
    )
  candidates.set(table, list)
  return list
}

/** At most three ids, best first: of the seller where it has any that are alike, otherwise of all. */
export function suggest(table: PriceTable, id: string, seller?: string): readonly string[] {
  if (seller === undefined) return alikeIn(candidatesOf(table), id)
  const slug = sellerSlug(table, seller)
  const own = alikeIn(
    candidatesOf(table).filter((candidate) => candidate.seller === slug),
    id,
  )
  return own.length > 0 ? own : alikeIn(candidatesOf(table), id)
}

function alikeIn(among: readonly Candidate[], id: string): readonly string[] {
  const asked = id.slice(0, LONGEST)
  const name = asked.slice(asked.indexOf('/') + 1)
  const wanted = pairsOf(name)
  const letters = sortedLetters(name)
  const best: { text: string; score: number }[] = []
  for (const candidate of among) {
    const alike = likeness(wanted, candidate.pairs)
    const score = letters === candidate.letters ? Math.max(alike, SAME_LETTERS) : alike
    if (score >= LEAST_LIKENESS) best.push({ text: candidate.text, score })
  }
  best.sort((a, b) => b.score - a.score || a.text.length - b.text.length)
  return Object.freeze([...new Set(best.map(({ text }) => text))].slice(0, HOW_MANY))
}
