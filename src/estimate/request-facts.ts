/** What a body says about its reply and its service, read once for all models of a comparison. */

import { cacheAskedBy, choicesOf, outputLimitOf, regionOf, serviceTierOf } from './body.ts'
import type { CacheLifetime } from './cache.ts'
import { effortAsked } from './effort.ts'
import type { ReasoningEffort } from './priors.ts'

export interface RequestFacts {
  readonly limit: number | undefined
  readonly choices: number
  readonly effort: ReasoningEffort | undefined
  readonly serviceTier: string | undefined
  readonly region: string | undefined
  /** How long a part of the body is to be cached, where it asks for that. */
  readonly cache: CacheLifetime | undefined
  /** The body itself, for what only some models make of it. */
  readonly body: unknown
}

export function requestFacts(request: unknown): RequestFacts {
  return {
    limit: outputLimitOf(request),
    choices: choicesOf(request),
    effort: effortAsked(request),
    serviceTier: serviceTierOf(request),
    region: regionOf(request),
    cache: cacheAskedBy(request),
    body: request,
  }
}
