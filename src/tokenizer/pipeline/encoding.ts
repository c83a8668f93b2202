import { stringOf, textOf, tokenLimit } from '../arguments.ts'
import { BytePairEngine } from '../engine.ts'
import { scanners } from '../scanners/index.ts'
import type { Scanner } from '../scanners/scanner.ts'
import { allowedSpecialTokens } from '../special-tokens.ts'
import { isWhiteSpace, lastCut } from '../text-chunks.ts'
import { createTokenCounter, decodeUtf8 } from '../token-counter.ts'
import type { Encoding, SpecialTokenOptions, TokenCounter } from '../types.ts'
import { AddedTokenFinder } from './added-tokens.ts'
import { endWithin, splitWithin } from './bisect.ts'
import { CharacterMerger } from './character-merger.ts'
import { Decoder } from './decoder.ts'
import type { AddedToken, TokenizerDefinition } from './definition.ts'
import { normalize } from './normalize.ts'
import { Splitter } from './splitter.ts'
import { partsComeFirst, WholePieceMerger } from './whole-pieces.ts'
import { SPACE_MARK, type WordCuts, wordCuts } from './word-cuts.ts'

/** An encoding with what a file says should stand around a text. */
export interface LoadedTokenizer extends Encoding {
  /** Ids that the file puts before and after a text, such as a beginning-of-text token. Counts leave them out. */
  readonly template: { readonly before: readonly number[]; readonly after: readonly number[] }
}

/** An encoding of a tokenizer that does more than split and merge. The definition is asked for on first use. */
export function encodingFromDefinition(name: string, define: () => TokenizerDefinition): LoadedTokenizer {
  return new PipelineEncoding(name, define)
}

/** The parts of a tokenizer, made once something is asked of it. */
interface Parts {
  readonly definition: TokenizerDefinition
  readonly engine: BytePairEngine
  readonly inText: AddedTokenFinder
  readonly inNormalized: AddedTokenFinder
  readonly special: ReadonlyMap<string, number>
  readonly size: number
  /** Finds a place where a text can be cut and its parts counted one by one. */
  readonly cutIn: (text: string, from: number, to: number) => number
}

type Allowed = ReadonlyMap<string, number>
const NONE: Allowed = new Map()

class PipelineEncoding implements LoadedTokenizer {
  readonly name: string
  private readonly define: () => TokenizerDefinition
  private parts: Parts | undefined
  private decoder: Decoder | undefined

  constructor(name: string, define: () => TokenizerDefinition) {
    this.name = name
    this.define = define
  }

  get specialTokens(): ReadonlyMap<string, number> {
    return new Map(this.load().special)
  }

  get vocabularySize(): number {
    return this.load().size
  }

  get template(): LoadedTokenizer['template'] {
    return this.load().definition.template
  }

  count(text: string | Uint8Array, options?: SpecialTokenOptions): number {
    return this.countText(textOf(text, 'text'), this.allowed(options), Number.POSITIVE_INFINITY, false)
  }

  encode(text: string | Uint8Array, options?: SpecialTokenOptions): number[] {
    const { engine, definition } = this.load()
    const ids: number[] = []
    this.visit(
      textOf(text, 'text'),
      this.allowed(options),
      false,
      (part) => {
        const from = ids.length
        engine.encode(part, ids)
        for (let i = from; i < ids.length; i++) ids[i] = definition.vocabulary.ids[ids[i]]
        return true
      },
      (token) => ids.push(token.id),
    )
    return ids
  }

  decode(ids: Iterable<number>): string {
    return decodeUtf8(this.decodeBytes(ids))
  }

  decodeBytes(ids: Iterable<number>): Uint8Array {
    this.decoder ??= new Decoder(this.name, this.load().definition)
    return this.decoder.decode(ids)
  }

  countUpTo(text: string | Uint8Array, limit: number): number | undefined {
    const tokens = this.countText(textOf(text, 'text'), NONE, tokenLimit(limit, 0), false)
    return tokens > limit ? undefined : tokens
  }

  isWithinLimit(text: string | Uint8Array, limit: number): boolean {
    return this.countUpTo(text, limit) !== undefined
  }

  truncate(text: string, limit: number): string {
    tokenLimit(limit, 0)
    return text.slice(0, endWithin(stringOf(text, 'text'), 0, this.fits(limit)))
  }

  split(text: string, limit: number): string[] {
    tokenLimit(limit, 1)
    return splitWithin(stringOf(text, 'text'), this.fits(limit))
  }

  createCounter(): TokenCounter {
    const { cutIn } = this.load()
    return createTokenCounter(
      (text, continued) => this.countText(text, NONE, Number.POSITIVE_INFINITY, continued),
      cutIn,
    )
  }

