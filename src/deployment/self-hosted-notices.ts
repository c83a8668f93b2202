/** What a reader of a self-hosted estimate should know. */
import { type Memory, MOST_GPUS } from './memory.ts'
import type { Setup } from './roofline.ts'
import type { SelfHostedOptions } from './self-hosted.ts'
import type { DeploymentNotice, Range } from './types.ts'

export function notice(code: string, message: string): DeploymentNotice {
  return Object.freeze({ code, message })
}

export function assumptionsOf(options: SelfHostedOptions, setup: Setup): DeploymentNotice[] {
  const { model, engine } = setup
  return [
    ...(options.promptTokens === undefined || options.outputTokens === undefined
      ? [notice('default-lengths', 'prompts of 1,000 and replies of 500 tokens, where not given')]
      : []),
    ...(options.quantization === undefined
      ? [notice('native-format', `weights as published: ${model.nativeFormat}`)]
      : []),
    ...(options.count === undefined ? [notice('fewest-gpus', 'the fewest GPUs that hold the model')] : []),
    ...(model.experts === undefined
      ? []
      : [notice('even-experts', 'tokens choose their experts evenly and independently of each other')]),
    notice(
      'no-speculation',
      engine === 'serving'
        ? 'a tuned server (TensorRT-LLM, vLLM, SGLang, LMDeploy) without speculative decoding and without prompt caching'
        : 'llama.cpp with all layers on the GPUs, one after the other',
    ),
  ]
}

export function warningsOf(
  setup: Setup,
  asked: number | 'max',
  memory: Memory,
  concurrency: Range,
  tokens: number,
): DeploymentNotice[] {
  const { model, gpu, count, quantization } = setup
  const warnings: DeploymentNotice[] = []
  if (memory.maxConcurrency.expected < 1) {
    const needed = memory.gpusNeeded === null ? `more than ${MOST_GPUS}` : `${memory.gpusNeeded}`
    warnings.push(notice('does-not-fit', `${count} × ${gpu.id} do not hold the model and a request; ${needed} would`))
  } else if (asked !== 'max' && concurrency.expected < asked) {
    warnings.push(
      notice('requests-wait', `the memory holds ${concurrency.expected} of ${asked} requests at once; the others wait`),
    )
  }
  if (memory.tight) warnings.push(notice('tight-memory', 'whether this fits depends on the settings of the engine'))
  if (tokens > model.contextTokens)
    warnings.push(
      notice('beyond-context', `prompt and reply of ${tokens} tokens are beyond the model's ${model.contextTokens}`),
    )
  if (setup.engine === 'serving' && count > 1 && model.attentionHeads % count !== 0)
    warnings.push(notice('uneven-split', `${model.attentionHeads} attention heads do not divide over ${count} GPUs`))
  const native = gpu.denseTeraflops[quantization === 'fp8' || quantization === 'fp4' ? quantization : 'fp16']
  if (native === undefined)
    warnings.push(notice('format-emulated', `${gpu.id} does not multiply in ${quantization}; it unpacks to 16 bits`))
  return warnings
}
