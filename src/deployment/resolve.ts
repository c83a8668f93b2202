/** Models and GPUs by name, or as a caller describes them. */
import { findArchitecture, findGpu } from './catalog.ts'
import { numberBetween, oneOf } from './check.ts'
import type { Architecture, Gpu } from './types.ts'

const shapeNumbers = [
  'totalParameters',
  'activeParameters',
  'layers',
  'hiddenSize',
  'attentionHeads',
  'kvHeads',
  'headSize',
  'vocabularySize',
  'contextTokens',
] as const

/** A model of the catalogue, or a shape that a caller gives. @throws UnknownNameError, InvalidDeploymentError */
export function resolveArchitecture(model: unknown): Architecture {
  if (typeof model !== 'object' || model === null) return findArchitecture(model)
  const own = model as Architecture
  for (const field of shapeNumbers) numberBetween(`model.${field}`, own[field], 0, 1e15)
  return own
}

/** A GPU of the catalogue, or the figures of another one. @throws UnknownNameError, InvalidDeploymentError */
export function resolveGpu(gpu: unknown): Gpu {
  if (typeof gpu !== 'object' || gpu === null) return findGpu(gpu)
  const own = gpu as Gpu
  for (const field of ['memoryMiB', 'memoryGBPerSecond', 'tdpWatts', 'linkGBPerSecond'] as const)
    numberBetween(`gpu.${field}`, own[field], 0, 1e9)
  numberBetween('gpu.denseTeraflops.fp16', own.denseTeraflops?.fp16, 0, 1e9)
  oneOf('gpu.link', own.link, ['nvlink', 'xgmi', 'pcie'])
  return own
}
