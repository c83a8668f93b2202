import { Matcher } from '../patterns/matcher.ts'
import { scanners } from '../scanners/index.ts'
import { characterLength, PADDING, type Scanner } from '../scanners/scanner.ts'
import type { SplitBehavior, SplitStep } from './definition.ts'

/** Ends of the pieces of a text, with the parts to be dropped marked. Grows as needed. */
class Pieces {
  ends = new Int32Array(256)
  dropped = new Uint8Array(256)
  length = 0

  push(end: number, dropped: boolean): void {
    if (this.length === this.ends.length) {
      const ends = new Int32Array(2 * this.length)
      ends.set(this.ends)
      this.ends = ends
      const droppedFlags = new Uint8Array(2 * this.length)
      droppedFlags.set(this.dropped)
      this.dropped = droppedFlags
    }
    this.ends[this.length] = end
    this.dropped[this.length++] = dropped ? 1 : 0
  }
}

/**
 * The splits of a tokenizer, each within the pieces of the one before. A text is split as a whole, then its pieces are read off one by
 * one with {@link next}, which has the shape of a scanner.
 */
export class Splitter {
  private readonly stages: readonly Stage[]
  private current = new Pieces()
  private following = new Pieces()
  private at = 0

  constructor(steps: readonly SplitStep[]) {
    this.stages = steps.map(createStage)
  }

  /** Splits `text[0 … end)`, takes out what the splits drop, and returns the length that is left. */
  prepare(text: Uint8Array, end: number): number {
    this.current.length = 0
    if (end > 0) this.current.push(end, false)
    for (const stage of this.stages) {
      this.following.length = 0
      let start = 0
      for (let i = 0; i < this.current.length; i++) {
        const pieceEnd = this.current.ends[i]
        if (this.current.dropped[i] === 1) this.following.push(pieceEnd, true)
        else stage(text, start, pieceEnd, this.following)
        start = pieceEnd
      }
      const emptied = this.current
      this.current = this.following
      this.following = emptied
    }
    this.at = 0
    return this.compact(text)
  }

  /** End of the next piece; called once for each. */
  readonly next: Scanner = () => this.current.ends[this.at++]

  private compact(text: Uint8Array): number {
    const { ends, dropped, length } = this.current
    let write = 0
    let start = 0
    let kept = 0
    for (let i = 0; i < length; i++) {
      const end = ends[i]
      if (dropped[i] === 0) {
        if (write < start) text.copyWithin(write, start, end)
        write += end - start
        ends[kept++] = write
      }
      start = end
    }
    if (write < start) text.fill(0, write, start)
    return write
  }
}

/** Splits `text[start … end)` and appends the pieces, none of them empty. */
type Stage = (text: Uint8Array, start: number, end: number, output: Pieces) => void

function createStage(step: SplitStep): Stage {
  return step.type === 'scanner' ? scannerStage(step.name) : patternStage(step)
}

function scannerStage(name: string): Stage {
  const next = (scanners.get(name) as () => Scanner)()
  let copy = new Uint8Array(0)
  let view = new DataView(copy.buffer)
  return (text, start, end, output) => {
    // A scanner looks past the end, where zeros have to be: so the piece is split in a copy.
    const length = end - start
    if (copy.length < length + PADDING) {
      copy = new Uint8Array(2 * length + PADDING)
      view = new DataView(copy.buffer)
    }
    copy.set(text.subarray(start, end))
    copy.fill(0, length, length + PADDING)
    for (let at = 0; at < length; ) {
      at = next(copy, at, length, view)
      output.push(start + at, false)
    }
  }
}

function patternStage({ pattern, syntax, behavior, invert }: SplitStep & { type: 'pattern' }): Stage {
  const matcher = new Matcher(pattern, syntax)
  const spans = new Pieces()
  return (text, start, end, output) => {
    spans.length = 0
    matcher.begin()
    let from = start
    let covered = start
    let lastEnd = -1
    while (from <= end && matcher.find(text, start, from, end)) {
      const { matchStart, matchEnd } = matcher
      if (matchStart === matchEnd && matchEnd === lastEnd) {
        // An empty match right after a match is none, as in the reference.
        from += from < end ? characterLength(text[from]) : 1
        continue
      }
      if (matchStart > covered) spans.push(matchStart, invert)
      spans.push(matchEnd, !invert)
      covered = from = lastEnd = matchEnd
    }
    if (covered < end) spans.push(end, invert)
    emit(spans, start, behavior, output)
  }
}

/** Turns spans, whose flag says whether they delimit, into pieces. Empty spans take part in joining, but make no pieces. */
function emit(spans: Pieces, start: number, behavior: SplitBehavior, output: Pieces): void {
  const { ends, dropped: delimits, length } = spans
  for (let i = 0, from = start; i < length; i++) {
    const end = ends[i]
    const delimiter = delimits[i] === 1
    const nextDelimits = i + 1 < length && delimits[i + 1] === 1
    const joinsNext =
      i + 1 < length &&
      ((behavior === 'contiguous' && delimiter === nextDelimits) ||
        (behavior === 'merged-with-previous' && !delimiter && nextDelimits) ||
        (behavior === 'merged-with-next' && delimiter && !nextDelimits))
    if (joinsNext) continue
    if (end > from) output.push(end, behavior === 'removed' && delimiter)
    from = end
  }
}
