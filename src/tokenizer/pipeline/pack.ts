import { TokenfareError } from '../../errors.ts'
import { FIRST_MERGE, type Merges } from '../merges.ts'
import { MOST_PACKED_TOKENS, type PackHeader, type PackLines, pack, unpack } from '../pack.ts'
import { Matcher } from '../patterns/matcher.ts'
import { scanners } from '../scanners/index.ts'
import type { AddedToken, TokenizerDefinition } from './definition.ts'
import { wrongField } from './packed-shape.ts'
import { tokenTexts } from './token-texts.ts'

/** A definition in a packed vocabulary: everything but the merges. Token indexes are the same in both. */
export interface PackedPipeline {
  readonly normalizers: TokenizerDefinition['normalizers']
  readonly splits: TokenizerDefinition['splits']
  readonly template: TokenizerDefinition['template']
  /** Id, spelling, sum of {@link Flag}s, and what is searched for in the normalized text where it is not the spelling. */
  readonly added: readonly (readonly [id: number, content: string, flags: number, normalized?: string])[]
  /** Code points in base 36. */
  readonly characters: string
  /** Bytes as one unit each, and whether they match whole pieces. */
  readonly extra: readonly (readonly [bytes: string, whole: boolean])[]
  /** From a token index on, ids count up from this one: both as the difference to the entry before. */
  readonly ids: readonly (readonly [index: number, id: number])[]
  readonly runs: { readonly codePoint: number; readonly lengths: readonly (readonly [number, number])[] } | null
  readonly spaceMark: boolean
}

const Flag = { special: 1, normalized: 2, lstrip: 4, rstrip: 8 } as const

export interface PipelineHeader extends PackHeader {
  readonly pipeline?: PackedPipeline
}

/** @throws TokenfareError `unsupported-tokenizer` for a vocabulary with more tokens than a pack can hold. */
export function packDefinition(name: string, definition: TokenizerDefinition): string {
  const { normalizers, splits, template, added, vocabulary } = definition
  const { merges, characters, extra, ids, runs, spaceMark } = vocabulary
  if (merges.size > MOST_PACKED_TOKENS) {
    throw new TokenfareError(
      'unsupported-tokenizer',
      `a pack holds ${MOST_PACKED_TOKENS} tokens, the vocabulary has ${merges.size}`,
    )
  }
  const header: PipelineHeader = {
    format: 'tokenfare-vocabulary/1',
    name,
    split: '',
    merges: merges.size - FIRST_MERGE - characters.length,
    bytes: byteRanges(merges.byteOf),
    idShifts: [],
    special: {},
    pipeline: {
      normalizers,
      splits,
      template,
      added: added.map(packAdded),
      characters: characters.map((character) => character.toString(36)).join(' '),
      extra: extra.map(({ bytes, whole }) => [String.fromCharCode(...bytes), whole]),
      ids: idSteps(ids),
      runs: runs === undefined ? null : { codePoint: runs.codePoint, lengths: [...runs.lengths] },
      spaceMark,
    },
  }
  const from = characters.length
  return pack(header, {
    left: merges.left.subarray(from),
    right: merges.right.subarray(from),
    byteOf: merges.byteOf,
    size: merges.size - from,
  })
}

/** @throws TokenfareError `corrupt-vocabulary` when the pack is not intact, or is no definition. */
export function unpackDefinition(packed: PackLines): TokenizerDefinition {
  return unpackNamed(packed).definition
}

/** The definition of a pack and the name that it was packed under; {@link unpackDefinition} says what it throws. */
export function unpackNamed(packed: PackLines): { readonly name: string; readonly definition: TokenizerDefinition } {
  const { header, merges } = unpack(packed)
  return { name: header.name, definition: definitionOf(header as PipelineHeader, merges) }
}

