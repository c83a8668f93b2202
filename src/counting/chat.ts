/** Counts a chat request by its frame: messages, tools, earlier calls, structured output. */
import { jsonText } from './json.ts'
import type { Meter } from './meter.ts'
import { hasProperties, namespaceText } from './namespace-text.ts'
import { fieldsField, isFields, textField } from './read.ts'
import type { ChatMessage, ChatRequest, FunctionTool, Part, ToolResultPart } from './request.ts'
import type { Frame } from './rules/frames.ts'
import type { CountPartKind } from './types.ts'

export function countChat(request: ChatRequest, frame: Frame, meter: Meter): void {
  meter.fixed('frame', frame.base)
  for (const message of request.messages) countMessage(message, frame, meter)
  if (request.tools.length > 0) countTools(request, frame, meter)
  const { structuredOutput } = request
  if (structuredOutput?.schema !== undefined) countSchema(structuredOutput.schema, frame, meter)
}

function countMessage(message: ChatMessage, frame: Frame, meter: Meter): void {
  const calls = message.parts.filter((part) => part.kind === 'tool-call')
  const results = message.parts.filter((part) => part.kind === 'tool-result')
  const others = message.parts.filter((part) => part.kind !== 'tool-call' && part.kind !== 'tool-result')
  if (others.length > 0 || (calls.length === 0 && results.length === 0)) {
    meter.fixed('frame', (isSystem(message) ? frame.perSystem : undefined) ?? frame.perMessage)
    if (message.name !== undefined) {
      meter.text('frame', message.name)
      meter.fixed('frame', frame.perName ?? 1)
    }
    for (const part of others) countPart(part, 'text', meter)
  }
  for (const call of calls) {
    meter.text('tool-calls', call.name)
    meter.text('tool-calls', call.arguments)
    meter.fixed('tool-calls', frame.perCall)
  }
  if (calls.length > 1) meter.fixed('tool-calls', frame.parallelCalls ?? 0)
  for (const result of results) countResult(result, frame, meter)
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
  if (rule.form === 'typescript') {
    meter.text('tools', namespaceText(tools, rule))
    meter.fixed('tools', (rule.perUndescribed ?? 0) * tools.filter(isUndescribed).length)
  } else for (const tool of tools) meter.text('tools', jsonText(tool, `tools ${tool.name}`))
  if (toolChoice.mode === 'none') meter.fixed('tools', choice.none ?? 0)
  if (toolChoice.mode === 'required') meter.fixed('tools', choice.required ?? 0)
  const named = toolChoice.legacy === true ? choice.legacyNamed : choice.named
  if (toolChoice.mode === 'named' && named !== undefined) {
    meter.fixed('tools', named)
    meter.text('tools', toolChoice.name ?? '')
  }
}

/** A function with properties none of which has a description. */
function isUndescribed(tool: FunctionTool): boolean {
  if (!isFields(tool.schema) || !hasProperties(tool.schema)) return false
  const properties = Object.values(fieldsField(tool.schema, 'properties') ?? {})
  return !properties.some((property) => isFields(property) && (textField(property, 'description') ?? '') !== '')
}

function countSchema(schema: unknown, frame: Frame, meter: Meter): void {
  const { tokens } = meter.count(jsonText(schema, 'response_format'))
  const { base, ratio, lowRatio, highRatio } = frame.schema ?? { base: 0, ratio: 1, lowRatio: 0.6, highRatio: 1.5 }
  const range = { tokens: base + tokens * ratio, low: base + tokens * lowRatio, high: base + tokens * highRatio }
  meter.range('schema', range, 'calibrated')
}

function isSystem(message: ChatMessage): boolean {
  return message.role === 'system' || message.role === 'developer'
}
