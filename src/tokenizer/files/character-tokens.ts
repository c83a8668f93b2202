import type { TokenList } from './bpe.ts'
import { LIMITS, refuse } from './refuse.ts'

/** How SentencePiece spells the token of a byte. */
export function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
}

/**
 * Tokens of a SentencePiece vocabulary: characters, and bytes for those that have no token.
 * @throws TokenfareError when a byte has no token, since text with it would be lost.
 */
export function characterTokens(idOf: ReadonlyMap<string, number>): TokenList {
  const byteTexts = Array.from({ length: 256 }, (_, byte) => byteToken(byte))
  const byteNumber = new Map(byteTexts.map((text, byte) => [text, byte]))
  // A byte that is a character with a token of its own needs no other; Gemma 2 leaves out that of the tab.
  const idOfByte = byteTexts.map(
    (text, byte) =>
      idOf.get(text) ??
      (byte < 0x80 ? idOf.get(String.fromCharCode(byte)) : undefined) ??
      refuse(`it has no token ${text}, and characters without a token of their own would be lost`),
  )

  const characters: number[] = []
  const others: string[] = []
  for (const text of idOf.keys()) {
    if (byteNumber.has(text)) continue
    if (text.length > LIMITS.tokenBytes) refuse(`a token has ${text.length} characters`)
    const codePoint = text.codePointAt(0)
    if (codePoint !== undefined && text.length === (codePoint > 0xffff ? 2 : 1)) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) refuse('a token is half a character')
      characters.push(codePoint)
    } else {
      others.push(text)
    }
  }
  const symbolOf = new Map(characters.map((character, i) => [character, 256 + i]))
  const texts = [...byteTexts, ...characters.map((character) => String.fromCodePoint(character)), ...others]
  const encoder = new TextEncoder()
  return {
    characters,
    texts,
    ids: texts.map((text, i) => idOfByte[i] ?? idOf.get(text)!),
    symbolsOf: (text) =>
      [...text].flatMap((character) => symbolOf.get(character.codePointAt(0)!) ?? [...encoder.encode(character)]),
    bytesOf: (text) => {
      const byte = byteNumber.get(text)
      return byte === undefined ? encoder.encode(text) : Uint8Array.of(byte)
    },
    byteOf: Uint8Array.from({ length: 256 }, (_, byte) => byte),
    spaceMark: true,
  }
}
