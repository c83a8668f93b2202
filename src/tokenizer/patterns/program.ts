import { unsupportedPattern } from './errors.ts'
import { type CodePointSet, complement } from './sets.ts'
import type { PatternNode, Repeat } from './syntax.ts'

/** Instructions; operands are `first` and `second`. */
export const Op = {
  /** Ends a match. */
  match: 0,
  /** Takes one character of `sets[first]`. */
  set: 1,
  /** Goes on at `first`, and with lower priority at `second`. */
  split: 2,
  /** Goes on at `first`. */
  jump: 3,
  /** Needs the next character in `sets[first]`; `second` is 1 if the end of the text will do. */
  ahead: 4,
  /** Needs the character before in `sets[first]`; `second` is 1 if the beginning of the text will do. */
  behind: 5,
} as const

/** A pattern as instructions, beginning at 0. */
export interface Program {
  readonly ops: readonly number[]
  readonly first: readonly number[]
  readonly second: readonly number[]
  readonly sets: readonly CodePointSet[]
}

const MAX_INSTRUCTIONS = 20_000

/** @throws TokenfareError `unsupported-tokenizer` when repeats within repeats make it too long. */
export function buildProgram(node: PatternNode, pattern: string): Program {
  const builder = new Builder(pattern)
  builder.add(node)
  builder.emit(Op.match, 0, 0)
  return builder
}

class Builder implements Program {
  readonly ops: number[] = []
  readonly first: number[] = []
  readonly second: number[] = []
  readonly sets: CodePointSet[] = []
  private readonly pattern: string
  private readonly setIndex = new Map<CodePointSet, number>()

  constructor(pattern: string) {
    this.pattern = pattern
  }

  /** Recursion is bounded by the depth of groups that the parser allows. */
  add(node: PatternNode): void {
    switch (node.type) {
      case 'set':
        this.emit(Op.set, this.indexOf(node.set), 0)
        break
      case 'sequence':
        for (const item of node.items) this.add(item)
        break
      case 'choice':
        this.addChoice(node.options.map((option) => () => this.add(option)))
        break
      case 'look':
        this.emit(node.side === 'ahead' ? Op.ahead : Op.behind, this.indexOf(node.set), node.atEdge ? 1 : 0)
        break
      case 'repeat':
        if (node.kind === 'possessive') this.addPossessive(node)
        else this.addRepeat(node)
    }
  }

  emit(op: number, first: number, second: number): number {
    if (this.ops.length === MAX_INSTRUCTIONS) throw unsupportedPattern(this.pattern, 'its repeats make it too long')
    this.first.push(first)
    this.second.push(second)
    return this.ops.push(op) - 1
  }

  private indexOf(set: CodePointSet): number {
    let index = this.setIndex.get(set)
    if (index === undefined) {
      index = this.sets.push(set) - 1
      this.setIndex.set(set, index)
    }
    return index
  }

  private addChoice(options: readonly (() => void)[]): void {
    const jumps: number[] = []
    options.forEach((add, i) => {
      const split = i < options.length - 1 ? this.emit(Op.split, this.ops.length + 1, 0) : -1
      add()
      if (split >= 0) {
        jumps.push(this.emit(Op.jump, 0, 0))
        this.second[split] = this.ops.length
      }
    })
    for (const jump of jumps) this.first[jump] = this.ops.length
  }

  private addRepeat({ item, min, max, kind }: Repeat): void {
    for (let i = 0; i < min; i++) this.add(item)
    if (max === Number.POSITIVE_INFINITY) {
      const split = this.emit(Op.split, 0, 0)
      this.add(item)
      this.emit(Op.jump, split, 0)
      this.branch(split, split + 1, this.ops.length, kind)
      return
    }
    const splits: number[] = []
    for (let i = min; i < max; i++) {
      splits.push(this.emit(Op.split, 0, 0))
      this.add(item)
    }
    for (const split of splits) this.branch(split, split + 1, this.ops.length, kind)
  }

  private branch(split: number, into: number, past: number, kind: Repeat['kind']): void {
    this.first[split] = kind === 'lazy' ? past : into
    this.second[split] = kind === 'lazy' ? into : past
  }

  /**
   * A possessive repeat gives nothing back: it ends at its maximum or where no further character is in the set. Over a single set that
   * is a condition on the next character, so no atomic group is needed.
   */
  private addPossessive({ item, min, max }: Repeat): void {
    if (item.type !== 'set') throw unsupportedPattern(this.pattern, 'a possessive repeat of a group is not supported')
    const noMore = () => this.emit(Op.ahead, this.indexOf(complement(item.set)), 1)
    const repeat = (count: number) => {
      for (let i = 0; i < count; i++) this.add(item)
    }
    if (max === Number.POSITIVE_INFINITY) {
      this.addRepeat({ type: 'repeat', item, min, max, kind: 'greedy' })
      noMore()
      return
    }
    const counts = Array.from({ length: max - min + 1 }, (_, i) => max - i)
    this.addChoice(
      counts.map((count) => () => {
        repeat(count)
        if (count < max) noMore()
      }),
    )
  }
}
