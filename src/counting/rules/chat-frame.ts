/** What most chat templates have in common, and frames measured on templates. */
import type { Frame, ToolFrame } from './frames.ts'
import type { TemplateFrame } from './templates.gen.ts'

export type OpenFrame = Omit<Frame, 'families'>

export function jsonTools(): ToolFrame {
  return { form: 'json', base: 30, perTool: 10, ratio: 1.1, low: 0.7, high: 1.5 }
}
/** Constants as most have them, for what no template or bill of a family says. */
export function chatFrame(): Omit<OpenFrame, 'base'> {
  return {
    source: 'recordings',
    perMessage: 5,
    perCall: 12,
    perResult: 8,
    stripsThinkTags: true,
    tools: jsonTools(),
    schema: { base: 0, ratio: 0, lowRatio: 0, highRatio: 4 },
  }
}

/** The frame that a template shows; calls, results and tools as most have them where it has none. `bounds` are of its tools. */
export function framed(
  { tools, withoutThinking = 0, ...frame }: TemplateFrame,
  bounds: Partial<ToolFrame> = {},
): OpenFrame {
  return {
    ...chatFrame(),
    source: 'chat template',
    reasoningModes: { none: withoutThinking },
    ...frame,
    tools: tools === undefined ? jsonTools() : { form: 'json', ...tools, ...bounds },
  }
}
