/** The context of a price, from what a response says about it. */
import { inner, isFields, textField } from './fields.ts'
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
  if (Array.isArray(response)) return Object.assign({}, ...response.map(priceContextFrom)) as PriceContextFound
  if (!isFields(response)) return {}
  const usage = usageIn(response)
  const speed = textField(usage, 'speed')
  const stated =
    textField(usage, 'service_tier') ??
    textField(usage, 'serviceTier') ??
    textField(response, 'service_tier') ??
    textField(inner(response, 'response'), 'service_tier') ??
    textField(inner(inner(response, 'response'), 'body'), 'service_tier') ??
    textField(inner(response, 'serviceTier'), 'type')
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
