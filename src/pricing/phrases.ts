/**
 * Phrases of a packed seller. Text that comes again stands once, before everything else, and two characters stand for it
 * afterwards: V8 reads every character of the table at each import, and a third of them would be repetitions.
 */

/** Stands before the sign of a phrase, and nowhere else. */
export const PHRASE_MARK = '!'
/** Stands between phrases, and nowhere else. */
export const PHRASE_END = '|'
/** One sign for each phrase, in the order of the phrases. */
export const PHRASE_SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%&()*+,-./:;<=>?@[]^_{}~'

/** Sign → phrase. */
export type Phrases = ReadonlyMap<string, string>

/** The text with each phrase in its place. */
export function writtenOut(text: string, phrases: Phrases): string {
  const [start = '', ...rest] = text.split(PHRASE_MARK)
  let written = start
  for (const part of rest) written += phrases.get(part.charAt(0)) + part.slice(1)
  return written
}

/** The phrases at the beginning of a packed seller. A phrase may have earlier ones in it. */
export function phrasesOf(list: string): Phrases {
  const phrases = new Map<string, string>()
  if (list === '') return phrases
  for (const [index, phrase] of list.split(PHRASE_END).entries())
    phrases.set(PHRASE_SIGNS.charAt(index), writtenOut(phrase, phrases))
  return phrases
}
