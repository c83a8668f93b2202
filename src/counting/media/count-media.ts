/** Tokens of pictures, sound, films and documents inside a request. */

import { familyOf } from '../../models/families.ts'
import type { ChatContext } from '../chat.ts'
import type { MediaPart } from '../request.ts'
import type { CountPartKind, TokenRange } from '../types.ts'
import { imageRuleFor, unknownSizeImage } from './count-image.ts'
import { decodeStart, fileBytes } from './file-bytes.ts'
import { headerBytes, imageSize } from './image-size.ts'
import { imageTokens, mostImageTokens } from './image-tokens.ts'
import { pdfPages, soundSeconds } from './measures.ts'
import { mediaRatesFor } from './media-rates.ts'

export function countMedia(part: MediaPart, context: ChatContext): void {
  if (part.data !== undefined) context.budget.spendFile(Math.min(part.data.length, looksAt[part.kind]))
  if (part.kind === 'image') countImage(part, context)
  else if (part.kind === 'document') countDocument(part, context)
  else countTimed(part, part.kind, context)
}

/** Characters of base64, or bytes, that are looked at, at most, by kind. */
const looksAt: Readonly<Record<MediaPart['kind'], number>> = {
  image: 2 * headerBytes,
  audio: 128,
  video: 128,
  document: Number.POSITIVE_INFINITY,
}

function countImage(part: MediaPart, { model, at, meter, warnings }: ChatContext): void {
  const rule = imageRuleFor(model, at)
  const { width, height } =
    part.width === undefined || part.height === undefined
      ? (imageSize(decodeStart(part.data ?? '', headerBytes)) ?? { width: undefined, height: undefined })
      : part
  const block = familyOf(model).name.startsWith('claude') ? 4 : 0
  if (rule !== undefined && width !== undefined && height !== undefined) {
    const tokens = imageTokens(rule, width, height, part.detail)
    const high = mostImageTokens(rule, tokens, part.detail) + block
    meter.range('images', { tokens: tokens + block, low: tokens + block, high }, 'rule')
    return
  }
  const { tokens, low, high } = unknownSizeImage(rule, part.detail)
  warnUnknownSize(
    warnings,
    rule === undefined ? 'no image rule is known for this model' : 'the size of a picture is not known',
  )
  meter.range('images', { tokens: tokens + block, low: low + block, high: high + block }, 'heuristic')
}

/** Said once, however many there are of a kind. */
function warnUnknownSize(warnings: ChatContext['warnings'], message: string): void {
  if (!warnings.some((warning) => warning.message === message)) warnings.push({ code: 'unknown-media-size', message })
}

function countTimed(part: MediaPart, kind: 'audio' | 'video', { model, meter, warnings }: ChatContext): void {
  const rates = mediaRatesFor(familyOf(model).name)[kind]
  const seconds = part.seconds === undefined ? soundSeconds(part) : exactly(part.seconds)
  if (seconds.low !== seconds.high)
    warnUnknownSize(warnings, `the length of the ${kind} is not known; its file size bounds it`)
  const range = { tokens: seconds.tokens * rates.tokens, low: seconds.low * rates.low, high: seconds.high * rates.high }
  meter.range(kind, range, seconds.low === seconds.high ? 'calibrated' : 'heuristic')
}

function countDocument(part: MediaPart, { model, meter, warnings }: ChatContext): void {
  const text = plainText(part)
  if (text !== undefined) {
    meter.text('documents' satisfies CountPartKind, text)
    return
  }
  const rates = mediaRatesFor(familyOf(model).name).page
  const pages = part.pages === undefined ? pdfPages(part) : exactly(part.pages)
  if (pages.low !== pages.high) warnUnknownSize(warnings, 'the number of pages of a document is not known')
  const range = { tokens: pages.tokens * rates.tokens, low: pages.low * rates.low, high: pages.high * rates.high }
  meter.range('documents', range, 'heuristic')
}

/** Media types of text beside `text/…`, and formats of Bedrock's documents, which are written as types here. */
const textTypes =
  /^(?:application\/(?:json|xml|javascript|x-javascript|ecmascript|x-python|x-yaml|yaml|toml|sql|rtf|csv)|document\/(?:txt|md|csv|html))$/

function plainText(part: MediaPart): string | undefined {
  const type = (part.mediaType ?? '').toLowerCase()
  return (type.startsWith('text/') || textTypes.test(type)) && part.data !== undefined
    ? new TextDecoder().decode(decodeStart(part.data, fileBytes(part.data)))
    : undefined
}

function exactly(value: number): TokenRange {
  return { tokens: value, low: value, high: value }
}
