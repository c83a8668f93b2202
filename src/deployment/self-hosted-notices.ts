/** What a reader of a self-hosted estimate should know. */
import { type Memory, MOST_GPUS } from './memory.ts'
import { type DeploymentAssumption, type DeploymentNotice, type DeploymentWarning, notice } from './notice.ts'
import type { ResolvedRent } from './rental.ts'
import type { Setup } from './roofline.ts'
import type { SelfHostedOptions } from './self-hosted-types.ts'
import { type Clock, staleWarnings } from './staleness.ts'
import type { LoadRange } from './throughput.ts'

export function assumptionsOf(
  options: SelfHostedOptions,
  { model, engine }: Setup,
): DeploymentNotice<DeploymentAssumption>[] {
  const assumptions: DeploymentNotice<DeploymentAssumption>[] = []
  if (options.promptTokens === undefined || options.outputTokens === undefined)
    assumptions.push(notice('default-lengths', 'prompts of 1,000 and replies of 500 tokens, where not given'))
  if (options.quantization === undefined)
    assumptions.push(notice('native-format', `weights as published: ${model.nativeFormat}`))
  if (options.count === undefined) assumptions.push(notice('fewest-gpus', 'the fewest GPUs that hold the model'))
  if (model.experts !== undefined)
    assumptions.push(notice('even-experts', 'tokens choose their experts evenly and independently of each other'))
  assumptions.push(
    notice(
      'no-speculation',
      engine === 'serving'
        ? 'a tuned server (TensorRT-LLM, vLLM, SGLang, LMDeploy) without speculative decoding and without prompt caching'
        : 'llama.cpp with all layers on the GPUs, one after the other',
    ),
  )
  return assumptions
}

/** What the warnings of an estimate depend on. */
interface Estimated {
  readonly setup: Setup
  readonly asked: number | 'max'
  readonly memory: Memory
  readonly load: LoadRange
  readonly rent: ResolvedRent | undefined
  readonly clock: Clock
}

export function warningsOf(estimated: Estimated): DeploymentNotice<DeploymentWarning>[] {
  return [
    ...fitWarnings(estimated),
    ...setupWarnings(estimated.setup),
    ...rentWarnings(estimated),
    ...staleWarnings(usedRows(estimated), estimated.clock),
  ]
}

/** Whether the memory holds the load, and the model the request. */
function fitWarnings({ setup, asked, memory, load }: Estimated): DeploymentNotice<DeploymentWarning>[] {
  const { model, gpu, count } = setup
  const warnings: DeploymentNotice<DeploymentWarning>[] = []
  if (memory.maxConcurrency.expected < 1) {
    const needed = memory.gpusNeeded === null ? `more than ${MOST_GPUS}` : `${memory.gpusNeeded}`
    warnings.push(notice('does-not-fit', `${count} × ${gpu.id} do not hold the model and a request; ${needed} would`))
  } else if (asked !== 'max' && load.concurrency.expected < asked) {
    const held = load.concurrency.expected
    warnings.push(notice('requests-wait', `the memory holds ${held} of ${asked} requests at once; the others wait`))
  }
  if (memory.tight) warnings.push(notice('tight-memory', 'whether this fits depends on the settings of the engine'))
  const tokens = load.promptTokens + load.outputTokens
  if (tokens > model.contextTokens)
    warnings.push(
      notice('beyond-context', `prompt and reply of ${tokens} tokens are beyond the model's ${model.contextTokens}`),
    )
  return warnings
}

/** Whether the GPUs suit the model's shape and format. */
function setupWarnings({ model, gpu, count, quantization, engine }: Setup): DeploymentNotice<DeploymentWarning>[] {
  const warnings: DeploymentNotice<DeploymentWarning>[] = []
  if (engine === 'serving' && count > 1 && model.attentionHeads % count !== 0)
    warnings.push(notice('uneven-split', `${model.attentionHeads} attention heads do not divide over ${count} GPUs`))
  const multiplied = quantization === 'fp8' || quantization === 'fp4' ? quantization : 'fp16'
  if (gpu.denseTeraflops[multiplied] === undefined)
    warnings.push(notice('format-emulated', `${gpu.id} does not multiply in ${quantization}; it unpacks to 16 bits`))
  return warnings
}

function rentWarnings({ setup: { gpu }, rent }: Estimated): DeploymentNotice<DeploymentWarning>[] {
  const row = rent?.row
  if (row == null || row.gpu === gpu.id) return []
  return [notice('other-gpu', `the rental ${row.id} is for ${row.gpu ?? 'no GPU'}, not for ${gpu.id}`)]
}

/** The rows of data behind an estimate, with the words for each. */
function usedRows({ setup: { gpu, model }, rent }: Estimated): Parameters<typeof staleWarnings>[0] {
  const row = rent?.row
  return [
    [`the GPU ${gpu.id}`, gpu],
    [`the model ${model.id}`, model],
    ...(row == null ? [] : [[`the rental ${row.id}`, row] as const]),
  ]
}
