/** Counts tool definitions in the form of a family. */
import { Budget } from './budget.ts'
import type { ChatContext } from './chat.ts'
import { jsonText } from './json.ts'
import { namespaceText } from './namespace-text.ts'
import type { ChatRequest, FunctionTool } from './request.ts'
import { claudeToolPrompt } from './rules/claude-tool-prompts.ts'
import type { ToolFrame } from './rules/frames.ts'
import { schemaWords } from './schema-words.ts'
import type { TokenRange } from './types.ts'

export function countTools(request: ChatRequest, context: ChatContext): void {
  const { tools, laterTools } = request
  const { meter, frame } = context
  const rule = frame.tools
  if (request.toolChoice.mode === 'none' && rule.noneDropsTools === true) return
  if (tools.length > 0) {
    addTools(tools, toolsBase(request, context), context)
    if (rule.choice !== undefined) countChoice(request, context)
  }
  for (const group of laterTools) addTools(group, rule.laterBase ?? 0, context)
  if (
    tools.length > 0 &&
    request.messages.some((message) => message.role === 'system' || message.role === 'developer')
  ) {
    meter.fixed('tools', rule.withSystem ?? 0)
    if (rule.systemNewline === true) countSystemNewline(request, context)
  }
}

function toolsBase(request: ChatRequest, { frame, model }: ChatContext): number {
  const forced = request.toolChoice.mode === 'required' || request.toolChoice.mode === 'named'
  return frame.tools.base + (frame.tools.baseByModel === true ? claudeToolPrompt(model, forced) : 0)
}

function addTools(tools: readonly FunctionTool[], base: number, { meter, frame }: ChatContext): void {
  const rule = frame.tools
  const text = toolsText(tools, rule, (words) => meter.recall(words))
  const ratio = rule.ratio ?? 1
  const constant = rule.perTool * tools.length + (tools[0]?.description === '' ? (rule.firstUnexplained ?? 0) : 0)
  if (rule.low === undefined && rule.high === undefined && rule.form === 'typescript') {
    meter.fixed('tools', base + constant)
    meter.recalled('tools', text.words)
    return
  }
  const tokens = constant + text.range.tokens * ratio
  const high = base + tokens * (rule.high ?? 1) + text.nested * (rule.perNestedHigh ?? 0)
  const range = { tokens: base + tokens, low: base + tokens * (rule.low ?? 1), high }
  meter.range('tools', range, 'calibrated')
}

interface ToolsText {
  readonly words: string
  readonly range: TokenRange
  /** Properties of nested objects, where the form counts them. */
  readonly nested: number
}

function toolsText(tools: readonly FunctionTool[], rule: ToolFrame, count: (text: string) => TokenRange): ToolsText {
  const zero = { tokens: 0, low: 0, high: 0 }
  if (rule.form === 'typescript') {
    const words = namespaceText(tools, tools[0]?.legacy === true ? (rule.legacyFunctions ?? rule) : rule)
    const exact = rule.low === undefined && rule.high === undefined
    return { words, range: exact ? zero : count(words), nested: 0 }
  }
  let tokens = 0
  let nested = 0
  const budget = new Budget()
  for (const tool of tools) {
    const path = `tools ${tool.name}`
    if (rule.form === 'json') {
      const description = tool.description === '' ? undefined : tool.description
      tokens += count(jsonText({ name: tool.name, description, parameters: tool.schema ?? {} }, path, budget)).tokens
      continue
    }
    const { words, properties, nestedProperties } = schemaWords(tool.schema, path, budget)
    for (const word of [tool.name, tool.description, ...words]) tokens += count(word).tokens
    if (tool.description !== '') tokens += rule.perDescription ?? 0
    if (properties > 0) tokens += rule.withProperties ?? 0
    nested += nestedProperties
    tokens += properties * (rule.perProperty ?? 0) + nestedProperties * (rule.perNestedProperty ?? 0)
  }
  return { words: '', range: { tokens, low: tokens, high: tokens }, nested }
}

function countChoice(request: ChatRequest, { meter, frame }: ChatContext): void {
  const { toolChoice } = request
  const choice = frame.tools.choice ?? {}
  if (toolChoice.mode === 'none') meter.fixed('tools', choice.none ?? 0)
  if (toolChoice.mode === 'required') meter.fixed('tools', choice.required ?? 0)
  const named = toolChoice.legacy === true ? choice.legacyNamed : choice.named
  if (toolChoice.mode !== 'named' || named === undefined) return
  meter.fixed('tools', named)
  meter.text('tools', toolChoice.name ?? '')
}

/** gpt-3.5 and gpt-4 end the first system message with a line break when functions follow. */
function countSystemNewline(request: ChatRequest, { meter }: ChatContext): void {
  const first = request.messages.find((message) => message.role === 'system' || message.role === 'developer')
  const texts = first?.parts.filter((part) => part.kind === 'text') ?? []
  const last = texts.at(-1)
  if (last === undefined || last.text.endsWith('\n')) return
  const added = meter.count(`${last.text}\n`).tokens - meter.count(last.text).tokens
  meter.fixed('tools', added)
}
