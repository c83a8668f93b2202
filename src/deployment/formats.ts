/** Number formats: how many bits a weight takes, and in which format it is multiplied. */
import type { ComputeFormat, Gpu, KvFormat, Quantization } from './types.ts'

interface Format {
  /** Mean bits per weight, scales included. */
  readonly bits: number
  /** Which weights the format holds; the others stay in 16 bits. */
  readonly holds: 'all' | 'layers' | 'experts'
  /** The format of the products; weight-only formats multiply in 16 bits. */
  readonly multiplies: ComputeFormat
  /** Formats of one class reach the same share of the memory bandwidth. */
  readonly class: 16 | 8 | 4
}

/**
 * Bits per weight: FP8 and INT8 have scales per channel or block; INT4 (AWQ, GPTQ) a 16-bit scale and zero point per 128 weights;
 * NVFP4 an FP8 scale per 16; MXFP4 an 8-bit scale per 32. The k-quants of llama.cpp mix formats: file size over parameters of
 * Llama 3 8B and 70B (XiongjieDai/GPU-Benchmarks-on-LLM-Inference, README).
 */
export const quantizations: Readonly<Record<Quantization, Format>> = Object.freeze({
  fp16: { bits: 16, holds: 'all', multiplies: 'fp16', class: 16 },
  fp8: { bits: 8, holds: 'layers', multiplies: 'fp8', class: 8 },
  int8: { bits: 8, holds: 'layers', multiplies: 'fp16', class: 8 },
  int4: { bits: 4.25, holds: 'layers', multiplies: 'fp16', class: 4 },
  fp4: { bits: 4.5, holds: 'layers', multiplies: 'fp4', class: 4 },
  mxfp4: { bits: 4.25, holds: 'experts', multiplies: 'fp16', class: 4 },
  q8_0: { bits: 8.5, holds: 'all', multiplies: 'fp16', class: 8 },
  q6_k: { bits: 6.57, holds: 'all', multiplies: 'fp16', class: 8 },
  q5_k_m: { bits: 5.67, holds: 'all', multiplies: 'fp16', class: 4 },
  q4_k_m: { bits: 4.85, holds: 'all', multiplies: 'fp16', class: 4 },
  q4_0: { bits: 4.55, holds: 'all', multiplies: 'fp16', class: 4 },
})

export const quantizationNames: readonly Quantization[] = Object.freeze(Object.keys(quantizations) as Quantization[])

export const kvBytesPerElement: Readonly<Record<KvFormat, number>> = Object.freeze({ fp16: 2, fp8: 1 })

/** The format in which a GPU multiplies weights of a quantization: its own where the GPU has it, else 16 bits. */
export function computeFormat(quantization: Quantization, gpu: Gpu): ComputeFormat {
  const wanted = quantizations[quantization].multiplies
  return gpu.denseTeraflops[wanted] === undefined ? 'fp16' : wanted
}
