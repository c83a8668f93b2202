/**
 * Frames of models whose templates or bills are known: open weights and the closed models other than OpenAI's.
 *
 * Constants measured on a model's chat template hold where bills agree with them or where there is no bill; servers that write
 * prompts of their own have rows of their own, with the constants that recorded bills have. Where there is one recording, or none,
 * the band says so. Without a template tools are counted by their JSON text, which is like the true form and not the same.
 */
import { chatFrame, framed, jsonTools, type OpenFrame } from './chat-frame.ts'
import type { Frame } from './frames.ts'
import * as templates from './templates.gen.ts'

/** Mistral itself bills what the template shows, to the token. */
function mistralFrame(): OpenFrame {
  return {
    ...framed(templates.mistral(), { emptyDescription: true }),
    source: 'recordings',
    reasoningModes: { high: 12 },
  }
}

/**
 * gpt-oss: "OpenAI harmony response format", counted piece by piece. A system message of its own has identity, date, reasoning level
 * and channels; the caller's goes with the tools into one message of the developer. Recorded bills have two tokens a tool more.
 */
function harmonyFrame(): OpenFrame {
  return {
    source: 'documentation; recordings',
    base: 63,
    perMessage: 4,
    perAssistant: 6,
    perSystem: 7,
    perCall: 13,
    perResult: 9,
    resultNamePrefix: 'functions.',
    dropsTextBesideCalls: true,
    tools: {
      form: 'typescript',
      base: 24,
      perTool: 2,
      withSystem: -4,
      parametersDescription: true,
      nestedDescriptions: true,
      low: 0.95,
      high: 1.1,
    },
    schema: { base: 70, ratio: 1, lowRatio: 0.5, highRatio: 1.5 },
  }
}

/**
 * MiniMax M2: constants of its chat template (ggml-org/llama.cpp at a21f05af, models/templates), whose marks are one token each. Where
 * there is no system message the model is told who it is, in more words by MiniMax than by Bedrock, as two recorded bills have it.
 */
function miniMaxFrame(): Omit<OpenFrame, 'base'> {
  return {
    ...chatFrame(),
    source: 'chat template; recordings',
    perMessage: 5,
    perAssistant: 5,
    perCall: 4,
    callsAsMarkup: true,
    callBand: 2,
    perResult: 10,
    tools: { form: 'json', layout: 'spaced', base: 97, perTool: 4, low: 0.95, high: 1.1 },
  }
}

/**
 * GLM 4.5 and later: constants of the chat template of GLM 4.6 (ggml-org/llama.cpp at afefa651, models/templates), whose marks of calls,
 * arguments and results are one token each. Recorded bills of text agree, those of earlier turns included; GLM 4 has none with tools.
 */
function glmFrame(): Omit<OpenFrame, 'base'> {
  return {
    ...chatFrame(),
    source: 'chat template; recordings',
    perMessage: 2,
    perAssistant: 5,
    perCall: 5,
    callBand: 3,
    perResult: 6,
    countsReasoning: true,
    tools: { form: 'json', layout: 'spaced', base: 100, perTool: 10, low: 0.95, high: 1.15 },
  }
}

