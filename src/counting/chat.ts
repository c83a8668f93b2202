/** Counts a chat request by its frame: messages, tools, earlier calls, structured output. */
import { Budget } from './budget.ts'
import { countDeclaration, exchangeOf, isGoogleForm } from './google-tools.ts'
import { jsonText } from './json.ts'
import { countMedia } from './media/count-media.ts'
import type { Meter } from './meter.ts'
import { type Fields, isFields } from './read.ts'
import type {
  ChatMessage,
  ChatRequest,
  Part,
  ReasoningPart,
  StructuredOutput,
  ToolCallPart,
  ToolResultPart,
} from './request.ts'
import type { EffortTokens, Frame } from './rules/frames.ts'
import { countTools } from './tools.ts'
import type { CountNotice, CountPartKind, CountWarningCode, TokenRange } from './types.ts'

/** What a count needs to know besides the request. */
export interface ChatContext {
  readonly model: string
  readonly seller: string | undefined
  readonly at: string | undefined
  readonly frame: Frame
  readonly meter: Meter
  /** What texts and files that are looked at without being counted use up. */
  readonly budget: Budget
  readonly warnings: CountNotice<CountWarningCode>[]
}

export function countChat(request: ChatRequest, context: ChatContext): void {
  const { frame, meter } = context
  meter.fixed('frame', frame.base)
  const keepsReasoning = frame.countsReasoning === true && (frame.wholeTurns === undefined || request.tools.length > 0)
  for (const message of request.messages) countMessage(message, keepsReasoning, context)
  countTools(request, context)
  const { structuredOutput } = request
  if (structuredOutput?.schema !== undefined) countSchema(structuredOutput, context)
  if (request.reasoning !== undefined && request.tools.length === 0)
    meter.fixed('hidden', tokensOfMode(request.reasoning, frame.reasoningModes))
  if (frame.effort !== undefined) countEffort(request.reasoning, frame.effort, meter)
  if (request.hostedTools.length > 0 && frame.hostedToolsHigh !== undefined)
    meter.range('hidden', { tokens: 0, low: 0, high: frame.hostedToolsHigh }, 'calibrated')
  const { band } = frame
  if (band !== undefined && band.below + band.above > 0)
    meter.range('frame', { tokens: 0, low: -band.below, high: band.above }, 'calibrated')
  const { unsettled } = request
  if (unsettled !== undefined && unsettled.below + unsettled.above > 0)
    meter.stated('frame', { tokens: unsettled.tokens ?? 0, low: -unsettled.below, high: unsettled.above })
}

function countEffort(asked: string | undefined, { unasked, modes, least }: EffortTokens, meter: Meter): void {
  const tokens = asked === undefined ? unasked : tokensOfMode(asked, modes)
  if (least === undefined) meter.fixed('hidden', tokens)
  else if (tokens > 0) meter.stated('hidden', { tokens, low: Math.min(least, tokens), high: tokens })
}

/** The name of a mode is a text of the body, and may be that of a prototype's field. */
function tokensOfMode(mode: string, modes: Readonly<Record<string, number>> = {}): number {
  return Object.hasOwn(modes, mode) ? (modes[mode] ?? 0) : 0
}

function countMessage(message: ChatMessage, keepsReasoning: boolean, context: ChatContext): void {
  const { frame, meter } = context
  const only = message.parts.length === 1 ? message.parts[0]! : undefined
  if (only?.kind === 'text' && message.name === undefined) {
    meter.fixed('frame', messageTokens(message, frame))
    countPart(only, 'text', message, context)
    return
  }
  const calls = message.parts.filter((part) => part.kind === 'tool-call')
  const results = message.parts.filter((part) => part.kind === 'tool-result')
  const others = message.parts.filter((part) => part.kind !== 'tool-call' && part.kind !== 'tool-result')
  if (calls.length === 0 || frame.dropsTextBesideCalls !== true) {
    if (isFramed(message, frame)) {
      meter.fixed('frame', messageTokens(message, frame))
      if (message.name !== undefined) {
        meter.text('frame', message.name)
        meter.fixed('frame', frame.perName ?? 1)
      }
    }
    for (const part of others)
      if (part.kind !== 'reasoning') countPart(part, 'text', message, context)
      else if (keepsReasoning) countReasoning(part, frame, meter)
  }
  if (calls.length > 0) countCalls(calls, context)
  for (const result of results) countResult(result, message, context)
}

/** Whether a message has a frame of its own. Bare calls and results have what their rules say; bare reasoning belongs to what follows in its turn. */
function isFramed({ parts }: ChatMessage, { wholeTurns }: Frame): boolean {
  if (wholeTurns === undefined)
    return parts.length === 0 || parts.some(({ kind }) => kind !== 'tool-call' && kind !== 'tool-result')
  return parts.length === 0 || parts.some(({ kind }) => kind !== 'reasoning' && kind !== 'tool-result')
}

function messageTokens(message: ChatMessage, frame: Frame): number {
  if (message.role === 'system' || message.role === 'developer') return frame.perSystem ?? frame.perMessage
  return (message.role === 'assistant' ? frame.perAssistant : undefined) ?? frame.perMessage
}

