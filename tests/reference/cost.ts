/**
 * What a bill is, written out as slowly and plainly as possible: fractions of big integers straight from the price files, no
 * shared code with the library. Used to check the fast path.
 */
import type { FileCard, FilePeriod, FileRates } from '../../src/pricing/file.ts'

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

const zero: Fraction = { numerator: 0n, denominator: 1n }

function plus(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  }
}

function decimalFraction(decimal: string): Fraction {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) }
}

/** A plain decimal of twelve digits, trailing zeros removed; the fraction must come out even at that scale. */
export function decimalText({ numerator, denominator }: Fraction): string {
  const scaled = numerator * 10n ** 12n
  if (scaled % denominator !== 0n) throw new Error('finer than a picodollar')
  const digits = (scaled / denominator).toString().padStart(13, '0')
  const text = `${digits.slice(0, -12)}.${digits.slice(-12)}`
  return text.replace(/\.?0+$/, '')
}

/** Every dimension, so that nothing is left to a default. */
export type ReferenceUsage = Readonly<Record<Counted | Measured, number>> & {
  readonly imageSize: string
  readonly imageQuality: string
  readonly videoSize: string
  readonly codeContainer: string
  readonly searchTool: string
  readonly searchContext: string
}
type Counted =
  | 'inputTokens'
  | 'outputTokens'
  | 'cacheReadTokens'
  | 'cacheWriteTokens'
  | 'cacheWrite1hTokens'
  | 'cacheWrite12hTokens'
  | 'reasoningTokens'
  | 'citationTokens'
  | 'inputAudioTokens'
  | 'inputImageTokens'
  | 'inputVideoTokens'
  | 'cacheReadAudioTokens'
  | 'cacheReadImageTokens'
  | 'cacheReadVideoTokens'
  | 'outputAudioTokens'
  | 'outputImageTokens'
  | 'outputVideoTokens'
  | CountedThing
type CountedThing = keyof typeof counted
type Measured = keyof typeof measured

/** What is counted one by one: its rate, and for how many the rate is quoted. */
export const counted = {
  webSearches: ['webSearch', 1000],
  fileSearches: ['fileSearch', 1000],
  socialSearches: ['socialSearch', 1000],
  mapsQueries: ['mapsQuery', 1000],
  codeExecutions: ['codeExecution', 1000],
  codeSessions: ['codeSession', 1],
  searchUnits: ['searchUnit', 1000],
  messages: ['message', 1000],
  requests: ['request', 1000],
  pages: ['page', 1000],
  annotatedPages: ['annotatedPage', 1000],
  characters: ['character', 1_000_000],
  outputImages: ['image', 1],
  cacheStorageTokenHours: ['cacheStorage', 1_000_000],
} as const
/** What has a fraction: seconds quoted by the hour, minute or second, gigabyte-days, megapixels. */
export const measured = {
  inputAudioSeconds: ['inputAudioHour', 3600],
  outputAudioSeconds: ['outputAudioHour', 3600],
  videoSeconds: ['videoSecond', 1],
  sessionSeconds: ['sessionMinute', 60],
  hardwareSeconds: ['hardwareSecond', 1],
  codeSeconds: ['codeHour', 3600],
  fileStorageGbDays: ['fileStorage', 1],
  outputMegapixels: ['megapixel', 1],
} as const

/** Units that are free for this call, by rate. */
export type FreeUnits = Readonly<Partial<Record<keyof FileRates, number>>>

