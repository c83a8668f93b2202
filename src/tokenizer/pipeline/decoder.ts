import { joinedBytes } from '../../bytes.ts'
import type { TokenizerDefinition } from './definition.ts'
import { type TokenTexts, tokenTexts } from './token-texts.ts'
import { SPACE_MARK } from './word-cuts.ts'

const MARK_BYTES: Uint8Array = /* @__PURE__ */ new TextEncoder().encode(SPACE_MARK)

/** From ids back to bytes. */
export class Decoder {
  private readonly name: string
  private readonly definition: TokenizerDefinition
  private readonly texts: TokenTexts
  private readonly indexOfId = new Map<number, number>()
  private readonly addedBytes: ReadonlyMap<number, Uint8Array>
  /** Whether a space was put before the text. */
  private readonly dropsFirstSpace: boolean

  constructor(name: string, definition: TokenizerDefinition) {
    this.name = name
    this.definition = definition
    this.texts = tokenTexts(definition.vocabulary)
    definition.vocabulary.ids.forEach((id, index) => {
      this.indexOfId.set(id, index)
    })
    const encoder = new TextEncoder()
    const { spaceMark } = definition.vocabulary
    this.addedBytes = new Map(
      definition.added.map(({ id, content, special }) => {
        const bytes = encoder.encode(content)
        return [id, spaceMark && !special ? withSpaces(bytes) : bytes]
      }),
    )
    this.dropsFirstSpace = definition.normalizers.some(({ type }) => type === 'prepend')
  }

  /** @throws RangeError for an id outside the vocabulary. */
  decode(ids: Iterable<number>): Uint8Array {
    const parts = Array.from(ids, (id, i) => {
      const bytes = this.bytesOf(id)
      return i === 0 && this.dropsFirstSpace && bytes[0] === 0x20 ? bytes.subarray(1) : bytes
    })
    return joinedBytes(parts)
  }

  private bytesOf(id: number): Uint8Array {
    const added = this.addedBytes.get(id)
    if (added !== undefined) return added
    const index = this.indexOfId.get(id)
    if (index === undefined) throw new RangeError(`${this.name} has no token with the id ${id}`)
    const { bytes, offsets } = this.texts
    const text = bytes.subarray(offsets[index], offsets[index + 1])
    return this.definition.vocabulary.spaceMark ? withSpaces(text) : text
  }
}

function withSpaces(bytes: Uint8Array): Uint8Array {
  const result: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const isMark = MARK_BYTES.every((byte, i) => bytes[at + i] === byte)
    result.push(isMark ? 0x20 : bytes[at])
    at += isMark ? MARK_BYTES.length : 1
  }
  return Uint8Array.from(result)
}
