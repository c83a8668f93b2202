import { TokenfareError } from '../../errors.ts'

/** The one error of this folder: a tokenizer file that is malformed, or asks for what would not be exact here. */
export function unsupportedTokenizer(reason: string): TokenfareError {
  return new TokenfareError('unsupported-tokenizer', `the tokenizer file cannot be used: ${reason}`)
}

export function refuse(reason: string): never {
  throw unsupportedTokenizer(reason)
}

/** Bounds that published tokenizers keep by a factor of three or more, so that a hostile file costs little. */
export const LIMITS = {
  /** Bytes of a file; that of Gemma 3 has 33 million. */
  fileBytes: 100_000_000,
  /** Values of a JSON file; that of Gemma 3 has 1.9 million. */
  jsonValues: 4_000_000,
  /** Members of all objects of a JSON file; that of Gemma 3 has 320,000. */
  jsonMembers: 700_000,
  jsonDepth: 40,
  /** Token indexes; a pair of them has to fit into a slot of the pair table. */
  tokens: 1_048_576,
  merges: 1_048_576,
  id: 16_777_215,
  addedTokens: 50_000,
  addedTokenUnits: 1000,
  tokenBytes: 4096,
  splits: 16,
  normalizers: 16,
  /** Ids around a text, and parts of what names them. */
  templateIds: 1000,
} as const
