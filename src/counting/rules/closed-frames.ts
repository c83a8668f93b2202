/**
 * Frames of Claude and Gemini, whose templates are not public. Claude's tool prompts are published per model; the other constants
 * come from recorded bills.
 */
import type { Frame, ToolFrame } from './frames.ts'

export function closedFrames(): readonly Frame[] {
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

  const gemini: Omit<Frame, 'families' | 'tools'> = {
    source:
      'recordings, counted with the vocabulary of Gemma 3; the Developer API bills one role token for each content',
    base: 0,
    perMessage: 0,
    perCall: 0,
    perResult: 0,
    countsReasoning: true,
    schema: { base: 0, ratio: 0, lowRatio: 0, highRatio: 0 },
    hostedToolsHigh: 450,
    band: { below: 0.4, above: 0.4 },
  }
  const geminiWords: ToolFrame = { form: 'words', base: 0, perTool: 0 }
  /** No recorded bill has an earlier call: the form of the calls is a guess for Gemini 2.5, and documented (FunctionGemma) for Gemini 3. */
  const gemini25 = { ...gemini, callBand: 8, tools: { form: 'python', base: 0, perTool: 0 } } as const
  const gemini3 = { ...gemini, callBand: 2, tools: { form: 'declarations', base: 0, perTool: 0 } } as const
  const perContent = { perMessage: 1, perCall: 1, perResult: 1 } as const

  return [
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
    { ...gemini, families: ['gemini-1.5', 'gemini-2.0'], tools: geminiWords },
    { ...gemini, families: ['gemini-2.5', 'gemini-3'], sellers: ['google-vertex'], tools: geminiWords },
    { ...gemini25, families: ['gemini-2.5'], sellers: ['openrouter'] },
    { ...gemini3, families: ['gemini-3'], sellers: ['openrouter'] },
    { ...gemini25, ...perContent, families: ['gemini-2.5'] },
    { ...gemini3, ...perContent, families: ['gemini-3'] },
  ]
}
