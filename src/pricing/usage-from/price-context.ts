/** The context of a price, from what a response says about it. */
import { type Fields, inner, isFields, textField } from './fields.ts'
import { aiSdkSteps } from './merged.ts'
import { usageIn } from './recognise.ts'

interface PriceContextFound {
  readonly serviceTier?: string
  readonly region?: string
}

/** As stated: a tier of any name, so that a later `default` takes back an earlier `priority`. */
interface Stated {
  readonly tier?: string
  readonly region?: string
}

const tiers: ReadonlySet<string> = /* @__PURE__ */ new Set(['batch', 'flex', 'priority', 'fast', 'ultrafast'])

/**
 * What a response says about the context its price depends on, for `calcCost`: service tier and region. Of the events of a stream, or of
 * their list, the last that says so counts.
 */
export function priceContextFrom(response: unknown): PriceContextFound {
  const { tier, region } = statedIn(response)
  return {
    ...(tier !== undefined && tiers.has(tier) ? { serviceTier: tier } : {}),
    ...(region === undefined || region === 'global' || region === 'not_available' ? {} : { region }),
  }
}

function statedIn(response: unknown): Stated {
  if (Array.isArray(response)) return Object.fromEntries(response.flatMap((entry) => Object.entries(statedIn(entry))))
  if (!isFields(response)) return {}
  const steps = aiSdkSteps(response)
  if (steps.length > 0) return statedIn(steps)
  const found = usageIn(response)
  // Before its end, an event has the answer but no usage yet.
  const holder = found?.holder ?? inner(response, 'response') ?? inner(response, 'message') ?? response
  const metadata = inner(response, 'response_metadata')
  // The AI SDK hands on the provider's object inside its own, LangChain in the metadata of a message.
  const usage = inner(found?.usage, 'raw') ?? inner(metadata, 'usage') ?? found?.usage
  const tier =
    batchIn(response) ?? tierIn(usage) ?? tierIn(holder) ?? tierIn(response) ?? tierAround(response, metadata)
  const region = textField(usage, 'inference_geo')
  return { ...(tier === undefined ? {} : { tier }), ...(region === undefined ? {} : { region }) }
}

/** The tier that a usage object or a response names itself, in the spellings of the APIs and SDKs. */
function tierIn(fields: Fields | undefined): string | undefined {
  if (textField(fields, 'speed') === 'fast') return 'fast'
  const traffic = textField(fields, 'trafficType')?.replace(/^ON_DEMAND_?/, '')
  return (
    textField(fields, 'service_tier') ??
    textField(fields, 'serviceTier') ??
    textField(inner(fields, 'serviceTier'), 'type') ??
    (traffic === '' ? 'standard' : traffic?.toLowerCase())
  )
}

/** Batches of OpenAI, and lines of their results and of Google's; Anthropic's lines name the tier themselves. */
function batchIn(response: Fields): string | undefined {
  const answer = inner(response, 'response')
  const isLine =
    (textField(response, 'custom_id') !== undefined && typeof answer?.status_code === 'number') ||
    (textField(response, 'key') !== undefined && inner(answer, 'usageMetadata') !== undefined)
  return isLine || textField(response, 'object') === 'batch' ? 'batch' : undefined
}

/** Where SDKs put the tier: metadata of LangChain and of the AI SDK, under whichever provider's name, and headers of Google's answer. */
function tierAround(response: Fields, metadata: Fields | undefined): string | undefined {
  const own = inner(response, 'providerMetadata')
  const headers =
    inner(inner(response, 'sdkHttpResponse'), 'headers') ?? inner(inner(response, 'response'), 'headers') ?? undefined
  return [
    tierIn(metadata),
    tierIn(inner(metadata, 'metadata')),
    ...Object.keys(own ?? {}).map((provider) => tierIn(inner(own, provider))),
    tierIn(inner(inner(response, 'response'), 'body')),
    textField(headers, 'x-gemini-service-tier'),
  ].find((tier) => tier !== undefined)
}
