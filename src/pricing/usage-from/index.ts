/** Real usage of a call, from what the provider or SDK returned. */
import { InvalidUsageError } from '../../errors.ts'
import type { Usage } from '../types.ts'
import { billedQuantities } from '../usage.ts'
import { isCutStep } from './ai-sdk.ts'
import { callsIn, isStep, isTranscription } from './calls.ts'
import { type Fields, inner, innerList, isFields, textField } from './fields.ts'
import { aiSdkSteps, mergedLangchainChunks, sumOfUsages } from './merged.ts'
import { present } from './read-usage.ts'
import { readers, type UsageApi } from './readers.ts'
import { apiOf, type FoundUsage, usageIn } from './recognise.ts'
import { endOfStream, isUnbilledRefusal } from './refusals.ts'

export { priceContextFrom } from './price-context.ts'
export type { UsageApi } from './readers.ts'

export interface UsageFromOptions {
  /** The API that produced the response. Default: recognised by fields that only one API has. */
  readonly api?: UsageApi
  /**
   * The model that answered. Default: the one that the response names. Google bills a grounded call by query or by prompt,
   * depending on it.
   */
  readonly model?: string
}

/**
 * The usage of one call in the library's shape: the whole input with its cached part inside, the whole output with reasoning
 * inside.
 *
 * @param response - a response, its usage object, an SDK result, or the list of a stream's events. What a cut stream did not
 * report is listed in `missing`: its cost is unknown, not zero. The steps of an agent are added up, though each is a call of its own:
 * where long contexts cost more, read and price them one by one.
 * @throws InvalidUsageError when no usage can be recognised, or it is impossible, such as more cached than input tokens.
 */
export function usageFrom(response: unknown, options: UsageFromOptions = {}): Usage {
  if (Array.isArray(response)) return usageOfList(response.filter(isFields), options)
  if (!isFields(response)) throw new TypeError('response must be an object or a list of stream events')
  const steps = aiSdkSteps(response)
  if (steps.length > 0) return usageOfSteps(steps, options)
  // A single event tells no more than a list of it.
  if (/^message_(?:start|delta)$/.test(textField(response, 'type') ?? '')) return usageOfCall([response], options)
  const found = usageIn(response)
  if (found === undefined) return nothingReported()
  return read(found.usage, found.holder, options)
}

/** Each step has its own answer, with what it searched and, in version 5, with the form of its input. */
function usageOfSteps(steps: readonly Fields[], { model }: UsageFromOptions): Usage {
  const options: UsageFromOptions = { api: 'ai-sdk', ...(model === undefined ? {} : { model }) }
  return sumOfUsages(steps.map((step) => read(inner(step, 'usage') as Fields, step, options, isCutStep(step))))
}

function nothingReported(): Usage {
  return Object.freeze({ missing: Object.freeze(['inputTokens', 'outputTokens'] as const) })
}

/**
 * What the reader of the API finds in a usage object.
 *
 * @param outputCut - whether the stream broke off before the final number of output tokens.
 */
function read(usage: Fields, response: Fields, { api, model }: UsageFromOptions, outputCut = false): Usage {
  const reader = readers.get(api ?? apiOf(usage) ?? 'openai-chat')
  if (reader === undefined)
    throw new RangeError(`api must be one of ${[...readers.keys()].join(', ')}, got ${JSON.stringify(api)}`)
  const reported = reader(usage, response, model)
  // Whatever form its usage has: through Bedrock that cannot be told from those of other APIs.
  const found = isUnbilledRefusal(response)
    ? { inputTokens: 0, outputTokens: 0, otherModels: reported.otherModels }
    : reported
  const missing = [
    ...(found.inputTokens === undefined ? (['inputTokens'] as const) : []),
    ...(found.outputTokens === undefined || outputCut ? (['outputTokens'] as const) : []),
  ]
  if (api === undefined && missing.length === 2 && !outputCut && apiOf(usage) === undefined) {
    throw new InvalidUsageError('response', response, 'a usage object of a known API; name it with { api }')
  }
  const result = present({ ...found, missing: missing.length > 0 ? Object.freeze(missing) : undefined })
  // Refuses what no provider can mean, such as parts above their whole.
  billedQuantities(result)
  return result
}

