/** Finds the phrases that a packed seller is abbreviated with; `src/pricing/phrases.ts` is the reader. */
import { PHRASE_END, PHRASE_MARK, PHRASE_SIGNS } from '../../src/pricing/phrases.ts'

/** Words, numbers and single characters: phrases begin and end where these do, which is nearly always best and quick to search. */
const TOKEN = /[A-Za-z]+|\d+|./gs
/** Lengths that are tried, in tokens. */
const LENGTHS = [2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 29, 35, 42, 50, 64, 80, 100]
/** Between the parts while they are searched; no phrase goes across. */
const PART_END = '\n'
/** While they are searched, phrases are single characters from here on. */
const FIRST_PHRASE = 0xe000
/** How many phrases are taken from one search of the text before it is searched again. */
const TAKEN_AT_ONCE = 8

/**
 * A reference is taken to cost more than its two characters, and rare phrases are left: gzip repeats a run for as little, while
 * signs are news to it. With these figures the table is shorter by a third, and a hundredth larger in a bundle that is sent compressed.
 */
const REFERENCE_COST = 3
const LEAST_SAVED = 70

interface Candidate {
  readonly text: string
  readonly saved: number
}

function isPhrase(char: string): boolean {
  return char.charCodeAt(0) >= FIRST_PHRASE
}

/** Characters that a text takes when each phrase in it is a mark and a sign. */
function lengthOf(text: string): number {
  let length = text.length
  for (const char of text) if (isPhrase(char)) length += 1
  return length
}

/** What a phrase saves that stands `times` times in the text, less what it takes itself. */
function savedBy(text: string, times: number): number {
  return times * (lengthOf(text) - REFERENCE_COST) - lengthOf(text) - 1
}

/** Every repeated run of tokens, the most saving first. */
function candidates(text: string): Candidate[] {
  const starts = Array.from(text.matchAll(TOKEN), ({ index }) => index)
  starts.push(text.length)
  const seen = new Map<string, { times: number; end: number }>()
  for (let first = 0; first < starts.length - 1; first++) {
    const start = starts[first] as number
    const partEnd = text.indexOf(PART_END, start)
    for (const length of LENGTHS) {
      const end = starts[first + length]
      if (end === undefined || (partEnd >= 0 && end > partEnd)) break
      const run = text.slice(start, end)
      const known = seen.get(run)
      if (known === undefined) seen.set(run, { times: 1, end })
      else if (known.end <= start) {
        known.times += 1
        known.end = end
      }
    }
  }
  return [...seen]
    .filter(([, { times }]) => times > 1)
    .map(([run, { times }]) => ({ text: run, saved: savedBy(run, times) }))
    .filter(({ saved }) => saved > LEAST_SAVED)
    .sort((a, b) => b.saved - a.saved || (a.text < b.text ? -1 : 1))
}

/** The parts with phrases in them, and the list that comes before. The same parts give the same phrases. */
export function abbreviated(parts: readonly string[]): { phrases: string; parts: string[] } {
  let text = parts.join(PART_END)
  const phrases: string[] = []
  while (phrases.length < PHRASE_SIGNS.length) {
    const found = candidates(text)
    const before = phrases.length
    for (const { text: phrase, saved } of found.slice(0, 50 * TAKEN_AT_ONCE)) {
      if (phrases.length === Math.min(before + TAKEN_AT_ONCE, PHRASE_SIGNS.length)) break
      // What was taken before it may have taken some of its places.
      const places = text.split(phrase)
      if (savedBy(phrase, places.length - 1) < 0.9 * saved) continue
      text = places.join(String.fromCharCode(FIRST_PHRASE + phrases.length))
      phrases.push(phrase)
    }
    if (phrases.length === before) break
  }
  const signed = (part: string) =>
    part.replace(/[\ue000-\uf8ff]/g, (char) => PHRASE_MARK + PHRASE_SIGNS.charAt(char.charCodeAt(0) - FIRST_PHRASE))
  return { phrases: phrases.map(signed).join(PHRASE_END), parts: text.split(PART_END).map(signed) }
}
