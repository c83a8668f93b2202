import { quote } from '../../errors.ts'
import { FIRST_MERGE } from '../merges.ts'
import type { ExtraToken, Vocabulary } from '../pipeline/definition.ts'
import { MergeTable } from './merge-table.ts'
import { LIMITS, refuse } from './refuse.ts'

/** The tokens of a file in one numbering: first the 256 bytes, then characters if merging begins with those, then the others. */
export interface TokenList {
  /** Code points of the characters. */
  readonly characters: readonly number[]
  /** Text of each token, in the form the file writes it. */
  readonly texts: readonly string[]
  readonly ids: readonly number[]
  /** Numbers of the symbols that merging a text begins with; `undefined` if the text has none for some part. */
  readonly symbolsOf: (text: string) => number[] | undefined
  /** Bytes that a token stands for. */
  readonly bytesOf: (text: string) => Uint8Array
  readonly byteOf: Uint8Array
  readonly spaceMark: boolean
}

/** One merge that makes each token, in the order of ranks. */
interface Made {
  readonly left: number
  readonly right: number
  readonly result: number
}

/**
 * The vocabulary of a list of merges. Of the merges that make one token, only that one is kept which comes last when the token itself is
 * merged: no other ever happens, since what is merged within a token does not depend on what stands around it.
 *
 * @throws TokenfareError when a merge names or makes a token that is not in the list, since that token would be lost.
 */
export function vocabularyOfMerges(
  tokens: TokenList,
  merges: { readonly left: readonly string[]; readonly right: readonly string[] },
  wholePieces: boolean,
): Vocabulary {
  const count = merges.left.length
  if (count > LIMITS.merges) refuse(`it has ${count} merges, more than ${LIMITS.merges}`)
  const numberOf = new Map(tokens.texts.map((text, i) => [text, i]))
  const numberAt = (text: string, rank: number): number =>
    numberOf.get(text) ?? refuse(`merge ${rank} needs the token ${quote(text)}, which is not in the vocabulary`)

  const firstMade = FIRST_MERGE + tokens.characters.length
  const table = new MergeTable(count)
  const all: Made[] = []
  const waysToMake = new Int32Array(tokens.texts.length)
  for (let rank = 0; rank < count; rank++) {
    const left = numberAt(merges.left[rank], rank)
    const right = numberAt(merges.right[rank], rank)
    const result = numberAt(merges.left[rank] + merges.right[rank], rank)
    if (result < firstMade) refuse(`merge ${rank} makes ${quote(tokens.texts[result])}, which is a single symbol`)
    if (!table.add(left, right, rank, result)) refuse(`merge ${rank} joins two tokens that an earlier one joins`)
    waysToMake[result]++
    all.push({ left, right, result })
  }

  const lastRank = new Int32Array(tokens.texts.length).fill(-1)
  for (let token = firstMade; token < tokens.texts.length; token++) {
    if (waysToMake[token] === 0) continue
    const symbols = tokens.symbolsOf(tokens.texts[token])
    if (symbols === undefined) continue
    const rank = table.merge(symbols)
    if (symbols.length === 1) lastRank[token] = rank
  }
  const kept = all.filter(({ result }, rank) => lastRank[result] === rank)
  return vocabularyOf(tokens, possible(kept, firstMade, tokens.texts.length), wholePieces)
}

/**
 * The vocabulary of tokens with ranks, in the order of `tokens.texts`: any two tokens that make a third when joined are merged, the
 * third of lowest rank first, and a piece that is a token is taken as it is.
 */
export function vocabularyOfRanks(tokens: TokenList, runsFrom: number = tokens.texts.length): Vocabulary {
  const firstMade = FIRST_MERGE + tokens.characters.length
  const table = new MergeTable(tokens.texts.length)
  const made: Made[] = []
  for (let token = firstMade; token < runsFrom; token++) {
    const symbols = tokens.symbolsOf(tokens.texts[token])
    if (symbols === undefined) continue
    table.merge(symbols)
    if (symbols.length !== 2) continue
    const [left, right] = symbols
    table.add(left, right, token, token)
    made.push({ left, right, result: token })
  }
  return vocabularyOf(tokens, made, tokens.characters.length === 0)
}

/** Leaves out merges of which a part cannot come about. */
function possible(merges: readonly Made[], firstMade: number, size: number): readonly Made[] {
  const can = new Uint8Array(size).fill(1, 0, firstMade)
  let waiting = merges
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length
    waiting = waiting.filter(({ left, right, result }) => {
      if (can[left] === 0 || can[right] === 0) return true
      can[result] = 1
      return false
    })
  }
  return waiting.length === 0 ? merges : merges.filter(({ left, right }) => can[left] === 1 && can[right] === 1)
}

function vocabularyOf(tokens: TokenList, made: readonly Made[], wholePieces: boolean): Vocabulary {
  const { texts, ids, characters, byteOf, spaceMark } = tokens
  const firstMade = FIRST_MERGE + characters.length
  const size = firstMade + made.length
  if (texts.length > LIMITS.tokens) refuse(`it has ${texts.length} tokens, more than ${LIMITS.tokens}`)
  const indexOf = new Int32Array(texts.length).fill(-1)
  for (let token = 0; token < firstMade; token++) indexOf[token] = token
  made.forEach(({ result }, i) => {
    indexOf[result] = firstMade + i
  })
  const left = new Int32Array(size).fill(-1)
  const right = new Int32Array(size).fill(-1)
  made.forEach((merge, i) => {
    left[firstMade + i] = indexOf[merge.left]
    right[firstMade + i] = indexOf[merge.right]
  })

  const extraTokens: number[] = []
  for (let token = firstMade; token < texts.length; token++) if (indexOf[token] < 0) extraTokens.push(token)
  const extra: ExtraToken[] = extraTokens.map((token) => ({
    bytes: tokens.bytesOf(texts[token]),
    whole: wholePieces && tokens.symbolsOf(texts[token]) !== undefined,
  }))
  const idOfIndex = new Int32Array(size + extra.length)
  for (let token = 0; token < texts.length; token++) if (indexOf[token] >= 0) idOfIndex[indexOf[token]] = ids[token]
  extraTokens.forEach((token, i) => {
    idOfIndex[size + i] = ids[token]
  })
  return { characters, merges: { left, right, byteOf, size }, extra, ids: idOfIndex, runs: undefined, spaceMark }
}
