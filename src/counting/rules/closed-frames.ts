/**
 * Frames of Claude and Gemini, whose templates are not public. Claude's tool prompts are published per model; the other constants
 * come from recorded bills.
 */
import type { Frame, ToolFrame } from './frames.ts'

const claudeTools: ToolFrame = {
  form: 'json',
  base: 0,
  baseByModel: true,
  perTool: 13,
  low: 0.96,
  high: 1.05,
}

const claude: Omit<Frame, 'families'> = {
  source: 'recordings; documentation of tool prompts ("Tool use overview", "Pricing")',
  base: 4,
  perMessage: 3,
  perSystem: 4,
  perCall: 24,
  callsAsMarkup: true,
  callBand: 3,
  perResult: 14,
  countsReasoning: true,
  tools: claudeTools,
  band: { below: 1, above: 1 },
}

const geminiTools: ToolFrame = { form: 'strings', base: 0, perTool: 2, low: 0.85, high: 1.2 }
const gemini: Omit<Frame, 'families'> = {
  source: 'recordings; the Developer API bills one role token for each content, Vertex none',
  base: 0,
  perMessage: 0,
  perCall: 2,
  perResult: 3,
  countsReasoning: true,
  callBand: 2,
  tools: geminiTools,
  schema: { base: 0, ratio: 0, lowRatio: 0, highRatio: 0 },
  hostedToolsHigh: 450,
  band: { below: 0.4, above: 0.4 },
}
const vertexSellers = ['google-vertex', 'openrouter']

export const closedFrames: readonly Frame[] = [
  { ...claude, families: ['claude-3'], reasoningModes: { enabled: 28 } },
  {
    ...claude,
    families: ['claude-4'],
    reasoningModes: { enabled: 29, adaptive: 18, low: 29, medium: 29, high: 29 },
    schema: { base: 130, ratio: 1.3, lowRatio: 1.1, highRatio: 1.5 },
  },
  {
    ...claude,
    families: ['claude-4.7'],
    perResult: 4,
    callBand: 6,
    tools: { ...claudeTools, base: 120, low: 0.92, high: 1.08 },
    schema: { base: 130, ratio: 1.3, lowRatio: 1.0, highRatio: 1.7 },
    band: { below: 4, above: 2 },
  },
  { ...gemini, families: ['gemini-1.5', 'gemini-2.0'], tools: { ...geminiTools, perTool: 3, low: 0.55, high: 1.2 } },
  {
    ...gemini,
    families: ['gemini-2.5', 'gemini-3'],
    sellers: vertexSellers,
    tools: { ...geminiTools, perNestedProperty: 44, perNestedHigh: 25, high: 1.2 },
  },
  {
    ...gemini,
    families: ['gemini-2.5'],
    perMessage: 1,
    tools: {
      ...geminiTools,
      perTool: 20,
      perDescription: 1,
      withProperties: 7,
      perProperty: 2,
      perNestedProperty: 44,
      perNestedHigh: 25,
      low: 0.85,
      high: 1.15,
    },
  },
  {
    ...gemini,
    families: ['gemini-3'],
    perMessage: 1,
    tools: {
      ...geminiTools,
      perTool: 15,
      perDescription: 12,
      withProperties: 8,
      perProperty: 6,
      perNestedProperty: 12,
      low: 0.88,
      high: 1.14,
    },
  },
]
