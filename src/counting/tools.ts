/** Counts tool definitions in the form of a family. */
import { familyOf } from '../models/families.ts'
import { Budget } from './budget.ts'
import type { ChatContext } from './chat.ts'
import { countDeclaration, declarationOf, type GoogleForm, isGoogleForm } from './google-tools.ts'
import { jsonText } from './json.ts'
import { markupText } from './markup-tools.ts'
import type { Meter } from './meter.ts'
import { namespaceText } from './namespace-text.ts'
import type { ChatRequest, FunctionTool } from './request.ts'
import { claudeClientTool } from './rules/claude-client-tools.ts'
import { claudeToolPrompt } from './rules/claude-tool-prompts.ts'
import type { ToolFrame } from './rules/frames.ts'

export function countTools(request: ChatRequest, context: ChatContext): void {
  const { tools, laterTools } = request
  const { meter, frame } = context
  const rule = frame.tools
  if (request.toolChoice.mode === 'none' && rule.noneDropsTools === true) return
  if (tools.length > 0) {
    addTools(tools, toolsBase(request, context), context)
    if (rule.choice !== undefined) countChoice(request, context)
  }
  countClientTools(request, context)
  for (const group of laterTools) addTools(group, rule.laterBase ?? 0, context)
  if (
    tools.length > 0 &&
    request.messages.some((message) => message.role === 'system' || message.role === 'developer')
  ) {
    meter.fixed('tools', rule.withSystem ?? 0)
    if (rule.systemNewline === true) countSystemNewline(request, context)
  }
}

/** Claude's own tools that the caller runs; the tool prompt comes once, whatever tools there are. */
function countClientTools(request: ChatRequest, context: ChatContext): void {
  const { meter, model } = context
  const family = familyOf(model).name
  const sizes = request.hostedTools.flatMap((type) => claudeClientTool(type, family) ?? [])
  if (sizes.length === 0) return
  if (request.tools.length === 0) meter.fixed('tools', toolsBase(request, context))
  for (const size of sizes) meter.range('tools', size, 'calibrated')
}

function toolsBase(request: ChatRequest, { frame, model }: ChatContext): number {
  const forced = request.toolChoice.mode === 'required' || request.toolChoice.mode === 'named'
  return frame.tools.base + (frame.tools.baseByModel === true ? claudeToolPrompt(model, forced) : 0)
}

function addTools(tools: readonly FunctionTool[], base: number, { meter, frame }: ChatContext): void {
  const rule = frame.tools
  const constant = rule.perTool * tools.length + (tools[0]?.description === '' ? (rule.firstUnexplained ?? 0) : 0)
  const { form } = rule
  if (isGoogleForm(form)) {
    addDeclarations(tools, form, base + constant, meter)
    return
  }
  const texts = form === 'json' ? jsonTexts(tools, rule) : [namespaceOf(tools, rule)]
  const { ratio = 1, low, high } = rule
  if (low === undefined && high === undefined) {
    meter.fixed('tools', base + constant)
    for (const text of texts) meter.recalled('tools', text)
  } else
    addScaled(constant + texts.reduce((sum, text) => sum + meter.recall(text).tokens, 0) * ratio, base, rule, meter)
}

/** Tokens that are known within the relative bounds of a rule. */
function addScaled(tokens: number, base: number, { low = 1, high = 1 }: ToolFrame, meter: Meter): void {
  meter.range('tools', { tokens: base + tokens, low: base + tokens * low, high: base + tokens * high }, 'calibrated')
}

function namespaceOf(tools: readonly FunctionTool[], rule: ToolFrame): string {
  return namespaceText(tools, tools[0]?.legacy === true ? (rule.legacyFunctions ?? rule) : rule)
}

function jsonTexts(tools: readonly FunctionTool[], { layout = 'compact', emptyDescription }: ToolFrame): string[] {
  const budget = new Budget()
  return tools.map((tool) => {
    const { name, description, schema = {} } = tool
    if (layout === 'markup') return markupText(tool, `tools ${name}`, budget)
    const written = description === '' && emptyDescription !== true ? undefined : description
    const definition = { name, description: written, parameters: schema }
    const whole = layout === 'indented' ? { type: 'function', function: definition } : definition
    return jsonText(whole, `tools ${name}`, budget, { layout })
  })
}

function addDeclarations(tools: readonly FunctionTool[], form: GoogleForm, constant: number, meter: Meter): void {
  const budget = new Budget()
  meter.fixed('tools', constant)
  for (const tool of tools) countDeclaration('tools', declarationOf(tool, form, `tools ${tool.name}`, budget), meter)
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
