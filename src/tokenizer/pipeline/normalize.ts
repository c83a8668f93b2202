import { isAscii } from '../text-chunks.ts'
import type { NormalizerStep } from './definition.ts'
import { unassignedRanges } from './unicode-9.gen.ts'

/** Whether a part of a text begins it, comes after an added token, or continues a part that was counted before. */
export type Place = 'first' | 'later' | 'continued'

/** Times that a text may get longer, and characters put before it: what published tokenizers do many times over. */
export const MOST_GROWTH = 256

/** By what factor steps may lengthen a text at most, what they put before it taken as one more for each character. */
export function growthOf(steps: readonly NormalizerStep[]): number {
  let growth = 1
  for (const step of steps) {
    if (step.type === 'replace') growth *= Math.max(1, step.to.length / step.from.length)
    else if (step.type === 'prepend') growth += step.text.length
  }
  return growth
}

/** Applies the steps of a tokenizer's normalizer. */
export function normalize(text: string, steps: readonly NormalizerStep[], place: Place): string {
  let result = text
  for (const step of steps) result = applyStep(result, step, place)
  return result
}

function applyStep(text: string, step: NormalizerStep, place: Place): string {
  switch (step.type) {
    case 'nfc':
      return composed(text, 'NFC')
    case 'nfkc':
      return composed(text, 'NFKC')
    case 'replace':
      return text.replaceAll(step.from, () => step.to)
    case 'prepend': {
      const begins = place === 'first' || (place === 'later' && !step.firstOnly)
      const wanted = text !== '' && begins && !(step.unlessThere && text.startsWith(step.text))
      return wanted ? step.text + text : text
    }
    case 'collapse-spaces':
      return text.replace(/ {2,}/g, ' ')
  }
}

/** Below this code unit nothing is changed by NFC, and above ASCII nothing is safe from NFKC. */
const FIRST_COMPOSABLE = 0x300
const FIRST_COMPATIBLE = 0x80

/**
 * NFC or NFKC as the `tokenizers` library has it: by the tables of Unicode 9. Normalization never changes for characters that are
 * assigned, so the host's does the same for these; characters assigned later, which it may compose or reorder, are left as they are
 * and nothing is moved across them.
 */
function composed(text: string, form: 'NFC' | 'NFKC'): string {
  if (isAscii(text)) return text
  const limit = form === 'NFC' ? FIRST_COMPOSABLE : FIRST_COMPATIBLE
  let at = 0
  while (at < text.length && text.charCodeAt(at) < limit) at++
  if (at === text.length) return text
  const later = laterCharacters()
  if (!later.test(text)) return text.normalize(form)
  const parts = text.split(later)
  return parts.map((part, i) => (i % 2 === 0 ? part.normalize(form) : part)).join('')
}

let pattern: RegExp | undefined

/** Code points that Unicode 9 did not assign, as a capturing expression of plain ranges. */
function laterCharacters(): RegExp {
  pattern ??= new RegExp(`([${expandRanges(unassignedRanges)}])`, 'u')
  return pattern
}

function expandRanges(packed: string): string {
  let next = 0
  let ranges = ''
  for (const [, gap, length] of packed.matchAll(/(\S+) (\S+)/g)) {
    const first = next + Number.parseInt(gap as string, 36)
    next = first + Number.parseInt(length as string, 36)
    ranges += `\\u{${first.toString(16)}}-\\u{${(next - 1).toString(16)}}`
  }
  return ranges
}
