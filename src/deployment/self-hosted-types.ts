/** What `estimateSelfHosted` takes and gives. */
import type { Amount } from '../money.ts'
import type { Memory } from './memory.ts'
import type { DeploymentAssumption, DeploymentNotice, DeploymentWarning } from './notice.ts'
import type { Rent } from './rental.ts'
import type { Clock } from './staleness.ts'
import type { Architecture, Engine, Gpu, KvFormat, Quantization, Range } from './types.ts'

export interface SelfHostedOptions extends Clock {
  /** An open model of the catalogue, or the shape of another one. */
  readonly model: string | Architecture
  readonly gpu: string | Gpu
  /** GPUs that hold the model together. Default: the fewest that hold it. */
  readonly count?: number
  /** How the weights are stored. Default: as they were published. */
  readonly quantization?: Quantization
  /** How keys and values are stored. Default `fp16`. */
  readonly kvFormat?: KvFormat
  /** Default: `llama.cpp` for its own formats (`q4_k_m` and alike), `serving` for all others. */
  readonly engine?: Engine
  /** Tokens of a prompt. Default 1,000. */
  readonly promptTokens?: number
  /** Tokens of a reply. Default 500. */
  readonly outputTokens?: number
  /** Requests answered at once, at most 4,096; `max` for as many as the memory holds. Default 1. */
  readonly concurrency?: number | 'max'
  /** Share of the rented time in which requests at that concurrency are there, above 0 and up to 1. Default 1. */
  readonly utilisation?: number
  /** What the GPUs cost; without it there are no costs in the result. */
  readonly rental?: Rent
}

export interface SelfHostedSpeed {
  /** Time to the first token of a request that does not wait for others. */
  readonly timeToFirstTokenMs: Range
  /** Speed of one stream while it is written. */
  readonly tokensPerSecondPerUser: Range
  /** All streams together, reading of prompts included. */
  readonly outputTokensPerSecond: Range
  readonly prefillTokensPerSecond: Range
  readonly requestsPerHour: Range
  /** What a decoding step spends most time on. */
  readonly boundBy: 'weights' | 'attention' | 'compute' | 'overhead'
}

/** Cost of the tokens. Rent per hour is exact; what depends on speed is a range of doubles. */
export interface SelfHostedCost {
  /** Rent of all machines for an hour. */
  readonly perHour: Amount
  /** Rent ÷ time spent on prompts: US dollars per million input tokens. */
  readonly inputUsdPerMTok: Range
  /** Rent ÷ time spent on replies: US dollars per million output tokens. */
  readonly outputUsdPerMTok: Range
  /** Rent ÷ requests. */
  readonly usdPerRequest: Range
  readonly machines: number
  /** Id of the rental; `null` for a rent of the caller's own. */
  readonly rental: string | null
  readonly source: string
  readonly checked: string | null
}

export interface SelfHostedEnergy {
  /** Draw of the GPUs under load. */
  readonly watts: Range
  /** Per million tokens, those of prompts and replies together. */
  readonly kWhPerMTok: Range
}

export interface SelfHostedEstimate {
  readonly model: string
  readonly gpu: string
  readonly count: number
  readonly quantization: Quantization
  readonly kvFormat: KvFormat
  readonly engine: Engine
  readonly promptTokens: number
  readonly outputTokens: number
  /** Requests at once; less than asked for where the memory holds fewer. */
  readonly concurrency: Range
  readonly utilisation: number
  readonly memory: Memory
  /** Whether the weights and at least one request are held; speed, cost and energy are `null` otherwise. */
  readonly fits: boolean
  readonly speed: SelfHostedSpeed | null
  /** `null` also without a rental. */
  readonly cost: SelfHostedCost | null
  readonly energy: SelfHostedEnergy | null
  readonly assumptions: readonly DeploymentNotice<DeploymentAssumption>[]
  readonly warnings: readonly DeploymentNotice<DeploymentWarning>[]
}