function usageOfList(entries: readonly Fields[], options: UsageFromOptions): Usage {
  const steps = entries.some(isStep) ? entries.filter(isStep) : aiSdkSteps(entries)
  if (steps.length > 0) {
    const ended = steps === entries || entries.some((event) => isStep(event) || textField(event, 'type') === 'finish')
    return ended ? usageOfSteps(steps, options) : sumOfUsages([usageOfSteps(steps, options), nothingReported()])
  }
  const chunks = mergedLangchainChunks(entries)
  if (chunks !== undefined)
    return read(chunks.usage, chunks.message, { ...options, api: options.api ?? 'langchain' }, chunks.isCut)
  const transcripts = entries.filter(isTranscription)
  const others = entries.filter((entry) => !isTranscription(entry))
  const calls = callsIn(others.some((entry) => usageIn(entry) !== undefined) ? others : entries)
  const usages = calls.map((call) => usageOfCall(call, options))
  const [first = nothingReported(), ...more] = usages
  const usage = more.length === 0 ? first : sumOfUsages(usages)
  if (transcripts.length === 0 || others.length === 0) return usage
  const otherModels = transcripts.map((entry) => ({ model: null, usage: usageFrom(entry) }))
  return sumOfUsages([usage, { otherModels }])
}

/** The usage of one call from the events of its stream. */
function usageOfCall(events: readonly Fields[], options: UsageFromOptions): Usage {
  const isAnthropic =
    options.api === 'anthropic-messages' ||
    events.some((event) => /^message_(?:start|delta)$/.test(textField(event, 'type') ?? ''))
  const found = events.flatMap((event): Report[] => {
    const usage = usageIn(event)
    return usage === undefined ? [] : [{ event, ...usage }]
  })
  // Groq's last chunk has an object of its own beside the usage.
  const known = found.filter(({ usage }) => apiOf(usage) !== undefined)
  const isNamed = isAnthropic || (options.api !== undefined && known.length === 0)
  const reports = isNamed ? found : known
  const last = reports.at(-1)
  if (last === undefined) return nothingReported()
  const isStream = events.some((event) => textField(event, 'type') !== 'message')
  return isAnthropic && isStream ? usageOfAnthropicStream(reports, events) : usageOfLastReport(last, events, options)
}

/** An event of a stream and the usage object in it. */
interface Report extends FoundUsage {
  readonly event: Fields
}

/** The fields of Anthropic's events add up to one object, of which later events have the newer values. */
function usageOfAnthropicStream(reports: readonly Report[], events: readonly Fields[]): Usage {
  const merged = Object.fromEntries(reports.flatMap(({ usage }) => fieldsWithValue(usage)))
  const ended = reports.some(
    ({ event }) => textField(event, 'type') === 'message_delta' && inner(event, 'usage') !== undefined,
  )
  return read(merged, endOfStream(events), { api: 'anthropic-messages' }, !ended)
}

/** All other APIs repeat the whole usage, so that the last report holds. */
function usageOfLastReport({ usage, holder }: Report, events: readonly Fields[], options: UsageFromOptions): Usage {
  // Gemini tells what an answer is grounded on in any chunk, its live sessions in any message.
  const answers = events.flatMap((event) => [...innerList(event, 'candidates'), inner(event, 'serverContent') ?? []])
  const whole = answers.length === 0 ? holder : { ...holder, candidates: answers.filter(isFields) }
  return read(usage, whole, options, cutBeforeEnd(events, usage))
}

/** The fields with a value; later events win over earlier ones. */
function fieldsWithValue(usage: Fields): [string, unknown][] {
  return Object.entries(usage).filter(([, value]) => value !== null && value !== undefined)
}

/** Gemini repeats its counts with every chunk, so only a chunk with a finish reason, or the end of a turn, shows that they are final. */
function cutBeforeEnd(events: readonly Fields[], usage: Fields): boolean {
  if (!Object.hasOwn(usage, 'promptTokenCount')) return false
  const finished = (event: Fields): boolean =>
    inner(event, 'serverContent')?.turnComplete === true ||
    innerList(event, 'candidates').some((candidate) => textField(candidate, 'finishReason') !== undefined)
  return !events.some(finished)
}
