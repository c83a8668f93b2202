/** Counts a chat request by its frame: messages, tools, earlier calls, structured output. */
import { jsonText } from './json.ts'
import type { Meter } from './meter.ts'
import { namespaceText } from './namespace-text.ts'
import type { ChatMessage, ChatRequest, Part, ToolCallPart, ToolResultPart } from './request.ts'
import type { Frame } from './rules/frames.ts'
import type { CountPartKind } from './types.ts'

export function countChat(request: ChatRequest, frame: Frame, meter: Meter): void {
  meter.fixed('frame', frame.base)
  for (const message of request.messages) countMessage(message, frame, meter)
  if (request.tools.length > 0) countTools(request, frame, meter)
  for (const tools of request.laterTools) {
    meter.fixed('tools', frame.tools.laterBase ?? frame.tools.base)
    meter.text('tools', namespaceText(tools, frame.tools))
  }
  const { structuredOutput } = request
  if (structuredOutput?.schema !== undefined) countSchema(structuredOutput.schema, frame, meter)
}

function countMessage(message: ChatMessage, frame: Frame, meter: Meter): void {
  const calls = message.parts.filter((part) => part.kind === 'tool-call')
  const results = message.parts.filter((part) => part.kind === 'tool-result')
  const others = message.parts.filter((part) => part.kind !== 'tool-call' && part.kind !== 'tool-result')
  if (others.length > 0 || (calls.length === 0 && results.length === 0)) {
    meter.fixed('frame', messageTokens(message, frame))
    if (message.name !== undefined) {
      meter.text('frame', message.name)
      meter.fixed('frame', frame.perName ?? 1)
    }
    for (const part of others) countPart(part, 'text', meter)
  }
  if (calls.length > 0) countCalls(calls, frame, meter)
  for (const result of results) countResult(result, frame, meter)
}

function messageTokens(message: ChatMessage, frame: Frame): number {
  if (isSystem(message)) return frame.perSystem ?? frame.perMessage
  return (message.role === 'assistant' ? frame.perAssistant : undefined) ?? frame.perMessage
}

function countCalls(calls: readonly ToolCallPart[], frame: Frame, meter: Meter): void {
  const stored = calls.filter((call) => call.stored).length
  const { perStoredCall } = frame
  if (perStoredCall !== undefined && stored > 0) {
    const { tokens, low, high } = perStoredCall
    meter.range('tool-calls', { tokens: tokens * stored, low: low * stored, high: high * stored }, 'calibrated')
  }
  if (calls.length > 1 && frame.parallelCalls !== undefined) {
    const uses = calls.map((call) => `{"recipient_name":"functions.${call.name}","parameters":${call.arguments}}`)
    meter.text('tool-calls', `{"tool_uses":[${uses.join(',')}]}`)
    meter.fixed('tool-calls', frame.parallelCalls)
    return
  }
  for (const call of calls) {
    meter.text('tool-calls', call.name)
    meter.text('tool-calls', call.arguments)
    meter.fixed('tool-calls', frame.perCall)
  }
}

function countResult(result: ToolResultPart, frame: Frame, meter: Meter): void {
  meter.fixed('tool-results', frame.perResult)
  if (frame.resultNamesFunction === true) meter.text('tool-results', `functions.${result.name ?? ''}`)
  for (const part of result.parts) countPart(part, 'tool-results', meter)
}

function countPart(part: Part, kind: CountPartKind, meter: Meter): void {
  if (part.kind === 'text') meter.text(kind, part.text)
}

function countTools(request: ChatRequest, frame: Frame, meter: Meter): void {
  const rule = frame.tools
  const { tools, toolChoice } = request
  const choice = rule.choice ?? {}
  meter.fixed('tools', rule.base + rule.perTool * tools.length)
  const systems = request.messages.some(isSystem)
  if (systems) meter.fixed('tools', rule.withSystem ?? 0)
  if (rule.form === 'typescript') meter.text('tools', namespaceText(tools, rule))
  else for (const tool of tools) meter.text('tools', jsonText(tool, `tools ${tool.name}`))
  if (tools[0]!.description === '') meter.fixed('tools', rule.firstUnexplained ?? 0)
  if (toolChoice.mode === 'none') meter.fixed('tools', choice.none ?? 0)
  if (toolChoice.mode === 'required') meter.fixed('tools', choice.required ?? 0)
  const named = toolChoice.legacy === true ? choice.legacyNamed : choice.named
  if (toolChoice.mode === 'named' && named !== undefined) {
    meter.fixed('tools', named)
    meter.text('tools', toolChoice.name ?? '')
  }
}

function countSchema(schema: unknown, frame: Frame, meter: Meter): void {
  const { tokens } = meter.count(jsonText(schema, 'response_format', 'additionalProperties'))
  const { base, ratio, lowRatio, highRatio } = frame.schema ?? { base: 0, ratio: 1, lowRatio: 0.6, highRatio: 1.5 }
  const range = { tokens: base + tokens * ratio, low: base + tokens * lowRatio, high: base + tokens * highRatio }
  meter.range('schema', range, 'calibrated')
}

function isSystem(message: ChatMessage): boolean {
  return message.role === 'system' || message.role === 'developer'
}
