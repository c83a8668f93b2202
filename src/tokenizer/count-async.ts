import { TokenfareError } from '../errors.ts'
import type { Encoding } from './types.ts'

/** Longest stretch of work between two turns of the event loop, in milliseconds. */
const TURN_MS = 8

/** What is counted between two looks at the clock, in UTF-16 units: about a millisecond of work. */
const PART_UNITS = 1 << 15

/** What a long count can be told. */
export interface CountAsyncOptions {
  /** Ends the count early; the promise is then rejected with a `TokenfareError` of the code `aborted`. */
  readonly signal?: AbortSignal
}

/**
 * Counts a long text without keeping the event loop busy: other work gets its turn about every 8 ms. The result is that of
 * `encoding.count(text)`.
 *
 * A stretch of text without a place where a piece surely ends (no space, no line break) is counted in one go. Which places those are
 * depends on the tokenizer, some of which look at what stands before a part, so its own counter for parts cuts the text.
 */
export async function countAsync(encoding: Encoding, text: string, options: CountAsyncOptions = {}): Promise<number> {
  if (typeof text !== 'string') throw new TypeError(`text: a string was expected, got ${typeof text}`)
  const counter = encoding.createCounter()
  let turnStart = performance.now()
  for (let start = 0; start < text.length; start += PART_UNITS) {
    throwIfAborted(options.signal)
    counter.push(text.slice(start, start + PART_UNITS))
    if (performance.now() - turnStart > TURN_MS) {
      await nextTurn()
      turnStart = performance.now()
    }
  }
  throwIfAborted(options.signal)
  return counter.count()
}

/** @throws TokenfareError `aborted`, with the signal's reason as its cause. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new TokenfareError('aborted', 'the count was ended by its AbortSignal', { cause: signal.reason })
  }
}

/** Resolves once the event loop has had a turn: a message, since timers are held back in browsers. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
