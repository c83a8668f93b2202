/** Counts of texts that applications send with every call: their tool definitions, and the words of earlier calls for Google. */
import type { TextCounter } from './meter.ts'
import type { TokenRange } from './types.ts'

/** Longer texts are counted each time, so that a few of them cannot crowd out the rest. */
const maxTextUnits = 1 << 15
/** UTF-16 units of all texts that one counter keeps; beyond, it begins anew. */
const maxKeptUnits = 1 << 18
/** What keeping a text costs besides its units. */
const overheadUnits = 64
/** Samples of texts seen lately; a power of two. */
const sampleSlots = 1 << 10

/**
 * The same counter, which recalls texts that come again. A text is kept from its second time on: looking one up takes a tenth of
 * the time of counting it, which most texts, coming once, should not cost.
 */
export function recalling(counter: Omit<TextCounter, 'recall'>): TextCounter {
  let known: Map<string, TokenRange> | undefined
  let samples: Int32Array | undefined
  let keptUnits = 0
  const recall = (text: string): TokenRange => {
    if (text.length > maxTextUnits) return counter.count(text)
    samples ??= new Int32Array(sampleSlots)
    const sample = sampleOf(text)
    const slot = (sample ^ (sample >>> 16)) & (sampleSlots - 1)
    if (samples[slot] !== sample) {
      samples[slot] = sample
      return counter.count(text)
    }
    const recalled = known?.get(text)
    if (recalled !== undefined) return recalled
    const counted = counter.count(text)
    keptUnits += text.length + overheadUnits
    if (known === undefined || keptUnits > maxKeptUnits) {
      known = new Map()
      keptUnits = text.length + overheadUnits
    }
    known.set(text, counted)
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
