/**
 * What a bill is, written out as slowly and plainly as possible: fractions of big integers straight from the price files, no
 * shared code with the library. Used to check the fast path.
 */
import type { FileCard, FilePeriod } from '../../src/pricing/file.ts'

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

export interface ReferenceUsage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  readonly cacheWrite1hTokens: number
  readonly reasoningTokens: number
  readonly inputAudioTokens: number
  readonly outputAudioTokens: number
  readonly webSearches: number
}

/** The exact cost under a card, and the parts for which the card has no rate. */
export function referenceCost(
  card: FileCard,
  usage: ReferenceUsage,
): { readonly total: string; readonly unpriced: readonly string[] } {
  let rates = card.rates
  for (const tier of card.tiers ?? []) {
    if (usage.inputTokens > tier.above || (tier.inclusive === true && usage.inputTokens === tier.above))
      rates = tier.rates
  }
  const parts: [string, number, readonly (keyof typeof rates)[], string][] = [
    [
      'input',
      usage.inputTokens - usage.cacheReadTokens - usage.cacheWriteTokens - usage.inputAudioTokens,
      ['input'],
      '1000000',
    ],
    ['inputAudio', usage.inputAudioTokens, ['inputAudio', 'input'], '1000000'],
    ['cacheRead', usage.cacheReadTokens, ['cacheRead'], '1000000'],
    ['cacheWrite', usage.cacheWriteTokens - usage.cacheWrite1hTokens, ['cacheWrite'], '1000000'],
    ['cacheWrite1h', usage.cacheWrite1hTokens, ['cacheWrite1h'], '1000000'],
    ['output', usage.outputTokens - usage.reasoningTokens - usage.outputAudioTokens, ['output'], '1000000'],
    ['reasoning', usage.reasoningTokens, ['reasoning', 'output'], '1000000'],
    ['outputAudio', usage.outputAudioTokens, ['outputAudio', 'output'], '1000000'],
    ['webSearch', usage.webSearches, ['webSearch'], '1000'],
    ['request', rates.request == null ? 0 : 1, ['request'], '1000'],
  ]
  let total = zero
  const unpriced: string[] = []
  for (const [name, quantity, keys, per] of parts) {
    if (quantity === 0) continue
    const key = keys.find((candidate) => rates[candidate] !== undefined)
    const rate = key === undefined ? null : (rates[key] ?? null)
    if (rate === null) {
      unpriced.push(name)
      continue
    }
    const { numerator, denominator } = decimalFraction(rate)
    total = plus(total, { numerator: numerator * BigInt(quantity), denominator: denominator * BigInt(per) })
  }
  return { total: decimalText(total), unpriced: unpriced.sort() }
}

/** A context in which a period can be priced: standard, a service tier, a region, or both. */
export function cardsOf(
  period: FilePeriod,
): { readonly card: FileCard; readonly serviceTier?: string; readonly region?: string }[] {
  return [
    ...(period.schedule === undefined ? [{ card: period }] : []),
    ...Object.entries(period.modes ?? {}).map(([serviceTier, card]) => ({ card, serviceTier })),
    ...Object.entries(period.regions ?? {}).flatMap(([region, own]) => [
      { card: own, region },
      ...Object.entries(own.modes ?? {}).map(([serviceTier, card]) => ({ card, serviceTier, region })),
    ]),
  ]
}
