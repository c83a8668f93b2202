/** Parts of a model: where its parameters are, and what one token touches. */
import type { Architecture } from './types.ts'

export interface ParameterParts {
  /** Input embedding and output head. */
  readonly embeddings: number
  /** Routed experts, all of them. */
  readonly experts: number
  /** Everything else: attention, dense feed-forward parts, shared experts, routers. */
  readonly others: number
}

export function expertLayers({ layers, experts }: Architecture): number {
  return experts === undefined ? 0 : layers - experts.denseLayers
}

/** Gated feed-forward parts have three matrices, as all models of the catalogue do. */
export function parameterParts(model: Architecture): ParameterParts {
  const { experts, hiddenSize, vocabularySize, tiedEmbeddings, totalParameters } = model
  const embeddings = vocabularySize * hiddenSize * (tiedEmbeddings ? 1 : 2)
  const routed =
    experts === undefined ? 0 : expertLayers(model) * experts.count * 3 * hiddenSize * experts.feedForwardSize
  return { embeddings, experts: routed, others: Math.max(0, totalParameters - embeddings - routed) }
}

/**
 * Share of the routed experts that a batch is expected to touch: 1 − (1 − k/E)^B, for B tokens that each choose k of E experts
 * independently and evenly. Real routing is uneven, so that fewer are touched and some are waited for; the efficiency of experts
 * stands for that.
 */
export function touchedExpertShare({ experts }: Architecture, tokens: number): number {
  return experts === undefined ? 0 : 1 - (1 - experts.perToken / experts.count) ** tokens
}

/** Elements of keys and values of one token in one layer. */
export function kvElementsPerLayer({ mla, kvHeads, headSize }: Architecture): number {
  return mla === undefined ? 2 * kvHeads * headSize : mla.kvRank + mla.ropeSize
}

/** Layers × tokens that hold keys and values after a sequence of `tokens`. */
export function kvLayerTokens({ layers, slidingWindow }: Architecture, tokens: number): number {
  if (slidingWindow === undefined) return layers * tokens
  const sliding = slidingWindow.layers
  return (layers - sliding) * tokens + sliding * Math.min(tokens, slidingWindow.tokens)
}

/** The parameters that the shape implies, norms and biases left out: what `totalParameters` is checked against. */
export function impliedParameters(model: Architecture): { readonly total: number; readonly active: number } {
  const { layers, hiddenSize, feedForwardSize, attentionHeads, kvHeads, headSize, mla, experts } = model
  const heads = attentionHeads * headSize
  const attention =
    mla === undefined
      ? hiddenSize * (2 * heads + 2 * kvHeads * headSize)
      : hiddenSize * mla.queryRank +
        mla.queryRank * attentionHeads * (headSize + mla.ropeSize) +
        hiddenSize * (mla.kvRank + mla.ropeSize) +
        mla.kvRank * 2 * heads +
        heads * hiddenSize
  const withExperts = expertLayers(model)
  const expert = 3 * hiddenSize * (experts?.feedForwardSize ?? 0)
  const fixed =
    model.vocabularySize * hiddenSize * (model.tiedEmbeddings ? 1 : 2) +
    layers * attention +
    (layers - withExperts) * 3 * hiddenSize * feedForwardSize +
    withExperts * ((experts?.shared ?? 0) * expert + hiddenSize * (experts?.count ?? 0))
  return {
    total: fixed + withExperts * (experts?.count ?? 0) * expert,
    active: fixed + withExperts * (experts?.perToken ?? 0) * expert,
  }
}
