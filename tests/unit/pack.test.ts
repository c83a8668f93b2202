import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isTokenfareError } from '../../src/errors.ts'
import { chainsOf } from '../../src/tokenizer/merges.ts'
import { pack, unpack } from '../../src/tokenizer/pack.ts'
import { NO_MERGE, PairTable } from '../../src/tokenizer/pair-table.ts'
import { randomSource } from '../reference/fuzz-text.ts'

const packed = readFileSync(new URL('../../vocab/p50k_base.vocab.txt', import.meta.url), 'utf8')

describe('a packed vocabulary', () => {
  it('is the same after unpacking and packing', () => {
    const { header, merges } = unpack(packed.split('\n'))
    expect(pack(header, merges)).toBe(packed)
  })

  it('is chained while it is read as it is afterwards', () => {
    const { chains, ...merges } = unpack(packed.split('\n')).merges
    expect(chains).toEqual(chainsOf(merges))
  })

  it('is the beginning of the whole where fewer merges are asked for', () => {
    const { left, right, size } = unpack(packed.split('\n')).merges
    const first = unpack(packed.split('\n'), 1000).merges
    expect(first.size).toBe(256 + 1000)
    expect(first.left).toEqual(left.slice(0, first.size))
    expect(first.right).toEqual(right.slice(0, first.size))
    const table = new PairTable(first)
    const found = (token: number): number => table.find(left[token]!, right[token]!)
    expect([256, 700, first.size - 1].map(found)).toEqual([256, 700, first.size - 1])
    expect([first.size, size - 1].map(found)).toEqual([NO_MERGE, NO_MERGE])
  })

  it('is refused with any one of 1,000 characters changed', () => {
    const random = randomSource(16)
    let refused = 0
    for (let i = 0; i < 1000; i++) {
      const at = random(packed.length)
      const code = packed.charCodeAt(at) ^ (1 << random(7))
      try {
        unpack((packed.slice(0, at) + String.fromCharCode(code) + packed.slice(at + 1)).split('\n'))
      } catch (error) {
        if (isTokenfareError(error) && error.code === 'corrupt-vocabulary') refused++
      }
    }
    expect(refused).toBe(1000)
  })

  it.each(['', 'x', packed.slice(0, -1), packed.slice(0, 1000), `${packed} `])(
    'is refused when cut or extended',
    (text) => {
      expect(() => unpack(text.split('\n'))).toThrow(/packed vocabulary/)
    },
  )
})
