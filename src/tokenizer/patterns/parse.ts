import { parseClass, parseEscape, parsePosition } from './parse-set.ts'
import { Reader } from './reader.ts'
import { type CodePointSet, complement, union } from './sets.ts'
import type { PatternNode, PatternSyntax, Repeat } from './syntax.ts'

/** Groups within groups; real patterns have three levels. */
const MAX_DEPTH = 40

/**
 * Parses a pattern of a tokenizer file.
 *
 * Understood: literals, classes with nesting and `&&`, `\p{…}`, `\s \d \w \h`, groups, `(?i:…)`, alternatives, greedy, lazy and (on a
 * single set) possessive repeats, anchors, `\b`, and looking at one character ahead or behind.
 * @throws TokenfareError `unsupported-tokenizer` for anything else, with the reason.
 */
export function parsePattern(pattern: string, syntax: PatternSyntax): PatternNode {
  const reader = new Reader(pattern, syntax)
  const node = parseChoice(reader, 0)
  if (!reader.done) reader.refuse('a parenthesis is closed that was not opened')
  return node
}

function parseChoice(reader: Reader, depth: number): PatternNode {
  if (depth > MAX_DEPTH) reader.refuse(`groups are nested more than ${MAX_DEPTH} deep`)
  const ignoreCase = reader.ignoreCase
  // An option without a body holds to the end of the group; in the middle of one, the dialects differ on how far it reaches.
  if (reader.take('(?i)')) reader.ignoreCase = true
  const options = [parseSequence(reader, depth)]
  while (reader.take('|')) options.push(parseSequence(reader, depth))
  reader.ignoreCase = ignoreCase
  return options.length === 1 ? options[0] : { type: 'choice', options }
}

function parseSequence(reader: Reader, depth: number): PatternNode {
  const items: PatternNode[] = []
  while (!reader.done && !reader.sees('|') && !reader.sees(')')) {
    let item = parseAtom(reader, depth)
    for (let repeated = parseRepeat(reader, item); repeated !== undefined; repeated = parseRepeat(reader, item)) {
      item = repeated
    }
    items.push(item)
  }
  if (reader.syntax === 'oniguruma') refuseMultiCharacterFolds(reader, items)
  return items.length === 1 ? items[0] : { type: 'sequence', items }
}

function parseAtom(reader: Reader, depth: number): PatternNode {
  if (reader.take('(')) return parseGroup(reader, depth)
  if (reader.take('[')) return { type: 'set', set: parseClass(reader, 0) }
  if (reader.take('.')) return { type: 'set', set: complement([0x0a, 0x0a]) }
  if (reader.take('^')) return lineStart(reader)
  if (reader.take('$')) return lineEnd(reader)
  const position = parsePosition(reader)
  if (position !== undefined) return position
  if (reader.take('\\')) {
    const meant = parseEscape(reader)
    return { type: 'set', set: typeof meant === 'number' ? reader.literal(meant) : meant }
  }
  if (reader.sees('*') || reader.sees('+') || reader.sees('?')) reader.refuse('a repeat has nothing to repeat')
  return { type: 'set', set: reader.literal(reader.next()) }
}

/** Oniguruma's anchors are those of lines, Rust's those of the text. */
function lineStart({ syntax }: Reader): PatternNode {
  return { type: 'look', side: 'behind', set: syntax === 'oniguruma' ? [0x0a, 0x0a] : [], atEdge: true }
}

function lineEnd({ syntax }: Reader): PatternNode {
  return { type: 'look', side: 'ahead', set: syntax === 'oniguruma' ? [0x0a, 0x0a] : [], atEdge: true }
}

function parseGroup(reader: Reader, depth: number): PatternNode {
  if (!reader.take('?')) return closed(reader, depth)
  if (reader.take(':')) return closed(reader, depth)
  if (reader.take('=')) return look(reader, depth, 'ahead', false)
  if (reader.take('!')) return look(reader, depth, 'ahead', true)
  if (reader.take('<=')) return look(reader, depth, 'behind', false)
  if (reader.take('<!')) return look(reader, depth, 'behind', true)
  if (reader.take('>')) return reader.refuse('atomic groups are not supported')
  if (reader.take('<') || reader.take('P<')) {
    while (!reader.take('>')) reader.next()
    return closed(reader, depth)
  }
  const on = reader.take('i:')
  if (!on && !reader.take('-i:')) {
    return reader.refuse('of inline options only (?i:…), (?-i:…) and (?i) at the start of a group are supported')
  }
  const before = reader.ignoreCase
  reader.ignoreCase = on
  const node = closed(reader, depth)
  reader.ignoreCase = before
  return node
}

