/** The models of one seller, each read from the packed text when it is first asked for. */
import { type Phrases, writtenOut } from './phrases.ts'
import type { ModelPrices } from './table.ts'

/** Stands before what is said about a seller and before each row, and nowhere else. */
export const ROW_MARK = '`'
/** The quote of packed JSON: texts without `"` are string literals without escapes, whoever prints them. */
export const PACKED_QUOTE = "'"

/** Ids that stand in a packed text as they are. Quotes would go on into other columns, the rest is written as escapes. */
const PLAIN = /^[\w .:/@~+-]+$/

/** A part of a packed seller as the JSON that it stands for. */
export function parsePacked(part: string, phrases: Phrases): unknown {
  return JSON.parse(writtenOut(part, phrases).replaceAll(PACKED_QUOTE, '"'))
}

/** Looking one id up reads one row: a program that prices few models does not wait for thousands. */
export class PackedRows implements ReadonlyMap<string, ModelPrices> {
  private readonly packed: string
  private readonly read: (row: string) => ModelPrices
  /** Rows that were asked for one by one; the same objects are in `all`. */
  private readonly known = new Map<string, ModelPrices>()
  private all: ReadonlyMap<string, ModelPrices> | undefined

  constructor(packed: string, read: (row: string) => ModelPrices) {
    this.packed = packed
    this.read = read
  }

  get(id: string): ModelPrices | undefined {
    if (this.all !== undefined) return this.all.get(id)
    return this.known.get(id) ?? this.find(id)
  }

  private find(id: string): ModelPrices | undefined {
    if (!PLAIN.test(id)) return this.whole().get(id)
    const start = this.packed.indexOf(`${ROW_MARK}[${PACKED_QUOTE}${id}${PACKED_QUOTE},`)
    if (start < 0) return undefined
    const end = this.packed.indexOf(ROW_MARK, start + 1)
    const row = this.read(this.packed.slice(start + 1, end < 0 ? undefined : end))
    this.known.set(id, row)
    return row
  }

  /** Every row, in the order of the table. */
  private whole(): ReadonlyMap<string, ModelPrices> {
    this.all ??= new Map(
      this.packed
        .split(ROW_MARK)
        .slice(1)
        .map((text) => {
          const row = this.read(text)
          return [row.id, this.known.get(row.id) ?? row]
        }),
    )
    return this.all
  }

  has(id: string): boolean {
    return this.get(id) !== undefined
  }

  get size(): number {
    return this.whole().size
  }

  keys(): MapIterator<string> {
    return this.whole().keys()
  }

  values(): MapIterator<ModelPrices> {
    return this.whole().values()
  }

  entries(): MapIterator<[string, ModelPrices]> {
    return this.whole().entries()
  }

  forEach(visit: (row: ModelPrices, id: string, rows: ReadonlyMap<string, ModelPrices>) => void): void {
    this.whole().forEach(visit)
  }

  [Symbol.iterator](): MapIterator<[string, ModelPrices]> {
    return this.entries()
  }
}
