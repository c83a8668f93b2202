import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import o200k from '../../src/encodings/o200k_base.ts'
import { loadPack, loadTokenizer, packTokenizer } from '../../src/tokenizer.ts'

/** Ranks of all bytes and of one merge. */
const tiktoken = [...Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)), 'he']
  .map((token, rank) => `${btoa(token)} ${rank}`)
  .join('\n')

describe('a tokenizer file', () => {
  it('is split by the pattern of an encoding under its own name', () => {
    const named = loadTokenizer(tiktoken, { pattern: 'cl100k_base' })
    expect(named.count('hello world')).toBe(10)
    expect(named.encode('hello')).toEqual(loadTokenizer(tiktoken, { pattern: 'cl100k' }).encode('hello'))
  })

  it.each(['', 'cl100k_bas', 'llama3'])('is not split by a name that nobody knows: %j', (pattern) => {
    expect(() => loadTokenizer(tiktoken, { pattern })).toThrow(
      /no pattern is called ".*"; known: o200k, tekken, cl100k/,
    )
  })

  it('keeps the name that it was packed under', () => {
    const pack = packTokenizer(tiktoken, { pattern: 'cl100k', name: 'mine' })
    expect(loadPack(pack).name).toBe('mine')
    expect(loadPack(pack, { name: 'yours' }).name).toBe('yours')
  })

  it('may begin with a byte order mark', () => {
    const json = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    expect(loadTokenizer(`\uFEFF${tiktoken}`, { pattern: 'cl100k' }).count('he')).toBe(1)
    expect(loadTokenizer(new TextEncoder().encode(`\uFEFF${tiktoken}`), { pattern: 'cl100k' }).count('he')).toBe(1)
    expect(() => loadTokenizer(`\uFEFF${json}`)).not.toThrow(/is not JSON/)
  })
})

describe('special tokens of an encoding', () => {
  it('are a copy', () => {
    const tokens = o200k.specialTokens as Map<string, number>
    tokens.set('x', 1)
    expect(o200k.specialTokens.has('x')).toBe(false)
    expect(o200k.encode('x')).not.toEqual([1])
  })
})