function closed(reader: Reader, depth: number): PatternNode {
  const node = parseChoice(reader, depth + 1)
  if (!reader.take(')')) reader.refuse('a parenthesis is not closed')
  return node
}

function look(reader: Reader, depth: number, side: 'ahead' | 'behind', negative: boolean): PatternNode {
  const condition = oneCharacter(closed(reader, depth), side)
  if (condition === undefined) return reader.refuse(`looking ${side} at more than one character is not supported`)
  return negative
    ? { type: 'look', side, set: complement(condition.set), atEdge: !condition.atEdge }
    : { type: 'look', side, ...condition }
}

/** What a look-around asks of the one character that it sees, if that is all it asks. */
function oneCharacter(node: PatternNode, side: 'ahead' | 'behind'): { set: CodePointSet; atEdge: boolean } | undefined {
  if (node.type === 'set') return { set: node.set, atEdge: false }
  if (node.type === 'look') return node.side === side ? { set: node.set, atEdge: node.atEdge } : undefined
  if (node.type !== 'choice') return undefined
  const options = node.options.map((option) => oneCharacter(option, side))
  const known = options.filter((option) => option !== undefined)
  if (known.length < options.length) return undefined
  return { set: union(...known.map(({ set }) => set)), atEdge: known.some(({ atEdge }) => atEdge) }
}

/** A repeat of `item` at the reader, or `undefined` if none is there. */
function parseRepeat(reader: Reader, item: PatternNode): PatternNode | undefined {
  const bounds = parseBounds(reader)
  if (bounds === undefined) return undefined
  const { min, max, counted } = bounds
  if (max < min) reader.refuse('a repeat has its bounds in the wrong order')
  if (Math.max(min, max === Number.POSITIVE_INFINITY ? 0 : max) > MAX_COUNT) {
    reader.refuse(`a repeat counts to more than ${MAX_COUNT}`)
  }
  const possessiveAllowed = !counted || reader.syntax === 'rust'
  const kind: Repeat['kind'] = reader.take('?')
    ? 'lazy'
    : possessiveAllowed && reader.take('+')
      ? 'possessive'
      : 'greedy'
  if (kind === 'possessive' && item.type !== 'set') reader.refuse('a possessive repeat of a group is not supported')
  return { type: 'repeat', item, min, max, kind }
}

const MAX_COUNT = 1000

function parseBounds(reader: Reader): { min: number; max: number; counted: boolean } | undefined {
  if (reader.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY, counted: false }
  if (reader.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY, counted: false }
  if (reader.take('?')) return { min: 0, max: 1, counted: false }
  const counts = reader.match(/\{(\d{1,6})?(?:(,)(\d{1,6})?)?\}/y)
  if (counts === undefined) {
    // `{` that begins no repeat is a character to Oniguruma and a mistake to Rust; a reader may have meant either.
    if (reader.sees('{')) reader.refuse('a brace begins no repeat; write \\{ for the character')
    return undefined
  }
  const [, low, comma, high] = counts
  if (low === undefined && (high === undefined || reader.syntax === 'rust')) reader.refuse('a repeat has no count')
  const min = Number(low ?? 0)
  return {
    min,
    max: comma === undefined ? min : high === undefined ? Number.POSITIVE_INFINITY : Number(high),
    counted: true,
  }
}

/** Pairs of letters that Oniguruma, ignoring case, also finds in one character (`ss` in ß, `fi` in ﬁ). */
const foldedPairs: readonly string[] = ['ss', 'ff', 'fi', 'fl', 'st']

function refuseMultiCharacterFolds(reader: Reader, items: readonly PatternNode[]): void {
  const letters = items.map((item) => (item.type === 'set' ? reader.foldedLetter(item.set) : undefined) ?? ' ').join('')
  if (foldedPairs.some((pair) => letters.includes(pair))) {
    reader.refuse('ignoring case, two letters of it also match one character, which is not supported')
  }
}
