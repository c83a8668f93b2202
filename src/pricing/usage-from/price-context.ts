/** The context of a price, from what a response says about it. */
import { isFields, textField } from './fields.ts'
import { usageIn } from './recognise.ts'

/** What a response says about the context its price depends on, for `calcCost`: service tier and region. */
export function priceContextFrom(response: unknown): { readonly serviceTier?: string; readonly region?: string } {
  if (!isFields(response)) return {}
  const usage = usageIn(response)
  const speed = textField(usage, 'speed')
  const stated =
    textField(usage, 'service_tier') ?? textField(usage, 'serviceTier') ?? textField(response, 'service_tier')
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
