import type { TokenizerDefinition } from '../pipeline/definition.ts'
import { vocabularyOfRanks } from './bpe.ts'
import { byteLevelTokens, plainAlphabet } from './byte-tokens.ts'
import { patternSplit } from './pattern-split.ts'
import { LIMITS, refuse } from './refuse.ts'

/** Reads a `.tiktoken` file: lines of a token in base64 and its rank. The file does not say how text is split. */
export function readTiktoken(
  text: string,
  pattern: string | undefined,
  specialTokens: Readonly<Record<string, number>> = {},
): TokenizerDefinition {
  if (pattern === undefined) refuse('a .tiktoken file says nothing about splitting; name it with the option `pattern`')
  const tokens: [rank: number, text: string][] = []
  let line = 0
  for (let at = 0; at < text.length; line++) {
    const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at)
    const entry = text.slice(at, end).replace(/\r$/, '')
    at = end + 1
    if (entry === '') continue
    const space = entry.indexOf(' ')
    const rank = Number(entry.slice(space + 1))
    if (space <= 0 || !/^\d{1,8}$/.test(entry.slice(space + 1)) || rank > LIMITS.id) {
      refuse(`line ${line + 1} is not a token in base64 and its rank`)
    }
    tokens.push([rank, decodeBase64(entry.slice(0, space), `line ${line + 1}`)])
    if (tokens.length > LIMITS.tokens) refuse(`it has more than ${LIMITS.tokens} tokens`)
  }
  return rankedDefinition(
    tokens,
    pattern,
    Object.entries(specialTokens).map(([content, id]) => ({ content, id })),
  )
}

/** A definition of byte-level tokens with ranks that are their ids. */
export function rankedDefinition(
  tokens: [id: number, text: string][],
  pattern: string,
  special: readonly { readonly content: string; readonly id: number }[],
): TokenizerDefinition {
  tokens.sort(([a], [b]) => a - b)
  const idOf = new Map<string, number>()
  let before = -1
  for (const [id, token] of tokens) {
    if (id === before) refuse(`two tokens have the rank ${id}`)
    if (token === '') refuse(`the token of rank ${id} is empty`)
    if (idOf.has(token)) refuse(`the tokens of rank ${idOf.get(token)} and ${id} are the same`)
    idOf.set(token, id)
    before = id
  }
  const ids = new Set(idOf.values())
  const spellings = new Set<string>()
  for (const { content, id } of special) {
    if (content === '' || content.length > LIMITS.addedTokenUnits)
      refuse('the spelling of a special token is too short or too long')
    if (!Number.isInteger(id) || id < 0 || id > LIMITS.id) refuse(`the id ${id} of a special token is out of range`)
    if (ids.has(id)) refuse(`two tokens have the id ${id}`)
    if (spellings.has(content)) refuse('two special tokens have one spelling')
    ids.add(id)
    spellings.add(content)
  }
  return {
    normalizers: [],
    splits: [patternSplit(pattern)],
    vocabulary: vocabularyOfRanks(byteLevelTokens(idOf, plainAlphabet())),
    added: special.map(({ content, id }) => ({
      content,
      id,
      special: true,
      normalizedContent: undefined,
      lstrip: false,
      rstrip: false,
    })),
    template: { before: [], after: [] },
  }
}

/** Base64 as a string of one unit a byte. */
export function decodeBase64(text: string, where: string): string {
  try {
    return atob(text)
  } catch {
    return refuse(`${where} has a token that is not base64`)
  }
}
