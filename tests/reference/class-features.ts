/**
 * Features of character classes, found the obvious way: a list of characters, walked as often as it takes. The fast form reads
 * bytes once.
 */
import {
  asciiClasses,
  type CharClass,
  charClasses,
  featuresPerClass,
  headChars,
  wideClass,
} from '../../src/tokenizer/heuristic-classes.ts'

const minDenseChars = 12
const maxPlainStretch = 4
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export function slowClassFeatures(text: string): number[] {
  const features = new Array<number>(charClasses.length * featuresPerClass).fill(0)
  const add = (kind: CharClass, run: string): void => {
    const at = charClasses.indexOf(kind)
    features[at * featuresPerClass]! += 1
    features[at * featuresPerClass + 1]! += run.length
    features[at * featuresPerClass + 2]! += Math.max(0, run.length - headChars[at]!)
  }
  const characters = Array.from(text.replace(loneSurrogates, '\ufffd'))
  for (let at = 0; at < characters.length; ) {
    const kind = kindOf(characters[at]!)
    const same = isWordKind(kind) ? isWordKind : (other: CharClass) => other === kind
    let end = at
    while (end < characters.length && same(kindOf(characters[end]!))) end += 1
    const joined = at > 0 && kindOf(characters[at - 1]!) !== 'whitespace'
    const run = characters.slice(at, end).join('')
    if (isWordKind(kind)) addWord(run, joined, add)
    else if (run !== ' ') add(kind, run)
    at = end
  }
  return features
}

function kindOf(character: string): CharClass {
  const code = character.codePointAt(0)!
  return charClasses[code < 128 ? asciiClasses[code]! : wideClass(code)]!
}

function isWordKind(kind: CharClass): boolean {
  return kind === 'latin' || kind === 'extendedLatin' || kind === 'digits'
}

function addWord(word: string, joined: boolean, add: (kind: CharClass, run: string) => void): void {
  const shapes = word
    .replace(/[A-Z]/g, 'A')
    .replace(/[^A0-9]/g, 'a')
    .replace(/[0-9]/g, '0')
  const stretches = shapes.match(/0+|A+a*|a+/g)!
  if (word.length >= minDenseChars && stretches.length * maxPlainStretch >= word.length) {
    add('dense', word)
    return
  }
  let at = 0
  for (const stretch of stretches.flatMap((one) => (one.startsWith('0') ? one.match(/0{1,3}/g)! : [one]))) {
    const piece = word.slice(at, at + stretch.length)
    if (stretch.startsWith('0')) add('digits', piece)
    else if (/[^A-Za-z]/.test(piece)) add('extendedLatin', piece)
    else if (/^[A-Z]{2,}$/.test(piece)) add('capitals', piece)
    else add(joined || at > 0 ? 'joinedLatin' : 'latin', piece)
    at += stretch.length
  }
}
