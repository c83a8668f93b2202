/** How much a request may unfold to: shared references unfold again at each use, and a list may claim a length without entries. */
import { InvalidRequestError } from '../errors.ts'

/**
 * Values in one request. As JSON each takes at least one token with its comma, and no model that is counted here reads that many;
 * reading so many takes a fraction of a second.
 */
const maxValues = 500_000
/** Characters that values of one request may unfold to as JSON; providers refuse bodies from 20 to 50 MB on. */
const maxJsonChars = 1 << 26

/** What reading one request has used up. */
export class Budget {
  #values = 0
  #chars = 0

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
}
