/**
 * Ends of runs of ASCII letters and digits, four bytes at a time: how long a word is cannot be predicted, so a loop over its bytes
 * makes the processor guess wrong once a word, while these few steps have no branch.
 *
 * Each byte of a word is compared by itself: for bytes below 0x80, adding 0x80 − b sets the high bit where the byte is at least b, and
 * nothing carries over into the next.
 */

/** How many of the four bytes of `word`, the first of them in its highest byte, are `a` to `z`, up to one that is not. */
function leadingLowerCase(word: number): number {
  const low = word & 0x7f7f7f7f
  // At least a (0x61) and not at least { (0x7b), and ASCII.
  const found = (low + 0x1f1f1f1f) & ~(low + 0x05050505) & ~word
  return Math.clz32(~found & 0x80808080) >> 3
}

/** The same for `0` to `9`. */
function leadingDigits(word: number): number {
  const low = word & 0x7f7f7f7f
  // At least 0 (0x30) and not at least : (0x3a), and ASCII.
  const found = (low + 0x50505050) & ~(low + 0x46464646) & ~word
  return Math.clz32(~found & 0x80808080) >> 3
}

/** End of `[a-z]*` from `at`. */
export function endOfLowerCase(view: DataView, at: number): number {
  let end = at
  for (;;) {
    const first = leadingLowerCase(view.getInt32(end))
    const second = leadingLowerCase(view.getInt32(end + 4))
    // The second four count only where all of the first four do: -(4 >> 2) is all ones.
    const count = first + (second & -(first >> 2))
    end += count
    if (count < 8) return end
  }
}

/** End of `[A-Za-z]*` from `at`. */
export function endOfLetters(view: DataView, at: number): number {
  let end = at
  for (;;) {
    // The bit that makes a letter lower case makes no letter of another character.
    const first = leadingLowerCase(view.getInt32(end) | 0x20202020)
    const second = leadingLowerCase(view.getInt32(end + 4) | 0x20202020)
    const count = first + (second & -(first >> 2))
    end += count
    if (count < 8) return end
  }
}

/** End of `[0-9]{0,most}` from `at`; `most` is at most 4. */
export function endOfDigits(view: DataView, at: number, most: number): number {
  const count = leadingDigits(view.getInt32(at))
  return count < most ? at + count : at + most
}
