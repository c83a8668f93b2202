import { isWhiteSpace } from '../text-chunks.ts'
import type { AddedToken } from './definition.ts'

/** A stretch of a text: between added tokens, or one of them. */
export type Stretch =
  | { readonly text: string; readonly start: number }
  | { readonly token: AddedToken; readonly start: number }

/**
 * Finds added tokens in text: the leftmost first, of several at one place the longest. A trie over UTF-16 units; the work per place
 * is bounded by the longest token.
 */
export class AddedTokenFinder {
  private readonly children = new Map<number, number>()
  private readonly tokenAt: ({ token: AddedToken; length: number } | undefined)[] = [undefined]
  private readonly first = new Uint8Array(0x10000)
  /** Where all tokens begin with the same character, as with `<` in most files: the engine's own search for it is the fastest. */
  private readonly onlyFirst: string | undefined
  private readonly hasOrdinary: boolean

  /** @param searched - the text that a token is found by; `undefined`: not here. */
  constructor(tokens: readonly AddedToken[], searched: (token: AddedToken) => string | undefined) {
    const firsts = new Set<string>()
    let hasOrdinary = false
    for (const token of tokens) {
      const text = searched(token) ?? ''
      if (text === '') continue
      let node = 0
      for (let i = 0; i < text.length; i++) {
        const key = node * 0x10000 + text.charCodeAt(i)
        let child = this.children.get(key)
        if (child === undefined) {
          child = this.tokenAt.push(undefined) - 1
          this.children.set(key, child)
        }
        node = child
      }
      this.tokenAt[node] = { token, length: text.length }
      this.first[text.charCodeAt(0)] = 1
      firsts.add(text.charAt(0))
      hasOrdinary ||= !token.special
    }
    this.onlyFirst = firsts.size === 1 ? [...firsts][0] : undefined
    this.hasOrdinary = hasOrdinary
  }

  /** Cuts a text at the tokens that are not special, and at the special ones that are allowed. */
  stretches(text: string, allowed: ReadonlyMap<string, number>): Stretch[] {
    if (this.children.size === 0 || (!this.hasOrdinary && allowed.size === 0))
      return text === '' ? [] : [{ text, start: 0 }]
    const wanted = (token: AddedToken) => !token.special || allowed.has(token.content)
    const found: Stretch[] = []
    let from = 0
    for (let at = 0; at < text.length; ) {
      if (this.onlyFirst !== undefined) {
        at = text.indexOf(this.onlyFirst, at)
        if (at < 0) break
      }
      const match = this.first[text.charCodeAt(at)] === 1 ? this.longestAt(text, at, wanted) : undefined
      if (match === undefined) {
        at++
        continue
      }
      const { token } = match
      let start = at
      let end = at + match.length
      if (token.lstrip) while (start > from && isWhiteSpace(text.charCodeAt(start - 1))) start--
      if (token.rstrip) while (end < text.length && isWhiteSpace(text.charCodeAt(end))) end++
      if (start > from) found.push({ text: text.slice(from, start), start: from })
      found.push({ token, start })
      from = end
      at = end
    }
    if (from < text.length) found.push({ text: from === 0 ? text : text.slice(from), start: from })
    return found
  }

  private longestAt(
    text: string,
    at: number,
    wanted: (token: AddedToken) => boolean,
  ): { token: AddedToken; length: number } | undefined {
    let longest: { token: AddedToken; length: number } | undefined
    let node: number | undefined = 0
    for (let i = at; i < text.length; i++) {
      node = this.children.get(node * 0x10000 + text.charCodeAt(i))
      if (node === undefined) break
      const match = this.tokenAt[node]
      if (match !== undefined && wanted(match.token)) longest = match
    }
    return longest
  }
}
