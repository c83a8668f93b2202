/**
 * How a pack writes a number: digits to base 92, each a printable character from `#` on, its value that much less, so that reading it takes a
 * subtraction and no table.
 *
 * In a file of their own, since the build writes the values of imported constants into the code: the loop that reads a vocabulary runs half of
 * its time before it is compiled, and is a fifth faster without looking them up.
 */
export const BASE = 92
export const DIGITS = 3
/** The character of the digit 0. */
export const ZERO = 0x23
/** What the characters of a number have above its digits. */
export const ZEROS: number = ZERO * (1 + BASE + BASE * BASE)
/** Odd, so that a step of the checksum loses nothing. */
export const CHECKSUM_FACTOR = 0x01000193
