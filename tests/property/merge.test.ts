import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import p50k from '../../src/encodings/p50k_base.ts'
import { slowMerge } from '../reference/slow-bpe.ts'

/** Published ranks: lines of `! <first rank> <base64 token> …`. */
async function publishedRanks(name: string): Promise<Map<string, number>> {
  const { default: source } = (await import(`js-tiktoken/ranks/${name}`)) as { default: { bpe_ranks: string } }
  const ranks = new Map<string, number>()
  for (const line of source.bpe_ranks.split('\n').filter(Boolean)) {
    const [, first, ...tokens] = line.split(' ')
    tokens.forEach((token, index) => {
      ranks.set(Buffer.from(token, 'base64').toString('latin1'), Number(first) + index)
    })
  }
  return ranks
}

/** Texts that every splitting rule leaves in one piece: letters of one case, or of one script without case. */
const onePiece = fc.oneof(
  ...[
    'abcdefghijklmnopqrstuvwxyz',
    'aeiou',
    'etaoin',
    'абвгдежзиклмнопрст',
    '一人大小中日本語漢字',
    'ㅏ가나다라마바사',
  ].map((letters) => fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 120 })),
)

describe.each([o200k, cl100k, p50k])('the merge of $name', async (encoding) => {
  const ranks = await publishedRanks(encoding.name)

  it('gives the tokens of the definition', () => {
    fc.assert(
      fc.property(onePiece, (text) => {
        const expected = slowMerge(new TextEncoder().encode(text), ranks)
        expect(encoding.encode(text)).toEqual(expected)
        expect(encoding.count(text)).toBe(expected.length)
      }),
      { numRuns: 400 },
    )
  })
})
