import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import { characterStarts, characterTokens, isCut, readCharacters } from '../../src/tokenizer/character-stretch.ts'
import { Characters } from '../../src/tokenizer/characters.ts'
import { unpack } from '../../src/tokenizer/pack.ts'
import { TextBuffer } from '../../src/tokenizer/text-chunks.ts'
import packedCl100k from '../../vocab/cl100k_base.vocab.txt'
import packedO200k from '../../vocab/o200k_base.vocab.txt'
import { scriptTexts } from '../differential/openai.ts'

/** The cuts of a text with the tokens between them, read a stretch at a time; without a cut in one, up to there. */
function cuts(characters: Characters, text: string, mostCharacters?: number): string[] {
  const buffer = new TextBuffer()
  buffer.write(text, 0, text.length)
  const found: string[] = []
  for (let from = 0; from < buffer.length; ) {
    const count = readCharacters(characters, buffer.bytes, from, buffer.length, mostCharacters)
    let first = 0
    for (let i = 0; i < count; i++) {
      if (!isCut(characters, i + 1, first)) continue
      found.push(`${characterStarts[i + 1]}: ${characterTokens.slice(first, i + 1)}`)
      first = i + 1
    }
    if (first === 0) break
    from = characterStarts[first] as number
  }
  return found
}

describe.each([
  { encoding: o200k, packed: packedO200k },
  { encoding: cl100k, packed: packedCl100k },
])('the characters of $encoding.name', ({ encoding, packed }) => {
  const characters = new Characters(unpack(packed).merges)

  it('are cut where they are when read at once, however few are read at a time', () => {
    let compared = 0
    for (const mostCharacters of [4, 5, 9]) {
      for (const text of scriptTexts(encoding, mostCharacters, 3_000, 6)) {
        const found = cuts(characters, text, mostCharacters)
        expect(found).toEqual(cuts(characters, text).slice(0, found.length))
        compared += found.length
      }
    }
    expect(compared).toBeGreaterThan(20_000)
  })
})
