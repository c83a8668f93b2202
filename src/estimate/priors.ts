/** How long replies are when nothing is known but the kind of work. */

export type OutputTask = 'chat' | 'code-completion'

/** Measured lengths of replies, in tokens. */
export interface OutputPrior {
  readonly mean: number
  readonly p99: number
  readonly source: string
}

/**
 * Reply lengths in Microsoft's traces of Azure OpenAI of November 2023 (github.com/Azure/AzurePublicDataset,
 * AzureLLMInferenceTrace_conv.csv and _code.csv: 19,366 conversations, 8,819 completions). The mean is what money adds up to.
 * In both traces the length of the input says nothing about that of the reply (correlation −0.11 and 0.00).
 */
const priors: ReadonlyMap<OutputTask, OutputPrior> = new Map([
  ['chat', { mean: 211, p99: 601, source: 'Azure LLM inference trace 2023, conversation' }],
  ['code-completion', { mean: 28, p99: 252, source: 'Azure LLM inference trace 2023, code' }],
])

export const outputTasks: readonly OutputTask[] = [...priors.keys()]

/** The prior of a task. @throws RangeError for a task without one. */
export function priorOf(task: OutputTask): OutputPrior {
  const prior = priors.get(task)
  if (prior === undefined) throw new RangeError(`output.task must be one of ${outputTasks.join(', ')}`)
  return prior
}
