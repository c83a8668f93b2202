/** Frames of OpenAI's own models: documented constants, and those that recorded bills have. */
import type { Frame, ToolFrame } from './frames.ts'

export function openAiFrames(): readonly Frame[] {
  /** How definitions in `tools` are written; the counts of pamelafox/openai-messages-token-helper fix it for gpt-3.5. */
  const toolsText = {
    inlineObjects: true,
    dedentedDescriptions: true,
    nestedDescriptions: true,
    unindented: true,
  } as const

  const openaiGpt4Tools: ToolFrame = {
    form: 'typescript',
    ...toolsText,
    legacyFunctions: {},
    base: 9,
    perTool: 0,
    withSystem: -4,
    systemNewline: true,
    choice: { none: 1, named: 7, legacyNamed: 4 },
  }

  const gpt5Tools = {
    form: 'typescript',
    perTool: 0,
    firstUnexplained: -1,
    parametersDescription: true,
    ...toolsText,
  } as const

  const schemaBand = { base: 2, ratio: 1, lowRatio: 0.8, highRatio: 1.05 } as const

  return [
    {
      families: ['gpt-4o-search'],
      source: 'recordings: the text alone is billed',
      base: 0,
      perMessage: 0,
      perCall: 8,
      perResult: 4,
      tools: { form: 'typescript', base: 9, perTool: 0 },
    },
    {
      families: ['gpt-3.5-0301'],
      source: 'documentation: OpenAI cookbook, "How to count tokens with tiktoken"',
      base: 3,
      perMessage: 5,
      perName: -1,
      perCall: 3,
      perResult: 4,
      tools: openaiGpt4Tools,
    },
    {
      families: ['gpt-4'],
      source: 'documentation: OpenAI cookbook; recordings of function calls in hmarr/openai-chat-tokens',
      base: 3,
      perMessage: 4,
      perName: 1,
      perCall: 3,
      perResult: 3,
      resultNamePrefix: '',
      tools: openaiGpt4Tools,
    },
    {
      families: ['gpt-4o'],
      apis: ['openai-responses'],
      source: 'recordings',
      base: 3,
      perMessage: 4,
      perName: 1,
      perCall: 6,
      perResult: 4,
      parallelCalls: 7,
      resultNamePrefix: 'functions.',
      tools: { form: 'typescript', base: 3, perTool: 0, ...toolsText },
      schema: schemaBand,
    },
    {
      families: ['gpt-4o'],
      source: 'recordings; OpenAI cookbook',
      base: 3,
      perMessage: 4,
      perName: 1,
      perCall: 8,
      perResult: 4,
      parallelCalls: 9,
      resultNamePrefix: 'functions.',
      tools: { form: 'typescript', base: 9, perTool: 0, withSystem: -4, ...toolsText },
      schema: schemaBand,
    },
    {
      families: ['gpt-5'],
      apis: ['openai-responses'],
      source: 'recordings',
      base: 2,
      perMessage: 4,
      perAssistant: 6,
      perName: 1,
      perCall: 12,
      perStoredCall: { tokens: 4, low: 3, high: 7 },
      perResult: 4,
      parallelCalls: 13,
      resultNamePrefix: 'functions.',
      tools: { ...gpt5Tools, base: 9, laterBase: 93 },
      schema: schemaBand,
    },
    {
      families: ['gpt-5'],
      source: 'recordings',
      base: 2,
      perMessage: 4,
      perAssistant: 6,
      perName: 1,
      perCall: 14,
      perResult: 4,
      parallelCalls: 15,
      resultNamePrefix: 'functions.',
      tools: { ...gpt5Tools, base: 91 },
      schema: schemaBand,
    },
  ]
}
