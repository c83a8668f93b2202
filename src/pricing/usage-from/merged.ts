/** Usage of several parts of one call: steps of an agent in the AI SDK, and chunks of LangChain, each of which reports its own share. */
import type { Usage } from '../types.ts'
import { type Fields, inner, innerList, isFields, textField } from './fields.ts'
import { present, type ReadUsage } from './read-usage.ts'

/** The steps of a result or of a stream of the AI SDK, with the usage that each of them has; none where nothing says so. */
export function aiSdkSteps(response: Fields | readonly Fields[]): readonly Fields[] {
  const steps = Array.isArray(response) ? streamedSteps(response) : innerList(response as Fields, 'steps')
  return steps.filter((step) => inner(step, 'usage') !== undefined)
}

/** The ends of the steps in a stream, each with the results of tools that came before it. */
function streamedSteps(events: readonly Fields[]): readonly Fields[] {
  const steps: Fields[] = []
  let content: Fields[] = []
  for (const event of events) {
    const type = textField(event, 'type')
    if (type === 'tool-result') content.push(event)
    if (type !== 'finish-step') continue
    steps.push({ ...event, content })
    content = []
  }
  return steps
}

/** The sum of all quantities; what one part did not report, the sum does not know, either. */
export function sumOfUsages(usages: readonly Usage[]): Usage {
  const total: Record<string, unknown> = {}
  for (const usage of usages)
    for (const [field, value] of Object.entries(usage))
      total[field] =
        typeof value === 'number' ? ((total[field] as number | undefined) ?? 0) + value : (total[field] ?? value)
  return present(total as ReadUsage)
}

/** LangChain's chunks report what is new in each; its Google package repeats the details, which then are more than their whole. */
export function mergedLangchainChunks(
  events: readonly Fields[],
): { readonly usage: Fields; readonly message: Fields } | undefined {
  const reports = events.map((event) => inner(event, 'usage_metadata')).filter((usage) => usage !== undefined)
  if (reports.length === 0) return undefined
  const totals = summed(reports)
  const details = (name: string, whole: unknown): Fields => {
    const parts = reports.map((usage) => inner(usage, name)).filter(isFields)
    return Object.fromEntries(
      Object.entries(summed(parts)).map(([key, value]) => [
        key,
        typeof value === 'number' && typeof whole === 'number' && value > whole
          ? parts.reduce((most, part) => Math.max(most, Number(part[key] ?? 0)), 0)
          : value,
      ]),
    )
  }
  const metadata = events.flatMap((event) => Object.entries(inner(event, 'response_metadata') ?? {}))
  // Anthropic's last report has all of the output, and its first the token that it began with, which the sum has twice.
  const isAnthropic = metadata.some(([key, value]) => key === 'model_provider' && value === 'anthropic')
  const whole = isAnthropic ? { output_tokens: reports.at(-1)?.output_tokens, total_tokens: undefined } : {}
  return {
    usage: {
      ...totals,
      ...whole,
      input_token_details: details('input_token_details', totals.input_tokens),
      output_token_details: details('output_token_details', totals.output_tokens),
    },
    message: { response_metadata: Object.fromEntries(metadata) },
  }
}

/** Field by field; a value that is no number stays for the reader to refuse. */
function summed(list: readonly Fields[]): Fields {
  const total = new Map<string, unknown>()
  for (const fields of list)
    for (const [key, value] of Object.entries(fields)) {
      const before = total.get(key)
      total.set(key, typeof value === 'number' && typeof before === 'number' ? before + value : (value ?? before))
    }
  return Object.fromEntries(total)
}
