import { categoryCodes } from './categories.ts'
import { alphabeticSymbolRanges, categoryRuns, scriptRanges } from './properties.gen.ts'
import { type CodePointSet, complement, union } from './sets.ts'

/**
 * Character properties for patterns in tokenizer files, over pinned Unicode tables: the host's `\p{…}` follows the runtime and would
 * change counts between releases.
 */

/** White_Space, which `\s` means: with U+0085, without U+FEFF. */
export function whiteSpace(): CodePointSet {
  return union([0x09, 0x0d, 0x20, 0x20, 0x85, 0x85], category('Z')!)
}

/** `\d` */
export function decimalDigits(): CodePointSet {
  return category('Nd')!
}

/**
 * `\w`: alphabetic characters, marks, decimal digits and connector punctuation (UTS #18, Annex C). Oniguruma adds the superscript
 * digits and vulgar fractions of Latin-1.
 */
export function wordCharacters(syntax: 'oniguruma' | 'rust'): CodePointSet {
  const joinControls = [0x200c, 0x200d]
  const latin1Numbers = [0xb2, 0xb3, 0xb9, 0xb9, 0xbc, 0xbe]
  return union(
    ...['L', 'M', 'Nd', 'Nl', 'Pc'].map((name) => category(name)!),
    unpackRanges(alphabeticSymbolRanges),
    syntax === 'rust' ? joinControls : latin1Numbers,
  )
}

/**
 * The set that a property name stands for in `\p{…}`: a general category (`L`, `Lu`, `Letter`) or a script (`Han`, `Script=Han`), in any
 * case and with or without underscores; `undefined` for any other.
 */
export function property(name: string): CodePointSet | undefined {
  const [, key] = /^(?:general_category=|gc=|script=|sc=)?(.*)$/.exec(name.toLowerCase().replace(/[ -]/g, '_')) ?? []
  const plain = (key ?? '').replace(/_/g, '')
  if (plain === 'any') return complement([])
  const code = longNames.get(plain) ?? categoryNames.get(plain)
  if (code !== undefined) return category(code)
  if (plain === 'whitespace' || plain === 'space') return whiteSpace()
  const script = scriptRanges.find(([script]) => script.toLowerCase() === plain)
  return script && unpackRanges(script[1])
}

const longNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    letter: 'L',
    uppercaseletter: 'Lu',
    lowercaseletter: 'Ll',
    titlecaseletter: 'Lt',
    modifierletter: 'Lm',
    otherletter: 'Lo',
    mark: 'M',
    nonspacingmark: 'Mn',
    spacingmark: 'Mc',
    enclosingmark: 'Me',
    number: 'N',
    decimalnumber: 'Nd',
    letternumber: 'Nl',
    othernumber: 'No',
    punctuation: 'P',
    symbol: 'S',
    mathsymbol: 'Sm',
    currencysymbol: 'Sc',
    separator: 'Z',
    spaceseparator: 'Zs',
    control: 'Cc',
    format: 'Cf',
    other: 'C',
    unassigned: 'Cn',
  }),
)

const categoryNames: ReadonlyMap<string, string> = new Map(
  [...categoryCodes, 'L', 'M', 'N', 'P', 'S', 'Z', 'C'].map((code) => [code.toLowerCase(), code]),
)

let byCategory: ReadonlyMap<string, CodePointSet> | undefined

/** A category (`Lu`) or a group of them (`L`). */
function category(code: string): CodePointSet | undefined {
  byCategory ??= expandCategories()
  if (code.length === 2) return byCategory.get(code)
  return union(...[...byCategory].filter(([name]) => name.startsWith(code)).map(([, set]) => set))
}

function expandCategories(): ReadonlyMap<string, CodePointSet> {
  const ranges = new Map<string, number[]>(categoryCodes.map((code) => [code, []]))
  let next = 0
  for (const [, letter, digits] of categoryRuns.matchAll(/([A-Z[\]^_])([0-9a-z]*)/g)) {
    const charCode = (letter as string).charCodeAt(0)
    const length = digits === '' ? 1 : Number.parseInt(digits as string, 36)
    ranges.get(categoryCodes[charCode < 0x5c ? charCode - 65 : charCode - 66])!.push(next, next + length - 1)
    next += length
  }
  return ranges
}

function unpackRanges(packed: string): CodePointSet {
  const numbers = packed.split(' ').map((digits) => Number.parseInt(digits, 36))
  const ranges: number[] = []
  let next = 0
  for (let i = 0; i < numbers.length; i += 2) {
    const first = next + numbers[i]
    next = first + numbers[i + 1]
    ranges.push(first, next - 1)
  }
  return ranges
}