export function openFrames(): readonly Frame[] {
  return [
    {
      ...harmonyFrame(),
      families: ['gpt-oss'],
      sellers: ['groq'],
      base: 67,
      perCall: 7,
      perResult: 7,
      band: { below: 2, above: 2 },
    },
    { ...harmonyFrame(), families: ['gpt-oss'], band: { below: 1, above: 2 } },
    { ...framed(templates.llama3()), families: ['llama-3'], band: { below: 1, above: 1 } },
    {
      // Bills are 12 tokens above the template, and tools stand in another form.
      ...framed(templates.llama31()),
      families: ['llama-3.1'],
      sellers: ['groq'],
      source: 'recordings',
      base: 42,
      tools: jsonTools(),
      band: { below: 3, above: 3 },
    },
    {
      ...framed(templates.llama31(), { low: 0.9, high: 1.15 }),
      families: ['llama-3.1'],
      band: { below: 3, above: 13 },
    },
    {
      ...framed(templates.deepseekDistill()),
      families: ['deepseek-distill'],
      band: { below: 1, above: 3 },
    },
    {
      // Bills of tools are 600 tokens above the template.
      ...framed(templates.llama4()),
      families: ['llama-4'],
      sellers: ['groq'],
      source: 'recordings',
      tools: {
        form: 'json',
        base: 647,
        perTool: 13,
        emptyDescription: true,
        noneDropsTools: true,
        low: 0.96,
        high: 1.04,
      },
      band: { below: 2, above: 2 },
    },
    {
      // The one bill with a tool is 23 tokens above the template.
      ...framed(templates.llama4()),
      families: ['llama-4'],
      sellers: ['amazon-bedrock'],
      source: 'recordings',
      tools: { form: 'json', base: 90, perTool: 10, ratio: 1, low: 0.75, high: 1.4 },
      band: { below: 2, above: 2 },
    },
    {
      ...framed(templates.llama4(), { low: 0.9, high: 1.3 }),
      families: ['llama-4'],
      band: { below: 2, above: 2 },
    },
    {
      // The template puts a system prompt of its own where there is none; servers may do without.
      ...framed(templates.qwen25(), { low: 0.9, high: 1.1 }),
      families: ['qwen-2.5'],
      band: { below: 21, above: 1 },
      callBand: 1,
    },
    {
      ...framed(templates.qwen3(), { low: 0.95, high: 1.15 }),
      families: ['qwen-3', 'qwen-3.5'],
      band: { below: 0, above: 4 },
      callBand: 1,
    },
    {
      ...framed(templates.qwen3Coder(), { low: 0.97, high: 1.05 }),
      families: ['qwen-3-coder'],
      band: { below: 0, above: 4 },
      callBand: 4,
    },
    { ...glmFrame(), families: ['glm-4'], reasoningModes: { none: 4 }, base: 3, band: { below: 1, above: 4 } },
    {
      // Its definitions stand in another prompt, known from one bill.
      ...glmFrame(),
      families: ['glm-5'],
      base: 10,
      band: { below: 2, above: 3 },
      tools: { form: 'json', base: 80, perTool: 20, ratio: 1, low: 0.8, high: 1.3 },
    },
    {
      ...chatFrame(),
      families: ['kimi'],
      stripsThinkTags: false,
      base: 2,
      perMessage: 4,
      band: { below: 2, above: 2 },
      tools: { form: 'json', base: 15, perTool: 5, ratio: 1, low: 0.8, high: 1.3 },
    },
    {
      ...miniMaxFrame(),
      families: ['minimax'],
      sellers: ['amazon-bedrock'],
      base: 17,
      perSystem: -6,
      band: { below: 2, above: 3 },
    },
    { ...miniMaxFrame(), families: ['minimax'], base: 36, perSystem: -25, band: { below: 20, above: 3 } },
    { ...mistralFrame(), families: ['mistral'], sellers: ['mistral'] },
    { ...mistralFrame(), families: ['mistral'], band: { below: 1, above: 2 } },
    {
      ...framed(templates.mistralV3(), { emptyDescription: true, low: 0.97, high: 1.03 }),
      families: ['mistral-v3'],
      band: { below: 1, above: 2 },
      callBand: 3,
    },
    {
      ...chatFrame(),
      families: ['nova'],
      base: 0,
      perMessage: 0,
      band: { below: 1, above: 2 },
      tools: { form: 'json', base: 350, perTool: 10, ratio: 1.2, low: 0.8, high: 1.2 },
    },
    {
      ...chatFrame(),
      families: ['nova-2'],
      hostedToolsHigh: 150,
      base: 0,
      perMessage: 0,
      band: { below: 2, above: 3 },
      tools: { form: 'json', base: 830, perTool: 5, ratio: 2, low: 0.97, high: 1.1 },
    },
    {
      ...chatFrame(),
      families: ['palmyra'],
      base: 2,
      perMessage: 3,
      band: { below: 2, above: 5 },
      tools: { form: 'json', base: 10, perTool: 10, ratio: 1, low: 0.7, high: 1.4 },
    },
    { ...framed(templates.gemma()), families: ['gemma'], band: { below: 2, above: 2 } },
    { ...chatFrame(), families: ['cohere'], base: 2, perMessage: 4, band: { below: 2, above: 8 } },
    { ...chatFrame(), families: ['grok'], base: 4, perMessage: 4, band: { below: 4, above: 10 } },
    { ...framed(templates.phi4()), families: ['phi-4'], band: { below: 1, above: 3 } },
  ]
}
