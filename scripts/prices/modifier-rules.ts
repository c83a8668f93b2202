/** Which models have service tiers, regions and long contexts with rates of their own, at which ratio, and who says so. */

/** Prefixes of a maker's models at the gateways. */
export const gatewayVendors: Readonly<Record<string, readonly string[]>> = {
  openai: ['openai'],
  anthropic: ['anthropic'],
  google: ['google'],
  'google-vertex': ['google'],
  mistral: ['mistralai', 'mistral'],
  xai: ['x-ai', 'spacexai', 'xai'],
}

/** Gemini models with flex and priority tiers: LiteLLM's table (2026-07-24), and for 3.5 to 3.8 Flash the notes of genai-prices 0.1.8. */
const geminiTiered = /^gemini-3\.(?:1-flash-lite|5-flash|5-flash-lite|6-flash|7-flash|8-flash)$/

/** On the Gemini API the models of the fourth generation have both tiers, too (releases v0.17.0 of iyulab/TokenMeter, v2.7.9 of Trazum). */
const geminiApiTiered = new RegExp(`${geminiTiered.source}|^gemini-4-(?:argon|carbon|hydrogen|neon)$`)

/**
 * Half price for slower answers: OpenAI's rows in LiteLLM's table (2026-08-01) and its flex price list; of GPT-6 its guide to flex
 * processing, which ends with 6.1, and LiteLLM discussion 39633.
 */
export const flexModels: Readonly<Record<string, RegExp>> = {
  openai:
    /^(?:gpt-5|gpt-5-mini|gpt-5-nano|gpt-5\.[12]|gpt-5\.4|gpt-5\.4-(?:mini|nano|pro)|gpt-5\.5|gpt-5\.5-pro|gpt-5\.6-(?:sol|terra|luna)|gpt-6-astra|gpt-6\.1-(?:sol|terra)|o3|o4-mini)$/,
  google: geminiApiTiered,
  'google-vertex': geminiTiered,
}

/** Tiers at the list price: Groq's flex differs in its limits alone (console.groq.com/docs/flex-processing, read on 2026-11-29). */
export const plainTiers: Readonly<Record<string, readonly string[]>> = { groq: ['flex'] }

/** `shortOnly` where the seller has no such tier for long contexts, or does not say what it costs there. */
export interface TierRule {
  readonly shortOnly?: true
  readonly models: RegExp
  readonly numerator: number
  readonly denominator: number
}

const geminiPriority = (tiered: RegExp): TierRule => ({
  models: new RegExp(`${tiered.source}|^gemini-3-flash-preview$|^gemini-3(?:\\.1)?-pro-preview$`),
  numerator: 9,
  denominator: 5,
})

/** Dearer for faster answers where no gateway lists it: LiteLLM's table (2026-07-24); Gemini 3.7 and 3.8 by genai-prices 0.1.8. */
export const priorityRules: Readonly<Record<string, readonly TierRule[]>> = {
  openai: [
    { models: /^gpt-5\.1(?:-chat-latest|-codex)?$|^gpt-5\.2-(?:chat-latest|codex)$/, numerator: 2, denominator: 1 },
    { models: /^gpt-5\.1-codex-mini$/, numerator: 9, denominator: 5 },
    { models: /^gpt-4\.1-nano$/, numerator: 2, denominator: 1 },
    { models: /^o4-mini$/, numerator: 20, denominator: 11 },
    { models: /^gpt-4o-2024-05-13$/, numerator: 7, denominator: 4 },
  ],
  google: [geminiPriority(geminiApiTiered)],
  'google-vertex': [geminiPriority(geminiTiered)],
  // docs.x.ai, "Priority Processing"; twice the price by coder/xum#3798, lidge-jun/opencodex#2072 and EasyMetaAu/helm-api#911.
  xai: [{ models: /^grok-4\.[3567](?:-latest)?$/, numerator: 2, denominator: 1, shortOnly: true }],
}

/**
 * OpenAI's fastest tier (developers.openai.com/api/docs/guides/ultrafast-mode, read on 2026-11-29). That of gpt-6.2-sol costs three times
 * the price through 2027-02-28, then six times.
 */
export const ultrafastRules: readonly TierRule[] = [
  { models: /^gpt-(?:6-astra|6\.1-sol)$/, numerator: 6, denominator: 1, shortOnly: true },
  { models: /^gpt-6\.2-sol$/, numerator: 3, denominator: 1, shortOnly: true },
]

