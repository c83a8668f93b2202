import { joinedBytes } from '../bytes.ts'
import { TokenfareError } from '../errors.ts'
import { stringOf, textOf, tokenLimit } from './arguments.ts'
import { BytePairEngine } from './engine.ts'
import type { Merges } from './merges.ts'
import { type PackHeader, type PackLines, unpack } from './pack.ts'
import { scanners } from './scanners/index.ts'
import { allowedSpecialTokens, stretches } from './special-tokens.ts'
import { type TokenBytes, tokenBytes } from './token-bytes.ts'
import { createTokenCounter, decodeUtf8 } from './token-counter.ts'
import type { Encoding, SpecialTokenOptions, TokenCounter } from './types.ts'

/** What an encoding takes from a packed vocabulary differently from what its header says: families share one file. */
export interface PackVariant {
  readonly name?: string
  /** Take only the first merges. */
  readonly merges?: number
  readonly specialTokens?: () => Readonly<Record<string, number>>
}

/** An encoding over a packed vocabulary. The pack is read on first use, not here. */
export function encodingFromPack(name: string, packed: PackLines, variant: PackVariant = {}): Encoding {
  return new BytePairEncoding(name, packed, variant)
}

/** The parts of a vocabulary that are needed once something is asked of it. */
interface Loaded {
  readonly merges: Merges
  readonly engine: BytePairEngine
  readonly idShifts: PackHeader['idShifts']
  readonly special: ReadonlyMap<string, number>
}

class BytePairEncoding implements Encoding {
  readonly name: string
  private readonly packed: PackLines
  private readonly variant: PackVariant
  private loaded: Loaded | undefined
  private tokenTexts: TokenBytes | undefined
  private specialTexts: ReadonlyMap<number, Uint8Array> | undefined

  constructor(name: string, packed: PackLines, variant: PackVariant) {
    this.name = name
    this.packed = packed
    this.variant = variant
  }

  get specialTokens(): ReadonlyMap<string, number> {
    // A copy: the encoding is one for all who import it.
    return new Map(this.load().special)
  }

  get vocabularySize(): number {
    const { merges, idShifts, special } = this.load()
    return Math.max(idOfIndex(merges.size - 1, idShifts), ...special.values()) + 1
  }

  count(text: string | Uint8Array, options?: SpecialTokenOptions): number {
    const { engine } = this.load()
    if (options?.allowedSpecial === undefined) return engine.count(textOf(text, 'text'))
    let tokens = 0
    for (const stretch of stretches(textOf(text, 'text'), allowedSpecialTokens(this.load().special, options))) {
      tokens += 'text' in stretch ? engine.count(stretch.text) : 1
    }
    return tokens
  }

  encode(text: string | Uint8Array, options?: SpecialTokenOptions): number[] {
    const { engine, idShifts } = this.load()
    const ids: number[] = []
    for (const stretch of stretches(textOf(text, 'text'), allowedSpecialTokens(this.load().special, options))) {
      if ('special' in stretch) {
        ids.push(stretch.special)
        continue
      }
      const from = ids.length
      engine.encode(stretch.text, ids)
      if (idShifts.length > 0) for (let i = from; i < ids.length; i++) ids[i] = idOfIndex(ids[i], idShifts)
    }
    return ids
  }

  decode(ids: Iterable<number>): string {
    return decodeUtf8(this.decodeBytes(ids))
  }

  decodeBytes(ids: Iterable<number>): Uint8Array {
    return joinedBytes(Array.from(ids, (id) => this.bytesOfId(id)))
  }

  countUpTo(text: string | Uint8Array, limit: number): number | undefined {
    const tokens = this.load().engine.count(textOf(text, 'text'), tokenLimit(limit, 0))
    return tokens > limit ? undefined : tokens
  }

  isWithinLimit(text: string | Uint8Array, limit: number): boolean {
    return this.countUpTo(text, limit) !== undefined
  }

  truncate(text: string, limit: number): string {
    const { engine } = this.load()
    return text.slice(0, engine.endOfTokens(stringOf(text, 'text'), 0, tokenLimit(limit, 0)))
  }

  split(text: string, limit: number): string[] {
    const { engine } = this.load()
    tokenLimit(limit, 1)
    const parts: string[] = []
    for (let start = 0; start < stringOf(text, 'text').length; ) {
      const fitting = engine.endOfTokens(text, start, limit)
      // A single character may have more tokens than the limit; it then stands alone.
      const end = fitting > start ? fitting : start + characterUnits(text, start)
      parts.push(text.slice(start, end))
      start = end
    }
    return parts
  }

  createCounter(): TokenCounter {
    const { engine } = this.load()
    return createTokenCounter((text) => engine.count(text))
  }

  private load(): Loaded {
    this.loaded ??= load(this.packed, this.variant)
    return this.loaded
  }

  private bytesOfId(id: number): Uint8Array {
    const { merges, idShifts, special } = this.load()
    this.tokenTexts ??= tokenBytes(merges)
    const { bytes, offsets } = this.tokenTexts
    const index = indexOfId(id, idShifts)
    if (index >= 0 && index < merges.size && idOfIndex(index, idShifts) === id) {
      return bytes.subarray(offsets[index], offsets[index + 1])
    }
    this.specialTexts ??= new Map([...special].map(([spelling, token]) => [token, new TextEncoder().encode(spelling)]))
    const spelling = this.specialTexts.get(id)
    if (spelling === undefined) {
      throw new RangeError(`${this.name} has no token with the id ${id}; ids are below ${this.vocabularySize}`)
    }
    return spelling
  }
}

function load(packed: PackLines, variant: PackVariant): Loaded {
  const { header, merges } = unpack(packed, variant.merges)
  const scanner = scanners.get(header.split)
  if (scanner === undefined) {
    throw new TokenfareError('corrupt-vocabulary', `no splitting rule is called ${JSON.stringify(header.split)}`)
  }
  return {
    merges,
    engine: new BytePairEngine(merges, scanner()),
    idShifts: header.idShifts,
    special: new Map(Object.entries(variant.specialTokens?.() ?? header.special)),
  }
}

/** Ids leave out numbers that special tokens have; shifts are few and ascending. */
function idOfIndex(index: number, shifts: PackHeader['idShifts']): number {
  let id = index
  for (const [from, shift] of shifts) if (index >= from) id = index + shift
  return id
}

/** The index whose id this is, if there is one: the caller compares. */
function indexOfId(id: number, shifts: PackHeader['idShifts']): number {
  if (!Number.isInteger(id)) return -1
  let index = id
  for (const [from, shift] of shifts) if (id - shift >= from) index = id - shift
  return index
}

function characterUnits(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1
}
