import type { TokenList } from './bpe.ts'
import { LIMITS, refuse } from './refuse.ts'

/**
 * The characters that byte-level files write for the 256 bytes (openai/gpt-2, `bytes_to_unicode`): printable Latin-1 for itself, the
 * others from U+0100 on in their order.
 */
export function byteAlphabet(): readonly string[] {
  const printable = (byte: number) => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad)
  let next = 0x100
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++))
}

/**
 * Tokens in a byte-level form, each byte one character of `alphabet`.
 * @throws TokenfareError when a byte has no token, since text with it would be lost.
 */
export function byteLevelTokens(idOf: ReadonlyMap<string, number>, alphabet: readonly string[]): TokenList {
  const byteOfCharacter = new Map(alphabet.map((character, byte) => [character, byte]))
  for (const [byte, character] of alphabet.entries()) {
    if (!idOf.has(character)) refuse(`the byte ${byte} has no token`)
  }
  const others = [...idOf.keys()].filter((text) => !byteOfCharacter.has(text))
  for (const text of others) if (text.length > LIMITS.tokenBytes) refuse(`a token has ${text.length} characters`)
  // Single bytes stand in the order of their ids, as packed vocabularies have them.
  const bytes = [...alphabet.keys()].sort((a, b) => idOf.get(alphabet[a])! - idOf.get(alphabet[b])!)
  const indexOfByte = new Int32Array(256)
  bytes.forEach((byte, index) => {
    indexOfByte[byte] = index
  })
  const texts = [...bytes.map((byte) => alphabet[byte]), ...others]

  function symbolsOf(text: string): number[] | undefined {
    const symbols: number[] = []
    for (const character of text) {
      const byte = byteOfCharacter.get(character)
      if (byte === undefined) return undefined
      symbols.push(indexOfByte[byte])
    }
    return symbols
  }

  return {
    characters: [],
    texts,
    ids: texts.map((text) => idOf.get(text)!),
    symbolsOf,
    // What is not written in the alphabet, such as the spelling of a special token, stands for itself.
    bytesOf: (text) => {
      const symbols = symbolsOf(text)
      return symbols === undefined ? new TextEncoder().encode(text) : Uint8Array.from(symbols, (index) => bytes[index])
    },
    byteOf: Uint8Array.from(bytes),
    spaceMark: false,
  }
}

/** The alphabet of files that give tokens as bytes: each byte the character of its number. */
export function plainAlphabet(): readonly string[] {
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
}
