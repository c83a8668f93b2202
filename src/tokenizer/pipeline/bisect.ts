/**
 * End of a longest beginning of `text` from `start` that `fits`, found by bisection, for tokenizers that normalize a text first: their
 * tokens have no place in it. Never inside a character.
 */
export function endWithin(text: string, start: number, fits: (part: string) => boolean): number {
  let fitting = start
  let tooFar = text.length + 1
  for (let step = 256; fitting < text.length && tooFar > text.length; step *= 2) {
    const end = onCharacter(text, Math.min(text.length, fitting + step))
    if (fits(text.slice(start, end))) fitting = end
    else tooFar = end
  }
  while (tooFar - fitting > 1 && fitting < text.length) {
    const middle = (fitting + tooFar) >>> 1
    const end = onCharacter(text, middle)
    if (end === fitting) tooFar = middle
    else if (fits(text.slice(start, end))) fitting = end
    else tooFar = end
  }
  return fitting
}

/** Cuts a text into parts that fit; a single character that does not stands alone. */
export function splitWithin(text: string, fits: (part: string) => boolean): string[] {
  const parts: string[] = []
  for (let start = 0; start < text.length; ) {
    const least = start + ((text.codePointAt(start) as number) > 0xffff ? 2 : 1)
    const end = Math.max(endWithin(text, start, fits), least)
    parts.push(text.slice(start, end))
    start = end
  }
  return parts
}

/** Moves a place inside a surrogate pair back to before it. */
function onCharacter(text: string, at: number): number {
  const high = text.charCodeAt(at - 1)
  const low = text.charCodeAt(at)
  return at > 0 && (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00 ? at - 1 : at
}
