/** Shares of the peaks that engines reach, and the times that do not depend on size. */
import { fittedEfficiency } from './efficiency.gen.ts'
import type { Engine, Range } from './types.ts'

/**
 * The factors of the model. Shares are of the published peak of the GPU. Each is fitted (`efficiency.gen.ts`), and stands for what the
 * formula does not say: kernels that do not fill the GPU, uneven experts, scheduling.
 */
export const efficiencyNames = [
  /** Share of the memory bandwidth when reading weights of 16, 8 and about 4 bits. */
  'bandwidth-16',
  'bandwidth-8',
  'bandwidth-4',
  /** Share of the memory bandwidth when reading keys and values. */
  'kvBandwidth',
  /** Further share for routed experts: uneven choice, small products. */
  'experts',
  /** Share of the dense peak of the format. */
  'compute-fp16',
  'compute-fp8',
  'compute-fp4',
  /** Share of the 16-bit peak when weights are unpacked on the way. */
  'computeWeightOnly',
  /** Operations per second that the kernels of the engine reach on any GPU, in 10^12. */
  'kernelTeraflops',
  /** Seconds per layer of a decoding step, and of a prefill step, for launching kernels. */
  'layerSeconds',
  'prefillLayerSeconds',
  /** Further launches of a layer with 256 experts, as a multiple; with fewer experts by the logarithm of their number. */
  'expertLaunches',
  /** Seconds per all-reduce before data moves, over links of the maker and over the PCI bus. */
  'exchangeSeconds',
  'exchangeSecondsPcie',
  /** Share of the bandwidth of the link. */
  'link',
  /** Share of the time in which a full server computes: the rest goes to scheduling, sampling and uneven ends. */
  'scheduling',
] as const

export type EfficiencyName = (typeof efficiencyNames)[number]

/** One value for each factor. */
export type EfficiencyPoint = Readonly<Record<EfficiencyName, number>>

export type Efficiency = Readonly<Record<keyof Range, EfficiencyPoint>>

/** The fitted factors of an engine, with the ends of their ranges. */
export function efficiencyOf(engine: Engine): Efficiency {
  return fittedEfficiency[engine]
}
