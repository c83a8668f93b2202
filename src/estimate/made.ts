/**
 * What a call makes or does besides text, and is billed for by the piece: pictures by size and quality, films by the second, speech by the
 * character, searches by the size of their context. Bodies are hostile: own fields only, wrong types are as if absent.
 */
import { billUnder } from '../pricing/bill.ts'
import type { Bill } from '../pricing/bill-draft.ts'
import { IMAGE, REQUEST, VIDEO_SECOND } from '../pricing/positions.ts'
import { type ModelPrices, type RateCard, rateOf } from '../pricing/table.ts'
import type { Usage } from '../pricing/types.ts'
import { sizeKey } from '../pricing/variants.ts'
import { choicesOf, googleSetting, own, positive, word } from './body.ts'

type Fields = { -readonly [Field in keyof Usage]: Usage[Field] }

/** What a model makes of a body, by its kind: for most nothing but text. */
export function madeBy(body: unknown, { id, kind }: Pick<ModelPrices, 'id' | 'kind'>): Usage | undefined {
  if (kind === 'image') return picturesOf(body)
  if (kind === 'video') return filmOf(body)
  if (kind === 'audio') return speechOf(body)
  return isSearchModel(id) ? { ...searchOf(body), webSearches: choicesOf(body) } : searchOf(body)
}

/** OpenAI's models that search for every answer, with a fee for each. */
export function isSearchModel(id: string): boolean {
  return /^gpt-[\w.-]*search-(?:preview|api)(?:-|$)/.test(id)
}

/** Whether a body asks for a spoken reply. */
export function asksForSpeech(body: unknown): boolean {
  const list = own(body, 'modalities') ?? googleSetting(body, 'responseModalities', 'response_modalities')
  return Array.isArray(list) && list.some((item) => word(item)?.toLowerCase() === 'audio')
}

/** The fields of it that a seller has rates for; `undefined` when the call is billed as text. */
export function billedMade(made: Usage | undefined, kind: ModelPrices['kind'], card: RateCard): Usage | undefined {
  if (made === undefined || kind === 'image' || kind === 'video') return made
  if (made.characters !== undefined) return rateOf(card, 'character') == null ? undefined : made
  if (made.webSearches !== undefined && rateOf(card, 'webSearch') != null) return { webSearches: made.webSearches }
  return made.searchContext !== undefined && hasVariants(card, REQUEST) ? made : undefined
}

/** The bills of a call at the cheapest and the dearest size and quality that the body leaves open. */
export function billsOfOpenSizes(usage: Usage, card: RateCard): readonly Bill[] {
  const unit = usage.outputImages === undefined ? VIDEO_SECOND : IMAGE
  const [size, quality] = [usage.imageSize ?? usage.videoSize, usage.imageQuality].map(stated)
  const wanted = size === undefined ? undefined : sizeKey(unit, size)
  return (card.variants ?? [])
    .filter((row) => row.unit === unit && (wanted === undefined || row.size === wanted || row.size === ''))
    .filter((row) => quality === undefined || row.quality === quality.trim().toLowerCase())
    .map((row) =>
      billUnder(card, {
        ...usage,
        ...(unit === IMAGE ? { imageSize: row.size, imageQuality: row.quality } : { videoSize: row.size }),
      }),
    )
}

function hasVariants(card: RateCard, unit: number): boolean {
  return card.variants?.some((row) => row.unit === unit) === true
}

function stated(text: string | undefined): string | undefined {
  return text === 'auto' ? undefined : text
}

/** A word that a usage may hold. */
function short(value: unknown): string | undefined {
  const text = word(value)
  return text === undefined || text.length > 40 ? undefined : text
}

function picturesOf(request: unknown): Usage {
  const settings = googleSetting(request, 'imageConfig', 'image_config')
  const usage: Fields = {
    outputImages: positive(googleSetting(request, 'numberOfImages', 'number_of_images')) ?? choicesOf(request),
  }
  const size = short(own(request, 'size')) ?? short(own(settings, 'imageSize')) ?? short(own(settings, 'image_size'))
  const quality = short(own(request, 'quality'))
  if (size !== undefined) usage.imageSize = size
  if (quality !== undefined) usage.imageQuality = quality
  return usage
}

/** OpenAI writes the seconds as text. How long a film is when its body does not say so differs by model. */
function filmOf(request: unknown): Usage {
  const given =
    own(request, 'seconds') ?? own(request, 'duration') ?? googleSetting(request, 'durationSeconds', 'duration_seconds')
  const seconds = positive(typeof given === 'string' ? Number(given) : given)
  const size =
    short(own(request, 'size')) ?? short(own(request, 'resolution')) ?? short(googleSetting(request, 'resolution', ''))
  const usage: Fields = {}
  if (seconds !== undefined && seconds <= 86_400) usage.videoSeconds = seconds * Math.min(choicesOf(request), 1000)
  if (size !== undefined) usage.videoSize = size
  return usage
}

function speechOf(request: unknown): Usage {
  const text = typeof request === 'string' ? request : (own(request, 'input') ?? own(request, 'prompt'))
  return typeof text === 'string' ? { characters: text.length } : {}
}

function searchOf(request: unknown): Usage | undefined {
  const size = short(own(own(request, 'web_search_options'), 'search_context_size'))
  return size === undefined ? undefined : { searchContext: size }
}
