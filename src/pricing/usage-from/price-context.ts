/** The context of a price, from what a response says about it. */
import { type Fields, inner, isFields, textField } from './fields.ts'
import { aiSdkSteps } from './merged.ts'
import { usageIn } from './recognise.ts'

interface PriceContextFound {
  readonly serviceTier?: string
  readonly region?: string
}

/**
 * What a response says about the context its price depends on, for `calcCost`: service tier and region. Of the events of a stream, or of
 * their list, the last that says so counts.
 */
export function priceContextFrom(response: unknown): PriceContextFound {
  if (Array.isArray(response))
    return Object.fromEntries(response.flatMap((event) => Object.entries(priceContextFrom(event))))
  if (!isFields(response)) return {}
  const steps = aiSdkSteps(response)
  if (steps.length > 0) return priceContextFrom(steps)
  const found = usageIn(response)
  const metadata = inner(response, 'response_metadata')
  // The AI SDK hands on the provider's object inside its own, LangChain in the metadata of a message.
  const usage = inner(found, 'raw') ?? inner(metadata, 'usage') ?? found
  const speed = textField(usage, 'speed')
  const stated =
    textField(usage, 'service_tier') ??
    textField(usage, 'serviceTier') ??
    textField(response, 'service_tier') ??
    textField(inner(response, 'response'), 'service_tier') ??
    textField(metadata, 'service_tier') ??
    textField(inner(inner(response, 'response'), 'body'), 'service_tier') ??
    textField(inner(response, 'serviceTier'), 'type') ??
    tierInMetadata(inner(response, 'providerMetadata'))
  const traffic = textField(usage, 'trafficType')
    ?.replace(/^ON_DEMAND_?/, '')
    .toLowerCase()
  const tier = speed === 'fast' ? 'fast' : (stated ?? traffic)
  const region = textField(usage, 'inference_geo')
  const known = tier !== undefined && ['batch', 'flex', 'priority', 'fast'].includes(tier)
  return {
    ...(known ? { serviceTier: tier } : {}),
    ...(region === undefined || region === 'global' || region === 'not_available' ? {} : { region }),
  }
}

/** The service tier in the AI SDK's metadata, under whichever provider's name. */
function tierInMetadata(metadata: Fields | undefined): string | undefined {
  return Object.keys(metadata ?? {})
    .map((provider) => textField(inner(metadata, provider), 'serviceTier'))
    .find((tier) => tier !== undefined)
}
