import { describe, quote } from '../../errors.ts'
import type { AddedToken, NormalizerStep, SplitStep, TokenizerDefinition } from '../pipeline/definition.ts'
import { normalize } from '../pipeline/normalize.ts'
import { vocabularyOfMerges } from './bpe.ts'
import { byteAlphabet, byteLevelTokens } from './byte-tokens.ts'
import { characterTokens } from './character-tokens.ts'
import { arrayAt, flagAt, idAt, type JsonObject, member, objectAt, stringAt } from './json.ts'
import { readNormalizer } from './normalizer.ts'
import { readPreTokenizer } from './pre-tokenizer.ts'
import { LIMITS, refuse } from './refuse.ts'

/**
 * Reads a `tokenizer.json` of the `tokenizers` library: byte-pair encoding over bytes, or over characters with bytes for the rest.
 * @throws TokenfareError `unsupported-tokenizer` when it is malformed or asks for something else.
 */
export function readTokenizerJson(value: unknown): TokenizerDefinition {
  const file = objectAt(value, 'the file')
  const model = objectAt(member(file, 'model'), 'model')
  checkModel(model)
  const normalizers = readNormalizer(member(file, 'normalizer'), 'normalizer')
  const preTokenizer = readPreTokenizer(member(file, 'pre_tokenizer'), 'pre_tokenizer')
  const idOf = readVocabulary(model)
  const added = readAddedTokens(file, idOf)

  const byteFallback = flagAt(member(model, 'byte_fallback'), 'model.byte_fallback', false)
  if (!preTokenizer.byteLevel && !byteFallback) {
    refuse('its model has neither a byte-level pre-tokenizer nor byte_fallback, so that text could be lost')
  }
  if (preTokenizer.byteLevel && byteFallback) refuse('it has both a byte-level pre-tokenizer and byte_fallback')
  const tokens = preTokenizer.byteLevel ? byteLevelTokens(idOf, byteAlphabet()) : characterTokens(idOf)
  const steps = [...normalizers, ...preTokenizer.prepends]
  return {
    normalizers: steps,
    splits: preTokenizer.splits.filter((step) => !(splitsSpaces(step) && replacesSpaces(normalizers))),
    vocabulary: vocabularyOfMerges(
      tokens,
      readMerges(model),
      flagAt(member(model, 'ignore_merges'), 'ignore_merges', false),
    ),
    added: added.map(({ normalized, ...token }) => ({
      ...token,
      normalizedContent: normalized ? normalize(token.content, normalizers, 'first') : undefined,
    })),
    template: readTemplate(member(file, 'post_processor')),
  }
}

/** Gemma splits at spaces after it has replaced them all; without that split words can be cut and looked up. */
function splitsSpaces(step: SplitStep): boolean {
  return step.type === 'pattern' && step.pattern === ' '
}

function replacesSpaces(normalizers: readonly NormalizerStep[]): boolean {
  const last = normalizers.at(-1)
  return last?.type === 'replace' && last.from === ' ' && !last.to.includes(' ')
}

/** Types of models that are read by the optional peer. */
export function modelTypeOf(value: unknown): string | undefined {
  const model = typeof value === 'object' && value !== null ? member(value as JsonObject, 'model') : undefined
  if (typeof model !== 'object' || model === null) return undefined
  const type = member(model as JsonObject, 'type')
  if (typeof type === 'string') return type
  // Old files leave the type out; only byte-pair encoding has merges.
  return member(model as JsonObject, 'merges') === undefined ? undefined : 'BPE'
}

function checkModel(model: JsonObject): void {
  const type = member(model, 'type')
  if (type !== undefined && type !== 'BPE') refuse(`its model is ${describe(type)}, only BPE is read here`)
  for (const name of ['continuing_subword_prefix', 'end_of_word_suffix']) {
    const affix = member(model, name)
    if (affix !== undefined && affix !== null && affix !== '') refuse(`model.${name} is not supported`)
  }
  const dropout = member(model, 'dropout')
  if (dropout !== undefined && dropout !== null && dropout !== 0) refuse('model.dropout makes counts random')
}

function readVocabulary(model: JsonObject): ReadonlyMap<string, number> {
  const entries = Object.entries(objectAt(member(model, 'vocab'), 'model.vocab'))
  if (entries.length > LIMITS.tokens) refuse(`it has ${entries.length} tokens, more than ${LIMITS.tokens}`)
  const idOf = new Map<string, number>()
  const textOf = new Map<number, string>()
  for (const [text, value] of entries) {
    const id = idAt(value, `the id of ${quote(text)}`)
    const other = textOf.get(id)
    if (other !== undefined) refuse(`${quote(other)} and ${quote(text)} have the same id ${id}`)
    if (text === '') refuse('a token is empty')
    idOf.set(text, id)
    textOf.set(id, text)
  }
  return idOf
}

