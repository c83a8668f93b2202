/** Usage of several parts of one call: steps of an agent in the AI SDK, and chunks of LangChain, each of which reports its own share. */
import type { Usage } from '../types.ts'
import { type Fields, inner, innerList, textField } from './fields.ts'
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

/**
 * The sum of all quantities; what one part did not report, the sum does not know, either. A size or a tool that the parts do not
 * agree on is left out, so that the cost says what it assumed.
 */
export function sumOfUsages(usages: readonly Usage[]): Usage {
  const total: Record<string, unknown> = {}
  const disagreed = new Set<string>()
  for (const usage of usages)
    for (const [field, value] of Object.entries(usage)) {
      const before = total[field]
      if (typeof value === 'number') total[field] = ((before as number | undefined) ?? 0) + value
      else if (Array.isArray(value) && Array.isArray(before)) total[field] = [...new Set([...before, ...value])]
      else {
        if (before !== undefined && before !== value) disagreed.add(field)
        total[field] = before ?? value
      }
    }
  for (const field of disagreed) delete total[field]
  return present(total as ReadUsage)
}

/** What the chunks of a message say together; `isCut` where the stream broke off before its end. */
interface MergedChunks {
  readonly usage: Fields
  readonly message: Fields
  readonly isCut: boolean
}

/** LangChain's chunks report what is new in each; its Google package repeats the details, which then are more than their whole. */
export function mergedLangchainChunks(events: readonly Fields[]): MergedChunks | undefined {
  const reports = events.map((event) => inner(event, 'usage_metadata')).filter((usage) => usage !== undefined)
  if (reports.length === 0) return undefined
  const details = (name: string, whole: string): Fields =>
    summed(
      reports.map((report) => {
        const parts = Object.entries(inner(report, name) ?? {})
        const isNew = (part: unknown): boolean => !(typeof part === 'number' && part > Number(report[whole] ?? 0))
        return Object.fromEntries(parts.filter(([, part]) => isNew(part)))
      }),
    )
  const metadata = Object.fromEntries(
    events.flatMap((event) => Object.entries(inner(event, 'response_metadata') ?? {})),
  )
  const provider = textField(metadata, 'model_provider')
  const whole = provider === 'anthropic' ? { output_tokens: outputOfAnthropic(reports), total_tokens: undefined } : {}
  return {
    usage: {
      ...summed(reports),
      ...whole,
      input_token_details: details('input_token_details', 'input_tokens'),
      output_token_details: details('output_token_details', 'output_tokens'),
    },
    message: { response_metadata: metadata },
    isCut: isStoppedBy(provider, events) === false,
  }
}

/**
 * The last report of a message has all of its output, and the first the token that it began with, which a sum has twice. Only first
 * reports have input.
 */
function outputOfAnthropic(reports: readonly Fields[]): unknown {
  const ends = reports.filter((_, position) => {
    const next = reports[position + 1]
    return next === undefined || Number(next.input_tokens ?? 0) > 0
  })
  return summed(ends.map(({ output_tokens }) => ({ output_tokens }))).output_tokens
}

/** Whether a message says why it stopped; `undefined` where its package is not known to say so. */
function isStoppedBy(provider: string | undefined, events: readonly Fields[]): boolean | undefined {
  const field = provider === 'anthropic' ? 'stop_reason' : provider === 'google-genai' ? 'finishReason' : undefined
  if (field === undefined) return undefined
  return events.some((event) =>
    ['response_metadata', 'additional_kwargs'].some((place) => textField(inner(event, place), field) !== undefined),
  )
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
