import { MergeQueue } from './merge-queue.ts'
import { NO_MERGE, type PairTable } from './pair-table.ts'

/** Long pieces are merged in windows of this many bytes, so that the working set stays in the processor's cache. */
const WINDOW = 2048

/** How many places are tried for a cut between two windows before windows are given up. */
const CUT_ATTEMPTS = 8

/** What is merged: the bytes of a text, or symbols that something else has found in it. */
type Symbols = Uint8Array | Int32Array

/**
 * Merges pieces of any length in time n log(window) and memory of a few windows.
 *
 * Two merged texts side by side are the merge of the joined text exactly if the last token of the one and the first token of the
 * other, merged as one text, stay these two tokens: byte-pair merging of a text leaves a list of tokens of which every
 * neighbouring pair has that property, and there is only one such list. So a long piece is merged a window at a time,
 * each window beginning at a token of the one before, well away from its edge, once their join has passed that test.
 */
export class LongPieceMerger {
  private readonly pairs: PairTable
  /** Token index of each byte or symbol. */
  private readonly tokenOf: Int32Array
  private readonly windowBytes: number
  private current: Window = new Window()
  private following: Window = new Window()
  private readonly join: Window = new Window()
  private readonly queue: MergeQueue

  constructor(pairs: PairTable, tokenOf: Int32Array, windowBytes: number = WINDOW) {
    this.pairs = pairs
    this.tokenOf = tokenOf
    this.windowBytes = windowBytes
    this.queue = new MergeQueue(pairs.size)
  }

  /** Merges `text[start … end)`; returns the number of tokens and appends them to `output`, if given. */
  merge(text: Symbols, start: number, end: number, output?: number[]): number {
    const outputBefore = output?.length ?? 0
    let tokens = 0
    let from = start
    let to = Math.min(end, from + this.windowBytes)
    this.mergeWindow(this.current, text, from, to)
    while (to < end) {
      const certain = this.cut(text, from, to, end)
      if (certain === 0) {
        // Not seen outside of tests with tiny windows: start again with the whole piece as one window.
        if (output !== undefined) output.length = outputBefore
        this.mergeWindow(this.current, text, start, end)
        return emit(this.current, this.current.length, output)
      }
      tokens += emit(this.current, certain, output)
      from = this.current.ends[certain - 1]
      to = Math.min(end, from + this.windowBytes)
      const emptied = this.current
      this.current = this.following
      this.following = emptied
    }
    return tokens + emit(this.current, this.current.length, output)
  }

  /**
   * The number of tokens of the current window that the rest of the text cannot change, with the following window merged from
   * there on; 0 where no cut was found.
   */
  private cut(text: Symbols, from: number, to: number, end: number): number {
    const { current, following, join } = this
    const latest = to - ((to - from) >>> 3)
    let count = current.length
    while (count > 0 && current.ends[count - 1] > latest) count--
    for (let attempt = 0; attempt < CUT_ATTEMPTS && count > 0; attempt++, count--) {
      const cut = current.ends[count - 1]
      this.mergeWindow(following, text, cut, Math.min(end, cut + this.windowBytes))
      const before = count > 1 ? current.ends[count - 2] : from
      this.mergeWindow(join, text, before, following.ends[0])
      if (join.length === 2 && join.ends[0] === cut) return count
    }
    return 0
  }

  /** Byte-pair merging with a queue of candidate merges and links between neighbours: n log n. */
  private mergeWindow(window: Window, text: Symbols, start: number, end: number): void {
    const { pairs, tokenOf, queue } = this
    const length = end - start
    window.reserve(length)
    // A merge removes one token and adds at most two candidates.
    queue.reserve(3 * length)
    const { tokens, next, previous, ends } = window
    for (let i = 0; i < length; i++) {
      tokens[i] = tokenOf[text[start + i]]
      next[i] = i + 1
      previous[i] = i - 1
    }
    for (let i = 0; i + 1 < length; i++) {
      const rank = pairs.find(tokens[i], tokens[i + 1])
      if (rank !== NO_MERGE) queue.add(rank, i)
    }
    while (queue.next()) {
      const { rank, position: at } = queue
      const right = next[at]
      // A candidate is stale when one of its tokens has been merged away since.
      if (tokens[at] < 0 || right >= length || pairs.find(tokens[at], tokens[right]) !== rank) continue
      tokens[at] = rank
      tokens[right] = MERGED_AWAY
      const after = next[right]
      next[at] = after
      if (after < length) {
        previous[after] = at
        const rankAfter = pairs.find(rank, tokens[after])
        if (rankAfter !== NO_MERGE) queue.add(rankAfter, at)
      }
      const before = previous[at]
      if (before >= 0) {
        const rankBefore = pairs.find(tokens[before], rank)
        if (rankBefore !== NO_MERGE) queue.add(rankBefore, before)
      }
    }
    let count = 0
    for (let i = 0; i < length; i = next[i]) {
      tokens[count] = tokens[i]
      ends[count++] = start + next[i]
    }
    window.length = count
  }
}

function emit(window: Window, count: number, output: number[] | undefined): number {
  if (output !== undefined) for (let i = 0; i < count; i++) output.push(window.tokens[i])
  return count
}

const MERGED_AWAY = -1

/** The working arrays of one merge. After it, `length` tokens with the ends of their bytes. */
class Window {
  tokens = new Int32Array(0)
  ends = new Int32Array(0)
  next = new Int32Array(0)
  previous = new Int32Array(0)
  length = 0

  reserve(length: number): void {
    if (length <= this.tokens.length) return
    const capacity = Math.max(length, 64)
    this.tokens = new Int32Array(capacity)
    this.ends = new Int32Array(capacity)
    this.next = new Int32Array(capacity)
    this.previous = new Int32Array(capacity)
  }
}