function countCalls(calls: readonly ToolCallPart[], context: ChatContext): void {
  const { frame, meter, budget } = context
  const stored = calls.filter((call) => call.stored).length
  const { perStoredCall } = frame
  if (perStoredCall !== undefined && stored > 0) {
    const { tokens, low, high } = perStoredCall
    meter.range('tool-calls', { tokens: tokens * stored, low: low * stored, high: high * stored }, 'calibrated')
  }
  if (calls.length > 1 && frame.parallelCalls !== undefined) {
    for (const call of calls) budget.spendText(call.arguments.length)
    const uses = calls.map((call) => `{"recipient_name":"functions.${call.name}","parameters":${call.arguments}}`)
    meter.text('tool-calls', `{"tool_uses":[${uses.join(',')}]}`)
    meter.fixed('tool-calls', frame.parallelCalls)
    return
  }
  if (frame.callBand !== undefined) meter.range('tool-calls', bandOf(frame.callBand, calls.length), 'calibrated')
  meter.fixed('tool-calls', frame.wholeTurns?.perCalls ?? 0)
  const { form } = frame.tools
  for (const call of calls) {
    if (isGoogleForm(form)) {
      budget.spendText(call.arguments.length)
      countDeclaration('tool-calls', exchangeOf(call.name, call.arguments, form), meter)
      meter.fixed('tool-calls', frame.perCall)
      continue
    }
    if (frame.callsAsMarkup === true) {
      budget.spendText(call.arguments.length)
      meter.text('tool-calls', markupOf(call))
    } else {
      meter.text('tool-calls', call.name)
      meter.text('tool-calls', call.arguments)
    }
    meter.fixed('tool-calls', frame.perCall)
    if (frame.perArgument !== undefined) meter.fixed('tool-calls', frame.perArgument * argumentCount(call.arguments))
  }
}

function countResult(result: ToolResultPart, message: ChatMessage, context: ChatContext): void {
  const { frame, meter, budget } = context
  meter.fixed('tool-results', frame.perResult)
  if (frame.callBand !== undefined) meter.range('tool-results', bandOf(frame.callBand, 1), 'calibrated')
  if (frame.resultNamePrefix !== undefined) meter.text('tool-results', `${frame.resultNamePrefix}${result.name ?? ''}`)
  const { form } = frame.tools
  for (const part of result.parts)
    if (part.kind !== 'text') countPart(part, 'tool-results', message, context)
    else if (isGoogleForm(form)) {
      budget.spendText(part.text.length)
      countDeclaration('tool-results', exchangeOf(result.name ?? '', part.text, form), meter)
    } else meter.text('tool-results', part.text)
}

function bandOf(tokens: number, times: number): TokenRange {
  return { tokens: 0, low: -tokens * times, high: tokens * times }
}

/** A call with its arguments one by one, as Claude's templates are known to write it. */
function markupOf({ name, arguments: text }: ToolCallPart): string {
  const fields = fieldsOf(text)
  if (fields === undefined) return `<invoke name="${name}">${text}</invoke>`
  const lines = Object.entries(fields).map(([key, value]) => {
    const words = typeof value === 'string' ? value : jsonText(value, 'arguments')
    return `<parameter name="${key}">${words}</parameter>\n`
  })
  return `<invoke name="${name}">\n${lines.join('')}</invoke>`
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return isFields(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function argumentCount(text: string): number {
  try {
    const parsed: unknown = JSON.parse(text)
    return isFields(parsed) ? Object.keys(parsed).length : 0
  } catch {
    return 1
  }
}

function countPart(part: Part, kind: CountPartKind, message: ChatMessage, context: ChatContext): void {
  const { frame, meter, budget } = context
  switch (part.kind) {
    case 'text': {
      const strips = message.role === 'assistant' && frame.stripsThinkTags === true
      const text = strips ? withoutThinking(part.text) : part.text
      budget.spendText(part.text.length - text.length)
      meter.text(kind, text)
      return
    }
    case 'unknown': {
      const { tokens, high } = meter.count(part.json)
      meter.range(kind, { tokens: tokens / 2, low: 0, high }, 'heuristic')
      return
    }
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      countMedia(part, context)
      return
    default:
      return
  }
}

/** Reasoning that can be read counts as text; of an encrypted one the size gives a bound: six bits a character, four bytes a token. */
function countReasoning({ text, opaque }: ReasoningPart, { wholeTurns }: Frame, meter: Meter): void {
  meter.fixed('reasoning', wholeTurns?.perReasoning ?? 0)
  if (!opaque) meter.text('reasoning', text)
  else meter.range('reasoning', { tokens: text.length / 8, low: 0, high: text.length / 3 }, 'heuristic')
}

/** The text after the last closing tag, as chat templates of reasoning models cut it. */
function withoutThinking(text: string): string {
  const end = text.lastIndexOf('</think>')
  return end < 0 ? text : text.slice(end + '</think>'.length).trimStart()
}

function countSchema(output: StructuredOutput, context: ChatContext): void {
  const { frame, meter } = context
  const { tokens } = meter.count(
    jsonText(output.schema, 'response_format', new Budget(), { omit: 'additionalProperties' }),
  )
  const { base, ratio, lowRatio, highRatio } = frame.schema ?? { base: 0, ratio: 1, lowRatio: 0, highRatio: 1.5 }
  const range = { tokens: base + tokens * ratio, low: base + tokens * lowRatio, high: base + tokens * highRatio }
  meter.range('schema', range, 'calibrated')
}
