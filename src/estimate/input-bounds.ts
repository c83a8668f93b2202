/** What is billed of an input at the bounds of its count. */
import type { CountPartKind, TokenCount } from '../counting/index.ts'
import type { Usage } from '../pricing/types.ts'

type MediaField = 'inputImageTokens' | 'inputAudioTokens' | 'inputVideoTokens'

/** Tokens of an input, with those of pictures, sound and films, which some sellers price apart from text. */
export interface BilledInput {
  readonly tokens: number
  /** `undefined` for text alone, which most inputs are. */
  readonly media: Pick<Usage, MediaField> | undefined
}

export interface InputBounds {
  readonly low: BilledInput
  readonly expected: BilledInput
  readonly high: BilledInput
}

export function inputBounds(input: TokenCount): InputBounds {
  const expected = billedAt(input, 'tokens')
  // Where the input is known to the token, as most of published vocabularies are, its bounds are the same.
  if (input.low === input.high) return { low: expected, expected, high: expected }
  return { low: billedAt(input, 'low'), expected, high: billedAt(input, 'high') }
}

function billedAt(input: TokenCount, bound: 'low' | 'tokens' | 'high'): BilledInput {
  const tokens = input[bound]
  let media: { -readonly [Field in MediaField]?: number } | undefined
  // Where the lower bound of the whole takes tokens off the frame, it may be below that of a picture.
  let left = tokens
  // By index, since iterating over frozen lists takes ten times as long.
  for (let i = 0; i < input.parts.length; i++) {
    const part = input.parts[i]!
    const field = mediaField(part.kind)
    if (field === undefined) continue
    media ??= {}
    media[field] = Math.min(part[bound], left)
    left -= media[field]
  }
  return { tokens, media }
}

function mediaField(kind: CountPartKind): MediaField | undefined {
  if (kind === 'images') return 'inputImageTokens'
  if (kind === 'audio') return 'inputAudioTokens'
  return kind === 'video' ? 'inputVideoTokens' : undefined
}
