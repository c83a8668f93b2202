import { decimalDigits, property, whiteSpace, wordCharacters } from './properties.ts'
import type { Reader } from './reader.ts'
import { type CodePointSet, complement, intersection, LAST_CODE_POINT, union } from './sets.ts'
import type { Look, PatternNode } from './syntax.ts'

/** Classes within classes; real patterns have two levels. */
const MAX_CLASS_DEPTH = 10

/** `\b`, `\B`, `\A` and `\z` at the reader, or `undefined`. */
export function parsePosition(reader: Reader): PatternNode | undefined {
  if (reader.take('\\A')) return { type: 'look', side: 'behind', set: [], atEdge: true }
  if (reader.take('\\z')) return { type: 'look', side: 'ahead', set: [], atEdge: true }
  const boundary = reader.take('\\b')
  if (!boundary && !reader.take('\\B')) return undefined
  const word = wordCharacters(reader.syntax)
  const both = (before: boolean, after: boolean): PatternNode => ({
    type: 'sequence',
    items: [side('behind', word, before), side('ahead', word, after)],
  })
  return { type: 'choice', options: [both(true, !boundary), both(false, boundary)] }
}

function side(where: 'ahead' | 'behind', word: CodePointSet, inside: boolean): Look {
  return { type: 'look', side: where, set: inside ? word : complement(word), atEdge: !inside }
}

const controlEscapes: Readonly<Record<string, number>> = { r: 13, n: 10, t: 9, f: 12, v: 11, a: 7, e: 27, '0': 0 }

/** What follows a backslash: a code point, or the set of a class escape. */
export function parseEscape(reader: Reader): number | CodePointSet {
  const hex = reader.match(/x\{([0-9a-fA-F]{1,8})\}|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,8})\}/y)
  if (hex !== undefined) return codePoint(reader, Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? (hex[4] as string), 16))
  const letter = String.fromCodePoint(reader.next())
  switch (letter) {
    case 's':
      return whiteSpace()
    case 'S':
      return complement(whiteSpace())
    case 'd':
      return decimalDigits()
    case 'D':
      return complement(decimalDigits())
    case 'w':
      return wordCharacters(reader.syntax)
    case 'W':
      return complement(wordCharacters(reader.syntax))
    case 'h':
    case 'H': {
      if (reader.syntax === 'rust') return reader.refuse(`\\${letter} has no meaning in it`)
      const hexDigits: CodePointSet = [0x30, 0x39, 0x41, 0x46, 0x61, 0x66]
      return letter === 'h' ? hexDigits : complement(hexDigits)
    }
    case 'p':
    case 'P':
      return parseProperty(reader, letter === 'P')
  }
  if (Object.hasOwn(controlEscapes, letter)) return controlEscapes[letter]
  if (/[A-Za-z0-9]/.test(letter)) return reader.refuse(`the escape \\${letter} is not supported`)
  return letter.codePointAt(0)!
}

function codePoint(reader: Reader, value: number): number {
  if (value > LAST_CODE_POINT) reader.refuse('it names a code point above 10FFFF')
  return value
}

function parseProperty(reader: Reader, negative: boolean): CodePointSet {
  const found = reader.match(/\{(\^?)([A-Za-z_=\- ]{1,60})\}|([A-Z])/y)
  if (found === undefined) return reader.refuse('a \\p is not followed by the name of a property')
  const name = found[2] ?? (found[3] as string)
  const set = property(name)
  if (set === undefined) return reader.refuse(`the property ${name} is not among the pinned ones`)
  if (reader.ignoreCase && /^(?:l[ultm]|.*case.*letter)$/i.test(name)) {
    return reader.refuse(`\\p{${name}} means another set where case is ignored`)
  }
  return negative !== (found[1] === '^') ? complement(set) : set
}

/** A bracketed class, from after its `[` to after its `]`. */
export function parseClass(reader: Reader, depth: number): CodePointSet {
  if (depth > MAX_CLASS_DEPTH) reader.refuse(`classes are nested more than ${MAX_CLASS_DEPTH} deep`)
  const negative = reader.take('^')
  if (reader.sees(']')) reader.refuse('a class is empty; write \\] for the character')
  let result: CodePointSet | undefined
  let members: CodePointSet[] = []
  while (!reader.take(']')) {
    if (reader.take('&&')) {
      const operand = union(...members)
      result = result === undefined ? operand : intersection(result, operand)
      members = []
    } else {
      members.push(parseMember(reader, depth))
    }
  }
  const last = union(...members)
  const set = result === undefined ? last : intersection(result, last)
  return negative ? complement(set) : set
}

/** A character, a range, an escape or a nested class. */
function parseMember(reader: Reader, depth: number): CodePointSet {
  if (reader.sees('[:')) return reader.refuse('classes like [:alpha:] are not supported')
  if (reader.take('[')) return parseClass(reader, depth + 1)
  const first = reader.take('\\') ? parseEscape(reader) : reader.next()
  if (typeof first !== 'number') return reader.folded(first)
  if (!reader.sees('-') || reader.sees('-]') || reader.sees('-[') || reader.sees('-&&')) return reader.literal(first)
  reader.take('-')
  const last = reader.take('\\') ? parseEscape(reader) : reader.next()
  if (typeof last !== 'number' || last < first) return reader.refuse('a range of characters has no proper end')
  return reader.folded([first, last])
}
