import { Merger, type PieceMerger } from '../merge.ts'
import { FIRST_MERGE } from '../merges.ts'
import type { TextBuffer } from '../text-chunks.ts'
import type { Vocabulary } from './definition.ts'

/** Byte-level merging with tokens that are taken where a whole piece is one, since no merge makes them (`ignore_merges`). */
export class WholePieceMerger implements PieceMerger {
  private readonly merger: Merger
  private readonly tokenOfPiece: ReadonlyMap<string, number>
  private readonly longest: number

  constructor(vocabulary: Vocabulary) {
    const { merges, extra } = vocabulary
    this.merger = new Merger(merges, !partsComeFirst(vocabulary))
    this.tokenOfPiece = new Map(
      extra.flatMap(({ bytes, whole }, i) =>
        whole ? [[latin1(bytes, 0, bytes.length), merges.size + i] as const] : [],
      ),
    )
    this.longest = extra.reduce((most, { bytes, whole }) => (whole ? Math.max(most, bytes.length) : most), 0)
  }

  count(buffer: TextBuffer, start: number, end: number): number {
    return this.tokenOf(buffer.bytes, start, end) === undefined ? this.merger.count(buffer, start, end) : 1
  }

  encode(buffer: TextBuffer, start: number, end: number, output: number[]): void {
    const token = this.tokenOf(buffer.bytes, start, end)
    if (token === undefined) this.merger.encode(buffer, start, end, output)
    else output.push(token)
  }

  private tokenOf(bytes: Uint8Array, start: number, end: number): number | undefined {
    return end - start <= this.longest ? this.tokenOfPiece.get(latin1(bytes, start, end)) : undefined
  }
}

/** Whether both parts of every merge come before it. A few vocabularies list merges out of order. */
export function partsComeFirst({ merges: { left, right, size } }: Vocabulary): boolean {
  for (let token = FIRST_MERGE; token < size; token++) if (left[token] >= token || right[token] >= token) return false
  return true
}

/** Bytes as a string of as many units, to look them up. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i])
  return text
}