function readMerges(model: JsonObject): { left: string[]; right: string[] } {
  const left: string[] = []
  const right: string[] = []
  for (const [i, merge] of arrayAt(member(model, 'merges'), 'model.merges').entries()) {
    if (typeof merge === 'string' && merge.startsWith('#version')) continue
    const parts = typeof merge === 'string' ? merge.split(' ') : arrayAt(merge, `merge ${i}`)
    const [first, second] = parts
    if (
      parts.length !== 2 ||
      typeof first !== 'string' ||
      typeof second !== 'string' ||
      first === '' ||
      second === ''
    ) {
      return refuse(`merge ${i} should be two tokens, it is ${describe(merge)}`)
    }
    left.push(first)
    right.push(second)
  }
  return { left, right }
}

function readAddedTokens(
  file: JsonObject,
  idOf: ReadonlyMap<string, number>,
): (Omit<AddedToken, 'normalizedContent'> & { normalized: boolean })[] {
  const list = arrayAt(member(file, 'added_tokens') ?? [], 'added_tokens')
  if (list.length > LIMITS.addedTokens) refuse(`it has ${list.length} added tokens, more than ${LIMITS.addedTokens}`)
  const textOf = new Map([...idOf].map(([text, id]) => [id, text]))
  const contents = new Set<string>()
  return list.map((entry, i) => {
    const path = `added_tokens[${i}]`
    const token = objectAt(entry, path)
    const content = stringAt(member(token, 'content'), `${path}.content`)
    const id = idAt(member(token, 'id'), `${path}.id`)
    if (content === '' || content.length > LIMITS.addedTokenUnits) {
      refuse(`${path}.content should have 1 to ${LIMITS.addedTokenUnits} characters, it has ${content.length}`)
    }
    if (contents.has(content)) refuse(`${quote(content)} is added twice`)
    contents.add(content)
    const other = textOf.get(id)
    if (other !== undefined && other !== content) refuse(`${quote(other)} and ${quote(content)} have the same id ${id}`)
    if (idOf.has(content) && idOf.get(content) !== id) refuse(`${quote(content)} has two ids`)
    textOf.set(id, content)
    if (flagAt(member(token, 'single_word'), `${path}.single_word`, false)) {
      refuse(`${path} asks for single words, which is not supported`)
    }
    const special = flagAt(member(token, 'special'), `${path}.special`, false)
    return {
      id,
      content,
      special,
      normalized: flagAt(member(token, 'normalized'), `${path}.normalized`, !special),
      lstrip: flagAt(member(token, 'lstrip'), `${path}.lstrip`, false),
      rstrip: flagAt(member(token, 'rstrip'), `${path}.rstrip`, false),
    }
  })
}

/** The ids that a TemplateProcessing puts around one text; other post-processors add none or only mend offsets. */
function readTemplate(value: unknown): TokenizerDefinition['template'] {
  const before: number[] = []
  const after: number[] = []
  const waiting: unknown[] = [value]
  for (let seen = 0; waiting.length > 0; seen++) {
    if (seen > 100) refuse('its post_processor has too many parts')
    const next = waiting.shift()
    if (next === undefined || next === null) continue
    const processor = objectAt(next, 'post_processor')
    const type = stringAt(member(processor, 'type'), 'post_processor.type')
    if (type === 'Sequence') waiting.push(...shortList(member(processor, 'processors'), 'post_processor.processors'))
    else if (type === 'TemplateProcessing') readTemplateSides(processor, before, after)
    else if (type !== 'ByteLevel') refuse(`the post-processor ${quote(type)} is not supported`)
  }
  return { before, after }
}

function readTemplateSides(processor: JsonObject, before: number[], after: number[]): void {
  const tokens = objectAt(member(processor, 'special_tokens') ?? {}, 'post_processor.special_tokens')
  let side = before
  for (const [i, entry] of shortList(member(processor, 'single'), 'post_processor.single').entries()) {
    const path = `post_processor.single[${i}]`
    const piece = objectAt(entry, path)
    if (member(piece, 'Sequence') !== undefined) {
      side = after
      continue
    }
    const name = stringAt(member(objectAt(member(piece, 'SpecialToken'), path), 'id'), `${path}.id`)
    const token = objectAt(member(tokens, name), `post_processor.special_tokens ${quote(name)}`)
    side.push(
      ...shortList(member(token, 'ids'), `the ids of ${quote(name)}`).map((id) => idAt(id, `the id of ${quote(name)}`)),
    )
    if (before.length + after.length > LIMITS.templateIds) tooMany('post_processor')
  }
}

/** A list short enough to be spread out as arguments of a call. */
function shortList(value: unknown, path: string): readonly unknown[] {
  const list = arrayAt(value, path)
  return list.length > LIMITS.templateIds ? tooMany(path) : list
}

function tooMany(path: string): never {
  return refuse(`${path} has more than ${LIMITS.templateIds} entries`)
}