/** The exact cost under a card, and the parts for which the card has no rate. */
export function referenceCost(
  card: FileCard,
  usage: ReferenceUsage,
  free: FreeUnits = {},
): { readonly total: string; readonly unpriced: readonly string[] } {
  let rates = card.rates
  for (const tier of card.tiers ?? []) {
    if (usage.inputTokens > tier.above || (tier.inclusive === true && usage.inputTokens === tier.above))
      rates = tier.rates
  }
  const freshAudio = usage.inputAudioTokens - usage.cacheReadAudioTokens
  const freshImages = usage.inputImageTokens - usage.cacheReadImageTokens
  const freshVideo = usage.inputVideoTokens - usage.cacheReadVideoTokens
  // Cached media cost what cached text does, unless fresh media have a rate of their own.
  const cachedRates = (cached: keyof FileRates, fresh: keyof FileRates): readonly (keyof FileRates)[] =>
    rates[fresh] === undefined ? [cached, 'cacheRead'] : [cached]
  const tokens: [string, number, readonly (keyof FileRates)[]][] = [
    [
      'input',
      usage.inputTokens - usage.cacheReadTokens - usage.cacheWriteTokens - freshAudio - freshImages - freshVideo,
      ['input'],
    ],
    ['inputAudio', freshAudio, ['inputAudio', 'input']],
    ['inputImage', freshImages, ['inputImage', 'input']],
    ['inputVideo', freshVideo, ['inputVideo', 'input']],
    [
      'cacheRead',
      usage.cacheReadTokens - usage.cacheReadAudioTokens - usage.cacheReadImageTokens - usage.cacheReadVideoTokens,
      ['cacheRead'],
    ],
    ['cacheReadAudio', usage.cacheReadAudioTokens, cachedRates('cacheReadAudio', 'inputAudio')],
    ['cacheReadImage', usage.cacheReadImageTokens, cachedRates('cacheReadImage', 'inputImage')],
    ['cacheReadVideo', usage.cacheReadVideoTokens, cachedRates('cacheReadVideo', 'inputVideo')],
    ['cacheWrite', usage.cacheWriteTokens - usage.cacheWrite1hTokens - usage.cacheWrite12hTokens, ['cacheWrite']],
    ['cacheWrite1h', usage.cacheWrite1hTokens, ['cacheWrite1h']],
    ['cacheWrite12h', usage.cacheWrite12hTokens, ['cacheWrite12h']],
    [
      'output',
      usage.outputTokens -
        usage.reasoningTokens -
        usage.citationTokens -
        usage.outputAudioTokens -
        usage.outputImageTokens -
        usage.outputVideoTokens,
      ['output'],
    ],
    ['reasoning', usage.reasoningTokens, ['reasoning', 'output']],
    ['citation', usage.citationTokens, ['citation', 'output']],
    ['outputAudio', usage.outputAudioTokens, ['outputAudio', 'output']],
    ['outputImage', usage.outputImageTokens, ['outputImage', 'output']],
    ['outputVideo', usage.outputVideoTokens, ['outputVideo', 'output']],
  ]
  const lines: [string, Fraction, string | null][] = []
  for (const [name, quantity, keys] of tokens) {
    if (quantity === 0) continue
    const key = keys.find((candidate) => rates[candidate] !== undefined)
    lines.push([name, fraction(quantity, 1_000_000), key === undefined ? null : (rates[key] ?? null)])
  }
  const plain = tokens.find(([name]) => name === 'output')?.[1] as number
  for (const [field, [key, per]] of Object.entries({ ...counted, ...measured })) {
    const given = usage[field as CountedThing | Measured]
    if (given === 0) continue
    if (key === 'image' && hasImagesInTokens(rates, usage, plain)) continue
    const thousandths = Math.round(given * 1000) - Math.round((free[key] ?? 0) * 1000)
    const rate = key in chosenBy ? variantRate(card, rates, key as keyof typeof chosenBy, usage) : (rates[key] ?? null)
    if (rate === null) lines.push([key, zero, null])
    else if (thousandths > 0) lines.push([key, fraction(thousandths, per * 1000), rate])
  }
  let total = zero
  const unpriced: string[] = []
  for (const [name, quantity, rate] of lines) {
    if (rate === null) unpriced.push(name)
    else total = plus(total, toPicodollars(times(quantity, decimalFraction(rate))))
  }
  return { total: decimalText(total), unpriced: unpriced.sort() }
}

const fraction = (numerator: number, denominator: number): Fraction => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
})

function times(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator }
}

/** A line of a bill is rounded half up to a picodollar, which only rates per hour and minute ever need. */
function toPicodollars({ numerator, denominator }: Fraction): Fraction {
  return { numerator: (2n * numerator * 10n ** 12n + denominator) / (2n * denominator), denominator: 10n ** 12n }
}

/** Output tokens that already hold the images: their own tokens, or all output where images have no rate of their own. */
function hasImagesInTokens(rates: FileRates, usage: ReferenceUsage, plainOutput: number): boolean {
  if (usage.outputImageTokens > 0) {
    const rate = rates.outputImage === undefined ? rates.output : rates.outputImage
    return rate !== undefined && rate !== null
  }
  return plainOutput > 0 && rates.outputImage === undefined && Number(rates.output ?? 0) > 0
}

const chosenBy = {
  image: ['imageSize', 'imageQuality'],
  videoSecond: ['videoSize', undefined],
  codeHour: ['codeContainer', undefined],
  request: ['searchContext', undefined],
  webSearch: ['searchTool', undefined],
} as const

/** The rate of the size and quality that the usage names exactly as the card spells them; the first row is the default. */
function variantRate(
  card: FileCard,
  rates: FileRates,
  key: keyof typeof chosenBy,
  usage: ReferenceUsage,
): string | null {
  const rows = (card.variants ?? []).filter((row) => row.rate === key)
  if (rows.length === 0) return rates[key] ?? null
  const [sizeField, qualityField] = chosenBy[key]
  const size = usage[sizeField] === '' ? rows[0]?.size : usage[sizeField]
  const quality = qualityField === undefined ? '' : usage[qualityField]
  const row = rows.find((one) => (one.size ?? size) === size && (one.quality ?? '') === quality)
  return row?.usd ?? null
}

/** A context in which a period can be priced: standard, a service tier, a region, or both. */
export function cardsOf(
  period: FilePeriod,
): { readonly card: FileCard; readonly serviceTier?: string; readonly region?: string }[] {
  const whole = (card: FileCard): FileCard => withSizesOf(period, card)
  return [
    ...(period.schedule === undefined ? [{ card: period }] : []),
    ...Object.entries(period.modes ?? {}).map(([serviceTier, card]) => ({ card: whole(card), serviceTier })),
    ...Object.entries(period.regions ?? {}).flatMap(([region, own]) => [
      { card: whole(own), region },
      ...Object.entries(own.modes ?? {}).map(([serviceTier, card]) => ({ card: whole(card), serviceTier, region })),
    ]),
  ]
}

/** Sizes and qualities stand with the standard rates; they hold in every context in which the rate is the same. */
function withSizesOf(period: FilePeriod, card: FileCard): FileCard {
  const variants = (period.variants ?? []).filter(({ rate }) => card.rates[rate] === period.rates[rate])
  return { ...card, variants: [...(card.variants ?? []), ...variants] }
}
