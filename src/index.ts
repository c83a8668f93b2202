/**
 * tokenfare: what a call to a language model will cost, known before it is made.
 *
 * The root is light: no vocabulary inside, no network, no side effects at import.
 *
 * @packageDocumentation
 */
export {
  InvalidRequestError,
  InvalidUsageError,
  isTokenfareError,
  PriceNotFoundError,
  TokenfareError,
  type TokenfareErrorCode,
  UnknownModelError,
} from './errors.ts'
export type { Amount } from './money.ts'