function definitionOf({ pipeline }: PipelineHeader, merges: ReturnType<typeof unpack>['merges']): TokenizerDefinition {
  if (pipeline === undefined) throw corrupt('it is no user tokenizer')
  const wrong = wrongField(pipeline)
  if (wrong !== undefined) throw corrupt(`its field ${wrong} is not what packing writes`)
  const characters =
    pipeline.characters === '' ? [] : pipeline.characters.split(' ').map((code) => Number.parseInt(code, 36))
  const size = merges.size + characters.length
  const extra = pipeline.extra.map(([text, whole]) => ({
    bytes: Uint8Array.from(text, (unit) => unit.charCodeAt(0)),
    whole,
  }))
  return {
    normalizers: pipeline.normalizers,
    splits: pipeline.splits,
    template: pipeline.template,
    added: pipeline.added.map(unpackAdded),
    vocabulary: {
      characters,
      merges: characters.length === 0 ? merges : withGap(merges, characters.length),
      extra,
      ids: expandIds(pipeline.ids, size + extra.length),
      runs:
        pipeline.runs === null
          ? undefined
          : { codePoint: pipeline.runs.codePoint, lengths: new Map(pipeline.runs.lengths) },
      spaceMark: pipeline.spaceMark,
    },
  }
}

/**
 * Checks what a definition from an unknown pack would make go wrong later.
 * @throws TokenfareError when a pattern cannot be used, a scanner is unknown or a token is a part of itself.
 */
export function checkDefinition({ splits, vocabulary }: TokenizerDefinition): void {
  for (const step of splits) {
    if (step.type === 'pattern') new Matcher(step.pattern, step.syntax)
    else if (!scanners.has(step.name)) throw corrupt(`no splitting rule is called ${JSON.stringify(step.name)}`)
  }
  const { merges, characters } = vocabulary
  for (let token = FIRST_MERGE + characters.length; token < merges.size; token++) {
    if (merges.left[token] >= merges.size || merges.right[token] >= merges.size) throw corrupt('a merge joins no token')
  }
  tokenTexts(vocabulary)
}

function packAdded(token: AddedToken): PackedPipeline['added'][number] {
  const { id, content, special, normalizedContent, lstrip, rstrip } = token
  const flags =
    (special ? Flag.special : 0) |
    (normalizedContent === undefined ? 0 : Flag.normalized) |
    (lstrip ? Flag.lstrip : 0) |
    (rstrip ? Flag.rstrip : 0)
  return normalizedContent === undefined || normalizedContent === content
    ? [id, content, flags]
    : [id, content, flags, normalizedContent]
}

function unpackAdded([id, content, flags, normalized]: PackedPipeline['added'][number]): AddedToken {
  return {
    id,
    content,
    special: (flags & Flag.special) !== 0,
    normalizedContent: (flags & Flag.normalized) === 0 ? undefined : (normalized ?? content),
    lstrip: (flags & Flag.lstrip) !== 0,
    rstrip: (flags & Flag.rstrip) !== 0,
  }
}

/** Makes room after the bytes for characters, which have no parts. */
function withGap({ left, right, byteOf, size }: Merges, characters: number): Merges {
  function spaced(parts: Int32Array): Int32Array {
    const result = new Int32Array(size + characters).fill(-1, 0, FIRST_MERGE + characters)
    result.set(parts.subarray(FIRST_MERGE), FIRST_MERGE + characters)
    return result
  }
  return { left: spaced(left), right: spaced(right), byteOf, size: size + characters }
}

function idSteps(ids: Int32Array): [number, number][] {
  const steps: [number, number][] = []
  let lastIndex = 0
  let lastId = 0
  ids.forEach((id, index) => {
    if (index > 0 && id === ids[index - 1] + 1) return
    steps.push([index - lastIndex, id - lastId])
    lastIndex = index
    lastId = id
  })
  return steps
}

/** @throws TokenfareError for steps past the last token, which would take any time. */
function expandIds(steps: PackedPipeline['ids'], size: number): Int32Array {
  const ids = new Int32Array(size)
  let index = 0
  let id = 0
  steps.forEach(([indexStep, idStep], i) => {
    index += indexStep
    id += idStep
    if (index >= size || id < 0) throw corrupt('its ids go beyond its tokens')
    const end = i + 1 < steps.length ? index + steps[i + 1][0] : size
    for (let at = index; at < end; at++) ids[at] = id + at - index
  })
  return ids
}

function byteRanges(byteOf: Uint8Array): [number, number][] {
  const ranges: [number, number][] = []
  for (const byte of byteOf) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] + 1 === byte) last[1] = byte
    else ranges.push([byte, byte])
  }
  return ranges
}

function corrupt(reason: string): TokenfareError {
  return new TokenfareError('corrupt-vocabulary', `the packed tokenizer cannot be used: ${reason}`)
}
