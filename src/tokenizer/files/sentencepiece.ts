import { quote } from '../../errors.ts'
import { FIRST_MERGE } from '../merges.ts'
import type { AddedToken, NormalizerStep, TokenizerDefinition, Vocabulary } from '../pipeline/definition.ts'
import { SPACE_MARK } from '../pipeline/word-cuts.ts'
import { vocabularyOfRanks } from './bpe.ts'
import { byteToken, characterTokens } from './character-tokens.ts'
import { fields } from './protobuf.ts'
import { LIMITS, refuse } from './refuse.ts'

/** Types of pieces (google/sentencepiece, `sentencepiece_model.proto`). */
export const PieceType = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const

/** The type of model that is byte-pair encoding, in the same file. */
const BPE_MODEL = 2

export interface Piece {
  readonly text: string
  readonly score: number
  readonly type: number
  readonly id: number
}

/** Reads a SentencePiece `.model` that is byte-pair encoding with bytes for unknown characters. */
export function readSentencePiece(file: Uint8Array): TokenizerDefinition {
  const pieces: Piece[] = []
  let normalizer: Uint8Array = new Uint8Array(0)
  let modelType = 1
  for (const { number, value } of fields(file)) {
    if (!(value instanceof Uint8Array)) continue
    if (number === 1) pieces.push(readPiece(value, pieces.length))
    else if (number === 2) modelType = readModelType(value)
    else if (number === 3) normalizer = value
    if (pieces.length > LIMITS.tokens) refuse(`it has more than ${LIMITS.tokens} pieces`)
  }
  if (pieces.length === 0) refuse('it has no pieces')
  if (modelType !== BPE_MODEL) refuse('its model is not byte-pair encoding')
  return definitionOfPieces(pieces, readNormalizerSpec(normalizer))
}

/** The tokenizer of a list of pieces. */
export function definitionOfPieces(
  pieces: readonly Piece[],
  normalizers: readonly NormalizerStep[],
): TokenizerDefinition {
  checkPieces(pieces)
  return {
    normalizers,
    splits: [],
    vocabulary: readVocabulary(pieces),
    added: pieces.flatMap(addedToken),
    template: { before: [], after: [] },
  }
}

function readPiece(message: Uint8Array, id: number): Piece {
  let text = ''
  let score = 0
  let type: number = PieceType.normal
  for (const { number, value } of fields(message)) {
    if (number === 1 && value instanceof Uint8Array) text = decodeText(value, id)
    else if (number === 2 && typeof value === 'number') score = value
    else if (number === 3 && typeof value === 'number') type = value
  }
  if (Number.isNaN(score)) refuse(`piece ${id} has no number as its score`)
  return { text, score, type, id }
}

function decodeText(bytes: Uint8Array, id: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse(`piece ${id} is not UTF-8`)
  }
}

function readModelType(spec: Uint8Array): number {
  let type = 1
  for (const { number, value } of fields(spec)) if (number === 3 && typeof value === 'number') type = value
  return type
}

/** Normalization by a compiled table is not read; `identity` has none. */
function readNormalizerSpec(spec: Uint8Array): readonly NormalizerStep[] {
  let dummyPrefix = true
  let removeSpaces = true
  let marksSpaces = true
  for (const { number, value } of fields(spec)) {
    if (number === 2 && value instanceof Uint8Array && value.length > 0)
      refuse('it normalizes text by a compiled table')
    if (number === 3) dummyPrefix = value !== 0
    if (number === 4) removeSpaces = value !== 0
    if (number === 5) marksSpaces = value !== 0
  }
  if (!marksSpaces) refuse('it does not write spaces as ▁')
  const steps: NormalizerStep[] = []
  if (removeSpaces) steps.push({ type: 'collapse-spaces' })
  if (dummyPrefix) steps.push({ type: 'prepend', text: ' ', unlessThere: false, firstOnly: true })
  return [...steps, { type: 'replace', from: ' ', to: SPACE_MARK }]
}

function checkPieces(pieces: readonly Piece[]): void {
  const idOf = new Map<string, number>()
  for (const { text, type, id } of pieces) {
    if (text === '') refuse(`piece ${id} is empty`)
    if (idOf.has(text)) refuse(`pieces ${idOf.get(text)} and ${id} are both ${quote(text)}`)
    idOf.set(text, id)
    if (type < PieceType.normal || type > PieceType.byte) refuse(`piece ${id} has the type ${type}`)
    if (type === PieceType.unused) refuse(`piece ${id} is unused, which is not supported`)
    if (type === PieceType.byte && !/^<0x[0-9A-F]{2}>$/.test(text)) refuse(`piece ${id} is no byte: ${quote(text)}`)
  }
}

function readVocabulary(pieces: readonly Piece[]): Vocabulary {
  const isByte = new Set(Array.from({ length: 256 }, (_, byte) => byteToken(byte)))
  const single = ({ text }: Piece) => [...text].length === 1
  const normal = pieces.filter(({ type }) => type === PieceType.normal)
  const merged = normal.filter((piece) => !single(piece)).sort((a, b) => b.score - a.score || a.id - b.id)
  const tied = lowestTies(merged)
  const ordered = [
    ...pieces.filter(({ type, text }) => type === PieceType.byte && isByte.has(text)),
    ...normal.filter(single),
    ...merged,
  ]
  const tokens = characterTokens(new Map(ordered.map(({ text, id }) => [text, id])))
  const firstMerged = FIRST_MERGE + tokens.characters.length
  const vocabulary = vocabularyOfRanks(tokens, firstMerged + merged.length - tied.length)
  if (tied.length === 0) return vocabulary
  const firstTied = vocabulary.merges.size + vocabulary.extra.length - tied.length
  return {
    ...vocabulary,
    runs: {
      codePoint: tied[0].text.codePointAt(0)!,
      lengths: new Map(tied.map(({ text }, i) => [[...text].length, firstTied + i])),
    },
  }
}

/**
 * The pieces of the lowest score, if several have it. Between equal scores SentencePiece takes the leftmost place, which a merge list cannot
 * say; it is supported for runs of one character, as published models have it for ▁.
 */
function lowestTies(merged: readonly Piece[]): readonly Piece[] {
  const lowest = merged.at(-1)?.score
  const tied = merged.filter(({ score }) => score === lowest)
  const ties = tied.length > 1 ? tied : []
  const character = ties[0]?.text.codePointAt(0)
  for (const { text, id } of ties) {
    if ([...text].some((other) => other.codePointAt(0) !== character))
      refuse(`piece ${id} has the score of another piece`)
  }
  for (let i = 1; i < merged.length - ties.length; i++) {
    if (merged[i].score === merged[i - 1].score)
      refuse(`pieces ${merged[i - 1].id} and ${merged[i].id} have the same score`)
  }
  return ties
}

function addedToken({ text, type, id }: Piece): AddedToken[] {
  if (type === PieceType.normal || type === PieceType.byte) return []
  const special = type !== PieceType.userDefined
  return [{ id, content: text, special, normalizedContent: special ? undefined : text, lstrip: false, rstrip: false }]
}