  /** Whether a text has at most `limit` tokens. */
  private fits(limit: number): (text: string) => boolean {
    return (text) => this.countText(text, NONE, limit, false) <= limit
  }

  private load(): Parts {
    this.parts ??= createParts(this.define())
    return this.parts
  }

  private allowed(options: SpecialTokenOptions | undefined): Allowed {
    return options?.allowedSpecial === undefined ? NONE : allowedSpecialTokens(this.load().special, options)
  }

  /** The count of a text, or some number above `limit`. */
  private countText(text: string, allowed: Allowed, limit: number, continued: boolean): number {
    const { engine } = this.load()
    let tokens = 0
    this.visit(
      text,
      allowed,
      continued,
      (part) => (tokens += engine.count(part, limit - tokens)) <= limit,
      () => tokens++,
    )
    return tokens
  }

  /** Goes through a text: normalized parts for the engine, and added tokens. Stops when `onText` returns false. */
  private visit(
    text: string,
    allowed: Allowed,
    continued: boolean,
    onText: (part: string) => boolean,
    onToken: (token: AddedToken) => void,
  ): void {
    const { definition, inText, inNormalized } = this.load()
    for (const stretch of inText.stretches(text, allowed)) {
      if ('token' in stretch) {
        onToken(stretch.token)
        continue
      }
      const place = stretch.start > 0 ? 'later' : continued ? 'continued' : 'first'
      const normalized = normalize(stretch.text, definition.normalizers, place)
      for (const part of inNormalized.stretches(normalized, allowed)) {
        if ('token' in part) onToken(part.token)
        else if (!onText(part.text)) return
      }
    }
  }
}

function createParts(definition: TokenizerDefinition): Parts {
  const { vocabulary, added } = definition
  const special = new Map(added.filter((token) => token.special).map((token) => [token.content, token.id]))
  let size = 0
  for (const id of vocabulary.ids) if (id >= size) size = id + 1
  for (const { id } of added) if (id >= size) size = id + 1
  const cuts = vocabulary.characters.length > 0 && definition.splits.length === 0 ? wordCuts(vocabulary) : undefined
  return {
    definition,
    engine: createEngine(definition, cuts),
    inText: new AddedTokenFinder(added, (token) => (token.normalizedContent === undefined ? token.content : undefined)),
    inNormalized: new AddedTokenFinder(added, (token) => token.normalizedContent),
    special,
    size,
    cutIn: cutFinder(definition, cuts),
  }
}

function createEngine({ vocabulary, splits }: TokenizerDefinition, cuts: WordCuts | undefined): BytePairEngine {
  const { merges, extra, characters } = vocabulary
  const merger =
    characters.length > 0
      ? new CharacterMerger(vocabulary)
      : extra.some(({ whole }) => whole) || !partsComeFirst(vocabulary)
        ? new WholePieceMerger(vocabulary)
        : undefined
  const parts = merger === undefined ? {} : { merger }
  if (cuts !== undefined) return new BytePairEngine(merges, cuts.scanner, { ...parts, endOfChunk: cuts.endOfChunk })
  const [first, ...more] = splits
  if (first?.type === 'scanner' && more.length === 0) {
    return new BytePairEngine(merges, (scanners.get(first.name) as () => Scanner)(), parts)
  }
  const splitter = new Splitter(splits)
  return new BytePairEngine(merges, splitter.next, {
    ...parts,
    endOfChunk: (text) => text.length,
    prepare: (bytes, length) => splitter.prepare(bytes, length),
  })
}

/** Where a stream of text can be cut: nowhere, for tokenizers of which that is not known. */
function cutFinder({ normalizers, splits, added }: TokenizerDefinition, cuts: WordCuts | undefined): Parts['cutIn'] {
  const nowhere = () => 0
  // A token must not lie across a cut; those at hand are before a space, after a line feed and before a Chinese comma.
  const acrossCuts = added.some(
    ({ special, lstrip, rstrip, content }) => !special && (lstrip || rstrip || /[ \n、。，]/.test(content)),
  )
  if (acrossCuts) return nowhere
  if (splits.length === 1 && splits[0].type === 'scanner') {
    return normalizers.every(({ type }) => type === 'nfc' || type === 'nfkc') ? lastCut : nowhere
  }
  const spacesBecomeMarks = normalizers.every(
    (step) => step.type === 'prepend' || (step.type === 'replace' && step.from === ' ' && step.to === SPACE_MARK),
  )
  if (cuts === undefined || !spacesBecomeMarks || !normalizers.some(({ type }) => type === 'replace')) return nowhere
  return (text, from, to) => {
    for (let at = to; at > from; at--) {
      const before = text.charCodeAt(at - 1)
      if (text.charCodeAt(at) === 0x20 && !isWhiteSpace(before) && cuts.cutsAfter(before)) return at
    }
    return 0
  }
}
