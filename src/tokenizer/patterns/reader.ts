import { unsupportedPattern } from './errors.ts'
import { property } from './properties.ts'
import { type CodePointSet, complement, intersection, union } from './sets.ts'
import type { PatternSyntax } from './syntax.ts'

/** Longest pattern in UTF-16 units; the longest in published models has about 400, apart from lists of characters. */
const MAX_LENGTH = 20_000

/** A cursor over a pattern, with the one option that is in force. */
export class Reader {
  readonly pattern: string
  readonly syntax: PatternSyntax
  ignoreCase = false
  private at = 0

  constructor(pattern: string, syntax: PatternSyntax) {
    this.pattern = pattern
    this.syntax = syntax
    if (pattern.length > MAX_LENGTH) this.refuse(`it has ${pattern.length} characters, more than ${MAX_LENGTH}`)
  }

  get done(): boolean {
    return this.at >= this.pattern.length
  }

  sees(text: string): boolean {
    return this.pattern.startsWith(text, this.at)
  }

  take(text: string): boolean {
    if (!this.sees(text)) return false
    this.at += text.length
    return true
  }

  /** The next code point. */
  next(): number {
    const codePoint = this.pattern.codePointAt(this.at)
    if (codePoint === undefined) return this.refuse('it ends too early')
    this.at += codePoint > 0xffff ? 2 : 1
    return codePoint
  }

  /** Takes what a sticky expression matches here. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at
    const found = expression.exec(this.pattern)
    if (found === null) return undefined
    this.at = expression.lastIndex
    return found
  }

  /** A character of the pattern as a set, in both cases where case is ignored. */
  literal(codePoint: number): CodePointSet {
    return this.folded([codePoint, codePoint])
  }

  /**
   * A set as it is matched here. Ignoring case is supported for ASCII letters, of which s and k have a third form (ſ and the Kelvin sign);
   * @throws TokenfareError where another letter with case is listed.
   */
  folded(set: CodePointSet): CodePointSet {
    if (!this.ignoreCase) return set
    const cased = union(property('Lu')!, property('Ll')!, property('Lt')!)
    const casedHere = intersection(set, cased)
    if (casedHere.length === 0 || covers(set, cased)) return set
    if (casedHere.some((codePoint) => codePoint > 0x7f)) this.refuse('case is ignored for letters other than a to z')
    const upper = intersection(set, [0x41, 0x5a]).map((codePoint) => codePoint + 0x20)
    const lower = intersection(set, [0x61, 0x7a]).map((codePoint) => codePoint - 0x20)
    const letters = union(set, upper, lower)
    const longS: CodePointSet = intersection(letters, [0x73, 0x73]).length > 0 ? [0x17f, 0x17f] : []
    const kelvin: CodePointSet = intersection(letters, [0x6b, 0x6b]).length > 0 ? [0x212a, 0x212a] : []
    return union(letters, longS, kelvin)
  }

  /** The lower-case ASCII letter that a set stands for where case is ignored. */
  foldedLetter(set: CodePointSet): string | undefined {
    const [letter, more] = intersection(set, [0x61, 0x7a])
    const upper =
      letter !== undefined && letter === more && intersection(set, [letter - 0x20, letter - 0x20]).length > 0
    return upper ? String.fromCharCode(letter) : undefined
  }

  refuse(reason: string): never {
    throw unsupportedPattern(this.pattern, reason)
  }
}

function covers(set: CodePointSet, part: CodePointSet): boolean {
  return intersection(complement(set), part).length === 0
}
