/** Counts of texts that applications send with every call: their tool definitions, and the words of earlier calls for Google. */
import type { TextCounter } from './meter.ts'
import type { TokenRange } from './types.ts'

/** Longer texts are counted each time, so that a few of them cannot crowd out the rest. */
const maxTextUnits = 1 << 15
/** UTF-16 units of all texts that one counter keeps; beyond, it begins anew. */
const maxKeptUnits = 1 << 18
/** What keeping a text costs besides its units. */
const overheadUnits = 64
/** Places of texts; a power of two. Two texts of one place push each other out. */
const slots = 1 << 10

/** Texts by place: the sample of the last one seen, and where it came twice, itself and its count. */
interface Kept {
  readonly samples: Int32Array
  readonly texts: string[]
  readonly counts: TokenRange[]
  units: number
}

/**
 * The same counter, which recalls texts that come again. A text is kept from its second time on: looking one up takes a tenth of
 * the time of counting it, which most texts, coming once, should not cost. They are compared and not hashed, since each is a new string.
 */
export function recalling(counter: Omit<TextCounter, 'recall'>): TextCounter {
  let kept: Kept | undefined
  const recall = (text: string): TokenRange => {
    if (text.length > maxTextUnits) return counter.count(text)
    kept ??= { samples: new Int32Array(slots), texts: [], counts: [], units: 0 }
    const sample = sampleOf(text)
    const slot = (sample ^ (sample >>> 16)) & (slots - 1)
    if (kept.samples[slot] !== sample) {
      kept.samples[slot] = sample
      return counter.count(text)
    }
    if (kept.texts[slot] === text) return kept.counts[slot]!
    const counted = counter.count(text)
    kept.units += text.length + overheadUnits
    if (kept.units > maxKeptUnits) {
      kept.texts.length = 0
      kept.counts.length = 0
      kept.units = text.length + overheadUnits
    }
    kept.texts[slot] = text
    kept.counts[slot] = counted
    return counted
  }
  return { ...counter, recall }
}

/** A number that equal texts share and others seldom do: the length and nine of the units. */
function sampleOf(text: string): number {
  const last = text.length - 1
  let sample = text.length
  for (let eighth = 0; eighth <= 8; eighth += 1)
    sample = Math.imul(sample, 0x01000193) ^ text.charCodeAt((last * eighth) >> 3)
  return sample
}