/** OpenAI has fast mode for long contexts since GPT-5.6, at twice the price there, too (openai.com/API-fast-mode, page of gpt-6.2-sol). */
export const LONG_FAST = /^gpt-(?:5\.6|6)/

/**
 * What OpenAI does not offer in the EU: ultrafast mode, and fast mode of its first models of GPT-6 (its guides; LiteLLM's documentation of
 * 2026-10-06).
 */
export function isOfferedIn(seller: string, region: string, id: string, mode: string): boolean {
  if (seller !== 'openai' || region !== 'eu') return true
  return mode !== 'ultrafast' && !(mode === 'priority' && /^gpt-6(?:-astra|-sol|-luna|\.1-sol)$/.test(id))
}

/**
 * Half price in batches where no gateway lists it. Anthropic's discount stacks with caching (platform.claude.com, "Batch
 * processing"); of the others (console.groq.com/docs/batch, docs.mistral.ai "Batch inference", LiteLLM's rows of OpenAI) it is not
 * known for cached input.
 */
export const batchRules: Readonly<Record<string, { readonly models: RegExp; readonly cached: boolean }>> = {
  anthropic: { models: /^claude-(?:3-|opus-4|sonnet-4|haiku-4)/, cached: true },
  groq: { models: /^(?:openai\/gpt-oss-|meta-llama\/llama-4-|qwen\/)/, cached: false },
  mistral: { models: /^(?:mistral|ministral|codestral|devstral|magistral|pixtral|open)-/, cached: false },
  openai: {
    models:
      /^(?:ft:|o1-pro$|o3-pro$|o3-deep-research$|o4-mini-deep-research$|gpt-4o(?:-mini)?-search-preview$|gpt-4o-2024-05-13$)/,
    cached: false,
  },
}

interface RegionRule {
  readonly models: RegExp
  readonly regions: readonly string[]
  readonly numerator: number
  readonly denominator: number
}

/** Data residency: OpenAI +10 % (LiteLLM's uplift rows; the places are those of its guide), Anthropic and xAI US +10 %, Together US and CA +25 % (their docs). */
export const regionRules: Readonly<Record<string, RegionRule>> = {
  openai: {
    models: /^gpt-(?:5\.[4-6]|6|realtime-2\.1)/,
    regions: ['us', 'eu', 'au', 'in', 'jp'],
    numerator: 11,
    denominator: 10,
  },
  anthropic: {
    models: /^claude-(?:opus|sonnet)-4-[6-9]|^claude-(?:opus|sonnet|haiku|fable)-5/,
    regions: ['us'],
    numerator: 11,
    denominator: 10,
  },
  // Any place but the global endpoint, from the generation of 4.5 on (platform.claude.com, "Claude on Vertex AI", and its pricing page).
  'google-vertex': {
    models: /^claude-(?:opus|sonnet|haiku)-4-[5-9]|^claude-(?:opus|sonnet|haiku|fable)-5/,
    regions: ['regional'],
    numerator: 11,
    denominator: 10,
  },
  xai: { models: /^grok/, regions: ['us'], numerator: 11, denominator: 10 },
  together: { models: /./, regions: ['us', 'ca'], numerator: 5, denominator: 4 },
}

/** Claude Sonnet 4 and 4.5 charge more for a whole request above 200,000 tokens at every seller (LiteLLM's table of 2026-07-24). */
export const LONG_CLAUDE = /(?:^|\.)claude-(?:sonnet-4|4-sonnet|sonnet-4-0|sonnet-4-5)(?:-20\d{6})?(?:-v1:0)?$/

/** What writing to a cache that lasts for long costs of the input: an hour at Anthropic, twelve at OpenAI. */
export const longWriteRatios = { cacheWrite1h: [2, 1], cacheWrite12h: [5, 2] } as const

export type LongWrite = keyof typeof longWriteRatios

/** Models of OpenAI whose pages quote a rate for writes that last twelve hours (developers.openai.com, read on 2026-11-29). */
export const twelveHourWrites = /^gpt-6\.(?:1-terra|2-sol)$/

/**
 * Writing to the cache costs what the input does: AWS announced prompt caching (News Blog, 2024-12-04) as without additional cost for
 * writes with Nova, and pi-ai 1.5.2 quoted the input rate. Later versions give 0, which a catalogue also has for what it does not know.
 */
export const plainCacheWrites: Readonly<Record<string, RegExp>> = {
  'amazon-bedrock': /(?:^|\.)amazon\.nova-(?:2-)?(?:micro|lite|pro|premier)-/,
}
