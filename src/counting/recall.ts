/** Counts of texts that applications send with every call: their tool definitions, and the words of earlier calls for Google. */
import type { TextCounter } from './meter.ts'
import type { TokenRange } from './types.ts'

/** Longer texts are counted each time, so that a few of them cannot crowd out the rest. */
const maxTextUnits = 1 << 15
/** UTF-16 units of all texts that one counter keeps; beyond, it begins anew. */
const maxKeptUnits = 1 << 18
/** What keeping a text costs besides its units. */
const overheadUnits = 64
/** Texts are kept by their sample, one in each slot: two that fall into one push each other out. A power of two. */
const slots = 1 << 10

interface Kept {
  readonly text: string
  readonly range: TokenRange
}

/**
 * The same counter, which recalls texts that come again. A text is kept from its second time on: looking one up takes a tenth of
 * the time of counting it, which most texts, coming once, should not cost. Texts stand in slots and not in a map, since comparing
 * two of them is quicker than hashing one.
 */
export function recalling(counter: Omit<TextCounter, 'recall'>): TextCounter {
  let samples: Int32Array | undefined
  let kept: (Kept | undefined)[] = []
  let keptUnits = 0
  const keep = (slot: number, text: string, range: TokenRange): void => {
    const replaced = kept[slot]
    if (replaced !== undefined) keptUnits -= replaced.text.length + overheadUnits
    keptUnits += text.length + overheadUnits
    if (kept.length === 0 || keptUnits > maxKeptUnits) {
      kept = new Array<Kept | undefined>(slots).fill(undefined)
      keptUnits = text.length + overheadUnits
    }
    kept[slot] = { text, range }
  }
  const recall = (text: string): TokenRange => {
    if (text.length > maxTextUnits) return counter.count(text)
    samples ??= new Int32Array(slots)
    const sample = sampleOf(text)
    const slot = (sample ^ (sample >>> 16)) & (slots - 1)
    const isNew = samples[slot] !== sample
    samples[slot] = sample
    if (isNew) return counter.count(text)
    const known = kept[slot]
    if (known?.text === text) return known.range
    const range = counter.count(text)
    keep(slot, text, range)
    return range
  }
  return { ...counter, recall }
}

/** Units of a text that its sample is made of, at equal distances from the first to the last. */
const sampledUnits = 33

/** A number that equal texts share and others seldom do. */
function sampleOf(text: string): number {
  const last = text.length - 1
  let sample = text.length
  for (let unit = 0; unit < sampledUnits; unit += 1)
    sample = Math.imul(sample, 0x01000193) ^ text.charCodeAt((last * unit) >> 5)
  return sample
}
