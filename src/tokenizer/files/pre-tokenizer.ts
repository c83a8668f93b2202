import { quote } from '../../errors.ts'
import { deepseekPatterns, knownScanner } from '../patterns/known.ts'
import { Matcher } from '../patterns/matcher.ts'
import type { NormalizerStep, SplitBehavior, SplitStep } from '../pipeline/definition.ts'
import { SPACE_MARK } from '../pipeline/word-cuts.ts'
import { arrayAt, checkDepth, flagAt, type JsonObject, member, objectAt, stringAt } from './json.ts'
import { LIMITS, refuse } from './refuse.ts'

/** A pre-tokenizer as splits, with what it puts before the text and whether it turns text into bytes. */
export interface PreTokenizer {
  readonly prepends: readonly NormalizerStep[]
  readonly splits: readonly SplitStep[]
  readonly byteLevel: boolean
}

/** Reads the pre-tokenizer of a `tokenizer.json`. */
export function readPreTokenizer(value: unknown, path: string): PreTokenizer {
  const steps = flatten(value, path)
  const prepends: NormalizerStep[] = []
  const splits: SplitStep[] = []
  let byteLevel = false
  for (const { type, object, path } of steps) {
    if (byteLevel) refuse(`${path} comes after the bytes`)
    switch (type) {
      case 'Split':
        splits.push(...readSplit(object, path))
        break
      case 'Digits':
        splits.push(digits(flagAt(member(object, 'individual_digits'), `${path}.individual_digits`, false)))
        break
      case 'ByteLevel':
        byteLevel = true
        if (flagAt(member(object, 'add_prefix_space'), `${path}.add_prefix_space`, true)) {
          if (splits.length > 0) refuse(`${path} puts a space before every piece, which is not supported`)
          prepends.push({ type: 'prepend', text: ' ', unlessThere: true, firstOnly: false })
        }
        if (flagAt(member(object, 'use_regex'), `${path}.use_regex`, true))
          splits.push({ type: 'scanner', name: 'gpt2' })
        break
      case 'Metaspace':
        if (splits.length > 0) refuse(`${path} comes after a split, which is not supported`)
        prepends.push(...metaspace(object, path))
        if (flagAt(member(object, 'split'), `${path}.split`, true)) splits.push(beforeMarks())
        break
      default:
        refuse(`the pre-tokenizer ${quote(type)} is not supported`)
    }
  }
  if (splits.length > LIMITS.splits) refuse(`it has more than ${LIMITS.splits} splits`)
  return { prepends, splits: isDeepseek(splits) ? [{ type: 'scanner', name: 'deepseek' }] : splits, byteLevel }
}

function isDeepseek(splits: readonly SplitStep[]): boolean {
  return (
    splits.length === deepseekPatterns.length &&
    splits.every(
      (step, i) => step.type === 'pattern' && step.behavior === 'isolated' && step.pattern === deepseekPatterns[i],
    )
  )
}

interface Step {
  readonly type: string
  readonly object: JsonObject
  readonly path: string
}

/** The steps of sequences within sequences. */
function flatten(value: unknown, path: string): Step[] {
  if (value === undefined || value === null) return []
  checkDepth(path)
  const object = objectAt(value, path)
  const type = stringAt(member(object, 'type'), `${path}.type`)
  if (type !== 'Sequence') return [{ type, object, path }]
  return arrayAt(member(object, 'pretokenizers'), `${path}.pretokenizers`).flatMap((item, i) =>
    flatten(item, `${path}.pretokenizers[${i}]`),
  )
}

const behaviors: ReadonlyMap<string, SplitBehavior> = new Map([
  ['Isolated', 'isolated'],
  ['Removed', 'removed'],
  ['MergedWithPrevious', 'merged-with-previous'],
  ['MergedWithNext', 'merged-with-next'],
  ['Contiguous', 'contiguous'],
])

function readSplit(object: JsonObject, path: string): readonly SplitStep[] {
  const source = objectAt(member(object, 'pattern'), `${path}.pattern`)
  const regex = member(source, 'Regex')
  const literal = member(source, 'String')
  const behavior = behaviors.get(stringAt(member(object, 'behavior'), `${path}.behavior`))
  const invert = flagAt(member(object, 'invert'), `${path}.invert`, false)
  if (behavior === undefined) return refuse(`${path}.behavior is not one of ${[...behaviors.keys()].join(', ')}`)
  if (typeof literal === 'string' && literal !== '') {
    return [{ type: 'pattern', pattern: escapePattern(literal), syntax: 'oniguruma', behavior, invert }]
  }
  const pattern = stringAt(regex, `${path}.pattern.Regex`)
  const known = knownScanner(pattern)
  if (known !== undefined && coversAll(behavior, invert)) return [{ type: 'scanner', name: known }]
  checkPattern(pattern)
  return [{ type: 'pattern', pattern, syntax: 'oniguruma', behavior, invert }]
}

/** Whether a pattern that matches everywhere cuts text into its matches. */
function coversAll(behavior: SplitBehavior, invert: boolean): boolean {
  return behavior === 'isolated' || (behavior === 'removed' && invert)
}

/** Throws what the pattern would throw later. */
function checkPattern(pattern: string): void {
  new Matcher(pattern, 'oniguruma')
}

/** A text as a pattern that matches it. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}&~-]/g, '\\$&')
}

/** The `tokenizers` library asks Rust whether a character is numeric, which means any category N. */
function digits(individual: boolean): SplitStep {
  return individual
    ? { type: 'pattern', pattern: '\\p{N}', syntax: 'oniguruma', behavior: 'isolated', invert: false }
    : { type: 'pattern', pattern: '\\p{N}', syntax: 'oniguruma', behavior: 'contiguous', invert: false }
}

function metaspace(object: JsonObject, path: string): NormalizerStep[] {
  if (stringAt(member(object, 'replacement'), `${path}.replacement`) !== SPACE_MARK) {
    refuse(`${path}.replacement is not ${SPACE_MARK}`)
  }
  const oldScheme = flagAt(member(object, 'add_prefix_space'), `${path}.add_prefix_space`, true) ? 'always' : 'never'
  const scheme = stringAt(member(object, 'prepend_scheme') ?? oldScheme, `${path}.prepend_scheme`)
  if (scheme !== 'always' && scheme !== 'first' && scheme !== 'never')
    refuse(`${path}.prepend_scheme is ${quote(scheme)}`)
  const replace: NormalizerStep = { type: 'replace', from: ' ', to: SPACE_MARK }
  if (scheme === 'never') return [replace]
  return [replace, { type: 'prepend', text: SPACE_MARK, unlessThere: true, firstOnly: scheme === 'first' }]
}

/** Metaspace makes every ▁ begin a piece. */
function beforeMarks(): SplitStep {
  return { type: 'pattern', pattern: SPACE_MARK, syntax: 'oniguruma', behavior: 'merged-with-next', invert: false }
}
