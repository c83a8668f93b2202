/** How much a request may unfold to: shared references unfold again at each use, and a list may claim a length without entries. */
import { InvalidRequestError } from '../errors.ts'

/**
 * Values in one request. As JSON each takes at least one token with its comma, and no model that is counted here reads that many;
 * reading so many takes a fraction of a second.
 */
const maxValues = 500_000
/** Characters that values of one request may unfold to as JSON; providers refuse bodies from 20 to 50 MB on. */
const maxJsonChars = 1 << 26

/**
 * Characters of text in one request, a text that several parts share once for each: twice what the largest context windows hold,
 * counted in seconds.
 */
const maxTextChars = 1 << 25
/** Characters of files as base64 that are looked at in one request, again once for each part; 100 MB, more than providers take. */
const maxFileChars = 1 << 27

/** What reading and counting one request has used up. */
export class Budget {
  #values = 0
  #chars = 0
  #textChars = 0
  #fileChars = 0

  /** @throws InvalidRequestError beyond 500,000 values. */
  spend(values: number, path: string): void {
    this.#values += values
    if (!(this.#values <= maxValues))
      throw new InvalidRequestError(path, `the body unfolds to more than ${maxValues} values; send less or split it`)
  }

  /** @throws InvalidRequestError beyond 2^26 characters. */
  spendChars(chars: number, path: string): void {
    this.#chars += chars
    if (!(this.#chars <= maxJsonChars))
      throw new InvalidRequestError(
        path,
        `the body unfolds to more than ${maxJsonChars} characters of JSON; send less or split it`,
      )
  }

  /** @throws InvalidRequestError beyond 2^25 characters. */
  spendText(chars: number): void {
    this.#textChars += chars
    if (!(this.#textChars <= maxTextChars))
      throw new InvalidRequestError(
        '',
        `the texts of the body add up to more than ${maxTextChars} characters, which no model reads; send less, split it, or count long texts as strings`,
      )
  }

  /** @throws InvalidRequestError beyond 2^27 characters. */
  spendFile(chars: number): void {
    this.#fileChars += chars
    if (!(this.#fileChars <= maxFileChars))
      throw new InvalidRequestError(
        '',
        `the files in the body add up to more than ${maxFileChars} characters of base64; send less, split it, or give files by URL`,
      )
  }
}
