/** The shapes of the deployment layer. Results are plain, frozen and JSON-serialisable. */

/** A figure that is not exact: what it is likely to be, and between which values it is meant to lie. */
export interface Range {
  readonly low: number
  readonly expected: number
  readonly high: number
}

/** Where a row of data comes from and how long it may be trusted. */
export interface Dated {
  readonly source: string
  /** The day the figure was read at its source, `YYYY-MM-DD`. */
  readonly checked: string
  /** After this many days a result that uses the row carries a warning. */
  readonly staleAfterDays: number
}

/** Number formats in which tensor cores multiply. */
export type ComputeFormat = 'fp16' | 'fp8' | 'fp4'

/** How the GPUs of a machine are connected: NVIDIA's and AMD's own links, or the PCI bus. */
export type Link = 'nvlink' | 'xgmi' | 'pcie'

export interface Gpu extends Dated {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  /** Memory of one GPU in MiB, as the driver reports it. */
  readonly memoryMiB: number
  /** Peak memory bandwidth in 10^9 bytes per second. */
  readonly memoryGBPerSecond: number
  /** Peak products without sparsity in 10^12 operations per second, by format; a missing format is not supported. */
  readonly denseTeraflops: { readonly fp16: number; readonly fp8?: number; readonly fp4?: number }
  readonly tdpWatts: number
  readonly link: Link
  /** Published bandwidth of the link to other GPUs, both directions together, in 10^9 bytes per second. */
  readonly linkGBPerSecond: number
}

/** For how long, and how firmly, hardware is rented. */
export type Commitment = 'on-demand' | 'spot' | 'community' | 'serverless' | 'dedicated' | 'reserved' | 'capacity-block'

/** The rent of a machine. Exactly one of the two rates is given. */
export interface Rental extends Dated {
  /** `seller/product`, for example `lambda/h100`. */
  readonly id: string
  readonly seller: string
  /** Id of the GPU; `null` for a machine without one. */
  readonly gpu: string | null
  /** GPUs in the machine; the rate is for all of them. */
  readonly gpus: number
  readonly commitment: Commitment
  /** US dollars as a decimal string. */
  readonly usdPerHour?: string
  readonly usdPerSecond?: string
}

/** How a seller of machine time bills. */
export interface RentalSeller extends Dated {
  readonly id: string
  readonly name: string
  /** Time is rounded up to whole multiples of this. */
  readonly incrementSeconds: number
  /** The least time billed per start. */
  readonly minimumSeconds: number
  /** Whether start-up and waiting are billed for public models that many share, and for models of one's own. */
  readonly billsSetup: boolean
  readonly billsIdle: boolean
  readonly privateBillsSetup: boolean
  readonly privateBillsIdle: boolean
}

export interface Plan extends Dated {
  readonly id: string
  readonly name: string
  readonly seller: string
  /** US dollars per month as a decimal string; per seat where the name says so. */
  readonly usdPerMonth: string
  /** The same when paid for a year. */
  readonly usdPerMonthYearly?: string
  /** Messages in a window of time, where published; `null` where it is not. */
  readonly allowance: { readonly messages: number; readonly windowHours: number; readonly atLeast?: boolean } | null
}

/** Price of training by tokens, of one model or of all open models up to a size. */
export interface TrainingRate extends Dated {
  readonly id: string
  readonly seller: string
  readonly model?: string
  readonly maxParametersBillions?: number
  readonly method: 'full' | 'lora'
  readonly usdPerMTok: string
}

/** The shape of an open model, as its `config.json` gives it. Parameters follow from the rest; a test computes them. */
export interface Architecture extends Dated {
  readonly id: string
  readonly aliases: readonly string[]
  readonly name: string
  readonly totalParameters: number
  /** Parameters that take part in one token: all of them, or without the experts that are not chosen. */
  readonly activeParameters: number
  readonly layers: number
  readonly hiddenSize: number
  /** Width of the feed-forward part of layers without experts. */
  readonly feedForwardSize: number
  readonly attentionHeads: number
  readonly kvHeads: number
  readonly headSize: number
  readonly vocabularySize: number
  readonly tiedEmbeddings: boolean
  readonly contextTokens: number
  /** The format in which the weights are published. */
  readonly nativeFormat: 'fp16' | 'fp8' | 'mxfp4'
  readonly experts?: {
    readonly count: number
    readonly perToken: number
    /** Experts that every token uses. */
    readonly shared: number
    readonly feedForwardSize: number
    /** Layers without experts. */
    readonly denseLayers: number
  }
  /** Multi-head latent attention: keys and values are kept as one vector of `kvRank + ropeSize` per layer. */
  readonly mla?: { readonly queryRank: number; readonly kvRank: number; readonly ropeSize: number }
  /** Layers that attend to the last `tokens` tokens only. */
  readonly slidingWindow?: { readonly tokens: number; readonly layers: number }
}

/** How the weights are stored. */
export type Quantization =
  | 'fp16'
  | 'fp8'
  | 'int8'
  | 'int4'
  | 'fp4'
  | 'mxfp4'
  | 'q8_0'
  | 'q6_k'
  | 'q5_k_m'
  | 'q4_k_m'
  | 'q4_0'

/** How keys and values are stored. */
export type KvFormat = 'fp16' | 'fp8'

/** `serving`: TensorRT-LLM, vLLM, SGLang, LMDeploy and alike, tensor parallel. `llama.cpp`: one stream, layers split. */
export type Engine = 'serving' | 'llama.cpp'
