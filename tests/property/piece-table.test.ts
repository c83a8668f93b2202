import { describe, expect, it } from 'vitest'
import { LongPieces } from '../../src/tokenizer/long-piece-table.ts'
import { MediumPieces, ShortPieces, TokenPieces } from '../../src/tokenizer/piece-table.ts'
import { randomSource } from '../reference/fuzz-text.ts'

const SLOTS = 1 << 10

const tables = [
  { name: 'short', create: () => new ShortPieces(SLOTS), least: 2, most: 7 },
  { name: 'medium', create: () => new MediumPieces(SLOTS), least: 8, most: 15 },
  { name: 'tokens', create: () => new TokenPieces(SLOTS), least: 2, most: 12 },
  { name: 'words', create: () => new LongPieces(8, SLOTS), least: 4, most: 28 },
  { name: 'phrases', create: () => new LongPieces(16, SLOTS), least: 4, most: 60 },
  { name: 'sentences', create: () => new LongPieces(64, SLOTS), least: 125, most: 252 },
]

/** Pieces that differ in few bytes, zeros among them, so that a key compared only in part would be taken for another. */
function pieces(least: number, most: number, count: number): Uint8Array[] {
  const random = randomSource(least * 1000 + most)
  const base = Uint8Array.from({ length: most }, () => random(256))
  return Array.from({ length: count }, () => {
    const piece = base.slice(0, least + random(most - least + 1))
    for (let changes = random(3); changes >= 0; changes--) piece[random(piece.length)] = random(4)
    return piece
  })
}

describe.each(tables)('the table of $name', ({ create, least, most }) => {
  it.each([
    { load: 'while it has room', distinct: SLOTS / 4, kept: 0.95 },
    { load: 'while pieces push one another out', distinct: 8 * SLOTS, kept: 0 },
  ])('never takes a piece for another, $load', ({ distinct, kept }) => {
    const table = create()
    const buffer = new Uint8Array(most + 64)
    const view = new DataView(buffer.buffer)
    const values = new Map<string, number>()
    const all = pieces(least, most, distinct)
    let found = 0
    for (const round of [0, 1]) {
      for (const [i, piece] of all.entries()) {
        // What follows a piece in the text is no part of it.
        const start = i % 5
        buffer.fill(round === 0 ? 0 : 0x61)
        buffer.set(piece, start)
        const key = piece.join()
        const value = table.find(view, start, piece.length)
        if (value > 0) {
          expect(value, key).toBe(values.get(key))
          found += round
          continue
        }
        const given = values.get(key) ?? 1 + (values.size % table.maxValue)
        values.set(key, given)
        table.insert(view, start, piece.length, given)
        expect(table.find(view, start, piece.length), key).toBe(given)
        if (i === distinct >> 1) table.growFully()
      }
    }
    expect(values.size).toBeGreaterThan(distinct / 8)
    expect(found / all.length).toBeGreaterThanOrEqual(kept)
  })
})
