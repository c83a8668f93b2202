import { lastCut } from './text-chunks.ts'
import type { TokenCounter } from './types.ts'

/** Units before a place that decide whether it is a cut. */
const CUT_CONTEXT = 2

/**
 * Counts a text that arrives in parts. Text up to the last place where a piece surely ends is counted and forgotten; the
 * rest waits. A part is looked through once, so any number of parts of any size takes linear time.
 *
 * `cutIn` finds such a place in a text, or 0; `continued` tells `countText` that text was counted before.
 */
export function createTokenCounter(
  countText: (text: string, continued: boolean) => number,
  cutIn: (text: string, from: number, to: number) => number = lastCut,
): TokenCounter {
  let waiting: string[] = []
  let begun = false
  let lastUnits = ''
  let settled = 0
  let unfinished = new Uint8Array(0)
  /** The last count, while nothing was pushed since. */
  let counted: number | undefined

  function pushText(part: string): void {
    if (part === '') return
    const joined = lastUnits + part
    const cut = cutIn(joined, 0, joined.length - 1) - lastUnits.length
    if (cut >= 0) {
      const settledText = waiting.join('') + part.slice(0, cut)
      settled += countText(settledText, begun)
      begun ||= settledText !== ''
      waiting = [part.slice(cut)]
    } else {
      waiting.push(part)
    }
    lastUnits = joined.slice(-CUT_CONTEXT)
  }

  function pushBytes(part: Uint8Array): void {
    const bytes = new Uint8Array(unfinished.length + part.length)
    bytes.set(unfinished)
    bytes.set(part, unfinished.length)
    const complete = bytes.length - unfinishedBytes(bytes)
    unfinished = bytes.slice(complete)
    pushText(decodeUtf8(bytes.subarray(0, complete)))
  }

  return {
    push(part) {
      counted = undefined
      if (typeof part === 'string') {
        // Bytes of a character that a string interrupts cannot be completed any more.
        pushText(decodeUtf8(unfinished))
        unfinished = new Uint8Array(0)
        pushText(part)
      } else if (part instanceof Uint8Array) {
        pushBytes(part)
      } else {
        throw new TypeError(`push(part): a string or a Uint8Array was expected, got ${typeof part}`)
      }
    },
    get settled() {
      return settled
    },
    count() {
      counted ??= settled + countText(waiting.join('') + decodeUtf8(unfinished), begun)
      return counted
    },
  }
}

/** UTF-8 as text, a byte order mark included; what is no UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** Number of bytes at the end that begin a character and wait for the rest of it. */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? back : 0
  }
  return 0
}
